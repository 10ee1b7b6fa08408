"""Makes a small SYNTHETIC panel study whose first round is closed, for tests of rounds."""

import openpyxl
from click.testing import CliRunner

from reports.cli import main

STUDY = """[study]
title = "A panel (SYNTHETIC)"
[instrument]
file = "form.xlsx"
[panel]
file = "panel.xlsx"
items = "items.xlsx"
[consensus]
rule = "median >= 7 and iqr <= 2, quorum 75% of eligible"
"""
GROUPS = ("radiology", "hepatology", "patients")


def sheet(path, title, rows):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(path)


def make(folder, people=14, statements=3, rounds=(1, 3)):
    """Make a study whose rounds skip a number; round 1 is answered and closed."""
    folder.mkdir(parents=True)
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    names = [f"s{at:02d}" for at in range(1, statements + 1)]
    survey = [["type", "name", "label::English (en)", "role"], ["text", "panelist", "Your id", "respondent"]]
    for name in names:
        survey += [
            ["select_one r9", name, f"Statement {name} =1+1", "rating"],
            ["text", f"{name}_comment", "Comment", "free_text"],
        ]
    book = openpyxl.Workbook()
    book.active.title = "survey"
    for row in survey:
        book.active.append(row)
    choices = book.create_sheet("choices")
    choices.append(["list_name", "name", "label::English (en)", "score", "missing"])
    for point in range(1, 10):
        choices.append(["r9", str(point), f"{point} (fully)" if point == 9 else str(point), point, None])
    choices.append(["r9", "99", "Unable to judge", None, "dont_know"])
    book.create_sheet("settings").append(["form_title", "form_id", "default_language"])
    book["settings"].append(["SYNTHETIC panel", "panel", "English (en)"])
    book.save(folder / "form.xlsx")
    ids = [f"SYN-{at:03d}" for at in range(1, people + 1)]
    large = ["patients"] * 3 + ["hepatology"] * (people // 2 - 1)
    groups = large + ["radiology"] * (people - len(large))
    head = ["panelist", "group", *(f"invited_{number}" for number in rounds), "votes", "recused", "left"]
    told = [
        [who, group, *["yes"] * 3, "s02" if at == 4 else None, None]
        for at, (who, group) in enumerate(zip(ids, groups, strict=True))
    ]
    sheet(folder / "panel.xlsx", "panel", [head, *told])
    rows = [[name, number, name, f"Statement {name}", None, "new" if number == rounds[0] else "same", None]
            for number in rounds for name in names]  # fmt: skip
    sheet(folder / "items.xlsx", "items", [["item", "round", "name", "text", "came_from", "change", "comment"], *rows])
    answers = [["panelist", *(f for name in names for f in (name, f"{name}_comment"))]]
    for at, who in enumerate(ids):
        given = [
            value
            for k in range(statements)
            for value in (5 + (at * 7 + k) % 5, f"SYN-002 and I, person {at}" if at % 5 == 0 else None)
        ]
        answers.append([who, *given])
    sheet(folder / "round1_SYNTHETIC.xlsx", "answers", answers)
    assert (
        run("rounds", "collect", folder / "study.toml", "--round", 1, folder / "round1_SYNTHETIC.xlsx").exit_code == 0
    )
    assert run("rounds", "close", folder / "study.toml", "--round", 1).exit_code == 0
    return folder / "study.toml", ids


def run(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments)], prog_name="consensus")
