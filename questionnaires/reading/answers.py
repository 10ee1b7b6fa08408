"""From matched columns to the answers of each question, with every cell that could not be taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from questionnaires.coding import EMPTY, Coded, Fault, code_cells, several
from questionnaires.instrument import Question
from questionnaires.reading.headers import Placement
from questionnaires.reading.layout import Column, Layout
from questionnaires.reading.options import OTHER_NAMES
from questionnaires.reading.text import is_empty, key_of, shown

NONE_CHOSEN = "none_chosen"
_TICKS = frozenset({"1", "yes", "y", "true", "checked", "selected", "x", "✓", "✔", "√", "是", "oui", "ja", "si", "sí"})
_NO_TICKS = frozenset({"0", "no", "n", "false", "unchecked", "not selected", "否", "non", "nein", "未选"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A fault of one record in one column."""

    record: int
    column: Column
    fault: Fault


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class QuestionAnswers:
    """The answers to one question, one a record.

    `at` is the column to point to, `cells` how many cells held something, `texts` whether a text stands behind "other".
    """

    coded: list[Coded]
    at: Column | None = None
    cells: int = 0
    told: tuple[Told, ...] = ()
    texts: bool = False


def answers_of(question: Question, placements: Sequence[Placement], layout: Layout) -> QuestionAnswers:
    """Return the answers to a question from all the columns that belong to it."""
    whole = [_from_whole(question, p.column, layout) for p in placements if p.part in ("whole", "other")]
    options = [p for p in placements if p.part == "option"]
    answers = _merged(question, whole) if whole else None
    if options:
        answers = _with_options(answers, _from_options(question, options, layout), layout)
    outs = [p.column for p in placements if p.part == "opt_out"]
    if answers is None:
        answers = QuestionAnswers(coded=[Coded()] * len(layout.records), at=outs[0] if outs else None)
    for column in outs:
        answers = _with_opt_out(answers, column, layout)
    return answers


def _from_whole(question: Question, column: Column, layout: Layout) -> QuestionAnswers:
    coded = code_cells(question, layout.cells(column), layout)
    faults = enumerate(coded.answers) if coded.faulty else ()
    told = [Told(record=r, column=column, fault=c.fault) for r, c in faults if c.fault is not None]
    return QuestionAnswers(coded=coded.answers, at=column, cells=coded.filled, told=tuple(told), texts=coded.texts)


def _merged(question: Question, several_columns: list[QuestionAnswers]) -> QuestionAnswers:
    """Merge columns that belong to one question: each record takes what is there; two different answers are told."""
    first, *others = several_columns
    for other in others:
        coded, told = list(first.coded), [*first.told, *other.told]
        for record, (one, two) in enumerate(zip(first.coded, other.coded, strict=True)):
            if one.kind == EMPTY:
                coded[record] = two
            elif two.kind != EMPTY and (one.value, one.kind) != (two.value, two.kind) and other.at is not None:
                got = f"two columns answer {question.name} and differ here"
                told.append(Told(record=record, column=other.at, fault=Fault(got, hint="The first one is taken.")))
        first = replace(
            first, coded=coded, cells=first.cells + other.cells, told=tuple(told), texts=first.texts or other.texts
        )
    return first


def _from_options(question: Question, placements: list[Placement], layout: Layout) -> QuestionAnswers:
    """Return the answers that stand in one column an option."""
    ticked: list[dict[str, float]] = [{} for _ in layout.records]
    kinds: list[str] = [EMPTY] * len(layout.records)
    texts: list[str | None] = [None] * len(layout.records)
    told: list[Told] = []
    cells = 0
    for placement in placements:
        option = placement.option or ""
        tick = _Tick(question, option, layout)
        for record, cell in enumerate(layout.cells(placement.column)):
            if is_empty(cell):
                continue
            cells += 1
            rank, kind, text = tick.read(cell)
            if rank:
                ticked[record][option] = rank
                texts[record] = text or texts[record]
            elif kind == "invalid":
                fault = Fault(f'"{shown(cell)}" tells nothing about {question.name}', f"1 or 0 for {option}")
                told.append(Told(record=record, column=placement.column, fault=fault))
                kinds[record] = "invalid"
            elif kinds[record] in (EMPTY, NONE_CHOSEN):
                kinds[record] = kind
    coded = [_combined(question, *row) for row in zip(ticked, kinds, texts, strict=True)]
    return QuestionAnswers(
        coded=coded, at=placements[0].column, cells=cells, told=tuple(told), texts=any(t is not None for t in texts)
    )


