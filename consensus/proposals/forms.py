"""How a course shows a criterion: the form that its criteria sheet names, with the numbers that people agreed on.

A number enters where the language of definitions has a place for it: so many sessions, days of a window of sessions,
another limit of what a finding looks at, a rise by so many percent. What has no place is told beside the term.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from consensus.definitions.column import baseline_of
from consensus.definitions.definition import Consecutive, Once, Rising, Within
from consensus.definitions.finding import Increases, RisesBy
from consensus.definitions.limited import limited_name
from consensus.definitions.rising import rising_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consensus.agreement.agree import Agreement
    from consensus.agreement.tally import QuestionTally
    from consensus.definitions.condition import Condition
    from consensus.definitions.definition import Form
    from consensus.definitions.finding import Over
    from questionnaires.instrument import Criterion, Question

TIMES, DAYS, RISE = "times", "days", "rise_percent"


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """A number that the votes on a question put into a term; `unit` is `times`, `days`, `rise_percent` or a column."""

    unit: str
    question: str
    value: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """The form of a criterion and the units of the numbers that are in it, or the `reason` why it has none."""

    form: Form | None = None
    units: frozenset[str] = frozenset()
    reason: str = ""


def numbers_voted(agreement: Agreement, criterion: Criterion) -> tuple[Number, ...]:
    """Return the numbers that people agreed on for a criterion, one a unit, whether or not its form has a place for it.

    The number of sessions is that of the question which the criteria sheet names; others are of questions that speak of
    the criterion, where more than half of those who answered gave a number. The lower median is taken: an answer that
    somebody gave, and that half of them accept.
    """
    found = dict[str, Number]()
    for question in parameter_questions(agreement, criterion):
        tally = next((t for t in agreement.tally.questions if t.question == question.name), None)
        unit = question.parameter or TIMES
        if tally is None or unit in found or (unit != TIMES and not mostly_numbers(tally)):
            continue
        if unit == TIMES and question.name != criterion.parameter:
            continue
        value = lower_median(tally.scores)
        if value is not None:
            found[unit] = Number(unit=unit, question=question.name, value=value)
    return tuple(found.values())


def parameter_questions(agreement: Agreement, criterion: Criterion) -> tuple[Question, ...]:
    """Return the questions that ask for a number of a criterion, the one that the criteria sheet names first."""
    asked = agreement.instrument.questions
    mine = [
        q for q in asked
        if q.name == criterion.parameter or (q.role == "parameter" and q.criterion == criterion.name)
    ]  # fmt: skip
    return tuple(sorted(mine, key=lambda q: q.name != criterion.parameter))


def mostly_numbers(tally: QuestionTally) -> bool:
    """Return whether more than half of those who answered a question gave a number."""
    given = sum(times for _, times in tally.scores)
    return 2 * given > (given if tally.answered is None else tally.answered)


def lower_median(scores: tuple[tuple[float, int], ...]) -> float | None:
    """Return the median of numbers with their counts, smallest first: of the middle two the lower; None of nothing."""
    half, passed = sum(times for _, times in scores) / 2, 0
    for score, times in scores:
        passed += times
        if passed >= half:
            return score
    return None


def no_finding(criterion: Criterion) -> str:
    """Return the reason of a criterion that no finding tells, in the words of its own label."""
    return f'no finding says "{str(criterion.label) or criterion.name}", so no course can show it'


def shape_of(criterion: Criterion, condition: Condition | None, numbers: Mapping[str, float]) -> Shape:
    """Return the form of a criterion with these numbers, by unit; without `condition` only sessions and days enter."""
    if criterion.finding is None:
        return Shape(reason=no_finding(criterion))
    if criterion.form == "rising":
        return _rising(criterion, condition, numbers)
    if condition is not None and criterion.finding not in {finding.name for finding in condition.findings}:
        return Shape(reason=f'its finding "{criterion.finding}" is not known to the condition {condition.id}')
    if criterion.form not in (None, "once", "consecutive", "within"):
        return Shape(reason=f'a term of the form "{criterion.form}" can\'t be made')
    times, used = _times(criterion, numbers)
    if criterion.form == "consecutive" and times is not None and numbers.get(RISE, 0) > 0:
        risen = _rising(criterion, condition, numbers)
        if RISE in risen.units:
            return risen
    finding, limited = _limited(criterion.finding, condition, numbers)
    if criterion.form in (None, "once"):
        return Shape(form=Once(finding=finding), units=limited)
    days, windowed = _days(criterion, numbers)
    if criterion.form == "consecutive" and times is not None:
        return Shape(form=Consecutive(finding=finding, times=times), units=limited | used)
    if criterion.form == "within" and times is not None and days is not None:
        return Shape(form=Within(finding=finding, times=times, days=days), units=limited | used | windowed)
    return Shape(reason=f'the criteria sheet does not say how often (form "{criterion.form}")')


def _times(criterion: Criterion, numbers: Mapping[str, float]) -> tuple[int | None, frozenset[str]]:
    voted = numbers.get(TIMES)
    if voted is None or voted != int(voted) or voted < 1:
        return criterion.times, frozenset()
    return int(voted), frozenset({TIMES})


def _days(criterion: Criterion, numbers: Mapping[str, float]) -> tuple[int | None, frozenset[str]]:
    voted = numbers.get(DAYS)
    if voted is None or voted != int(voted) or voted < 0:
        return criterion.days, frozenset()
    return int(voted), frozenset({DAYS})


def _limited(name: str, condition: Condition | None, numbers: Mapping[str, float]) -> tuple[str, frozenset[str]]:
    """Return a finding's name with the limit that was voted for a column it looks at, and the unit if there is one."""
    if condition is None:
        return name, frozenset()
    for unit, value in numbers.items():
        limited = limited_name(condition.finding(name), unit, _decimal(value))
        if limited is not None:
            return limited, frozenset({unit})
    return name, frozenset()


