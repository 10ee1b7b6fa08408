"""Columns that are computed from others, as expressions of any frame: the same spans as those of `formula.py`.

They are computed in binary floats and rounded to millionths, where the judge computes in decimals: the two differ for
values that lie within a millionth of a millionth of half a millionth.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add, and_, or_
from typing import Any, TypeAlias

import narwhals as nw

from consensus.definitions.amount import MILLION, exactly
from consensus.definitions.column import Column
from consensus.definitions.formula import Formula, limits_of, tree_of
from consensus.scoring.compiled.amounts import GRID, MANY_HIGH, MANY_LOW, UNBOUNDED, above_limit
from consensus.scoring.compiled.facts import Numbers
from consensus.scoring.compiled.frame_cells import Frame
from consensus.scoring.compiled.vocabulary import Coded
from consensus.scoring.derived import computable

# expressions, or a number or flag where it is the same in all rows
Flag: TypeAlias = Any
Value: TypeAlias = Any
Cells: TypeAlias = "Mapping[str, Leaf]"


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """The two ends of a value; `none` where there is none, `up` without an upper end, `many` beyond all numbers."""

    low: Value
    high: Value
    none: Flag = False
    up: Flag = False
    many: Flag = False


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """A coded column that a formula looks at, and the names under which the ends of its cells stand in the frame."""

    name: str
    numbers: Numbers

    @property
    def exact(self) -> bool:
        """Whether no bound can be in it."""
        return self.numbers.high is self.numbers.low

    def made(self) -> dict[str, nw.Expr]:
        """Return the columns to put into the frame."""
        cell, unit = self.numbers, 1.0 * GRID * MILLION
        if self.exact:
            return {f"{self.name}__lo": cell.low / unit}
        many, up = cell.low == MANY_LOW, cell.high >= UNBOUNDED
        low, high = _chosen(many, 0, cell.low), _chosen(up, 0, cell.high) + 1
        ends = {"lo": (low - low % GRID) / unit, "hi": (high - high % GRID) / unit}
        return {f"{self.name}__{part}": column for part, column in {**ends, "up": up, "many": many}.items()}

    @property
    def span(self) -> Span:
        """The ends as they stand in the frame."""
        low = nw.col(f"{self.name}__lo")
        if self.exact:
            return Span(low, low, self.numbers.missing)
        high, up, many = (nw.col(f"{self.name}__{part}") for part in ("hi", "up", "many"))
        return Span(low, high, self.numbers.missing, up, many)


def needed_for(names: Iterable[str], columns: Sequence[Column]) -> tuple[str, ...]:
    """Return some columns and all those from which they are computed."""
    formulas = {column.name: column.formula for column in columns if column.formula is not None}
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = None
            waiting += formulas[name].names if name in formulas else ()
    return tuple(found)


def with_computed(
    frame: Frame, found: Mapping[str, Coded], columns: Sequence[Column], wanted: Sequence[str], keep: Iterable[str]
) -> tuple[Frame, dict[str, Coded]]:
    """Return a coded frame with the empty cells of wanted columns computed where these have a formula.

    `found` are the coded columns that are there; the frame keeps those that are wanted, and `keep`.
    """
    known, whole = dict(found), needed_for(wanted, columns)
    to_do = [column for column in computable(columns, found) if column.name in whole and column.formula is not None]
    for column in to_do:
        assert column.formula is not None
        numbers = {name: numbers_of(known[name]) for name in (column.name, *column.formula.names) if name in known}
        cells = {name: Leaf(name, one) for name, one in numbers.items() if name in column.formula.names}
        # each column that is looked at stands in the frame by its ends, so that no expression holds it twice
        frame = frame.with_columns(**{n: part for one in cells.values() for n, part in one.made().items()})
        parts = _filled(numbers.get(column.name), column.formula, cells)
        known[column.name] = one = Coded(column.name)
        frame = frame.with_columns(**{one.low: parts.low, one.high: parts.high, one.gap: parts.missing})
    kept = {name: known[name] for name in wanted if name in known}
    if not to_do:
        return frame, kept
    return frame.select(*keep, *(part for one in kept.values() for part in one.parts)), kept


def numbers_of(one: Coded) -> Numbers:
    """Return a coded column of amounts."""
    low = nw.col(one.low)
    return Numbers(low, low if one.exact else nw.col(one.high), nw.col(one.gap))


def _filled(recorded: Numbers | None, formula: Formula, cells: Cells) -> Numbers:
    span = _span(tree_of(formula), cells)
    empty = reduce(and_, (one.numbers.missing for one in cells.values()))
    gap = _either(span.none, empty)
    many = _both(span.many, _not(gap))
    low = _millionths(_chosen(_either(gap, many), 0.0, span.low))
    high = _millionths(_chosen(_either(_either(gap, many), span.up), 0.0, span.high))
    made = Numbers(
        _chosen(many, MANY_LOW, low),
        _chosen(many, MANY_HIGH, _chosen(span.up, UNBOUNDED, high)),
        _column(gap),
    )
    if recorded is None:
        return made
    return Numbers(
        _chosen(recorded.missing, made.low, recorded.low),
        _chosen(recorded.missing, made.high, recorded.high),
        _both(recorded.missing, made.missing),
    )


def _span(node: ast.expr, cells: Cells) -> Span:
    match node:
        case ast.Constant(value=int() | float() as value):
            return Span(float(value), float(value))
        case ast.Name(id=name):
            return _of_cell(cells.get(name))
        case ast.UnaryOp(operand=operand):
            return _less(Span(0.0, 0.0), _span(operand, cells))
        case ast.BinOp(left=left, op=op, right=right):
            a, b = _span(left, cells), _span(right, cells)
            match op:
                case ast.Add():
                    return _sum(a, b)
                case ast.Sub():
                    return _less(a, b)
                case ast.Mult():
                    return _product(a, b)
            return _quotient(a, b)
        case ast.Call(func=ast.Name(id=function), args=args):
            return _called(function, args, cells)
    raise AssertionError("a formula is checked before it is computed")


def _of_cell(cell: Leaf | None) -> Span:
    return Span(0.0, 0.0, none=True) if cell is None else cell.span


def _sum(a: Span, b: Span) -> Span:
    many = _either(_both(a.many, _not(a.none)), _both(b.many, _not(b.none)))
    none = _both(_either(a.none, b.none), _not(many))
    return Span(a.low + b.low, a.high + b.high, none, _either(a.up, b.up), many)


def _less(a: Span, b: Span) -> Span:
    none = _either(_either(a.none, b.none), b.up)
    return Span(a.low - b.high, a.high - b.low, none, a.up, _both(a.many, _not(none)))


def _product(a: Span, b: Span) -> Span:
    low, high = _extremes(a, b, lambda x, y: x * y)
    up, many = _either(a.up, b.up), _either(a.many, b.many)
    positive = _both(_either(a.many, a.low >= 0), _either(b.many, b.low >= 0))
    nothing = _either(_both(a.many, _both(_not(b.many), b.low == 0)), _both(b.many, _both(_not(a.many), a.low == 0)))
    none = _either(_either(a.none, b.none), _both(up, _not(_both(positive, _not(nothing)))))
    return Span(low, high, none, up, _both(many, _not(none)))


def _quotient(a: Span, b: Span) -> Span:
    zero = _either(_either(b.low == 0, b.high == 0), b.up)
    none = _either(_either(a.none, b.none), _either(a.up, zero))
    safe = Span(_chosen(zero, 1.0, b.low), _chosen(zero, 1.0, b.high))
    low, high = _extremes(a, safe, lambda x, y: x / y)
    return Span(low, high, none)


def _extremes(a: Span, b: Span, of: Callable[[Value, Value], Value]) -> tuple[Value, Value]:
    """Return the least and the greatest of the results of the ends."""
    first = (a.low,) if a.high is a.low else (a.low, a.high)
    second = (b.low,) if b.high is b.low else (b.low, b.high)
    results = [of(x, y) for x in first for y in second]
    return _least(results), _most(results)


def _called(function: str, args: list[ast.expr], cells: Cells) -> Span:
    first, *more = args
    if function in ("log10", "sqrt"):
        return _rising(function, _span(first, cells))
    if function == "both":
        return _all(_span(arg, cells) for arg in args)
    assert isinstance(first, ast.Name)
    cell = cells.get(first.id)
    if function == "first":
        return _recorded(cell, _span(more[0], cells))
    limits = limits_of(more)
    if function == "within":
        return _recorded(cell, Span(float(limits[0]), float(limits[1])))
    if function == "bands":
        if cell is None:
            return Span(1.0, float(len(limits) + 1))
        passed = [above_limit(cell.numbers, exactly(limit), or_equal=at == 0) for at, limit in enumerate(limits)]
        return Span(_count([one.sure for one in passed]), _count([one.possible for one in passed]))
    if cell is None:
        return Span(0.0, 1.0)
    low = above_limit(cell.numbers, exactly(limits[0]), or_equal=function == "between")
    fact = low if function == "over" else low & ~above_limit(cell.numbers, exactly(limits[1]), or_equal=False)
    return Span(_chosen(fact.sure, 1.0, 0.0), _chosen(fact.possible, 1.0, 0.0))


def _recorded(cell: Leaf | None, other: Span) -> Span:
    """Return a cell where it is recorded, else another span."""
    if cell is None:
        return other
    own, gap = cell.span, cell.numbers.missing
    flags = [_either(_both(gap, b), _both(_not(gap), a)) for a, b in ((own.up, other.up), (own.many, other.many))]
    return Span(
        _chosen(gap, other.low, own.low), _chosen(gap, other.high, own.high), _both(gap, other.none), flags[0], flags[1]
    )


def _all(spans: Iterable[Span]) -> Span:
    """Return AND of some flags, each unsure where there is none."""
    ends = [(_chosen(s.none, 0.0, s.low), _chosen(_either(s.none, s.up), 1.0, s.high)) for s in spans]
    return Span(_least([low for low, _ in ends]), _least([high for _, high in ends]))


def _count(flags: Iterable[Flag]) -> Value:
    """Return one more than how many flags hold."""
    return reduce(add, (_chosen(flag, 1.0, 0.0) for flag in flags), 1.0)


def _rising(function: str, a: Span) -> Span:
    least = a.low <= 0 if function == "log10" else a.low < 0
    none = _either(a.none, _both(_not(a.many), least))
    unfit = _either(none, a.many)

    def of(value: Value, where: Flag) -> Value:
        safe = _chosen(where, 1.0, value)
        return safe.log(10) if function == "log10" else safe.sqrt()

    low = of(a.low, unfit)
    return Span(low, low if a.high is a.low else of(a.high, _either(unfit, a.up)), none, a.up, a.many)


def _millionths(value: Value) -> Value:
    return (_column(value) * MILLION).round().cast(nw.Int64) * GRID


def _least(values: Sequence[Value], plain: Any = min, columns: Any = nw.min_horizontal) -> Value:
    if len(values) == 1:
        return values[0]
    return columns(*map(_column, values)) if any(isinstance(v, nw.Expr) for v in values) else plain(values)


def _most(values: Sequence[Value]) -> Value:
    return _least(values, max, nw.max_horizontal)


def _column(value: Value) -> nw.Expr:
    return value if isinstance(value, nw.Expr) else nw.lit(value)


def _chosen(test: Flag, yes: Value, no: Value) -> Value:
    if isinstance(test, bool):
        return yes if test else no
    return nw.when(test).then(yes).otherwise(no)


def _either(a: Flag, b: Flag) -> Flag:
    if isinstance(a, bool):
        return True if a else b
    return (True if b else a) if isinstance(b, bool) else or_(a, b)


def _both(a: Flag, b: Flag) -> Flag:
    if isinstance(a, bool):
        return b if a else False
    return (a if b else False) if isinstance(b, bool) else and_(a, b)


def _not(a: Flag) -> Flag:
    return not a if isinstance(a, bool) else ~a
