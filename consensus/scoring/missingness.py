"""What an empty cell is taken for: unknown, absent or lasting, and the three results of a definition side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from consensus.definitions.condition import Condition
from consensus.definitions.definition import Definition
from consensus.scoring.every_reading import score_every_reading

COLUMNS = ["definition", "reading", "rule", "met", "not_met", "unknown"]


def rules_of(definition: Definition, condition: Condition) -> tuple[str, ...]:
    """Return the readings that say what an empty cell of a definition's findings is taken for."""
    findings = (condition.finding(name) for name in definition.findings)
    return tuple(dict.fromkeys(finding.missing_by for finding in findings if finding.missing_by is not None))


def missing_rules(
    courses: Any, definitions: Sequence[Definition], condition: Condition, chosen: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return one row a definition and rule: its reading, the rule, and how many are met, not met and unknown.

    All other readings are the caller's, or the definition's own. `courses` are as `score` takes them; definitions
    without such a reading are left out, and so are scores.
    """
    rows: list[tuple[object, ...]] = []
    for definition in definitions:
        for name in rules_of(definition, condition) if not definition.is_score else ():
            values = tuple(value for value, _ in condition.reading(name).values)
            fixed = {key: value for key, value in (chosen or {}).items() if key != name}
            varied = replace(definition, open=((name, values),))
            found = score_every_reading(courses, [varied], condition, fixed).by_combination()
            for value, row in zip(values, found.itertuples(index=False), strict=True):
                rows.append((definition.id, name, value, row.met, row.not_met, row.unknown))
    return pd.DataFrame(rows, columns=COLUMNS)
