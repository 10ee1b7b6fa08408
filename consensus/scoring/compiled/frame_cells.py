"""A column of any frame that Narwhals knows -> whole numbers and texts without gaps, as expressions in steps.

Each step stands on the columns of the one before: nothing is computed twice, and a cast meets only texts that it can
take. A cell at fault is empty, as the judge's reader has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any, TypeAlias

import narwhals as nw

from consensus.definitions.amount import MILLION
from consensus.definitions.column import Column
from consensus.scoring.cells import FLAGS, fold
from consensus.scoring.compiled.amounts import GRID, MANY_HIGH, MANY_LOW, UNBOUNDED
from consensus.scoring.compiled.calendar import (
    FIRST_DAY,
    LAST_DAY,
    counts_days,
    day_number,
    days_of,
    digits_of,
    is_day,
)
from consensus.scoring.compiled.frame_numbers import LARGEST, is_plain, plain_number
from consensus.scoring.compiled.kinds import Kind
from consensus.scoring.compiled.month_cells import with_months
from consensus.scoring.compiled.vocabulary import Coded, numbered, read_texts
from consensus.scoring.months import Month

Expr: TypeAlias = nw.Expr
Frame: TypeAlias = "nw.LazyFrame[Any]"
Steps: TypeAlias = tuple[dict[str, Expr], ...]  # each on the columns of the one before

WHITE = " \t\n\r\u3000\u00a0"
BLANKS = "[\\s\u3000\u00a0]+"
AMOUNT = r"^(<=|>=|<|>)? ?[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,3})?$"
FINE = r"[.][0-9]{6}[0-9]*[1-9]"
DATED = "^[0-9]{4}([-/.]| ?年 ?)[0-9]{1,2}([-/.]| ?月 ?)[0-9]{1,2} ?日?([ T][0-9]{1,2}:[0-9]{2}.*)?$"


def coded(
    frame: Frame,
    columns: Mapping[str, tuple[str, Column]],
    keep: Mapping[str, Expr],
    kind: Kind,
    texts: Mapping[str, tuple[str | None, ...]] | None = None,
    months: Mapping[str, Mapping[str, Month]] | None = None,
) -> tuple[Frame, dict[str, Coded]]:
    """Return a frame of the coded columns and what to keep beside them; `columns` are header and column by name.

    `texts` are the different texts of those columns that are known to have few, `months` the texts of dates that are
    only a month: where there are some, all dates are told by their digits and days.
    """
    if months:
        kind = "spark"  # which counts no days, so that dates keep the digits of a month
    schema = frame.collect_schema()
    found, steps = dict[str, Coded](), list[Steps]()
    for name, (header, column) in columns.items():
        known = None if texts is None else texts.get(name)
        if known is not None and _is_words(column):
            read = read_texts(known, column)
            vocabulary = tuple(dict.fromkeys(read.values()))
            code = numbered(nw.col(header), read, vocabulary)
            steps.append(({f"{name}__a": code, f"{name}__gap": code == 0},))
            found[name] = Coded(name, True, True, vocabulary)
        else:
            mine = (months or {}).get(name, {})
            steps.append(_steps(name, nw.col(header), schema[header], column, kind, mine))
            exact = counts_days(kind) if column.type == "date" else _is_words(column) or is_plain(schema[header])
            found[name] = Coded(name, exact, _is_words(column), months=bool(mine))
    first, *further = [
        _merged(one[at] for one in steps if at < len(one)) for at in range(max(map(len, steps), default=1))
    ]
    frame = frame.select(**keep, **first)
    for step in further:
        frame = frame.with_columns(**step)
    if further:
        frame = frame.select(*keep, *(part for one in found.values() for part in one.parts))
    return frame, found


def read_text(raw: Expr, dtype: Any) -> Expr:
    """Return a column as texts with single blanks; a whole number without its decimal point."""
    if dtype.is_float():
        whole = nw.when((raw.abs() < 1e15) & (raw.round() == raw)).then(raw).otherwise(0.0).cast(nw.Int64)
        decimal = nw.when(raw.is_nan()).then(None).otherwise(raw.cast(nw.String))
        return nw.when((raw.abs() < 1e15) & (raw.round() == raw)).then(whole.cast(nw.String)).otherwise(decimal)
    text = raw if dtype == nw.String else raw.cast(nw.String)
    single = text.str.replace_all(BLANKS, " ").str.strip_chars(" ")
    return nw.when(has_blank(text)).then(single).otherwise(text)


def has_blank(text: Expr) -> Expr:
    """Return whether texts have white space: most have none, and a search for a letter costs less than a pattern."""
    return reduce(or_, (text.str.contains(blank, literal=True) for blank in WHITE))


def _merged(parts: Iterable[dict[str, Expr]]) -> dict[str, Expr]:
    return {name: expr for part in parts for name, expr in part.items()}


def _is_amount(column: Column) -> bool:
    return column.type in ("integer", "number", "flag")


def _is_words(column: Column) -> bool:
    return column.type in ("text", "choice")


def _steps(name: str, raw: Expr, dtype: Any, column: Column, kind: Kind, months: Mapping[str, Month]) -> Steps:
    if _is_amount(column):
        if not is_plain(dtype):
            return _bound(name, raw, dtype, column)
        amount, gap = plain_number(raw, dtype, column, kind)
        return ({f"{name}__a": amount, f"{name}__gap": gap},)
    if column.type == "date":
        is_date = dtype == nw.Date or dtype == nw.Datetime
        if is_date and counts_days(kind):
            return _counted(name, day_number(raw, kind))
        if months:
            return with_months(name, raw, _dated(name, read_text(raw, dtype)), months)
        return _date(name, raw) if is_date else _dated(name, read_text(raw, dtype))
    return _words(name, read_text(raw, dtype), column)


def _stands_for(text: Expr, column: Column) -> Expr:
    """Return a text with the usual words of its column in ours, as the judge's reader has it."""
    folded, said = text.str.to_lowercase(), text
    for ours in dict.fromkeys(ours for _, ours in column.words):
        written = [fold(theirs) for theirs, meant in column.words if meant == ours]
        said = nw.when(folded.is_in(written)).then(nw.lit(ours)).otherwise(said)
    return said


