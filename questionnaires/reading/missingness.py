"""Why a cell is empty: not shown, not reached, left blank, or not to be known; and answers to what was not shown."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from questionnaires.coding import EMPTY, Coded, Fault
from questionnaires.instrument import Instrument, Question
from questionnaires.problems import Problem
from questionnaires.reading.answers import NONE_CHOSEN, QuestionAnswers, Told
from questionnaires.reading.header_parts import OPT_OUT
from questionnaires.reading.text import shown
from questionnaires.routing import Expression, ExpressionError, parse_expression

NO_COLUMN = "unknown"
_NOT_KNOWN = frozenset({"invalid", "lost", "unknown"})


@dataclass(slots=True)
class Typed:
    """The answers with every empty cell typed: one list a question, and what was found on the way."""

    values: dict[str, list[object]] = field(default_factory=dict)
    kinds: dict[str, list[str]] = field(default_factory=dict)
    told: list[tuple[str, Told]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def type_answers(
    instrument: Instrument,
    answers: Mapping[str, QuestionAnswers],
    completed: Sequence[bool | None],
    *,
    none_means_none: bool = False,
    repeated: bool = False,
    where: str = "",
) -> Typed:
    """Return values and kinds of all questions in the order in which they are asked.

    `completed` says of each record whether it was finished, None where the file doesn't tell. A question without a
    column has no value and the kind `unknown`. In `repeated` rows what is empty was not shown.
    """
    typed = Typed()
    opted_out = _opt_outs(instrument, answers)
    for question in instrument.questions:
        found = answers.get(question.name)
        if found is None:
            typed.values[question.name] = [None] * len(completed)
            typed.kinds[question.name] = [NO_COLUMN] * len(completed)
            continue
        coded = found.coded
        if question.name in opted_out:
            coded = _with_twin(coded, answers[opted_out[question.name]])
        asked = _asked(question, instrument, typed, where, len(completed))
        faults = _type_one(question.name, coded, asked, completed, typed, none_means_none=none_means_none)
        _tell(question, found, faults, typed)
        _constrain(question, found, typed, where)
    if repeated:
        empty = {"blank": "not_shown", "unknown": "not_shown"}
        typed.kinds = {name: [empty.get(kind, kind) for kind in kinds] for name, kinds in typed.kinds.items()}
    else:
        _not_reached(instrument, answers, typed, completed)
    return typed


def _type_one(
    name: str,
    coded: Sequence[Coded],
    asked: Sequence[bool | None],
    completed: Sequence[bool | None],
    typed: Typed,
    *,
    none_means_none: bool,
) -> list[Fault | None]:
    """Set values and kinds of one question, each distinct case typed once; return what is wrong, if anything is."""
    # each case once; an answer is a case of its own where all were asked alike
    cases: Sequence[Hashable] = coded
    distinct: dict[Hashable, tuple[Coded, bool | None, bool | None]]
    if _alike(asked) and _alike(completed):
        distinct = {c: (c, asked[0], completed[0]) for c in dict.fromkeys(coded)}
    else:
        cases = triples = list(zip(coded, asked, completed, strict=True))
        distinct = {case: case for case in dict.fromkeys(triples)}
    results = {
        case: _typed(answer, was_shown, none_counts=none_means_none and done is not False)
        for case, (answer, was_shown, done) in distinct.items()
    }
    values = {case: value for case, (value, _, _) in results.items()}
    kinds = {case: kind for case, (_, kind, _) in results.items()}
    typed.values[name] = list(map(values.__getitem__, cases))
    typed.kinds[name] = list(map(kinds.__getitem__, cases))
    if all(fault is None for _, _, fault in results.values()):
        return []
    return [results[case][2] for case in cases]


def _alike(values: Sequence[object]) -> bool:
    return len(values) > 0 and values.count(values[0]) == len(values)


def _opt_outs(instrument: Instrument, answers: Mapping[str, QuestionAnswers]) -> dict[str, str]:
    """Return the questions that have a question beside them by which one opts out (`s01` and `s01_no_op`)."""
    names = {q.name for q in instrument.questions}
    found = {q.name: OPT_OUT.match(q.name) for q in instrument.questions if q.closed and len(q.choices) == 1}
    return {m[1]: name for name, m in found.items() if m is not None and m[1] in names and name in answers}


def _with_twin(coded: list[Coded], twin: QuestionAnswers) -> list[Coded]:
    out = Coded(kind="dont_know")
    return [out if c.kind == EMPTY and t.kind not in (EMPTY, NONE_CHOSEN) else c
            for c, t in zip(coded, twin.coded, strict=True)]  # fmt: skip


def _asked(question: Question, instrument: Instrument, typed: Typed, where: str, records: int) -> Sequence[bool | None]:
    """Return for each record whether it was shown the question; None where that can't be evaluated."""
    written = [g.relevant for g in instrument.groups if g.name in question.groups and g.relevant]
    written += [question.relevant] if question.relevant else []
    try:
        parsed = [parse_expression(text) for text in written]
    except ExpressionError as error:
        typed.problems.append(_not_evaluable(question, "relevant", error, where))
        return [None] * records
    names = tuple(dict.fromkeys(name for p in parsed for name in p.names))
    if any(name not in typed.kinds for name in names):
        return [None] * records
    if not names:
        return [all(p.holds({}) for p in parsed)] * records
    return _evaluated(parsed, names, typed)


