"""Scores as people use them: the workbook, the worklist, one patient explained, the reason in words."""

import csv
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from consensus.scoring.courses import Courses, read_courses
from consensus.scoring.score import score
from consensus.scoring.worklist import worklist
from questionnaires.problems import ConsensusError
from questionnaires.workbooks import workbook_bytes
from reports.explaining import explain
from reports.scores_workbook import BASELINE, differing, scores_workbook
from reports.study import definitions_of, read_condition_of, read_courses_of, read_study

STORY = Path(__file__).parents[1] / "stories" / "3-cohort"
NAMES = ("zhang-2022", "kim-2012-sp")


def courses(**cells):
    """One patient of three sessions, 60 days apart, each imaged after 35 days, with the given columns of sessions."""
    patients = pd.DataFrame({"patient_id": ["P1"], "baseline_extrahepatic_spread": [0], "baseline_pvtt_grade": [0]})
    sessions = pd.DataFrame(
        {
            "patient_id": ["P1"] * 3,
            "session_date": ["2021-01-04", "2021-03-05", "2021-05-04"],
            "imaging_date": ["2021-02-08", "2021-04-09", "2021-06-08"],
            **cells,
        }
    )
    return Courses.from_frames(patients, sessions)


def clear():
    return {"vascular_invasion": [0, 0, 0], "extrahepatic_spread": [0, 0, 0]}


def test_reasons_and_days():
    scores = score(courses(viable_percent=[80, 80, 80], **clear()), NAMES)
    assert scores.days == (155, None)
    assert scores.reasons == (
        "Three consecutive insufficient responses of the treated lesions: at TACE session 3",
        "No criterion is met",
    )
    open_ = score(courses(viable_percent=[80, None, 80], **clear()), "zhang-2022")
    assert open_.reasons == ("Open for want of: viable_percent",)


def test_the_worklist_names_the_one_cell_that_settles_a_verdict():
    scores = score(courses(viable_percent=[80, None, 80], **clear()), NAMES)
    (wanted,) = worklist(scores)
    assert (wanted.spot.cell, wanted.spot.header, wanted.patient_id) == ("row 2", "viable_percent", "P1")
    assert wanted.settles == ("zhang-2022",)


def test_two_cells_that_only_together_settle_are_not_on_the_worklist_unless_a_no_of_one_settles():
    scores = score(courses(viable_percent=[80, None, None], **clear()), "zhang-2022")
    # each of the two settles it by a sufficient response alone
    assert [wanted.spot.cell for wanted in worklist(scores)] == ["row 2", "row 3"]
    spread = courses(viable_percent=[10, 10, 10], vascular_invasion=[0, 0, 0], extrahepatic_spread=[None, None, 0])
    settled = {w.spot.cell for w in worklist(score(spread, "kim-2012-sp"))}
    assert settled == {"row 1", "row 2"}


def test_nothing_unknown_leaves_an_empty_worklist():
    assert worklist(score(courses(viable_percent=[80, 80, 10], **clear()), NAMES)) == ()


def test_the_worklist_of_the_cohort_is_the_truth():
    study = read_study(STORY / "study.toml")
    read = read_courses_of(study, read_condition_of(study, None))
    found = worklist(score(read, definitions_of(study, read.condition, read)))
    mine = {(*w.spot[:2], w.patient_id, w.spot.header): len(w.settles) for w in found if w.spot.sheet == "cohort"}
    with (STORY / "truth" / "worklist.csv").open(encoding="utf-8-sig", newline="") as handle:
        truth = {
            (r["sheet"], r["cell"], r["patient_id"], r["header"]): int(r["settles_at_most"])
            for r in csv.DictReader(handle)
        }
    assert mine == truth
    numbers = [len(w.settles) for w in found]
    assert numbers == sorted(numbers, reverse=True)


