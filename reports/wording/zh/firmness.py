"""Sentences on how firm a verdict is, in Chinese: how many votes would have to move to change it."""

from __future__ import annotations

from collections.abc import Sequence

from reports.wording.zh.survey import CODINGS, OUTCOMES, quoted

LEAD = "判定有多稳固，即至少有多少人改变回答才会改变判定："
NONE = "无论选票从哪个选项移到哪个选项，都不会改变这一判定。"
SHORT_OF = {"in": "支持", "out": "反对"}


def of_coding(coding: str | None) -> str:
    """Return the beginning of a sentence about one way to count equivocal answers."""
    return "" if coding is None else f"{CODINGS[coding]}时："


def short(coding: str | None, outcome: str, side: str, share: str, threshold: str, moves: Sequence[str]) -> str:
    """Return how far the stronger side is from the rule; `side` is `in` (for) or `out` (against)."""
    begin = of_coding(coding) + OUTCOMES[outcome]
    return f"{begin}。{SHORT_OF[side]}者{share}，距{threshold}还差{or_list(moves)}。"


def changed(coding: str | None, outcome: str, moves: Sequence[str]) -> str:
    """Return how many votes would change a verdict of a rule that has no one threshold."""
    return f"{of_coding(coding)}{OUTCOMES[outcome]}。若有{or_list(moves)}，判定即会改变。"


def undone(coding: str | None, outcome: str, share: str, moves: Sequence[str]) -> str:
    """Return how many votes would undo a verdict."""
    side = SHORT_OF["in" if outcome == "in" else "out"]
    return f"{of_coding(coding)}{OUTCOMES[outcome]}，{side}者{share}。若有{or_list(moves)}，这一判定即不成立。"


def move(votes: str, origin: str, target: str) -> str:
    """Return a movement of votes."""
    return f"{votes}由{quoted(origin)}改为{quoted(target)}"


def votes(number: int, shown: str) -> str:
    """Return a number of votes, `shown` as text."""
    return f"{shown}票"


def or_list(parts: Sequence[str]) -> str:
    """Return alternatives."""
    return "，或".join(parts)
