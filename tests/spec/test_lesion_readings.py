"""Readings that lesions unlock: the cuts of response, the dimension of the viable share, and who measured them."""

import datetime as dt

import pandas as pd
import pytest

from consensus.definitions.amount import MILLION
from consensus.scoring.courses import Courses
from consensus.scoring.lesions import Lesion, LesionScan, responses, viable_share
from consensus.scoring.readers import readers_of, score_by_reader
from consensus.scoring.score import score
from reports.explaining import explain

DAYS = [dt.date(2021, 1, 1) + dt.timedelta(days=60 * at) for at in range(8)]


def lesion(name="a", **sizes):
    return Lesion(name=name, target=True, treated=True, **{key: round(value * MILLION) for key, value in sizes.items()})


def told(base, *scans, **readings):
    seen = [LesionScan(day=DAYS[at], lesions=(one,)) for at, one in enumerate((base, *scans))]
    return " ".join(response or "-" for _, response in responses(seen, 0, **readings))


def test_progression_at_the_boundary_or_above_it():
    scans = [lesion(viable=value) for value in (119.9, 120, 120.1)]
    assert told(lesion(viable=100), *scans) == "SD PD PD"
    assert told(lesion(viable=100), *scans, over=True) == "SD SD PD"


def test_response_against_the_viable_or_the_whole_sum():
    base = lesion(viable=80, size=100)
    scans = [lesion(viable=value) for value in (56, 56.1, 70, 70.1)]
    assert told(base, *scans) == "PR SD PD PD"  # the smallest sum is 56, and 70 is 25 percent over it
    assert told(base, lesion(viable=70), lesion(viable=70.1), whole=True) == "PR SD"
    assert told(lesion(viable=80), lesion(viable=70), lesion(viable=0), lesion(viable=100), whole=True) == "- CR PD"


@pytest.mark.parametrize(
    ("sizes", "shares"),
    [
        # by the facts page: 1-D 70.71 is 2-D 50, 1-D 79.37 is 3-D 50
        ({"size": 100, "viable": 60}, (60, 36, 21.6)),
        ({"size": 100, "viable": 50}, (50, 25, 12.5)),
        ({"size": 100, "perpendicular": 100, "viable": 60, "viable_perpendicular": 60}, (60, 36, 21.6)),
        ({"size": 100, "perpendicular": 40, "viable": 50, "viable_perpendicular": 20}, (50, 25, 12.5)),
        ({"size": 100, "perpendicular": 50, "viable": 100, "viable_perpendicular": 8}, (100, 16, 6.4)),
        ({"size": 100, "viable": 0}, (0, 0, 0)),
        ({"percent": 60}, (60, 60, 60)),  # what was recorded stays as it is
        ({"size": 10, "viable": 11}, (None, None, None)),
        ({"viable": 11}, (None, None, None)),
    ],
)
def test_the_viable_share_in_one_two_and_three_dimensions(sizes, shares):
    one = lesion(**sizes)
    found = [one.share(dimension) for dimension in ("1d", "2d", "3d")]
    assert found == [None if share is None else round(share * MILLION) for share in shares]


def test_sums_are_of_products_and_of_volumes():
    seen = LesionScan(day=DAYS[0], lesions=(lesion("a", size=30, viable=30), lesion("b", size=10, viable=0)))
    assert [viable_share(seen, "sum", dimension) for dimension in ("1d", "2d", "3d")] == [
        75 * MILLION,
        90 * MILLION,
        100 * MILLION * 27 // 28,
    ]


def rows(patient, *values, reader=None, **more):
    return [
        {
            "patient_id": patient,
            "date": DAYS[at],
            "lesion_id": "a",
            "size_mm": 100,
            "viable_mm": value,
            "reader": reader,
        }
        | more
        for at, value in enumerate(values)
        if value is not None
    ]


def cohort(lesions, **cells):
    sessions = [
        {"patient_id": "p", "session_date": DAYS[at] + dt.timedelta(days=1), "imaging_date": DAYS[at + 1], **cells}
        for at in (0, 1)
    ]
    return Courses.from_frames(
        pd.DataFrame([{"patient_id": "p"}]), pd.DataFrame(sessions), lesions=pd.DataFrame(lesions)
    )


def verdict(courses, definition, **readings):
    (row,) = score(courses, definition, readings=readings).to_dicts()
    return row["verdict"]


def test_the_dimension_decides_on_insufficient_response():
    courses = cohort(rows("p", 100, 60, 60))
    assert verdict(courses, "easl-two-rounds") == "met"
    assert verdict(courses, "easl-two-rounds", viable_dimension="2d") == "not_met"
    for scope in ("sum", "largest", "any_lesion", "all"):
        found = [verdict(courses, "easl-two-rounds", lesion_scope=scope, viable_dimension=d) for d in ("1d", "2d")]
        assert found == ["met", "not_met"]
    scores = score(courses, "easl-two-rounds", readings={"viable_dimension": "2d"})
    assert scores.to_dicts()[0]["readings"] == "viable_dimension=2d"
    assert any("viable_percent 36" in line for line in explain(scores, "p"))