def _bound(name: str, raw: Expr, dtype: Any, column: Column) -> Steps:
    """A column of texts: numbers, bounds such as `<2`, the word for what was not counted, or yes and no."""
    text, value, whole = nw.col(f"{name}__t"), nw.col(f"{name}__f"), nw.col(f"{name}__v")
    clean = _stands_for(text, column)
    for sign, plain in (("≤", "<="), ("≥", ">=")):
        clean = clean.str.replace_all(sign, plain, literal=True)
    if column.unit == "percent":
        clean = clean.str.replace_all(" ?[%％]$", "")
    if column.type == "flag":
        yes = clean.str.to_lowercase().is_in([word for word, flag in FLAGS.items() if flag])
        no = clean.str.to_lowercase().is_in([word for word, flag in FLAGS.items() if not flag])
        flagged = nw.when(yes).then(1.0).when(no).then(0.0).otherwise(None)
        done = {f"{name}__a": whole * GRID, f"{name}__b": whole * GRID, f"{name}__gap": value.is_null()}
        first = {f"{name}__t": read_text(raw, dtype)}
        return first, {f"{name}__f": flagged}, {f"{name}__v": _millionths(value)}, done
    is_number = text.str.contains(AMOUNT) & ~text.str.contains(FINE)
    number = nw.when(is_number).then(text.str.replace_all("[<>= ]", "")).otherwise(None).cast(nw.Float64)
    known = nw.when(value.abs() > LARGEST).then(None).otherwise(value)
    return (
        {f"{name}__t": read_text(raw, dtype)},
        {f"{name}__t": clean},
        {f"{name}__f": number},
        {f"{name}__v": _millionths(known), f"{name}__f": known},
        _ends(name, text, value, whole, column),
    )


def _ends(name: str, text: Expr, value: Expr, whole: Expr, column: Column) -> dict[str, Expr]:
    least, starts = _least(column), text.str.starts_with
    up_to, below = starts("<="), starts("<") & ~starts("<=")
    from_, over = starts(">="), starts(">") & ~starts(">=")
    at = whole * GRID
    low = nw.when(up_to | below).then(GRID * least).when(over).then(at + 1).otherwise(at)
    high = nw.when(below).then(at - 1).when(over | from_).then(UNBOUNDED).otherwise(at)
    empty = ((up_to | below) & (whole < least)) | (below & (whole == least))
    lower = nw.when(up_to | below).then(least).otherwise(whole)
    fault = empty | _is_rounded(whole, value) | _outside(lower, whole, column, over=over)
    gap = (value.is_null() | fault).fill_null(True)
    unit = GRID * MILLION
    words = [(word, unit * first, unit * last) for word, first, last in column.spans]
    words += [(column.many, MANY_LOW, MANY_HIGH)] if column.many is not None else []
    for word, first, last in words:
        said = (text.str.to_lowercase() == fold(word)).fill_null(False)
        low, high, gap = nw.when(said).then(first).otherwise(low), nw.when(said).then(last).otherwise(high), gap & ~said
    return {f"{name}__a": low.fill_null(0), f"{name}__b": high.fill_null(0), f"{name}__gap": gap}


