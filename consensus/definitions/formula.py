"""Columns that are computed from others, such as `0.66 * log10(bilirubin_umol_l) - 0.085 * albumin_g_l`.

A formula knows numbers, names of columns, + - * /, `log10`, `sqrt`, `bands(column, a, b)` (1 below a, 2 from a to b, 3
above b), `within(column, low, high)` (an empty cell is anything from low to high) and `first(column, x)` (the column as
it is recorded, else x). Three are 1 for yes and 0 for no: `over(column, a)` (above a), `between(column, a, b)` (a to
b, both inclusive) and `both(x, y)`. A bound makes the result an interval; what was not counted ("multiple") is larger
than any number, and so is its sum with anything.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import lru_cache
from itertools import product

from consensus.definitions.amount import MANY, MILLION, Amount, above, at_least, exactly
from consensus.definitions.logic import Truth, all_of

Span = tuple[Decimal, Decimal | None]
FUNCTIONS = ("log10", "sqrt", "bands", "within", "first", "over", "between", "both")
OF_COLUMN = ("bands", "within", "first", "over", "between")
INFINITE = Decimal("Infinity")
OPERATORS: tuple[type[ast.operator], ...] = (ast.Add, ast.Sub, ast.Mult, ast.Div)


class NotAFormulaError(ValueError):
    """A text that is no formula; the message says what is not known in it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Formula:
    """A checked formula with the names of the columns that it looks at."""

    text: str
    names: tuple[str, ...]

    def value(self, cells: Mapping[str, object]) -> Amount | None:
        """Return the value from a row's cells, in millionths; None where a column that it needs is empty."""
        if not any(isinstance(cells.get(name), Amount) for name in self.names):
            return None
        span = _span(_tree(self.text), cells)
        if span is None or not math.isfinite(span[0]):
            return MANY if span == (INFINITE, None) else None
        return Amount(low=_millionths(span[0]), high=None if span[1] is None else _millionths(span[1]))


@lru_cache
def parse_formula(text: str) -> Formula:
    """Return a formula; NotAFormulaError names what can't stand in one."""
    names: list[str] = []
    _check(_tree(text), names)
    return Formula(text=text, names=tuple(dict.fromkeys(names)))


def tree_of(formula: Formula) -> ast.expr:
    """Return a checked formula as its syntax tree, which engines of whole frames walk as `Formula.value` does."""
    return _tree(formula.text)


def limits_of(args: list[ast.expr]) -> list[Decimal]:
    """Return the numbers among the arguments of a function."""
    return [span[0] for arg in args if (span := _span(arg, {})) is not None]


@lru_cache
def _tree(text: str) -> ast.expr:
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError):
        raise NotAFormulaError(f'"{text}" is not a formula') from None


def _check(node: ast.expr, names: list[str]) -> None:
    match node:
        case ast.Constant(value=int() | float()):
            return
        case ast.Name(id=name):
            names.append(name)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            _check(operand, names)
        case ast.BinOp(left=left, op=op, right=right) if isinstance(op, OPERATORS):
            _check(left, names)
            _check(right, names)
        case ast.Call(func=ast.Name(id=function), args=[first, *more], keywords=[]) if function in FUNCTIONS:
            if function in OF_COLUMN and not isinstance(first, ast.Name):
                raise NotAFormulaError(f"{function}() looks at a column")
            for each in (first, *more):
                _check(each, names)
        case _:
            raise NotAFormulaError(f'"{ast.unparse(node)}" can\'t stand in a formula')


def _span(node: ast.expr, cells: Mapping[str, object]) -> Span | None:
    match node:
        case ast.Constant(value=value):
            return Decimal(repr(value)), Decimal(repr(value))
        case ast.Name(id=name):
            return _of_cell(cells.get(name))
        case ast.UnaryOp(operand=operand):
            return _combined(ast.Sub(), (Decimal(0), Decimal(0)), _span(operand, cells))
        case ast.BinOp(left=left, op=op, right=right):
            return _combined(op, _span(left, cells), _span(right, cells))
        case ast.Call(func=ast.Name(id=function), args=args):
            return _called(function, args, cells)
    raise AssertionError("a formula is checked before it is computed")


