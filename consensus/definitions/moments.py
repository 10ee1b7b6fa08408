"""What is told before the second session: of which session's row, as a named reading of scores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from consensus.definitions.definition import Definition, Points
from consensus.definitions.finding import Appears, Finding, columns_of

if TYPE_CHECKING:
    from consensus.definitions.condition import Condition

BEFORE_SECOND_LABS = "before_second_labs"
WITH_SECOND, WITH_FIRST = "with_second", "with_first"


def asks_where_labs_stand(definition: Definition, condition: Condition) -> bool:
    """Return whether a score looks at something measured before the second session that no imaging shows."""
    logic = definition.logic
    if not (isinstance(logic, Points) and definition.is_score and logic.at == "before_second"):
        return False
    return any(_is_measured(condition.finding(name), condition) for name in definition.findings)


def told_with_second(finding: Finding, condition: Condition, readings: Mapping[str, str]) -> bool:
    """Return whether a score before the second session reads a finding in that session's row.

    What imaging shows it reads with the first session: that of the second comes after it.
    """
    return readings.get(BEFORE_SECOND_LABS) == WITH_SECOND and _is_measured(finding, condition)


def _is_measured(finding: Finding, condition: Condition) -> bool:
    """Return whether a finding is told of a measurement such as a laboratory value, and not of imaging."""
    if finding.at == "baseline" or finding.within is not None:
        return False
    tests = [test for _, test in finding.tests]
    names = {name for test in tests for name in columns_of(test)}
    shown = any(column.imaging for column in condition.sessions if column.name in names)
    return not shown and not any(isinstance(test, Appears) for test in tests)
