"""A SYNTHETIC instrument and a workbook of answers to it, of any size; and the bare read of its cells."""

from __future__ import annotations

import random
from pathlib import Path

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from questionnaires.instrument import Choice, Instrument, Labels, Question

OPTIONS = ("yes", "equivocal", "no")


def labels(text: str) -> Labels:
    return Labels((("en", text),))


def instrument_of(questions: int) -> Instrument:
    """Return an instrument: three questions in four have options, the others take whole numbers."""
    choices = tuple(Choice(name=name, label=labels(name.title())) for name in OPTIONS)
    asked = []
    for number in range(1, questions + 1):
        name, label = f"q{number:02d}", labels(f"Question number {number}")
        if number % 4:
            asked.append(Question(name=name, type="select_one", label=label, choices=choices, role="opinion"))
        else:
            asked.append(Question(name=name, type="integer", label=label, role="opinion"))
    return Instrument(
        id="benchmark", title="SYNTHETIC benchmark", default_language="en", questions=tuple(asked), languages=("en",)
    )


def answers_workbook(path: Path, instrument: Instrument, rows: int, seed: int = 20261123) -> None:
    """Write the answers of so many people, by names of questions and options; the same at each run."""
    draw = random.Random(seed)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("answers SYNTHETIC")
    sheet.append([question.name for question in instrument.questions])
    for _ in range(rows):
        sheet.append([draw.choice(OPTIONS) if q.choices else draw.randint(1, 40) for q in instrument.questions])
    book.save(path)


def bare_read(path: Path) -> list[list[object]]:
    """Return the cells of the first sheet as calamine gives them."""
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
