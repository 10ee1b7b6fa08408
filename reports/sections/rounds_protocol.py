"""The protocol: what was locked when, what was changed and why, which answers were corrected, what the rule can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers, numbers_told
from reports.document import Cell, Column, Prose, Section, Table, number_cell, text_cell
from reports.numbers_marked import NumberRow

if TYPE_CHECKING:
    from consensus.rounds.panel_results import PanelResults
    from consensus.rounds.protocol import Protocol
    from reports.document import Block
    from reports.material import Material


def protocol(material: Material, panel: PanelResults) -> Section:
    """Return the lock with its amendments, deviations from it, and the answers that were corrected."""
    say, known = material.words.rounds, panel.protocol
    blocks: list[Block] = []
    if known is None:
        blocks.append(Prose(text=say.NO_PROTOCOL))
    else:
        keys = [say.KEYS.get(key, key) for key in panel.deviations]
        blocks.append(Prose(text=say.deviations(keys) if keys else say.AS_PLANNED))
        if known.amendments:
            many = len(known.amendments)
            blocks.append(Prose(text=say.amendments(_count("amendments", many) if many > 1 else "1")))
        blocks += [_entries(material, known), Prose(text=say.DEPOSIT, tone="note")]
    blocks += [Prose(text=say.TAMPERED.format(closed.number)) for closed in panel.rounds if closed.tampered]
    rows = _corrections(material, panel)
    if rows:
        blocks.append(Prose(text=say.corrected(len(rows), _count("corrections", len(rows)))))
        columns = tuple(Column(header=h, head=not at) for at, h in enumerate(say.CORRECTIONS_HEADERS))
        blocks.append(Table(id="panel-corrections", caption=say.CORRECTIONS_CAPTION, columns=columns, rows=rows))
    return Section(id="protocol", title=say.PROTOCOL, blocks=tuple(blocks))


def _count(name: str, number: int) -> str:
    return numbers_told.number(numbers_told.counted(f"panel/{name}", number))


def _entries(material: Material, known: Protocol) -> Table:
    say = material.words.rounds
    rows = []
    for at, entry in enumerate(known.entries):
        changed = [say.KEYS.get(key, key) for key in known.changed(at)] if at else []
        told = (
            entry.date,
            say.ENTRY.get(entry.kind, entry.kind),
            entry.reason,
            ", ".join(dict.fromkeys(changed)),
            entry.sha256,
        )
        rows.append(tuple(text_cell(text) for text in told))
    columns = tuple(Column(header=h, head=not at) for at, h in enumerate(say.ENTRIES_HEADERS))
    return Table(id="protocol-entries", caption=say.ENTRIES_CAPTION, columns=columns, rows=tuple(rows))


def _corrections(material: Material, panel: PanelResults) -> tuple[tuple[Cell, ...], ...]:
    keys = ("question", "old", "new", "reason", "by", "date")
    return tuple(
        (
            text_cell(closed.number),
            text_cell(material.panelist(row.get("respondent", ""))),
            *(text_cell(row.get(key, "")) for key in keys),
        )
        for closed in panel.rounds
        for row in closed.collected.get("corrections", [])
    )


def operating(material: Material, panel: PanelResults) -> Section | None:
    """Return what the rule does in a panel of this size; None where nobody answered."""
    from consensus.rounds.operating import operating_table
    from consensus.rules.fragility import provable

    if not panel.rounds or not panel.rounds[0].results:
        return None
    say, first = material.words.rounds, panel.rounds[0]
    n = max(result.n for result in first.results)
    if n < 1:
        return None
    ballot, items = first.results[0].counts.ballot, len(panel.final)
    table = operating_table(panel.rule, n, items, ballot, seed=panel.seed)
    method = "binomial" if not table.error else f"drawn, SE at most {table.error:.2g}"
    rows = []
    for row in table.rows:
        cells = (("one", row.passes), ("any", row.any_item))
        rows.append(
            (
                number_cell(row.agreement, numbers.percent(row.agreement, digits=0)),
                *(
                    number_cell(
                        value,
                        numbers.percent(value, digits=1),
                        NumberRow(id=f"operating/{row.agreement:g}/{name}", value=value, method=method),
                    )
                    for name, value in cells
                ),
            )
        )
    shown = numbers_told.percent(NumberRow(id="panel/provable", value=provable(n), method="exact one-sided"))
    blocks: tuple[Block, ...] = (
        Prose(text=say.operating(_count("size", n), _count("items", items), panel.rule.phrase(material.language))),
        Table(
            id="operating",
            caption=say.OPERATING_CAPTION,
            columns=tuple(Column(header=h, head=not at, align="right") for at, h in enumerate(say.OPERATING_HEADERS)),
            rows=tuple(rows),
        ),
        Prose(text=say.provable(_count("size", n), shown)),
    )
    return Section(id="operating-characteristics", title=say.OPERATING, blocks=blocks)