def _combined(question: Question, ticked: dict[str, float], kind: str, text: str | None) -> Coded:
    if not ticked:
        return Coded(kind=kind)
    order = {choice.name: place for place, choice in enumerate(question.choices)}
    by = (lambda n: (ticked[n], order[n])) if question.type == "rank" else (lambda n: (0.0, order[n]))
    return several(question, tuple(sorted(ticked, key=by)), text)


class _Tick:
    """What a cell in the column of one option says: ticked (or its rank), not ticked, or a kind of missing answer."""

    def __init__(self, question: Question, option: str, layout: Layout) -> None:
        choice = question.choice(option)
        labels = {key_of(text) for _, text in choice.label.texts}
        self.own = {key_of(option), *labels} - _NO_TICKS - ({"1"} if question.type == "rank" else set())
        self.other = key_of(option) in OTHER_NAMES or not OTHER_NAMES.isdisjoint(labels)
        self.missing = dict(layout.missing)
        self.rank = question.type == "rank"
        self.cache: dict[object, tuple[float, str, str | None]] = {}

    def read(self, cell: object) -> tuple[float, str, str | None]:
        if cell not in self.cache:
            self.cache[cell] = self._read(cell)
        return self.cache[cell]

    def _read(self, cell: object) -> tuple[float, str, str | None]:
        key = key_of(shown(cell)).removesuffix(".0")
        if key in self.missing:
            return 0.0, self.missing[key], None
        if self.rank and key.isdigit():
            return float(key), "", None
        if key in self.own or key in _TICKS:
            return 1.0, "", None
        if key in _NO_TICKS:
            return 0.0, NONE_CHOSEN, None
        return (1.0, "", shown(cell)) if self.other else (0.0, "invalid", None)


def _with_options(joined: QuestionAnswers | None, split: QuestionAnswers, layout: Layout) -> QuestionAnswers:
    """Believe the columns of options where they tick anything, else the joined cell beside them, where there is one."""
    if joined is None:
        return split
    coded, told = [], list(split.told)
    for record, (whole, parts) in enumerate(zip(joined.coded, split.coded, strict=True)):
        coded.append(parts if parts.kind == "answered" else whole if whole.kind != EMPTY or not parts.value else parts)
        differs = whole.kind == parts.kind == "answered" and whole.value != parts.value
        if differs and joined.at is not None:
            got = "the options here and those in the columns beside it differ"
            told.append(Told(record=record, column=joined.at, fault=Fault(got, hint="The columns are taken.")))
        if parts.kind == EMPTY and whole.fault is not None and joined.at is not None:
            told.append(Told(record=record, column=joined.at, fault=whole.fault))
    return QuestionAnswers(
        coded=coded, at=joined.at, cells=joined.cells + split.cells, told=tuple(told), texts=joined.texts or split.texts
    )


def _with_opt_out(answers: QuestionAnswers, column: Column, layout: Layout) -> QuestionAnswers:
    """Take a column that says "can't or won't answer" beside a question as the kind of its missing answer."""
    coded, told, cells = list(answers.coded), list(answers.told), 0
    for record, cell in enumerate(layout.cells(column)):
        if is_empty(cell):
            continue
        cells += 1
        if key_of(shown(cell)).removesuffix(".0") in _NO_TICKS:
            continue
        if coded[record].kind == EMPTY:
            coded[record] = Coded(kind="dont_know")
        else:
            told.append(Told(record=record, column=column, fault=Fault("opts out beside an answer")))
    return replace(answers, coded=coded, at=answers.at or column, cells=answers.cells + cells, told=tuple(told))
