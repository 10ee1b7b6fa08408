"""All estimates of 66,690 people's 80 ordinal answers in one command, with time and peak memory.

    python benchmarks/pisa.py ../shared/data/pisa_2009_student_items/pisaitems.csv.gz FOLDER [--rows N]

Writes an instrument (80 ratings in eleven blocks; the file itself has no order of the levels, so it stands here), the
answers as CSV and study.toml into FOLDER and runs `consensus agree FOLDER/study.toml --json` on them.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pandas as pd

AGREED = ("Strongly disagree", "Disagree", "Agree", "Strongly agree")
LESSONS = ("Never or hardly ever", "Some lessons", "Most lessons", "All lessons")
YEARLY = (
    "Never or almost never",
    "A few times a year",
    "About once a month",
    "Several times a month",
    "Several times a week",
)
READING = ("Never or almost never", "Several times a month", "Several times a week", "Several times a day")
OFTEN = ("Almost Never", "Sometimes", "Often", "Almost always")
USEFUL = ("(1) Not useful at all", "(2)", "(3)", "(4)", "(5)", "(6) Very Useful")
SCALES = {
    "ST24": AGREED, "ST25": YEARLY, "ST26": READING, "ST27": OFTEN, "ST34": AGREED, "ST36": LESSONS, "ST37": LESSONS,
    "ST38": LESSONS, "ST39": YEARLY, "ST41": USEFUL, "ST42": USEFUL,
}  # fmt: skip
# spellings of the file that mean the same level
SAME = {"Strong agree": "Strongly agree", "All Lessons": "All lessons", "Never": "Never or almost never"}
NOT_KNOWN = "Don’t know what it is"


def study(source: Path, folder: Path, rows: int | None) -> int:
    """Write the study and return how many people it has."""
    answers = pd.read_csv(source, nrows=rows).drop(columns="CNT").replace(SAME)
    folder.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    survey, choices = book.active, book.create_sheet("choices")
    survey.title = "survey"
    survey.append(["type", "name", "label", "role"])
    choices.append(["list_name", "name", "label", "score", "missing"])
    for block, scale in SCALES.items():
        survey.append(["begin_group", block.lower(), block, None])
        for name in (c for c in answers if c.startswith(block)):
            survey.append([f"select_one {block.lower()}", name, name, "rating"])
        survey.append(["end_group", None, None, None])
        for score, level in enumerate(scale, start=1):
            choices.append([block.lower(), f"l{score}", level, score, None])
        if block == "ST26":
            choices.append([block.lower(), "unknown", NOT_KNOWN, None, "dont_know"])
    book.save(folder / "instrument.xlsx")
    answers.to_csv(folder / "answers.csv", index=False)
    (folder / "study.toml").write_text(
        '[study]\ntitle = "PISA 2009 student items"\n[instrument]\nfile = "instrument.xlsx"\n'
        '[[responses]]\nfile = "answers.csv"\n',
        encoding="utf-8",
    )
    return len(answers)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("source", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int)
    told = parser.parse_args()
    people = study(told.source, told.folder, told.rows)
    start = time.perf_counter()
    command = [sys.executable, "-m", "reports.cli", "agree", str(told.folder / "study.toml"), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    wall, used = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    estimates = json.loads(done.stdout)["estimates"]
    measures = {e["measure"] for e in estimates}
    alphas = {e["question"]: e["value"] for e in estimates if e["measure"] == "alpha_ordinal"}
    print(f"{people:,} people: {len(estimates):,} estimates of {len(measures)} measures")
    print(f"{wall:.0f} s, {used.ru_utime + used.ru_stime:.0f} CPU s, peak {used.ru_maxrss / 2**20:.2f} GB")
    for block, value in alphas.items():
        print(f"  ordinal alpha of {block}: {value:.3f}")


if __name__ == "__main__":
    main()