def _millionths(value: Expr) -> Expr:
    return (value.fill_null(0.0) * MILLION).round().cast(nw.Int64)


def _is_rounded(whole: Expr, value: Expr) -> Expr:
    """Return where a number is another than the nearest to its millionths: it has more than six decimals.

    The divisor is a column, because by a constant Polars multiplies with the reciprocal, which rounds otherwise.
    """
    return whole / (whole - whole + MILLION) != value


def _least(column: Column) -> int:
    return int((column.range[0] or 0) * MILLION)


def _outside(low: Expr, whole: Expr, column: Column, *, over: Expr | None = None) -> Expr:
    """Return where an amount is out of the column's range, or not whole where it must be."""
    found = low < _least(column)
    if column.range[1] is not None:
        most = int(column.range[1] * MILLION)
        # what is over the greatest value is beyond it
        found = found | (low > most) if over is None else found | (low > most) | (over & (low == most))
    if column.type == "flag":
        return found | ((whole != 0) & (whole != MILLION))
    return found | (whole % MILLION != 0) if column.type == "integer" else found


def _words(name: str, text: Expr, column: Column) -> Steps:
    folded = nw.col(f"{name}__t")
    choices = [fold(choice) for choice in column.choices]
    code: Any = folded
    for ours in dict.fromkeys(ours for _, ours in column.words):
        written = [fold(theirs) for theirs, meant in column.words if meant == ours]
        other = [word for word in written if word not in choices]
        if other:
            code = nw.when(folded.is_in(other)).then(nw.lit(fold(ours))).otherwise(code)
    there = ~folded.is_null() & (folded != "")
    if column.type == "choice":
        there = there & folded.is_in(choices)
    there = there.fill_null(False)
    done = {f"{name}__a": nw.when(there).then(folded).otherwise(nw.lit("")), f"{name}__gap": ~there}
    return {f"{name}__t": text.str.to_lowercase()}, {f"{name}__t": code}, done


def _date(name: str, raw: Expr) -> Steps:
    parts = {"y": raw.dt.year(), "m": raw.dt.month(), "d": raw.dt.day()}
    return {f"{name}__{part}": expr.cast(nw.Int64) for part, expr in parts.items()}, _day(name)


def _counted(name: str, day: Expr) -> Steps:
    """Days as the engine counts them."""
    there = ((day >= FIRST_DAY) & (day <= LAST_DAY)).fill_null(False)
    return ({f"{name}__a": nw.when(there).then(day).otherwise(0), f"{name}__gap": ~there},)


def _dated(name: str, text: Expr) -> Steps:
    """Texts such as 2021-3-4, 2021/03/04 10:00, 2021.3.4, 2021年3月4日."""
    t, clean = nw.col(f"{name}__t"), nw.col(f"{name}__c")
    digits = nw.when(t.str.contains(DATED)).then(t.str.replace_all("[^0-9]+", "-")).otherwise(None)
    long_month = clean.str.slice(6, 1) != "-"
    month = nw.when(long_month).then(clean.str.slice(5, 2)).otherwise(clean.str.slice(5, 1))
    day = nw.when(long_month).then(clean.str.slice(8, 2)).otherwise(clean.str.slice(7, 2))
    parts = {"y": clean.str.slice(0, 4), "m": month, "d": day.str.replace_all("-", "", literal=True)}
    whole = {f"{name}__{part}": expr.cast(nw.Int64) for part, expr in parts.items()}
    return {f"{name}__t": text}, {f"{name}__c": digits}, whole, _day(name)


def _day(name: str) -> dict[str, Expr]:
    year, month, day = (nw.col(f"{name}__{part}") for part in "ymd")
    there = is_day(year, month, day).fill_null(False)
    return {
        f"{name}__a": nw.when(there).then(days_of(year, month, day)).otherwise(0),
        f"{name}__b": nw.when(there).then(digits_of(year, month, day)).otherwise(0),
        f"{name}__gap": ~there,
    }
