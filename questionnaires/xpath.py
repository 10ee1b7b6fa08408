"""Values of the routing language: how answers become numbers, texts and truth (XPath 1.0), and its functions."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence

Value = str | float | bool


def value_of(answer: object) -> Value:
    """Return an answer as a value: no answer is an empty text, several options are joined by a space."""
    if answer is None:
        return ""
    if isinstance(answer, tuple):
        return " ".join(map(str, answer))
    if isinstance(answer, bool | str):
        return answer
    if isinstance(answer, int | float):
        return float(answer)
    return str(answer)


def number(value: Value) -> float:
    """Return the number a value stands for, a date as its day since 1970; NaN where it stands for none."""
    if not isinstance(value, str):
        return float(value)
    try:
        return float(value)
    except ValueError:
        return _day(value)


def text(value: Value) -> str:
    """Return a value as text; a whole number is written without a point."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if math.isnan(value):
            return "NaN"
        return str(int(value)) if value.is_integer() else repr(value)
    return value


def truth(value: Value) -> bool:
    """Return whether a value counts as true: a text that isn't empty, a number that isn't 0 or NaN."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def equal(left: Value, right: Value) -> bool:
    """Compare as XPath does: as truth if one side is, else as numbers if one side is, else as texts."""
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return number(left) == number(right)
    return left == right


def divided(left: float, right: float) -> float:
    """Return a quotient; NaN or infinity where Python would raise."""
    if right:
        return left / right
    return math.nan if not left or math.isnan(left) else math.copysign(math.inf, left)


def remainder(left: float, right: float) -> float:
    """Return the remainder with the sign of `left`; NaN where there is none."""
    if not right or math.isnan(left) or math.isnan(right) or math.isinf(left):
        return math.nan
    return math.fmod(left, right)


def _day(written: str) -> float:
    try:
        return float((dt.date.fromisoformat(written[:10]) - dt.date(1970, 1, 1)).days)
    except ValueError:
        return math.nan


def _selected_at(several: Value, place: Value) -> Value:
    names, at = text(several).split(), number(place)
    inside = not math.isnan(at) and 0 <= at < len(names)
    return names[int(at)] if inside else ""


def _substr(whole: Value, start: Value, end: Value | None = None) -> Value:
    first = number(start)
    last = math.inf if end is None else number(end)
    if math.isnan(first) or math.isnan(last):
        return ""
    return text(whole)[int(max(first, 0)) : None if math.isinf(last) else int(max(last, 0))]


def _rounded(value: Value, digits: Value = 0.0) -> Value:
    amount, places = number(value), number(digits)
    if math.isnan(amount) or math.isinf(amount) or math.isnan(places):
        return amount
    scale = float(10 ** int(max(-15, min(15, places))))
    return math.floor(amount * scale + 0.5) / scale


def _whole(value: Value) -> Value:
    amount = number(value)
    return amount if math.isnan(amount) or math.isinf(amount) else float(math.trunc(amount))


def _smallest(*values: Value) -> Value:
    amounts = [number(v) for v in values]
    return math.nan if any(map(math.isnan, amounts)) else min(amounts)


def _largest(*values: Value) -> Value:
    amounts = [number(v) for v in values]
    return math.nan if any(map(math.isnan, amounts)) else max(amounts)


# name: (fewest arguments, most arguments, what it does)
FUNCTIONS: dict[str, tuple[int, int, Callable[..., Value]]] = {
    "selected": (2, 2, lambda several, name: text(name) in text(several).split()),
    "selected-at": (2, 2, _selected_at),
    "count-selected": (1, 1, lambda several: float(len(text(several).split()))),
    "if": (3, 3, lambda condition, then, other: then if truth(condition) else other),
    "coalesce": (2, 2, lambda first, second: first if text(first) else second),
    "not": (1, 1, lambda value: not truth(value)),
    "true": (0, 0, lambda: True),
    "false": (0, 0, lambda: False),
    "contains": (2, 2, lambda whole, part: text(part) in text(whole)),
    "starts-with": (2, 2, lambda whole, part: text(whole).startswith(text(part))),
    "ends-with": (2, 2, lambda whole, part: text(whole).endswith(text(part))),
    "string-length": (1, 1, lambda value: float(len(text(value)))),
    "substr": (2, 3, _substr),
    "concat": (1, 99, lambda *parts: "".join(map(text, parts))),
    "round": (1, 2, _rounded),
    "int": (1, 1, _whole),
    "number": (1, 1, number),
    "string": (1, 1, text),
    "boolean": (1, 1, truth),
    "date": (1, 1, lambda written: number(text(written))),
    "sum": (1, 99, lambda *values: math.fsum(map(number, values))),
    "min": (1, 99, _smallest),
    "max": (1, 99, _largest),
    "once": (1, 1, lambda value: value),
}


def call(name: str, arguments: Sequence[Value]) -> Value:
    """Return what a function of the language gives; KeyError if there is none of that name."""
    value: Value = FUNCTIONS[name][2](*arguments)
    return value
