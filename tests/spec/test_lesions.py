"""A sheet of lesions: the response by diameters, growth, and whose viable share counts."""

import datetime as dt

import pandas as pd
import pytest

from consensus.definitions.amount import MILLION
from consensus.scoring.courses import Courses
from consensus.scoring.lesions import Lesion, LesionScan, growth, responses, viable_share
from consensus.scoring.score import score
from questionnaires.problems import ConsensusError
from reports.explaining import explain

DAYS = [dt.date(2021, 1, 1) + dt.timedelta(days=60 * at) for at in range(8)]


def mm(value):
    return None if value is None else round(value * MILLION)


def lesion(name="a", **sizes):
    return Lesion(name=name, target=True, treated=True, **{key: mm(value) for key, value in sizes.items()})


def scan(at, *lesions):
    return LesionScan(day=DAYS[at], lesions=lesions)


# sums of viable diameters, the first one before treatment, and the responses by the published cuts
BY_DIAMETERS = [
    ((100, 70), "PR"),
    ((100, 70.1), "SD"),
    ((100, 119.9), "SD"),
    ((100, 120), "PD"),
    ((100, 0), "CR"),
    ((0, 10), "NE"),
    ((100, 50, 60), "PR PD"),
    ((100, 50, 59.9), "PR PR"),
    ((100, 0, 1), "CR PD"),
    ((100, None, 60), "- PR"),
    ((0.3, 0.21), "PR"),  # 0.7 x 0.3 is not 0.21 in binary fractions
    ((100, 150, 125), "PD PD"),
]


@pytest.mark.parametrize(("sums", "wanted"), BY_DIAMETERS)
def test_the_response_by_diameters(sums, wanted):
    found = responses([scan(at, lesion(viable=value)) for at, value in enumerate(sums)], 0)
    assert " ".join(response or "-" for _, response in found) == wanted


def test_targets_are_summed_and_one_that_was_not_measured_leaves_it_open():
    base = scan(0, lesion("a", viable=40), lesion("b", viable=60))
    both = scan(1, lesion("a", viable=10), lesion("b", viable=60), lesion("new", viable=30))
    one = scan(2, lesion("a", viable=10))
    assert [response for _, response in responses([base, both, one], 0)] == ["PR", None]


def test_growth_in_two_dimensions_takes_a_lesion_as_round_where_one_is_missing():
    base = scan(0, lesion(size=20, perpendicular=10))
    grown = scan(1, lesion(size=25, perpendicular=10.4))
    found = [amount.low / MILLION for _, amount in growth([base, grown], 0)]
    assert found == [30]
    round_ones = [scan(0, lesion(size=100)), scan(1, lesion(size=111.8)), scan(2, lesion(size=111.81))]
    assert [amount.low > 25 * MILLION for _, amount in growth(round_ones, 0)] == [False, True]


def test_the_viable_share_by_scope():
    seen = scan(0, lesion("a", size=50, viable=40), lesion("b", size=20, viable=2), lesion("c", percent=60))
    assert [viable_share(seen, scope) for scope in ("any_lesion", "all")] == [mm(80), mm(10)]
    assert viable_share(scan(0, *seen.lesions[:2]), "largest") == mm(80)
    assert viable_share(seen, "largest") is None  # the one without a size may be the largest
    assert viable_share(scan(0, *seen.lesions[:2]), "sum") == mm(60)
    assert viable_share(seen, "sum") is None


def test_a_lesion_that_was_not_measured_leaves_the_share_of_any_and_of_all_a_bound():
    seen = scan(0, lesion("a", size=50, viable=10), lesion("b", size=50))
    assert viable_share(seen, "any_lesion") == (">=", mm(20))
    assert viable_share(seen, "all") == ("<=", mm(20))
    assert viable_share(seen, "largest") is None  # both are
    assert viable_share(scan(0, lesion("b", size=50)), "any_lesion") is None


@pytest.mark.parametrize("other", [{"b": None}, {}])
@pytest.mark.parametrize(("first", "any_lesion", "every"), [(10, "unknown", "not_met"), (70, "met", "unknown")])
def test_a_lesion_that_was_not_measured_may_be_the_one_that_counts(first, any_lesion, every, other):
    courses = cohort(rows("p", (0, {"a": 90, "b": 90}), *((at, {"a": first} | other) for at in (1, 3))))
    found = {scope: verdicts(courses, "easl-two-rounds", lesion_scope=scope)[0] for scope in ("any_lesion", "all")}
    assert found == {"any_lesion": any_lesion, "all": every}


def rows(patient, *scans):
    """Return lesion rows of a patient: of each scan the viable percent by lesion."""
    return [
        {"patient_id": patient, "date": DAYS[at], "lesion_id": name, "viable_percent": value}
        for at, lesions in scans
        for name, value in lesions.items()
    ]


def cohort(lesions, sessions=2, patients="p", **cells):
    dates = [DAYS[0] + dt.timedelta(days=1), DAYS[2] + dt.timedelta(days=1), DAYS[4] + dt.timedelta(days=1)][:sessions]
    return Courses.from_frames(
        pd.DataFrame([{"patient_id": name} for name in patients]),
        pd.DataFrame([{"patient_id": name, "session_date": day, **cells} for name in patients for day in dates]),
        lesions=pd.DataFrame(lesions),
    )


def verdicts(courses, definition, **readings):
    return score(courses, definition, readings=readings).to_frame()["verdict"].tolist()


