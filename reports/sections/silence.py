"""What those who did not answer could change. Absent where no criterion was asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.agreement.beside_rows import assumed_rows, late_row, needed_row, rate_row, worst_row
from reports import numbers, numbers_told
from reports.document import Bullets, Column, Figure, Prose, Section, Table, text_cell

if TYPE_CHECKING:
    from consensus.agreement.estimate import Measurement
    from consensus.agreement.silence import Silence, SilentBounds
    from reports.document import Block
    from reports.material import Material


def silence(material: Material) -> Section | None:
    """Return response rates, the bounds of each criterion, and the late beside the early answers."""
    quiet = material.agreement.further.silence if material.agreement is not None else None
    if quiet is None or not any(b.answered for b in quiet.bounds):
        return None
    say = material.words.sureness
    blocks: list[Block] = []
    if quiet.invited is None:
        blocks.append(Prose(text=say.UNKNOWN_INVITED if quiet.reason is None else say.MORE_THAN_INVITED))
    else:
        pair = material.words.page.pair
        rates = [pair(say.RATES[name], _rate(material, name, quiet)) for name, e in quiet.rates if e.value is not None]
        blocks += [Bullets(items=tuple(rates))] if rates else []
        blocks.append(Prose(text=say.KNOWN_INVITED))
    blocks += [_figure(material, quiet), _table(material, quiet)]
    if quiet.waves is not None:
        blocks.append(Prose(text=say.WAVES, tone="note"))
    blocks.append(Prose(text=say.FRAME, tone="note"))
    return Section(id="silence", title=say.SILENCE, blocks=tuple(blocks))


def _rate(material: Material, name: str, quiet: Silence) -> str:
    row = numbers_told.measured(rate_row(name, dict(quiet.rates)[name]))
    return f"{numbers_told.percent(row)} [{numbers_told.limits(row, material.words.survey.TO)}]"


def _ranges(material: Material, quiet: Silence, b: SilentBounds) -> list[tuple[str, Measurement]]:
    """Return the bounds of a criterion, each with how it is called."""
    say = material.words.sureness
    if quiet.invited is not None and b.worst.limits is not None:
        return [(say.AMONG_INVITED, worst_row(b))]
    names = [say.at_rate(_assumed(rate)) for rate, _, _ in b.at_rates]
    return list(zip(names, assumed_rows(b), strict=True))


def _assumed(rate: float) -> str:
    return numbers_told.percent(numbers_told.counted(f"assumed-rate/{rate:g}", rate, method="assumed"))


def _full(b: SilentBounds) -> str:
    return numbers_told.of(numbers_told.part_of(f"full/{b.question}", b.yes, b.answered, base="answered"))


def _figure(material: Material, quiet: Silence) -> Figure:
    from reports.figures.ranges import Range, RangeRow, draw_ranges
    from reports.numbers_marked import settled

    say, agreement = material.words.sureness, material.agreement
    assert agreement is not None
    rows, described = [], []
    for b in (b for b in quiet.bounds if b.answered):
        label = material.criterion(b.criterion)
        spans = _ranges(material, quiet, b)
        drawn = [Range(series=str(settled(name)), low=m.estimate.low, high=m.estimate.high) for name, m in spans]
        observed = Range(series=say.OBSERVED, value=b.yes / b.answered)
        rows.append(RangeRow(label=label, ranges=(observed, *drawn)))
        told = [(name, numbers_told.limits(numbers_told.measured(m), material.words.survey.TO)) for name, m in spans]
        parts = [say.ranged(name, "", limits) for name, limits in told]
        described.append(say.row_of(label, [f"{say.OBSERVED} {_full(b)}", *parts]))
    rule = agreement.rule.threshold
    return Figure(
        id="silence",
        title=say.SILENCE_FIGURE,
        description=say.described(say.SILENCE_FIGURE, described),
        caption=say.SILENCE_NOTE,
        draw=lambda: draw_ranges(
            rows, say.SILENCE_AXIS, threshold=None if rule is None else float(rule), threshold_label=say.THRESHOLD
        ),
    )


def _table(material: Material, quiet: Silence) -> Table:
    say, words = material.words.sureness, material.words.survey
    shown = [b for b in quiet.bounds if b.answered]
    names = list(dict.fromkeys(name for b in shown for name, _ in _ranges(material, quiet, b)))
    late = quiet.waves is not None
    rows = []
    for b in shown:
        by_name = dict(_ranges(material, quiet, b))
        cells = [text_cell(material.criterion(b.criterion)), text_cell(_full(b))]
        for name in names:
            m = by_name.get(name)
            cells.append(text_cell("" if m is None else numbers_told.limits(numbers_told.measured(m), words.TO)))
        cells.append(text_cell(_needed(material, b)))
        if late:
            cells.append(text_cell(_late(material, b)))
        rows.append(tuple(cells))
    head = material.words.page.heading
    return Table(
        id="silence-data",
        caption=say.SILENCE_CAPTION,
        columns=(
            Column(header=words.CRITERION, head=True),
            Column(header=head(say.OBSERVED), align="right"),
            *(Column(header=head(name), align="right") for name in names),
            Column(header=say.NEEDED, align="right"),
            *((Column(header=say.LATE, align="right"),) if late else ()),
        ),
        rows=tuple(rows),
    )


def _needed(material: Material, b: SilentBounds) -> str:
    m = needed_row(b)
    return str(material.words.sureness.BELOW) if m is None else numbers_told.percent(numbers_told.measured(m))


def _late(material: Material, b: SilentBounds) -> str:
    m = late_row(b)
    if m is None or m.estimate.value is None:
        return ""
    row, digits = numbers_told.measured(m), numbers.digits_for(b.answered)
    between = numbers_told.points_between(row, digits, material.words.survey.TO)
    return f"{numbers_told.points_apart(row, digits)} [{between}]"
