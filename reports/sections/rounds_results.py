"""What each round gave: a table of its items, and the verdicts that hang on the type of quantiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers, numbers_told
from reports.document import Bullets, Cell, Column, Prose, Section, Table, number_cell, text_cell
from reports.numbers_marked import NumberRow

if TYPE_CHECKING:
    from consensus.rounds.closing import ClosedRound
    from consensus.rounds.panel_results import PanelResults
    from consensus.rounds.results import ItemResult
    from reports.document import Block
    from reports.material import Material

ORDER = ("median", "q1", "q3", "iqr")


def results(material: Material, panel: PanelResults) -> Section:
    """Return a table a round, and which verdicts another type of quantiles would change."""
    say = material.words.rounds
    blocks: list[Block] = [_table(material, closed) for closed in panel.rounds]
    lines = [
        line for closed in panel.rounds for result in closed.results if (line := _sensitive(material, closed, result))
    ]
    if lines:
        blocks += [Prose(text=say.QUANTILES_LEAD), Bullets(items=tuple(lines))]
    elif any(closed.rule.uses_quantiles for closed in panel.rounds):
        blocks.append(Prose(text=say.NO_QUANTILES))
    return Section(id="rounds-results", title=say.RESULTS, blocks=tuple(blocks))


def shares_of(closed: ClosedRound) -> tuple[str, ...]:
    """Return the shares that are told of a round's items: `7_9`, `agree`, ..."""
    names = [name for result in closed.results for name, _ in result.numbers if name.startswith("share_")]
    return tuple(dict.fromkeys(name.removeprefix("share_") for name in names))


def key_of(result: ItemResult) -> str:
    """Return what an item of a round goes by in numbers.csv and answers_tidy.csv."""
    return f"{result.item}@round-{result.round}"


def share_row(result: ItemResult, name: str) -> NumberRow | None:
    """Return the row of a share of ratings of an item; None where there is none."""
    share, count = result.number(f"share_{name}"), result.number(f"count_{name}")
    if share is None or count is None:
        return None
    return NumberRow(
        id=f"rated/{key_of(result)}/{name.replace('_', '..')}/committed",
        value=float(share),
        base="committed",
        n=result.n,
        method=numbers_told.COUNTED,
        count=float(count),
    )


def number_row(result: ItemResult, name: str, kind: int | None) -> NumberRow:
    """Return the row of the median, a quartile or the IQR of an item."""
    method = f"quantile type {kind}" if name != "median" else "median of the given numbers"
    number = result.number(name)
    value = None if number is None else float(number)
    return NumberRow(id=f"{name}/{key_of(result)}", value=value, base="committed", n=result.n, method=method)


def _table(material: Material, closed: ClosedRound) -> Table:
    say, kind = material.words.rounds, closed.rule.quantile or 7
    scaled = any(result.counts.ballot.scale for result in closed.results)
    names = shares_of(closed)
    heads = say.RESULTS_HEADERS
    columns = [Column(header=heads[0], head=True), *(Column(header=h, align="right") for h in heads[1:3])]
    columns += [Column(header=h, align="right") for h in heads[3:7]] if scaled else []
    columns += [Column(header=_share_header(material, name), align="right") for name in names]
    columns.append(Column(header=heads[7]))
    rows = []
    for result in closed.results:
        cells = [text_cell(result.item), *(_people(result, name) for name in ("n", "eligible"))]
        if scaled:
            cells += [_number(result, name, kind) for name in ORDER]
        cells += [_share(result, name) for name in names]
        rows.append((*cells, text_cell(say.OUTCOMES[result.verdict])))
    return Table(
        id=f"round-{closed.number}",
        caption=say.results_caption(closed.number),
        columns=tuple(columns),
        rows=tuple(rows),
        footnotes=(say.RESULTS_NOTE,),
    )


def _people(result: ItemResult, name: str) -> Cell:
    number = getattr(result, name)
    return number_cell(number, row=numbers_told.counted(f"{name}/{key_of(result)}", number))


def _share_header(material: Material, name: str) -> str:
    low, _, high = name.partition("_")
    return str(material.words.rounds.share_header(low, high)) if high else name


def _number(result: ItemResult, name: str, kind: int) -> Cell:
    number = result.number(name)
    if number is None:
        return number_cell(None)
    return number_cell(number, f"{number:.4g}", number_row(result, name, kind))


def _share(result: ItemResult, name: str) -> Cell:
    row = share_row(result, name)
    if row is None or row.value is None or row.count is None:
        return number_cell(None)
    return number_cell(row.value, f"{numbers.count(row.count)} ({numbers.percent(row.value, row.n)})", row)


def _sensitive(material: Material, closed: ClosedRound, result: ItemResult) -> str:
    say = material.words.rounds
    others = [
        say.by_type(say.OUTCOMES[outcome], kind) for kind, outcome in result.by_quantile if outcome != result.verdict
    ]
    if not others:
        return ""
    own = say.OUTCOMES[result.verdict]
    return str(say.sensitive(result.item, closed.number, own, closed.rule.quantile or 7, others))
