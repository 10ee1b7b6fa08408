"""What figures show, to the digit: the pure half of each, before anything is drawn."""

import math

import pytest

from consensus.agreement.classes import classes
from consensus.combinations import combinations_of
from consensus.definitions.condition import read_condition
from consensus.definitions.definition_file import read_definition
from consensus.scoring.courses import located_courses, read_courses
from consensus.scoring.judge import Judge
from consensus.scoring.trace import Tracer
from questionnaires.cleaning.cleaned import Flow
from reports.figures.bars import bars_data
from reports.figures.course import course_data
from reports.figures.flow import flow_data
from reports.figures.likert import Controls, likert_data
from reports.figures.matrix import matrix_data
from reports.figures.rows import pages
from reports.figures.upset import upset_data

ANSWERS = {
    "a": {"no": 2, "unsure": 4, "yes": 4, "dk": 10},
    "b": {"no": 10, "unsure": 0, "yes": 0, "dk": 0},
    "nobody": {},
}
LEVELS = ["no", "unsure", "yes", "dk"]


def told(frame, item):
    mine = frame[frame["item"] == item]
    return [(r.level, r.side, r.share, r.left, r.right) for r in mine.itertuples()]


def test_bars_part_at_the_middle_and_what_is_aside_counts_in_the_base():
    data = likert_data(ANSWERS, LEVELS, Controls(aside=("dk",)))
    assert [t[:3] for t in told(data, "a")] == [
        ("no", "lower", 0.1),
        ("unsure", "middle", 0.2),
        ("yes", "upper", 0.2),
        ("dk", "aside", 0.5),
    ]
    positions = [(left, right) for *_, left, right in told(data, "a")[:3]]
    assert positions == [pytest.approx(p) for p in ((-0.2, -0.1), (-0.1, 0.1), (0.1, 0.3))]
    assert math.isnan(told(data, "a")[3][3])
    assert list(dict.fromkeys(data["item"])) == ["a", "b"]


def test_totals_take_the_middle_only_when_asked():
    plain, counted = (
        likert_data(ANSWERS, LEVELS, Controls(aside=("dk",), count_middle=middle)).iloc[0] for middle in (False, True)
    )
    assert (plain["lower"], plain["upper"]) == pytest.approx((0.1, 0.2))
    assert (counted["lower"], counted["upper"]) == pytest.approx((0.2, 0.3))


@pytest.mark.parametrize(
    ("cutoff", "left"), [(0, 0.0), (1, -0.2), (1.5, -0.4), (2, -0.6), (3, -1.0)], ids=lambda v: str(v)
)
def test_the_cutoff_moves_the_middle(cutoff, left):
    data = likert_data({"a": {"no": 2, "unsure": 4, "yes": 4}}, LEVELS[:3], Controls(cutoff=cutoff))
    assert data["left"].iloc[0] == pytest.approx(left)
    assert data["right"].iloc[-1] == pytest.approx(left + 1)


def test_a_cutoff_beyond_the_scale_is_refused():
    with pytest.raises(ValueError, match="beyond a scale of 3 levels"):
        likert_data(ANSWERS, LEVELS[:3], Controls(cutoff=4))


@pytest.mark.parametrize(
    ("by", "order"),
    [("share", ["p", "q", "r"]), ("lower", ["r", "q", "p"]), ("mean", ["p", "q", "r"]), ("median", ["p", "q", "r"])],
)
def test_items_are_sorted_from_the_highest_down(by, order):
    counts = {
        "q": {"1": 3, "2": 4, "3": 3},
        "p": {"1": 0, "2": 2, "3": 8},
        "r": {"1": 8, "2": 1, "3": 1},
    }
    data = likert_data(counts, ["1", "2", "3"], Controls(sort="descending", by=by))
    assert list(dict.fromkeys(data["item"])) == order
    data = likert_data(counts, ["1", "2", "3"], Controls(sort="ascending", by=by))
    assert list(dict.fromkeys(data["item"])) == order[::-1]


def test_weighted_counts_give_weighted_shares():
    data = likert_data({"a": {"no": 1.5, "yes": 4.5}}, ["no", "yes"])
    assert list(data["share"]) == [0.25, 0.75]


