"""Make the bundled SYNTHETIC answers of the 2020 survey: 257 people who reproduce every printed count, and no real one.

Only the counts of each question are real. Who gave which answers together, and who works in which hospital, is a seeded
shuffle: no relation between two questions means anything. Run from the project's folder:

    python tools/make_synthetic_answers.py
"""

from __future__ import annotations

import random
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font

from questionnaires.instrument import Question
from questionnaires.library import entry
from questionnaires.published import PublishedCounts, read_published
from questionnaires.workbooks import write_workbook

SEED = 20200830
HOSPITALS = 184
SHEET = "answers_SYNTHETIC"
ABOUT = (
    "SYNTHETIC: these people do not exist.",
    "The answers reproduce the published counts of the 2020 survey question by question, with their bases.",
    "Which answers go together and who works in which hospital are invented by a seeded shuffle.",
)


def answers_of(counts: PublishedCounts) -> list[dict[str, str]]:
    """Return one dict of answers a person: each question's printed counts, given to those who were asked it."""
    shuffled = random.Random(SEED)
    response = counts.response
    people: list[dict[str, str]] = [{} for _ in range(response[0] if response else 0)]
    for question in counts.instrument.questions:
        rows = [row for row in counts.rows if row.question == question.name]
        asked = [person for person in people if _is_asked(person, rows[0].asked_if)]
        base = rows[0].base or 0
        if len(asked) != base:
            raise ValueError(f"{question.name}: {len(asked)} are asked, {base} is printed")
        shuffled.shuffle(asked)
        given = _several if question.multiple else _one
        given(question, {row.option: row.count or 0 for row in rows}, asked)
    return people


def hospitals(people: int, seed: int = SEED) -> list[str]:
    """Return a made-up hospital for each person, all of them in use, as evenly as can be, in shuffled order."""
    names = [f"Hospital {at % HOSPITALS + 1:03d} (SYNTHETIC)" for at in range(people)]
    random.Random(seed + 1).shuffle(names)
    return names


def _is_asked(person: dict[str, str], condition: str | None) -> bool:
    if condition is None:
        return True
    name, option = condition.removeprefix("${").split("} = ")
    return person[name] == option.strip("'")


def _one(question: Question, counts: dict[str, int], asked: list[dict[str, str]]) -> None:
    """Give each person one answer; who is left over takes the one option that has no printed count."""
    answers = [option for option, count in counts.items() for _ in range(count)]
    rest = [choice.name for choice in question.choices if choice.name not in counts]
    answers += rest * (len(asked) - len(answers))
    for person, answer in zip(asked, answers, strict=True):
        person[question.name] = answer


def _several(question: Question, counts: dict[str, int], asked: list[dict[str, str]]) -> None:
    """Give the options from one end and from the other, so that each person has at least one."""
    chosen: list[list[str]] = [[] for _ in asked]
    for at, (option, count) in enumerate(counts.items()):
        for answers in chosen[:count] if at % 2 == 0 else chosen[len(chosen) - count :]:
            answers.append(option)
    for person, options in zip(asked, chosen, strict=True):
        person[question.name] = ";".join(options)


def answers_workbook() -> Workbook:
    """Return the workbook: the answers, and a sheet that says what they are."""
    counts = read_published("cci-2020")
    people = answers_of(counts)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    names = [question.name for question in counts.instrument.questions]
    sheet.append(["respondent", "hospital", *names])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for at, (person, hospital) in enumerate(zip(people, hospitals(len(people)), strict=True), start=1):
        sheet.append([f"SYN{at:03d}", hospital, *(person.get(name) for name in names)])
    sheet.freeze_panes = "C2"
    about = book.create_sheet("about_SYNTHETIC")
    for line in ABOUT:
        about.append([line])
    about.column_dimensions["A"].width = 110
    return book


if __name__ == "__main__":
    target = entry("cci-2020").instrument.with_name("answers_SYNTHETIC.xlsx")
    print(write_workbook(Path(target), answers_workbook()))
