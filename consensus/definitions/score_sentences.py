"""A score in words: how its points are made, and which classes they fall into."""

from __future__ import annotations

from decimal import Decimal

from consensus.definitions.definition import Points, ScoreClass


def score_sentence(logic: Points, language: str = "en") -> str:
    """Return how the points are made and the classes, as the line above the list of terms."""
    zh = language == "zh"
    classes = ("；" if zh else "; ").join(f"{one.name} {_ends(one, zh)}" for one in logic.classes)
    if logic.value is not None:
        return f"{logic.value}的值；分级：{classes}" if zh else f"The value of {logic.value}; classes: {classes}"
    return f"各项分值相加；分级：{classes}：" if zh else f"The points of what holds are added; classes: {classes}:"


def points(value: Decimal) -> str:
    """Return `1 point`, `2.5 points`."""
    return f"{number(value)} point{'' if value == 1 else 's'}"


def number(value: Decimal) -> str:
    """Return a decimal without trailing zeros."""
    return f"{value.normalize():f}"


def _ends(one: ScoreClass, zh: bool) -> str:
    low, high = (number(end) if end is not None else "" for end in (one.low, one.high))
    if low and low == high:
        return low
    begins = f"{'>' if one.low_open else '>='} {low}" if low else ""
    ends = f"{'<' if one.high_open else '<='} {high}" if high else ""
    return f"({begins}{' , '.strip() + ' ' if begins and ends and not zh else '，' if begins and ends else ''}{ends})"