def test_combinations_are_exact_and_what_is_left_out_is_counted():
    chosen = [("b", "a"), ("a", "b"), ("a",), (), ("c",), ("c", "unknown")]
    data = upset_data(combinations_of(chosen, ["a", "b", "c"]), most=3)
    assert list(zip(data["members"], data["count"], strict=True)) == [(("a", "b"), 2), (("c",), 2), ((), 1)]
    assert data["share"].sum() == pytest.approx(5 / 6)
    assert data.attrs == {"total": 6, "left_out": 1, "sizes": {"a": 3, "b": 2, "c": 2}}


def test_the_matrix_has_a_row_a_term_and_a_column_for_each_branch():
    condition = read_condition()
    data = matrix_data([read_definition(name, condition) for name in ("europe-raoul-2014", "jsh-lcsgj-2014")])
    assert list(data["branch"].unique()) == ["palliative", "curative", ""]
    jsh = data[data["definition"] == "jsh-lcsgj-2014"].set_index("finding")
    assert (jsh.loc["insufficient_response", "form"], jsh.loc["insufficient_response", "times"]) == ("consecutive", 2)
    assert bool(jsh.loc["insufficient_response", "proviso"])
    assert set(jsh["combined"]) == {"any"}


def test_the_flow_names_who_left_between_who_stayed():
    flow = Flow(
        invited=500, read=412, excluded=(("test entry", 12), ("repeat", 5)), after_corrections=395,
        not_eligible=9, unknown=0, analyzed=386,
    )  # fmt: skip
    rows = [(r.step, r.kind, r.people) for r in flow_data(flow).itertuples()]
    assert rows == [
        ("invited", "kept", 500),
        ("not_returned", "left out", 88),
        ("read", "kept", 412),
        ("excluded: test entry", "left out", 12),
        ("excluded: repeat", "left out", 5),
        ("corrected", "kept", 395),
        ("not_eligible", "left out", 9),
        ("analyzed", "kept", 386),
    ]


def test_bars_are_shares_of_those_who_answered_the_question():
    data = bars_data({"tier": [("third", 30), ("second", 10)], "none": [("x", 0)]}, {"tier": 40, "none": 0})
    assert [(r.answer, r.people, r.share) for r in data.itertuples()] == [("third", 30, 0.75), ("second", 10, 0.25)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], []),
        ([3, 1, 1], [(1, 1, 2), (3, 3, 1)]),
        ([*range(11, 41)], [(11, 15, 5), (16, 20, 5), (21, 25, 5), (26, 30, 5), (31, 35, 5), (36, 40, 5)]),
        ([0, *range(1, 100)], [(1, 20, 21), (21, 40, 20), (41, 60, 20), (61, 80, 20), (81, 100, 19)]),
    ],
    ids=["none", "few", "years", "from zero"],
)
def test_numbers_fall_into_round_classes(values, expected):
    assert classes(values) == expected


def test_long_lists_are_parted_evenly():
    assert [len(part) for part in pages([str(n) for n in range(61)], 30)] == [21, 21, 19]
    assert pages([], 30) == []


def test_a_timeline_marks_the_sessions_that_decided():
    condition = read_condition()
    courses = read_courses("tace-failure")
    definitions = [read_definition(name, condition) for name in ("no-response-2", "zhang-2022", "kim-2012-sp")]
    for located in located_courses(courses):
        tracer = Tracer(courses=courses, located=located)
        traces = [tracer.trace(Judge(definition=d, condition=condition)) for d in definitions]
        data = course_data(located.course, traces).told
        for definition, trace in zip(definitions, traces, strict=True):
            mine = data[data["definition"] == definition.id]
            assert len(mine) == len(located.course.sessions)
            deciding = mine[mine["deciding"]]
            if trace.judged.verdict != "met":
                assert deciding.empty
                assert mine["met_day"].isna().all()
                continue
            term = next(t for t in definition.terms if t.id == trace.judged.criterion)
            assert len(deciding) == getattr(term.form, "times", 1)
            assert set(deciding["told"]) == {"yes"}
            assert deciding["session"].max() == trace.judged.session_no
            assert set(mine["met_day"]) == {trace.days.middle}
