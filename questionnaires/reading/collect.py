"""From a detected sheet to typed answers, with every cell counted and every problem with its address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from questionnaires.instrument import Instrument, Question
from questionnaires.privacy import holds_personal, is_personal_header
from questionnaires.problems import Problem
from questionnaires.reading.accounting import Accounting
from questionnaires.reading.answers import answers_of
from questionnaires.reading.grid import Book
from questionnaires.reading.headers import Matched, match_columns
from questionnaires.reading.layout import Column, Layout
from questionnaires.reading.missingness import Typed, type_answers
from questionnaires.reading.others import Answers, lost_records, with_lost_cells, with_other_texts
from questionnaires.reading.records import Records, read_records
from questionnaires.reading.telling import (
    column_problems,
    headless,
    lost_elsewhere,
    no_match,
    sheet_problems,
    withheld_problem,
)
from questionnaires.reading.text import is_empty, key_of, shown
from questionnaires.reading.uncollected import uncollected

_FEW = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What is known beside the file: headers that are questions, question numbers, and the key of pseudonyms."""

    columns: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[int, str] = field(default_factory=dict)
    key: bytes | None = None


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Collected:
    """All that was read from one sheet; `aside` are columns beside the questions, `withheld` personal ones."""

    layout: Layout
    matched: Matched
    typed: Typed
    records: Records
    problems: tuple[Problem, ...]
    accounting: Accounting
    aside: tuple[Column, ...]
    withheld: tuple[Column, ...]


@uncollected()
def collect_file(
    book: Book, layouts: Sequence[Layout], instrument: Instrument, told: Told
) -> tuple[tuple[Collected, ...], tuple[Problem, ...], Accounting]:
    """Return the first-level records, then those of each repeat; all problems; and where every cell of the file went.

    Raises ConsensusError where no header matches the instrument.
    """
    matches = [_match(layout, instrument, told) for layout in layouts]
    if not any(matched.placements for matched in matches):
        raise no_match(book.name, layouts[0], instrument)
    reached = {p.question for matched in matches for p in matched.placements}
    parts: list[Collected] = []
    for layout, matched in zip(layouts, matches, strict=True):
        missing = tuple(name for name in matched.without_column if name not in reached and not layout.repeated)
        above = _above(layout, parts)
        parts.append(_collect(layout, replace(matched, without_column=missing), instrument, told.key, above))
    _asked_only_in_repeats(parts)
    problems = (*sheet_problems(book, layouts), *(p for part in parts for p in part.problems))
    return tuple(parts), problems, _total(book, parts)


def _above(layout: Layout, parts: Sequence[Collected]) -> Collected | None:
    """Return the rows that repeated rows belong to: the sheet that they name, else the first-level records."""
    named = next((c for c in layout.columns if key_of(c.header) == "_parent_table_name"), None)
    names = [shown(cell) for cell in layout.cells(named)[:1]] if named is not None else []
    for part in parts[1:]:
        # names of sheets are cut, those in the cells are not
        if any(name.startswith(part.layout.grid.sheet.removesuffix("...")) for name in names):
            return part
    return parts[0] if parts else None


def _match(layout: Layout, instrument: Instrument, told: Told) -> Matched:
    seen = partial(_texts_in, layout)
    return match_columns(layout.columns, instrument, told=told.columns, numbers=told.numbers, seen=seen)


def _collect(
    layout: Layout, matched: Matched, instrument: Instrument, key: bytes | None, above: Collected | None
) -> Collected:
    placed = {p.column.position: p.question for p in matched.placements}
    records = read_records(layout, instrument, matched, key, None if above is None else above.records)
    answers = {q.name: answers_of(q, of, layout) for q in instrument.questions if (of := matched.of(q.name))}
    answers = with_lost_cells(answers, layout, placed)
    answers, homeless = with_other_texts(answers, instrument, layout)
    typed = type_answers(
        instrument,
        answers,
        records.completed,
        none_means_none=layout.none_means_none,
        repeated=layout.repeated,
        where=layout.grid.named,
    )
    secret = _withhold(instrument, matched, typed, records)
    beside = _Beside.of(layout, matched, secret)
    same_columns = above is not None and above.layout.grid.sheet == layout.grid.sheet
    problems = (
        *(() if same_columns else column_problems(layout, matched, beside.idle)),
        *withheld_problem(layout, [(c, _filled(layout, c)) for c in beside.personal]),
        *typed.problems,
        *homeless,
        *_cell_problems(layout, typed),
        *lost_elsewhere(layout, placed),
    )
    return Collected(
        layout=layout,
        matched=matched,
        typed=typed,
        records=records,
        problems=problems,
        accounting=_account(layout, answers, typed, beside),
        aside=(*beside.metadata, *beside.idle),
        withheld=beside.personal,
    )


