"""Columns to questions: by the study's own map, by name, number, label, and last by a near match that is listed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from questionnaires.instrument import Choice, Instrument, Question
from questionnaires.reading.header_parts import OPT_OUT, means_other, splits
from questionnaires.reading.layout import Column, slug
from questionnaires.reading.name_index import NameIndex
from questionnaires.reading.text import header_key, key_of, letters_of, question_number

Part = Literal["whole", "option", "other", "opt_out"]
How = Literal["columns map", "name", "number", "label", "item", "order", "near"]

_NEAR, _MARGIN = 90.0, 15.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Placement:
    """A column that belongs to a question: all of its answer, one option, the text behind "other", or its opt-out."""

    column: Column
    question: str
    part: Part = "whole"
    option: str | None = None
    how: How = "name"


@dataclass(frozen=True, kw_only=True, slots=True)
class Matched:
    """Which columns belong to which questions, which to none, and which questions have no column."""

    placements: tuple[Placement, ...] = ()
    unmatched: tuple[Column, ...] = ()
    without_column: tuple[str, ...] = ()

    def of(self, question: str) -> tuple[Placement, ...]:
        """Return the columns of one question."""
        return tuple(p for p in self.placements if p.question == question)


def match_columns(
    columns: Iterable[Column],
    instrument: Instrument,
    *,
    told: Mapping[str, str] | None = None,
    numbers: Mapping[int, str] | None = None,
    seen: Callable[[Column], Iterable[str]] | None = None,
) -> Matched:
    """Return which column belongs to which question.

    `told` maps headers to questions as the study file says, `numbers` question numbers to names as `consensus forms`
    wrote them, `seen` returns the texts in a column, which a near match must find among the options.
    """
    index = NameIndex.of(instrument, numbers or {})
    as_told = {key_of(header): name for header, name in (told or {}).items()}
    # a column that looks like the platform's own is a question where the instrument has it under that very name
    open_columns = [
        c for c in columns if c.use == "answer" or key_of(c.header) in as_told or index.by_name(c.ids) is not None
    ]
    placed: dict[int, Placement] = {}
    twins = _twins(open_columns, index)
    for column in open_columns:
        in_order = column.position in twins and key_of(column.header) not in as_told
        found = None if in_order else _placed(column, index, as_told)
        if found is not None:
            placed[column.position] = found
    placed = _without_rivals(_texts_behind_other(placed, index))
    left = [c for c in open_columns if c.position not in placed]
    for found in (*_in_order(left, index, placed), *_near(left, index, placed, seen or _nothing)):
        placed.setdefault(found.column.position, found)
    reached = {p.question for p in placed.values()}
    return Matched(
        placements=tuple(placed[c.position] for c in open_columns if c.position in placed),
        unmatched=tuple(c for c in open_columns if c.position not in placed),
        without_column=tuple(q.name for q in instrument.questions if q.name not in reached and _is_asked(q, reached)),
    )


def _twins(columns: Iterable[Column], index: NameIndex) -> frozenset[int]:
    """Return the columns that share their header with others, where as many questions have it as label."""
    same: dict[str, list[int]] = defaultdict(list)
    for column in columns:
        if column.option is None and question_number(column.header) not in index.numbers:
            same[header_key(column.header)].append(column.position)
    alike = (at for key, at in same.items() if len(at) > 1 and len(index.labels.get(key, ())) == len(at))
    return frozenset(position for at in alike for position in at)


def _texts_behind_other(placed: dict[int, Placement], index: NameIndex) -> dict[int, Placement]:
    """Take a second column of the option "other" for the text behind it, where there is a question for that."""
    out, seen = dict(placed), set()
    for at, found in placed.items():
        other = index.names.get(key_of(f"{found.question}_other"))
        if found.part == "option" and (found.question, found.option) in seen and other is not None:
            out[at] = Placement(column=found.column, question=other.name, part="other", how=found.how)
        seen.add((found.question, found.option))
    return out


def _without_rivals(placed: dict[int, Placement]) -> dict[int, Placement]:
    """Leave out columns that were placed by their last words alone where another column has a claim."""
    claims = Counter(p.question for p in placed.values())
    return {at: p for at, p in placed.items() if p.how != "item" or claims[p.question] == 1}


def _is_asked(question: Question, reached: set[str]) -> bool:
    """Return whether a question should have a column: a note has none, "other: which?" may stand elsewhere."""
    if question.name.endswith("_other") and question.name.removesuffix("_other") in reached:
        return False
    return question.type not in (
        "note",
        "calculate",
        "hidden",
        "start",
        "end",
        "today",
        "deviceid",
        "username",
        "audit",
    )


def _placed(column: Column, index: NameIndex, told: Mapping[str, str]) -> Placement | None:
    if key_of(column.header) in told:
        return _as_told(column, index, told[key_of(column.header)])
    if column.option is not None:
        return _with_option(column, index)
    question = index.by_name(column.ids)
    if question is not None:
        return Placement(column=column, question=question.name, how="name")
    number = question_number(column.header)
    if number in index.numbers and index.by_name((index.numbers[number],)) is not None:
        return _numbered(column, index, index.numbers[number])
    question = index.by_label(column.texts)
    if question is not None:
        return Placement(column=column, question=question.name, how="label")
    named = index.by_option(column.ids)
    if named is not None:
        return Placement(column=column, question=named[0].name, part="option", option=named[1].name)
    split = next(filter(None, (_split(column, text, index) for text in (*column.ids, *column.texts))), None)
    if split is not None:
        return split
    question = index.by_name(map(slug, column.ids))
    return None if question is None else Placement(column=column, question=question.name, how="name")


def _as_told(column: Column, index: NameIndex, name: str) -> Placement | None:
    question = index.by_name((name,))
    if question is not None:
        return Placement(column=column, question=question.name, how="columns map")
    found = _split(column, name, index)
    return None if found is None else replace(found, how="columns map")


def _numbered(column: Column, index: NameIndex, name: str) -> Placement:
    """Place a column by its question's number; several options may share the number, each with a column."""
    question = index.names[key_of(name)]
    for text in column.texts:
        found = _split(column, text, index, base=question)
        if found is not None:
            return replace(found, how="number")
    return Placement(column=column, question=question.name, how="number")