def test_one_lesion_through_the_run_or_any_at_each_session():
    # the example of the facts page, A3: lesion a 70 then 10, lesion b 10 then 70
    crossed = rows("p", (1, {"a": 70, "b": 10}), (3, {"a": 10, "b": 70}))
    courses = cohort(crossed)
    readings = {"proviso": "not_required", "imaging_window": "any"}
    assert verdicts(courses, "easl-two-rounds") == ["not_met"]
    assert verdicts(courses, "easl-two-rounds", lesion_scope="any_lesion") == ["met"]
    assert verdicts(courses, "easl-two-rounds", lesion_scope="all") == ["not_met"]
    kept = rows("p", (1, {"a": 70, "b": 10}), (3, {"a": 60, "b": 10}))
    (row,) = score(cohort(kept), "jsh-lcsgj-2014", readings=readings).to_dicts()
    assert (row["verdict"], row["criterion"], row["session_no"]) == ("met", "insufficient_response", 2)


def test_a_recorded_share_goes_before_that_of_the_lesions():
    courses = cohort(rows("p", (1, {"a": 70}), (3, {"a": 70})), viable_percent=20, imaging_date=DAYS[1])
    assert verdicts(courses, "easl-two-rounds", imaging_window="any") != ["met"]


def test_the_scope_is_a_reading_of_courses_with_lesions():
    courses = Courses.from_frames(
        pd.DataFrame([{"patient_id": "p"}]), pd.DataFrame([{"patient_id": "p", "session_date": DAYS[0]}])
    )
    with pytest.raises(ConsensusError, match="is one of courses with a sheet of lesions"):
        score(courses, "zhang-2022", readings={"lesion_scope": "sum"})


def sized(patient, *sums):
    return [
        {"patient_id": patient, "date": DAYS[at], "lesion_id": "a", "viable_mm": value, "size_mm": 100, "target": 1}
        for at, value in enumerate(sums)
        if value is not None
    ]


def test_an_absent_response_is_told_by_diameters_and_a_coded_one_compared():
    lesions = [*sized("p", 100, 130, None, 160), *sized("q", 100, 60)]
    sessions = [
        {"patient_id": "p", "session_date": DAYS[0] + dt.timedelta(days=1), "imaging_date": DAYS[1]},
        {"patient_id": "p", "session_date": DAYS[2] + dt.timedelta(days=1)},
        {
            "patient_id": "q",
            "session_date": DAYS[0] + dt.timedelta(days=1),
            "imaging_date": DAYS[1],
            "target_response": "SD",
        },
    ]
    courses = Courses.from_frames(
        pd.DataFrame([{"patient_id": name} for name in "pq"]), pd.DataFrame(sessions), lesions=pd.DataFrame(lesions)
    )
    assert verdicts(courses, "no-response-2") == ["met", "not_met"]
    assert courses.sessions["target_response"].tolist()[:1] == ["PD"]
    told = [str(problem) for problem in courses.problems]
    assert told[0].endswith("0 of 1 coded responses are those by diameters (mRECIST).")
    assert "the scan of 2021-03-02 of patient q is coded SD and PR by diameters. The coded response counts." in told[1]
    assert len(courses.problems.faults) == 0


def test_growth_unlocks_the_end_point_of_the_trial():
    lesions = [
        {"patient_id": "p", "date": DAYS[at], "lesion_id": "a", "size_mm": size, "perpendicular_mm": size}
        for at, size in enumerate((40, 46))
    ]
    (row,) = score(cohort(lesions, sessions=1), "tactics-ttup").to_dicts()
    assert (row["verdict"], row["criterion"]) == ("met", "liver_growth")


def test_lesions_of_nobody_and_without_a_name_are_told():
    lesions = [*rows("x", (1, {"a": 70})), {"patient_id": "p", "date": DAYS[1], "lesion_id": None, "viable_percent": 1}]
    told = [problem.got for problem in cohort(lesions).problems]
    assert told == ['patient "x" is not in the cohort', "a lesion of patient p without a lesion_id"]


def test_an_explanation_names_the_lesion_that_decided():
    lesions = rows("p", (1, {"a": 10, "b": 70}), (3, {"a": 10, "b": 60}))
    scores = score(cohort(lesions), "easl-two-rounds")
    lines = explain(scores, "p")
    assert any("easl-two-rounds [recalled]: met at session 2" in line for line in lines)
    assert any("session 2: met [viable_percent 60]" in line for line in lines)
    assert lines[-1] == "  judged by lesion b, one of 2: the viable share is that of this lesion"
    with pytest.raises(ConsensusError, match='there is no patient "q"'):
        explain(scores, "q")


def test_a_lesion_with_two_rows_at_a_scan_is_told_and_counts_once_or_not_at_all():
    base = {"patient_id": "p", "lesion_id": "a", "size_mm": 50}
    first = base | {"date": DAYS[0], "viable_mm": 50}
    once = cohort([first, base | {"date": DAYS[1], "viable_mm": 30}, base | {"date": DAYS[1], "viable_mm": 30}])
    assert [(p.where, p.hint) for p in once.problems.faults] == [("lesions, row 3, patient_id", "It counts once.")]
    assert once.assessments["target_response"].tolist() == ["PR"]
    rows_ = [first, base | {"date": DAYS[1], "viable_mm": 30}, base | {"date": DAYS[1], "viable_mm": 50}]
    for mine in (rows_, rows_[::-1]):
        twice = cohort(mine)
        (problem,) = twice.problems.faults
        assert problem.got == "patient p has two different rows of lesion a at the scan of 2021-03-02"
        assert problem.hint == "Its sizes at that scan are unknown."
        assert twice.assessments is None
    read_by = [first, *(row | {"reader": name} for row, name in zip(rows_[1:], "AB", strict=True))]
    assert not cohort(read_by).problems.faults