def _asked_only_in_repeats(parts: Sequence[Collected]) -> None:
    """Type a question that is answered in repeated rows alone as not shown to the first-level records."""
    first, *others = (part.typed.kinds for part in parts)
    for name, kinds in first.items():
        again = any(kind == "answered" for other in others for kind in other[name])
        if again and "answered" not in kinds:
            first[name] = ["not_shown" if kind in ("blank", "not_reached", "unknown") else kind for kind in kinds]


def _texts_in(layout: Layout, column: Column) -> list[str]:
    """Return the different texts in a column, none where they are too many to be options."""
    texts = [shown(c) for c in dict.fromkeys(layout.cells(column)) if not is_empty(c)]
    return texts if len(texts) <= _FEW else []


def _withhold(instrument: Instrument, matched: Matched, typed: Typed, records: Records) -> frozenset[str]:
    """Take identifiers and personal answers out of the values; return the questions whose answers are left out."""
    secret = set()
    for question in instrument.questions:
        kinds = typed.kinds[question.name]
        if question.role == "respondent":
            values = zip(records.respondents, kinds, strict=True)
            typed.values[question.name] = [name if kind == "answered" else None for name, kind in values]
        elif _is_personal(question, matched):
            typed.values[question.name] = [None] * len(kinds)
            secret.add(question.name)
    return frozenset(secret)


def _is_personal(question: Question, matched: Matched) -> bool:
    if question.role is not None or question.type not in ("text", "date"):
        return False
    headers = [p.column.header for p in matched.of(question.name)]
    labels = [label for _, label in question.label.texts]
    return any(map(is_personal_header, (*headers, *labels)))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Beside:
    """The columns that give no answer: metadata, personal ones, and those that are no question."""

    metadata: tuple[Column, ...]
    personal: tuple[Column, ...]
    idle: tuple[Column, ...]

    @classmethod
    def of(cls, layout: Layout, matched: Matched, secret: frozenset[str]) -> _Beside:
        placed = {p.column.position: p.question for p in matched.placements}
        free = [c for c in layout.columns if c.position not in placed]
        personal = [c for c in free if c.use == "personal" or _speaks_of_a_person(layout, c)]
        rest = [c for c in free if c not in personal]
        return cls(
            metadata=tuple(c for c in rest if c.use == "metadata"),
            personal=(*personal, *(c for c in layout.columns if placed.get(c.position) in secret)),
            idle=tuple(c for c in rest if c.use == "answer"),
        )


def _speaks_of_a_person(layout: Layout, column: Column) -> bool:
    return is_personal_header(column.header) or (column.use == "answer" and holds_personal(layout.cells(column)))


def _cell_problems(layout: Layout, typed: Typed) -> Iterator[Problem]:
    for name, told in sorted(typed.told, key=lambda pair: (pair[1].record, pair[1].column.position)):
        yield Problem(
            where=layout.where(told.record, told.column),
            question=name,
            got=told.fault.got,
            expected=told.fault.expected,
            hint=told.fault.hint,
            severity=told.fault.severity,
        )


def _account(layout: Layout, answers: Answers, typed: Typed, beside: _Beside) -> Accounting:
    """Count every cell of the layout's records that holds something, once."""
    faulty = {(told.record, told.column.position) for _, told in typed.told}
    withheld = {c.position for c in beside.personal}
    wrong = sum(position not in withheld for _, position in faulty)
    read = sum(found.cells for found in answers.values())
    placed = {c.position for c in layout.columns} - {c.position for c in (*beside.metadata, *beside.idle)} - withheld
    lost = sum(column not in placed for _, column, _ in lost_records(layout))
    twice = sum(found.cells for found in answers.values() if found.at is not None and found.at.position in withheld)
    return Accounting(
        answers=read - twice - wrong,
        metadata=_cells(layout, beside.metadata),
        withheld=_cells(layout, beside.personal),
        problems=wrong + _cells(layout, beside.idle) + sum(headless(layout).values()) + lost,
    )


def _total(book: Book, parts: Sequence[Collected]) -> Accounting:
    """Return where every cell of the file went: those of all parts, of headers, and of sheets that were not read."""
    tops = {part.layout.grid.sheet: (part.layout.grid, part.layout.first_row) for part in parts}
    counted = [part.accounting for part in parts]
    return Accounting(
        headers=sum(not is_empty(c) for grid, first in tops.values() for row in grid.rows[:first] for c in row),
        answers=sum(c.answers for c in counted),
        metadata=sum(c.metadata for c in counted),
        withheld=sum(c.withheld for c in counted),
        problems=sum(c.problems for c in counted) + sum(g.filled() for g in book.grids if g.sheet not in tops),
    )


def _cells(layout: Layout, columns: Sequence[Column]) -> int:
    return sum(_filled(layout, c) for c in columns)


def _filled(layout: Layout, column: Column) -> int:
    return sum(not is_empty(c) for c in layout.cells(column))
