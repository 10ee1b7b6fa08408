"""One definition of any kind on the columns of patients: what came true at sessions, before them, or as points."""

from __future__ import annotations

from collections.abc import Mapping

from consensus.definitions.condition import Condition
from consensus.definitions.definition import Definition
from consensus.definitions.readings import in_force
from consensus.scoring.compiled.before import came_at_baseline, let_in, scored
from consensus.scoring.compiled.plan import Question, at_baseline, questions_of
from consensus.scoring.compiled.verdicts import Came, PeopleHand, Verdicts, verdicts_of


def judge_columns(
    definition: Definition,
    condition: Condition,
    chosen: Mapping[str, str],
    came: Mapping[Question, Came],
    hand: PeopleHand,
) -> Verdicts:
    """Return what a definition says of each patient, before it is asked who is held back."""
    readings = in_force(definition, condition, chosen)
    if definition.is_score:
        return scored(definition, condition, readings, came, hand)
    if at_baseline(definition):
        found = verdicts_of(definition, came_at_baseline(definition, condition, readings, hand), hand)
    else:
        found = verdicts_of(definition, [came[q] for q in questions_of(definition, condition, chosen)], hand)
    return let_in(found, definition, condition, readings, hand)


def holds_back(definition: Definition) -> bool:
    """Return whether faults of a patient's sessions make the verdict unknown: not where it rests on columns alone."""
    logic_at = getattr(definition.logic, "at", "sessions") if definition.is_score else definition.at
    return bool(logic_at != "baseline")
