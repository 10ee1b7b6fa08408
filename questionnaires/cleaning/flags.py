"""Flags: what a careful person would look at before the analysis. A flag never drops or changes anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from questionnaires.cleaning.pace import speeding, straight_lining
from questionnaires.cleaning.repeats import repeated_answers, repeated_people
from questionnaires.cleaning.words import says_test
from questionnaires.problems import Problem
from questionnaires.reading.text import is_empty, key_of, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from questionnaires.responses import Responses

TEST_ENTRY, SAME_PERSON, SAME_ANSWERS = "test entry", "same person", "same answers"
SPEEDING, STRAIGHT_LINE, ATTENTION = "speeding", "straight line", "attention"
NOT_SHOWN, UNREADABLE = "answered though not shown", "not readable"
DEFINITIONS: Mapping[str, str] = {
    TEST_ENTRY: "a free text, a name or a group says that the entry is a test (测试, 试填, test), or the platform "
    "marks it as a preview",
    SAME_PERSON: "the identifier, or the account that the platform recorded, stands in an earlier row as well; names "
    "that name nobody (N/A, 群聊) and addresses, which colleagues share, don't count",
    SAME_ANSWERS: "every answer equals those of an earlier row, where less than one such pair in 100 is to be expected "
    "by chance if answers are independent",
    SPEEDING: "less than a third of the median time, or less than two seconds an answer; not judged with fewer than "
    "ten known times",
    STRAIGHT_LINE: "one answer to all of at least five questions that stand together with the same options",
    ATTENTION: "another answer to an attention question than the one it asks for",
    NOT_SHOWN: "an answer to a question that the routing of the instrument did not show; it is not counted",
    UNREADABLE: "a cell that is no answer to its question or is out of range; it counts as missing",
}
_PREVIEWS = frozenset({"survey preview", "survey test", "preview", "spam"})
_FREE = ("text",)


@dataclass(frozen=True, kw_only=True, slots=True)
class Flag:
    """One thing to look at: which record (its row and address), why, at which question, and which record it repeats."""

    kind: str
    record: int
    address: str
    got: str
    question: str | None = None
    of: str | None = None


def flags_of(answers: Responses) -> tuple[Flag, ...]:
    """Return all flags of a file's answers, by kind in the order of `DEFINITIONS`, then by row."""
    tests = dict(_tests(answers))
    addresses = [str(a) for a in answers.records["address"]]

    def flag(kind: str, record: int, got: str, question: str | None = None, of: int | None = None) -> Flag:
        earlier = None if of is None else addresses[of]
        return Flag(kind=kind, record=record, address=addresses[record], got=got, question=question, of=earlier)

    found = [flag(TEST_ENTRY, record, f"seems to be a test entry: {why}") for record, why in tests.items()]
    for record, of, column in repeated_people(answers, but=frozenset(tests)):
        got = f"was probably sent by the person who sent {addresses[of]}: {column} is the same"
        found.append(flag(SAME_PERSON, record, got, of=of))
    for record, of in repeated_answers(answers, but=frozenset(tests)):
        found.append(flag(SAME_ANSWERS, record, f"has the same answers as {addresses[of]} throughout", of=of))
    found += [flag(SPEEDING, record, got) for record, got in speeding(answers)]
    found += [flag(STRAIGHT_LINE, record, got, question) for record, question, got in straight_lining(answers)]
    found += [flag(ATTENTION, record, got, question) for record, question, got in _inattentive(answers)]
    found += [flag(kind, record, got, question) for kind, record, question, got in _not_countable(answers)]
    return tuple(found)


def flag_problems(answers: Responses, flags: tuple[Flag, ...]) -> Iterator[Problem]:
    """Yield the flags as warnings, less those that the reader has told as faults of their cells already."""
    for flag in flags:
        if flag.kind not in (NOT_SHOWN, UNREADABLE):
            name = answers.source.grid.file
            where = f"{name}, {flag.address}" if flag.question is None else answers.where(flag.record, flag.question)
            yield Problem(
                where=where,
                question=flag.question,
                got=flag.got,
                hint="It is kept unless corrections.csv leaves it out."
                if flag.kind in (TEST_ENTRY, SAME_PERSON, SAME_ANSWERS)
                else "",
                severity="warning",
            )


def _tests(answers: Responses) -> Iterator[tuple[int, str]]:
    """Yield records that say of themselves that they are tests, and in which column."""
    instrument = answers.instrument
    free = [q.name for q in instrument.questions if q.type in _FREE and q.role != "respondent"]
    beside = [c for c in answers.source.columns if c.use != "answer" or c.header in answers.beside]
    where = [(column.header, column) for column in beside]
    where += [(name, p.column) for name in free for p in answers.matched.of(name)]
    said: dict[int, str] = {}
    for name, column in where:
        previews = key_of(column.header) in ("status", "response type", "responsestatus", "distributionchannel")
        cells = answers.source.cells(column)
        guilty = {c for c in set(cells) if isinstance(c, str) and _is_test(c, previews=previews)}
        for record, cell in enumerate(cells if guilty else ()):
            if cell in guilty:
                said.setdefault(record, f"see {name}")
    yield from sorted(said.items())


def _is_test(text: str, *, previews: bool) -> bool:
    return says_test(text) or (previews and key_of(text) in _PREVIEWS)


def _inattentive(answers: Responses) -> Iterator[tuple[int, str, str]]:
    for name, expected in answers.instrument.attention:
        if name not in answers.values:
            continue
        for record, (value, kind) in enumerate(zip(answers.values[name], answers.kinds[name], strict=True)):
            if kind == "answered" and shown(value) != expected:
                yield record, name, f"{name} asks for {expected} and was answered with {shown(value)}"


def _not_countable(answers: Responses) -> Iterator[tuple[str, int, str, str]]:
    words = dict(answers.source.missing)
    for name in (q.name for q in answers.instrument.questions):
        kinds = answers.kinds[name].tolist()
        for record in (r for r, kind in enumerate(kinds) if kind == "invalid"):
            yield UNREADABLE, record, name, f'"{answers.written(record, name)}" is no answer to {name}'
        placements = answers.matched.of(name)
        if len(placements) != 1 or "not_shown" not in kinds:
            continue
        for record, cell in enumerate(answers.source.cells(placements[0].column)):
            if kinds[record] == "not_shown" and not is_empty(cell) and key_of(shown(cell)) not in words:
                yield NOT_SHOWN, record, name, f"{name} was answered though it was not shown"