def _with_option(column: Column, index: NameIndex) -> Placement | None:
    """Place a column whose dialect has already told its option apart."""
    assert column.option is not None
    whole = index.by_label(f"{text} - {column.option}" for text in column.texts)
    if whole is not None:
        return Placement(column=column, question=whole.name, how="label")
    for text in (*column.ids, *column.texts):
        for question in filter(None, (index.by_name((text,)), *index.labels.get(header_key(text), ()))):
            found = _option_of(column, question, column.option, index)
            if found is not None:
                return found
    item = index.by_name(slug(f"{i}_{column.option}") for i in column.ids) or index.by_label((column.option,))
    return None if item is None else Placement(column=column, question=item.name, how="label")


def _split(column: Column, text: str, index: NameIndex, base: Question | None = None) -> Placement | None:
    """Place a column by a header that holds a question and one option (`q___a`, `q/a`, `Question - option`)."""
    for stem, option in splits(text):
        question = base or index.any(stem)
        if question is not None:
            found = _option_of(column, question, option, index)
            if found is not None:
                return found
        item = index.labels.get(header_key(option), [])
        if base is None and len(item) == 1 and (question is None or not question.multiple) and len(option) > 1:
            return Placement(column=column, question=item[0].name, how="item")
    return None


def _option_of(column: Column, question: Question, option: str, index: NameIndex) -> Placement | None:
    choice = option_named(question, option)
    if question.type in ("select_multiple", "rank") and choice is not None:
        return Placement(column=column, question=question.name, part="option", option=choice.name)
    if means_other(option):
        other = index.by_name((f"{question.name}_other", f"{question.name}_{slug(option)}"))
        if other is not None:
            return Placement(column=column, question=other.name, part="other")
    if OPT_OUT.match(f"x_{key_of(option)}") and question.closed and not question.multiple:
        return Placement(column=column, question=question.name, part="opt_out")
    return None


def option_named(question: Question, text: str) -> Choice | None:
    """Return the option whose name or label in any language is `text`, else None."""
    key, bare = key_of(text), key_of(slug(text))
    for choice in question.choices:
        if key_of(choice.name) in (key, bare) or key == key_of(choice.name).replace("-", "_"):
            return choice
    for choice in question.choices:
        if any(key_of(label) == key for _, label in choice.label.texts):
            return choice
    return None


def _in_order(left: list[Column], index: NameIndex, placed: Mapping[int, Placement]) -> Iterator[Placement]:
    """Place columns that share a label with as many questions: the first with the first, and so on."""
    taken = {p.question for p in placed.values()}
    columns: dict[str, list[Column]] = defaultdict(list)
    for column in left:
        for text in column.texts:
            columns[re.sub(r"(?<=\D)\d$|\.\d+$", "", header_key(text))].append(column)
    for key, same in columns.items():
        questions = [q for q in index.labels.get(key, []) if q.name not in taken]
        if len(questions) == len(same) > 1:
            for column, question in zip(same, questions, strict=True):
                yield Placement(column=column, question=question.name, how="order")


def _near(
    left: list[Column], index: NameIndex, placed: Mapping[int, Placement], seen: Callable[[Column], Iterable[str]]
) -> Iterator[Placement]:
    """Place columns whose text is nearly a label: one to one, clearly nearer than any other, and the answers fit."""
    taken = {p.question for p in placed.values()}
    questions = [q for q in index.instrument.questions if q.name not in taken]
    best: dict[str, list[tuple[float, Column]]] = defaultdict(list)
    for column in (c for c in left if c.position not in placed and c.option is None):
        scores = sorted(((_nearness(column, q), q.name) for q in index.instrument.questions), reverse=True)
        if scores and scores[0][0] >= _NEAR and (len(scores) < 2 or scores[0][0] - scores[1][0] >= _MARGIN):
            best[scores[0][1]].append((scores[0][0], column))
    for question in questions:
        found = best.get(question.name, [])
        if len(found) == 1 and _answers_fit(question, seen(found[0][1])):
            yield Placement(column=found[0][1], question=question.name, how="near")


def _nothing(column: Column) -> tuple[str, ...]:
    return ()


def _nearness(column: Column, question: Question) -> float:
    """Return how alike a column's text and a question's label are, 0 to 100, punctuation left out."""
    from rapidfuzz.fuzz import ratio

    labels = [letters_of(label) for _, label in question.label.texts]
    return max((ratio(letters_of(text), label) for text in column.texts for label in labels), default=0.0)


def _answers_fit(question: Question, seen: Iterable[str]) -> bool:
    texts = {key_of(text) for text in seen if key_of(text)}
    if not question.closed:
        return True
    known = {key_of(t) for c in question.choices for t in (c.name, *(label for _, label in c.label.texts))}
    return bool(texts) and texts <= known