def _rising(criterion: Criterion, condition: Condition | None, numbers: Mapping[str, float]) -> Shape:
    """Return a rise of the column that a criterion's finding looks at, or that it names itself.

    Percents count over what the finding counts them over; where it counts none, over the check before.
    """
    if condition is None:
        return Shape(reason="no condition is named, so nothing says which column rises: [condition] in the study file")
    found = _column_that_rises(criterion.finding or "", condition)
    if found is None:
        reason = f'its finding "{criterion.finding}" is neither a rise of one column nor a column that has a baseline'
        return Shape(reason=reason)
    column, over = found
    times, used = _times(criterion, numbers)
    risen = numbers.get(RISE, 0)
    by = _decimal(risen) if risen > 0 else None
    # no percentage: over the check before, for over the baseline the language asks for one
    own: Over = over if by is not None else "previous"
    units = used | ({RISE} if by is not None or (risen == 0 and RISE in numbers and over == "previous") else set())
    finding = rising_name(column, by, own)
    return Shape(form=Rising(finding=finding, times=times or 1, column=column, by=by, over=own), units=frozenset(units))


def _decimal(value: float) -> Decimal:
    """Return a number as it is written: 50 and 37.5."""
    return Decimal(int(value)) if value == int(value) else Decimal(repr(value))


def _column_that_rises(name: str, condition: Condition) -> tuple[str, Over] | None:
    own = next((finding for finding in condition.findings if finding.name == name), None)
    tests = [test for _, test in own.tests] if own is not None else []
    rises = [test for test in tests if isinstance(test, Increases | RisesBy)]
    if rises and len(rises) == len(tests) and len({test.column for test in rises}) == 1:
        return rises[0].column, next((test.over for test in rises if isinstance(test, RisesBy)), "previous")
    before = {column.name for column in condition.patients}
    numbers = {column.name for column in condition.sessions if column.type in ("integer", "number")}
    return (name, "previous") if name in numbers and baseline_of(name) in before else None
