"""What stands beside an answer: the text behind "other", and cells whose content the file itself has lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from questionnaires.coding import EMPTY, Coded, Fault
from questionnaires.instrument import Instrument
from questionnaires.problems import Problem
from questionnaires.reading.answers import QuestionAnswers, Told
from questionnaires.reading.layout import Layout

Answers = dict[str, QuestionAnswers]


def with_other_texts(answers: Answers, instrument: Instrument, layout: Layout) -> tuple[Answers, tuple[Problem, ...]]:
    """Return the answers with texts behind "other" as answers to `NAME_other`; told where there is no such question."""
    names = {q.name for q in instrument.questions}
    closed = {q.name for q in instrument.questions if q.closed}
    out, untold = dict(answers), []
    for name, found in answers.items():
        if name not in closed:
            continue
        coded_texts = enumerate(found.coded) if found.texts else ()
        texts = {r: c.text for r, c in coded_texts if c.text is not None}
        other = f"{name}_other"
        if other not in names:
            untold += [_homeless(name, len(texts), layout)] if texts else []
            continue
        there = out.get(other, QuestionAnswers(coded=[Coded()] * len(layout.records), at=found.at))
        coded = [
            Coded(value=texts[r], kind="answered") if r in texts and c.kind == EMPTY else c
            for r, c in enumerate(there.coded)
        ]
        out[other] = replace(there, coded=coded)
    return out, tuple(untold)


def _homeless(name: str, texts: int, layout: Layout) -> Problem:
    return Problem(
        where=layout.grid.named,
        question=name,
        got=f'{texts} {"text" if texts == 1 else "texts"} behind "other" of {name} have no question to go to',
        hint=f"Add a text question {name}_other to the instrument to keep them.",
        severity="warning",
    )


def with_lost_cells(answers: Answers, layout: Layout, placed: Mapping[int, str]) -> Answers:
    """Return the answers with the cells marked whose content the file has lost; `placed` maps columns to questions."""
    out = dict(answers)
    for record, column, words in lost_records(layout):
        found = out.get(placed.get(column, ""))
        if found is None or found.at is None:
            continue
        at = next(c for c in layout.columns if c.position == column)
        fault = Fault(
            f"{words} stands for {placed[column]}", hint="Open the file in a spreadsheet program, save it again."
        )
        coded = list(found.coded)
        if coded[record].kind == EMPTY:
            coded[record] = Coded(kind="lost", fault=fault)
        told = (*found.told, Told(record=record, column=at, fault=fault))
        out[placed[column]] = replace(found, coded=coded, told=told, cells=found.cells + 1)
    return out


def lost_records(layout: Layout) -> Iterator[tuple[int, int, str]]:
    """Yield record, column and words for each lost cell among the answers."""
    numbers = {row: record for record, row in enumerate(layout.records)}
    for (row, column), words in layout.grid.lost:
        if row in numbers:
            yield numbers[row], column, words