def test_the_cuts_of_response_are_readings_of_a_definition():
    courses = cohort(rows("p", 80, 70, 71))
    assert verdict(courses, "no-response-2") == "met"
    assert verdict(courses, "no-response-2", response_baseline="whole") == "not_met"
    courses = cohort(rows("p", 100, 120, 50))
    by = {"imaging_window": "any"}
    assert score(courses, "kim-2012-predictors").to_dicts()[0]["verdict"] == "met"
    assert score(courses, "kim-2012-predictors", readings={"pd_boundary": "over"}).to_dicts()[0]["verdict"] != "met"
    assert verdict(courses, "no-response-2", pd_boundary="over", **by) == "not_met"


def test_a_lesion_with_one_diameter_is_taken_as_round_or_stays_open():
    by = {"viable_dimension": "2d"}
    courses = cohort(rows("p", 100, 80, 80))
    assert verdict(courses, "easl-two-rounds", **by) == "met"
    assert verdict(courses, "easl-two-rounds", **by, dimension_conversion="none") == "unknown"
    assert verdict(courses, "easl-two-rounds", dimension_conversion="none") == "met"  # one dimension needs no second
    both = cohort(rows("p", 100, 80, 80, perpendicular_mm=50, viable_perpendicular_mm=40))
    assert verdict(both, "easl-two-rounds", **by, dimension_conversion="none") == "met"
    told = "  lesions without a second diameter are taken as round (dimension_conversion=isotropic)"
    assert told in explain(score(courses, "easl-two-rounds", readings=by), "p")
    assert told not in explain(score(courses, "easl-two-rounds"), "p")
    assert told not in explain(score(both, "easl-two-rounds", readings=by), "p")
    assert lesion(size=10, viable=0).share("2d", rounded=False) is None  # the whole has no area
    assert lesion(size=10, perpendicular=5, viable=0).share("2d", rounded=False) == 0


def test_growth_needs_two_diameters_or_a_round_lesion():
    grown = [row | {"size_mm": size} for row, size in zip(rows("p", 100, 100, 100), (40, 46, 46), strict=True)]
    assert score(cohort(grown), "tactics-ttup").to_dicts()[0]["verdict"] == "met"
    assert verdict(cohort(grown), "tactics-ttup", dimension_conversion="none") == "unknown"
    assert any("taken as round" in line for line in explain(score(cohort(grown), "tactics-ttup"), "p"))


def test_what_was_coded_stays_under_every_reading():
    courses = cohort(rows("p", 80, 70, 71), target_response="SD")
    assert verdict(courses, "no-response-2", response_baseline="whole") == "met"


def test_readers_of_lesions_are_judged_one_by_one():
    lesions = [
        *rows("p", 100, None, None),
        *rows("p", None, 90, 95, reader="x"),
        *rows("p", None, 60, 65, reader="y"),
        *rows("p", None, 95, 95, reader="z"),
    ]
    courses = cohort(lesions, target_response="PR")
    assert readers_of(courses) == ("x", "y", "z")
    found = score_by_reader(courses, "no-response-2")
    (row,) = found.to_frame().to_dict("records")
    assert [row[f"reader {name}"] for name in "xyz"] == ["met", "not_met", "met"]
    assert (row["majority"], row["agreeing"], row["flips"]) == ("met", 2, True)
    assert found.summary()["flipped"].tolist() == [1]
    # without a choice of reader what was coded counts
    assert verdict(courses, "no-response-2") == "not_met"
    shares = score_by_reader(courses, "easl-two-rounds", readings={"viable_dimension": "2d"}).to_frame()
    assert shares[["reader x", "reader y"]].to_numpy().tolist() == [["met", "not_met"]]


def test_a_reader_of_scans_and_one_of_lesions_stand_side_by_side():
    scans = [{"patient_id": "p", "date": day, "target_response": "PD", "reader": "x"} for day in DAYS[1:3]]
    lesions = [*rows("p", 100, None, None), *rows("p", None, 60, 65, reader="y")]
    courses = Courses.from_frames(
        pd.DataFrame([{"patient_id": "p"}]),
        pd.DataFrame([{"patient_id": "p", "session_date": day + dt.timedelta(days=1)} for day in DAYS[:2]]),
        assessments=pd.DataFrame(scans),
        lesions=pd.DataFrame(lesions),
    )
    found = score_by_reader(courses, "no-response-2").to_frame()
    assert found[["reader x", "reader y"]].to_numpy().tolist() == [["met", "not_met"]]