def _evaluated(parsed: Sequence[Expression], names: Sequence[str], typed: Typed) -> list[bool | None]:
    """Return whether all expressions hold, each distinct set of answers evaluated once."""
    answers = list(zip(*(typed.values[name] for name in names), strict=True))
    known = list(zip(*(typed.kinds[name] for name in names), strict=True))
    cache: dict[tuple[object, ...], bool] = {}
    for case in dict.fromkeys(answers):
        given = dict(zip(names, case, strict=True))
        cache[case] = all(p.holds(given) for p in parsed)
    return [
        None if not _NOT_KNOWN.isdisjoint(kinds) else cache[case] for case, kinds in zip(answers, known, strict=True)
    ]


def _not_evaluable(question: Question, column: str, error: ExpressionError, where: str) -> Problem:
    return Problem(
        where=where,
        question=question.name,
        got=f"{column} of {question.name} can't be evaluated: {str(error).rstrip('.')}",
        hint="Its empty cells stay of unknown kind." if column == "relevant" else "It is not checked.",
        severity="warning",
    )


def _typed(coded: Coded, relevant: bool | None, *, none_counts: bool) -> tuple[object, str, Fault | None]:
    """Return value, kind and what is wrong for one answer and whether it was shown."""
    if coded.kind in (EMPTY, NONE_CHOSEN):
        if relevant is None:
            return None, "unknown", None
        if not relevant:
            return None, "not_shown", None
        if coded.kind == NONE_CHOSEN and none_counts:
            return (), "answered", None
        return None, "blank", None
    if relevant is False and coded.kind not in ("not_shown", "blank"):
        return None, "not_shown", Fault("was answered though it was not shown", hint="It is not counted.")
    if relevant is False:
        return None, "not_shown", None
    return coded.value, coded.kind, None


def _tell(question: Question, found: QuestionAnswers, faults: Sequence[Fault | None], typed: Typed) -> None:
    typed.told += [(question.name, told) for told in found.told]
    if found.at is None:
        return
    for record, fault in enumerate(faults):
        if fault is not None:
            value = found.coded[record].value
            words = " ".join(map(str, value)) if isinstance(value, tuple) else value
            named = Fault(f"{question.name} {fault.got}: {words}", fault.expected, fault.hint)
            typed.told.append((question.name, Told(record=record, column=found.at, fault=named)))


def _constrain(question: Question, found: QuestionAnswers, typed: Typed, where: str) -> None:
    if not question.constraint:
        return
    try:
        constraint = parse_expression(question.constraint)
    except ExpressionError as error:
        typed.problems.append(_not_evaluable(question, "constraint", error, where))
        return
    values, kinds = typed.values[question.name], typed.kinds[question.name]
    for record, (value, kind) in enumerate(zip(values, kinds, strict=True)):
        if kind != "answered" or found.at is None:
            continue
        answers = {name: typed.values[name][record] for name in constraint.names if name in typed.values}
        if not constraint.holds(answers, value):
            fault = Fault(f"{shown(value)} is out of range for {question.name}", question.constraint)
            typed.told.append((question.name, Told(record=record, column=found.at, fault=fault)))
            values[record], kinds[record] = None, "invalid"


def _not_reached(
    instrument: Instrument, answers: Mapping[str, QuestionAnswers], typed: Typed, completed: Sequence[bool | None]
) -> None:
    """Type the blanks behind the last answer of a record that was not finished."""
    names = [q.name for q in instrument.questions if q.name in answers]
    for record, done in enumerate(completed):
        if done is not False:
            continue
        for name in reversed(names):
            kind = typed.kinds[name][record]
            if kind == "blank":
                typed.kinds[name][record] = "not_reached"
            elif kind != "not_shown":
                break
