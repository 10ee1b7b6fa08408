"""What scores and unsuitability say before the first session: classes as points, multiple tumors, three flags."""

import pandas as pd
import pytest

from consensus.definitions.amount import MANY, Amount, from_to, parse_amount
from consensus.definitions.condition import read_condition
from consensus.definitions.definition_file import read_definition, read_definitions
from consensus.definitions.formula import parse_formula
from consensus.scoring.courses import Courses, courses_of
from consensus.scoring.examples import run_examples
from consensus.scoring.judge import Judge
from consensus.scoring.score import score
from reports.explaining import explain

NO_SESSIONS = pd.DataFrame({"patient_id": [], "session_date": []})
TACE = read_condition()


def cohort(patients, sessions=()):
    return Courses.from_frames(
        pd.DataFrame([{"patient_id": f"p{at}", **row} for at, row in enumerate(patients)]),
        pd.DataFrame(list(sessions) or NO_SESSIONS),
    )


def session(patient, day, **cells):
    return {"patient_id": patient, "session_date": day, **cells}


@pytest.mark.parametrize("definition", read_definitions(TACE), ids=lambda one: one.id)
def test_each_definition_of_the_library_says_of_its_own_examples_what_it_wrote(definition):
    assert not run_examples(definition, TACE)


@pytest.mark.parametrize(
    ("formula", "x", "value"),
    [
        ("over(x, 7)", "7", (0, 0)),
        ("over(x, 7)", "7.1", (1, 1)),
        ("over(x, 7)", ">6", (0, 1)),
        ("between(x, 7, 9)", "9", (1, 1)),
        ("between(x, 7, 9)", ">9", (0, 0)),
        ("between(x, 7, 9)", "<8", (0, 1)),
        ("both(over(x, 1), over(y, 1))", "1", (0, 0)),  # y is empty: no wins
        ("both(over(x, 1), over(y, 1))", "2", (0, 1)),
    ],
)
def test_yes_and_no_in_formulas(formula, x, value):
    found = parse_formula(formula).value({"x": parse_amount(x)})
    assert (found.low // 10**6, found.high // 10**6) == value


def test_what_was_not_counted_is_more_than_any_number_in_formulas():
    assert parse_formula("0.1 * y + x").value({"x": MANY}) == MANY
    assert parse_formula("over(x, 1000)").value({"x": MANY}) == Amount(low=10**6, high=10**6)
    assert parse_formula("0 * x + y").value({"x": MANY, "y": parse_amount("2")}) is None
    assert parse_formula("y - x").value({"x": MANY, "y": parse_amount("2")}) is None
    assert str(from_to(5, 6)) == "5 to 6"


def test_a_class_of_child_pugh_stands_for_its_points():
    rows = [{"baseline_child_pugh": written} for written in ("A", "b", "C级", "B8", "7 to 9", "D")]
    courses = cohort(rows)
    assert 'baseline_child_pugh: "D" is not a number for baseline_child_pugh. ' in str(courses.problems.items[0])
    assert "or a class: A, B, C" in str(courses.problems.items[0])
    found = score(courses, "child-pugh").to_dicts()
    assert [(row["points_low"], row["points_high"], row["class"]) for row in found] == [
        (5, 6, "A"),
        (7, 9, "B"),
        (10, 15, "C"),
        (8, 8, "B"),
        (7, 9, "B"),
        (None, None, None),
    ]


def test_a_rise_from_a_class_is_known_only_where_all_its_points_say_so():
    patient = {"baseline_ast_u_l": 40, "baseline_child_pugh": "A"}
    cells = {"ast_u_l": 40, "target_response": "PR"}
    points = ["A", 7, 8, "C", 5]
    rows = [session(f"p{at}", "2021-01-04", child_pugh=value, **cells) for at, value in enumerate(points)]
    found = score(cohort([patient] * 5, rows), "art", readings={"before_second_labs": "with_first"}).to_dicts()
    assert [(row["points_low"], row["points_high"]) for row in found] == [(0, 1.5), (1.5, 3), (3, 3), (3, 3), (0, 0)]


def test_child_pugh_b_of_snacor_is_not_c():
    base = {"baseline_largest_mm": 20, "baseline_tumor_count": 1, "baseline_afp": 5}
    rows = [session(f"p{at}", "2021-01-04", target_response="PR") for at in range(5)]
    people = [base | {"baseline_child_pugh": value} for value in (6, 7, 9, 10, "B")]
    assert [row["points_low"] for row in score(cohort(people, rows), "snacor").to_dicts()] == [0, 1, 1, 0, 1]


@pytest.mark.parametrize("name", ["up-to-7", "up-to-11", "six-and-twelve", "seven-eleven", "tumor-burden"])
def test_multiple_tumors_are_more_than_any_number(name):
    people = [{"baseline_tumor_count": "multiple", "baseline_largest_mm": size} for size in (10, 10)]
    people[1].pop("baseline_largest_mm")
    definition = read_definition(name)
    scores = score(cohort(people), definition)
    last = definition.logic.classes[-1].name
    assert [row["class"] for row in scores.to_dicts()] == [last, last]
    assert scores.to_dicts()[0]["points_low"] is None
    frames = score(Courses(pd.DataFrame([{"patient_id": "p0"} | people[0]]), NO_SESSIONS), definition)
    assert frames["class"].tolist() == [last]
    assert any("more than can be counted" in line for line in explain(scores, "p0"))


UNSUITABLE = [
    # size, number, ALBI, type -> flags 1, 2, 3 and the verdict
    (50, 3, -2.2, "simple_nodular", "yes yes no", "met"),
    (50, 3, -2.27, "simple_nodular", "yes yes no", "met"),
    (50, 3, -2.28, "simple_nodular", "yes no no", "met"),
    (50, 3, -1.39, "simple_nodular", "yes yes no", "met"),
    (50, 3, -1.38, "simple_nodular", "yes no no", "met"),
    (40, 3, -2.2, "simple_nodular", "no no no", "not_met"),
    (40, 3, None, "massive", "no no yes", "met"),
    (None, 3, -2.2, "simple_nodular", "open open no", "unknown"),
    (None, 3, -2.9, "simple_nodular", "open no no", "unknown"),
    (50, None, None, None, "open open open", "unknown"),
    (None, "multiple", -2.0, "simple_nodular", "yes yes no", "met"),
]


@pytest.mark.parametrize(("size", "number", "albi", "kind", "flags", "verdict"), UNSUITABLE)
def test_three_flags_of_unsuitability(size, number, albi, kind, flags, verdict):
    cells = {
        "baseline_largest_mm": size,
        "baseline_tumor_count": number,
        "baseline_albi": albi,
        "baseline_tumor_type": kind,
    }
    person = {name: value for name, value in cells.items() if value is not None}
    judge = Judge(definition=read_definition("jsh-unsuitable-2021"), condition=read_condition())
    judged = judge.judge(next(courses_of(cohort([person]))))
    assert " ".join({True: "yes", False: "no", None: "open"}[e.value] for e in judged.evidence) == flags
    assert judged.verdict == verdict
    whole = score(Courses(pd.DataFrame([{"patient_id": "p0"} | person]), NO_SESSIONS), "jsh-unsuitable-2021")
    assert whole["verdict"].tolist() == [verdict]