def test_the_workbook_holds_her_own_sheet_then_the_verdicts(tmp_path):
    book = Workbook()
    book.active.title = "patients"
    book.active.append(["remarks", "patient_id", "baseline_extrahepatic_spread"])
    book.active.append(["=1+1 is text", "P1", 0])
    sessions = book.create_sheet("sessions")
    sessions.append(["patient_id", "session_date", "viable_percent", "extrahepatic_spread"])
    sessions.append(["P1", date(2021, 1, 4), 80, 1])
    sessions.append(["P2", date(2021, 1, 4), 80, 0])
    book["patients"]["A2"].data_type = "s"
    book.save(tmp_path / "courses.xlsx")
    made = scores_workbook(score(read_courses(tmp_path / "courses.xlsx"), NAMES))
    assert made.sheetnames == ["patients", "differs", "worklist", "long"]
    note, head, first, second = made["patients"].values
    assert note[0] == BASELINE
    assert head == (
        *("remarks", "patient_id", "baseline_extrahepatic_spread"),
        *(f"{name} {what}" for name in NAMES for what in ("verdict", "date", "days", "reason")),
    )
    assert first[:4] == ("=1+1 is text", "P1", 0, "not_met")
    assert first[7:10] == ("met", date(2021, 1, 4), 0)
    assert second[:4] == (None, "P2", None, "not_met")
    assert made["patients"]["A3"].data_type == "s"
    assert [row[:3] for row in list(made["differs"].values)[1:]] == [("P1", "kim-2012-sp", "zhang-2022")]


def test_the_same_scores_give_the_same_bytes():
    scores = score(courses(viable_percent=[80, None, 80], **clear()), NAMES)
    assert workbook_bytes(scores_workbook(scores)) == workbook_bytes(scores_workbook(scores))


def test_differing_needs_one_met_and_one_not_met():
    assert differing(score(courses(viable_percent=[80, 80, 80], **clear()), NAMES)) == [
        ("P1", "zhang-2022", "kim-2012-sp", date(2021, 6, 8))
    ]
    assert differing(score(courses(viable_percent=[80, None, 80], **clear()), NAMES)) == []


def test_explain_names_what_each_criterion_uses_and_what_is_open():
    lines = explain(score(courses(viable_percent=[80, None, 80], **clear()), NAMES), "P1")
    text = "\n".join(lines)
    assert "zhang-2022: unknown" in text
    assert "kim-2012-sp: not_met" in text
    assert "    session 3: open, because viable_percent is empty; the finding alone: yes [viable_percent 80]" in lines
    assert "    session 1: not met [extrahepatic_spread no, baseline_extrahepatic_spread no]" in lines


def test_explain_of_nobody():
    with pytest.raises(ConsensusError, match='there is no patient "P2"'):
        explain(score(courses(viable_percent=[80, 80, 80]), NAMES), "P2")


def test_the_workbook_can_be_opened(tmp_path):
    path = tmp_path / "scores.xlsx"
    path.write_bytes(workbook_bytes(scores_workbook(score(courses(viable_percent=[80, 80, 80]), NAMES))))
    assert load_workbook(path)["long"]["A2"].value == "P1"


def test_explain_says_what_a_score_leaves_open():
    patients = pd.DataFrame(
        {"patient_id": ["P1"], "baseline_largest_mm": [">50"], "baseline_tumor_count": [3], "baseline_ast_u_l": [40]}
    )
    told = courses(ast_u_l=["60", ">45", "60"], target_response=["SD", "PD", "PD"])
    lines = explain(score(Courses.from_frames(patients, told.sessions), ("six-and-twelve", "art")), "P1")
    for line in (
        "six-and-twelve: class left open, 8 or more",
        "  only a bound of baseline_up_to is known",
        "art: class left open, 1 to 8",
        "  ast (4 points): AST more than 25 percent over the baseline: open, because only a bound of ast_u_l is known",
        "  no_response (1 point): No radiologic response: met",
    ):
        assert line in lines


def test_each_table_marks_what_is_recalled():
    named = ["zhang-2022", "easl-two-rounds", "up-to-7"]
    scores = score(courses(viable_percent=[80, 80, 20], **clear()), named)
    book = scores_workbook(scores)
    head = list(book["patients"].values)[1]
    assert {"zhang-2022 verdict", "easl-two-rounds [recalled] verdict", "up-to-7 [recalled] class"} <= set(head)
    assert [row[:3] for row in list(book["differs"].values)[1:]] == [("P1", "easl-two-rounds [recalled]", "zhang-2022")]
    columns, *rows = book["long"].values
    assert {dict(zip(columns, row, strict=True))["definition"] for row in rows} == set(named)
    assert [row[columns.index("standing")] for row in rows] == ["verified", "recalled", "recalled"]
    heads = [line for line in explain(scores, "P1") if line.startswith(tuple(named))]
    assert [line.split(":")[0] for line in heads] == ["zhang-2022", "easl-two-rounds [recalled]", "up-to-7 [recalled]"]
    open_ = scores_workbook(score(courses(viable_percent=[80, None, 20], **clear()), named))
    assert "easl-two-rounds [recalled]" in {row[5] for row in open_["worklist"].values}
