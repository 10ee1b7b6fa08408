"""Why a verdict is what it is, in a sentence that a clinician can check against the chart."""

from __future__ import annotations

from decimal import Decimal

from consensus.definitions.condition import Condition
from consensus.definitions.definition import Definition, Points
from consensus.scoring.course import Course
from consensus.scoring.judge import Evidence, Judgement
from consensus.scoring.months import Span

SHOWN = 4


def reason(judged: Judgement, definition: Definition, condition: Condition) -> str:
    """Return the verdict's reason: what came true and when, what is open and for which columns, or that nothing did."""
    session = condition.word("session")
    if definition.is_score:
        return _class(judged)
    if judged.verdict == "met" and judged.session_no is None:
        held = [str(e.term.says) for e in judged.evidence if e.value is True]
        return f"Before the first {session}: {'; '.join(held)}"
    if judged.verdict == "not_met" and judged.before is False:
        return "Entry or exclusion does not let the patient in"
    if judged.verdict == "met":
        points = _points(judged, definition)
        terms = [e for e in judged.evidence if e.first is not None and judged.session_no is not None]
        says = next((str(e.term.says) for e in terms if e.term.id == judged.criterion), "")
        at = f"at {session} {judged.session_no}"
        return f"{points} {at}" if points else f"{says or judged.criterion}: {at}"
    if judged.verdict == "unknown":
        named = [str(cause) for cause in judged.causes]
        left = f" and {len(named) - SHOWN} more" if len(named) > SHOWN else ""
        return f"Open for want of: {', '.join(named[:SHOWN])}{left}"
    if not judged.evidence or not any(e.told for e in judged.evidence):
        return f"No {session} was recorded, so nothing has failed"
    if isinstance(definition.logic, Points):
        at_most = _number(judged.points_high or Decimal(0))
        return f"At most {at_most} points; {_number(definition.logic.failure_at)} are needed"
    return "No criterion is met"


def _class(judged: Judgement) -> str:
    """Return a score's class with the terms that gave points, or what is open."""
    if judged.class_name is None:
        named = [str(cause) for cause in judged.causes]
        return f"Open for want of: {', '.join(named[:SHOWN])}" if named else "No class holds so many points"
    held = [f"{e.term.id} {_number(e.term.points or Decimal(0))}" for e in judged.evidence if e.value is True]
    return f"Class {judged.class_name}" + (f" ({', '.join(held)})" if held else "")


def days_from_first(course: Course, judged: Judgement) -> int | Span | None:
    """Return the days from the first session to the date of met, a Span where a month leaves them open.

    None where it isn't met.
    """
    if judged.date is None:
        return None
    span = course.sessions[0].days_to(judged.date)
    return span.low if span.exact else span


def _points(judged: Judgement, definition: Definition) -> str:
    if not isinstance(definition.logic, Points):
        return ""
    held = [e for e in judged.evidence if e.value is True]
    terms = ", ".join(f"{e.term.id} {_number(e.term.points or Decimal(0))}" for e in sorted(held, key=_when))
    reached, needed = _number(judged.points_low or Decimal(0)), _number(definition.logic.failure_at)
    return f"{reached} points of {needed} needed ({terms}): reached"


def _when(evidence: Evidence) -> int:
    return evidence.first if evidence.first is not None else -1


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"
