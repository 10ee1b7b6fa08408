"""Findings with another limit than the condition's own, which stand in no findings.yaml: `pain_grade above 4`.

What a finding looks at, when it counts and what an empty cell means stay as they are: only the number is another.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from consensus.definitions.amount import parse_amount
from consensus.definitions.finding import Above, AtMost, Below, Finding, Reaches
from questionnaires.instrument import Labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consensus.definitions.reading import Reading

Limit: TypeAlias = Above | Reaches | Below | AtMost
WORDS: dict[str, type[Limit]] = {"above": Above, "at_least": Reaches, "below": Below, "at_most": AtMost}
_IN_WORDS = {
    "above": ("above", "高于"),
    "at_least": ("at least", "不低于"),
    "below": ("below", "低于"),
    "at_most": ("at most", "不高于"),
}
_NAME = re.compile(r"(?P<finding>\w+) (?P<word>above|at_least|below|at_most) (?P<limit>-?\d+(?:\.\d+)?)")


def limited_name(finding: Finding, column: str, limit: Decimal) -> str | None:
    """Return the name of a finding with another limit of a column; None where it looks at none of that column."""
    test = next((test for _, test in finding.tests if isinstance(test, Limit) and test.column == column), None)
    word = next((word for word, kind in WORDS.items() if isinstance(test, kind)), None)
    return None if word is None else f"{finding.name} {word} {limit.normalize():f}"


def limited_finding(name: str, findings: Sequence[Finding], readings: Sequence[Reading]) -> Finding | None:
    """Return the finding of such a name, None where it is no such name or the finding has no such limit.

    A reading that chose among several tests is settled by it; one of the window or of empty cells stays open.
    """
    match = _NAME.fullmatch(name)
    own = next((f for f in findings if match is not None and f.name == match["finding"]), None)
    if match is None or own is None:
        return None
    value, test = next(((v, t) for v, t in own.tests if isinstance(t, WORDS[match["word"]])), ("", None))
    if not isinstance(test, Limit):
        return None
    made = replace(test, limit=parse_amount(match["limit"]))
    reading = next((r for r in readings if r.name == own.by), None)
    told = dict(reading.values).get(value) if reading is not None else None
    says = tuple(
        (language, _says(own.says.text(language), language, told, str(test.limit), match)) for language in ("en", "zh")
    )
    return replace(own, name=name, says=Labels(says), tests=(("", made),), by=None)


def _says(own: str, language: str, told: Labels | None, before: str, match: re.Match[str]) -> str:
    """Return the finding's words with those of the reading's value for the new number, else with the bare limit."""
    chinese = language == "zh"
    words = told.text(language) if told is not None else ""
    if len(re.findall(rf"(?<!\d){re.escape(before)}(?!\d)", words)) == 1:
        words = re.sub(rf"(?<!\d){re.escape(before)}(?!\d)", match["limit"], words)
    else:
        words = f"{_IN_WORDS[match['word']][chinese]}{'' if chinese else ' '}{match['limit']}"
    return f"{own}：{words}" if chinese else f"{own}: {words}"