def _of_cell(cell: object) -> Span | None:
    if not isinstance(cell, Amount):
        return None
    if cell.many:
        return INFINITE, None
    return Decimal(cell.low) / MILLION, None if cell.high is None else Decimal(cell.high) / MILLION


def _combined(op: ast.operator, a: Span | None, b: Span | None) -> Span | None:
    """Return the span of all results of one value of each; an end that is open upward stays open."""
    if isinstance(op, ast.Add) and (INFINITE, None) in (a, b):
        return INFINITE, None
    if a is None or b is None:
        return None
    if a[1] is None or b[1] is None:
        positive = a[0] >= 0 and b[0] >= 0 and not {a[0], b[0]} >= {INFINITE, Decimal(0)}
        if isinstance(op, ast.Add) or (isinstance(op, ast.Mult) and positive):
            return (a[0] + b[0] if isinstance(op, ast.Add) else a[0] * b[0]), None
        return (a[0] - b[1], None) if isinstance(op, ast.Sub) and b[1] is not None else None
    ends = []
    for x, y in product((a[0], a[1]), (b[0], b[1])):
        if isinstance(op, ast.Div) and y == 0:
            return None
        ends.append(_one(op, x, y))
    return min(ends), max(ends)


def _one(op: ast.operator, x: Decimal, y: Decimal) -> Decimal:
    if isinstance(op, ast.Add):
        return x + y
    if isinstance(op, ast.Sub):
        return x - y
    return x * y if isinstance(op, ast.Mult) else x / y


def _called(function: str, args: list[ast.expr], cells: Mapping[str, object]) -> Span | None:
    first = args[0]
    if function in ("log10", "sqrt"):
        return _rising(function, _span(first, cells))
    if function == "both":
        return _both([_span(arg, cells) or UNSURE for arg in args])
    assert isinstance(first, ast.Name)
    cell = cells.get(first.id)
    limits = [span[0] for arg in args[1:] if (span := _span(arg, cells)) is not None]
    if function == "first":
        return _of_cell(cell) if isinstance(cell, Amount) else _span(args[1], cells)
    if function == "within":
        return _of_cell(cell) if isinstance(cell, Amount) else (limits[0], limits[1])
    if function == "bands":
        return _bands(cell, limits)
    if not isinstance(cell, Amount):
        return UNSURE
    if function == "over":
        return _flag(above(cell, exactly(limits[0])))
    low, high = (exactly(limit) for limit in limits)
    return _flag(all_of((at_least(cell, low), at_least(high, cell))))


UNSURE: Span = (Decimal(0), Decimal(1))


def _flag(value: Truth) -> Span:
    return UNSURE if value is None else (Decimal(value), Decimal(value))


def _both(flags: list[Span]) -> Span:
    """Return AND of some flags: the least of each end."""
    return min(low for low, _ in flags), min(high if high is not None else Decimal(1) for _, high in flags)


def _rising(function: str, span: Span | None) -> Span | None:
    if span is None or span[0] < 0 or (function == "log10" and span[0] == 0):
        return None
    try:
        ends = [None if end is None else end.log10() if function == "log10" else end.sqrt() for end in span]
    except InvalidOperation:
        return None
    return (ends[0], ends[1]) if ends[0] is not None else None


def _bands(cell: object, limits: list[Decimal]) -> Span:
    """Return in which band a cell lies: below the first limit 1, up to the second 2, ..., above the last one more."""
    if not isinstance(cell, Amount):
        return Decimal(1), Decimal(len(limits) + 1)
    first, *others = [exactly(limit) for limit in limits]
    passed = [at_least(cell, first), *(above(cell, limit) for limit in others)]
    return Decimal(1 + passed.count(True)), Decimal(1 + passed.count(True) + passed.count(None))


def _millionths(value: Decimal) -> int:
    return int((value * MILLION).to_integral_value(rounding=ROUND_HALF_EVEN))
