"""Rises of a quantity as findings that stand in no findings.yaml: `afp rises by 20 percent over baseline`."""

from __future__ import annotations

import re
from decimal import Decimal

from consensus.definitions.finding import Finding, Increases, Over, RisesBy
from questionnaires.instrument import Labels

_NAME = re.compile(r"(?P<column>\w+) rises(?: by (?P<percent>\d+(?:\.\d+)?) percent over (?P<over>baseline|previous))?")
_ZH = {"baseline": "基线", "previous": "前一次"}


def rising_name(column: str, by: Decimal | None = None, over: Over = "previous") -> str:
    """Return the name of the finding that a column rises: over the check before, or by so many percent."""
    return f"{column} rises" if by is None else f"{column} rises by {by:f} percent over {over}"


def rising_finding(name: str) -> Finding | None:
    """Return the finding of such a name, None where it is no such name."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    column = match["column"]
    if match["percent"] is None:
        says = Labels((("en", f"{column} above the check before"), ("zh", f"{column}高于前一次")))
        return Finding(name=name, says=says, tests=(("", Increases(column=column)),))
    over: Over = "baseline" if match["over"] == "baseline" else "previous"
    before = "baseline" if over == "baseline" else "the check before"
    says = Labels(
        (
            ("en", f"{column} at least {match['percent']} percent over {before}"),
            ("zh", f"{column}较{_ZH[over]}升高{match['percent']}%或以上"),
        )
    )
    return Finding(
        name=name, says=says, tests=(("", RisesBy(column=column, percent=Decimal(match["percent"]), over=over)),)
    )
