"""One row a patient and no treatment: units, patients numbered by row, point scores on a real table."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from consensus.definitions.condition import read_condition
from consensus.scoring.course_map import CourseMap, converted
from consensus.scoring.courses import read_courses
from consensus.scoring.draft_map import draft_map
from consensus.scoring.needs import possible_scores
from consensus.scoring.score import score
from questionnaires.problems import ConsensusError

TACE = read_condition()
DATA = Path(__file__).parents[3] / "shared/data/hcc_cohorts/uci_hcc_survival_165.csv"
UCI = CourseMap(
    rows="patients",
    missing=("?",),
    columns=(
        ("Total Bilirubin(mg/dL)", "baseline_bilirubin_umol_l"),
        ("Albumin (mg/dL)", "baseline_albumin_g_l"),  # the header is wrong: it holds g/dL
        ("International Normalised Ratio", "baseline_inr"),
        ("Alpha-Fetoprotein (ng/mL)", "baseline_afp"),
        ("Number of Nodules", "baseline_tumor_count"),
        ("Major dimension of nodule (cm)", "baseline_largest_mm"),
    ),
    values=(("baseline_tumor_count", (("5", ">=5"),)),),
    units=(
        ("baseline_bilirubin_umol_l", "mg/dL"),
        ("baseline_albumin_g_l", "g/dL"),
        ("baseline_largest_mm", "cm"),
    ),
)


def table(tmp_path, *lines):
    path = tmp_path / "cohort.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def mapped(columns, **further):
    return CourseMap(rows="patients", columns=tuple(columns.items()), **further)


def test_a_unit_of_the_sheet_becomes_ours(tmp_path):
    path = table(tmp_path, "id,bili,alb", "a,1,4", "b,<0.5,3.55", "c,x,?")
    columns = {"id": "patient_id", "bili": "baseline_bilirubin_umol_l", "alb": "baseline_albumin_g_l"}
    units = (("baseline_bilirubin_umol_l", "mg/dL"), ("baseline_albumin_g_l", "g/dL"))
    courses = read_courses(path, TACE, mapping=mapped(columns, units=units, missing=("?",)))
    assert courses.patients["baseline_albumin_g_l"].tolist()[:2] == [40, 35.5]
    assert courses.patients["baseline_bilirubin_umol_l"].tolist()[:2] == [17.1, "<8.55"]
    assert [problem.got for problem in courses.problems] == ['"x" is not a number for baseline_bilirubin_umol_l']
    assert len(courses.sessions) == 0


def test_an_unknown_unit_is_refused_with_those_that_there_are(tmp_path):
    path = table(tmp_path, "id,alb", "a,4")
    columns = {"id": "patient_id", "alb": "baseline_albumin_g_l"}
    with pytest.raises(ConsensusError, match="is not a unit of it\\. Expected one of: g/L, g/dL"):
        read_courses(path, TACE, mapping=mapped(columns, units=(("baseline_albumin_g_l", "mg/L"),)))


def test_a_value_that_fits_another_unit_says_so(tmp_path):
    path = table(tmp_path, "id,alb", "a,3.9")
    courses = read_courses(path, TACE, mapping=mapped({"id": "patient_id", "alb": "baseline_albumin_g_l"}))
    assert "In g/dL it would be 39 g/L: give the unit under [courses.units]." in str(courses.problems.items[0])


def test_patients_without_a_name_are_numbered_only_where_no_column_is_mapped_for_it(tmp_path):
    path = table(tmp_path, "afp", "500", "3")
    courses = read_courses(path, TACE, mapping=mapped({"afp": "baseline_afp"}))
    assert courses.patients["patient_id"].tolist() == ["1", "2"]
    assert "numbered by row" in str(courses.problems.items[0])
    with pytest.raises(ConsensusError, match="no header is mapped onto patient_id"):
        read_courses(path, TACE, mapping=mapped({"afp": "baseline_afp", "ID": "patient_id"}))


def test_converting_keeps_bounds_and_other_texts():
    texts = ("1", "<0.5", "> 2", "n.d.")
    assert [converted(text, Decimal("17.1")) for text in texts] == ["17.1", "<8.55", "> 34.2", "n.d."]


@pytest.mark.skipif(not DATA.is_file(), reason="the real tables lie beside the clone, in ../shared/data")
def test_a_real_table_is_scored_by_the_scores_that_its_columns_allow():
    courses = read_courses(DATA, TACE, mapping=UCI)
    assert len(courses.patients) == 165
    assert [str(problem) for problem in courses.problems.faults] == []
    names = [definition.id for definition in possible_scores(courses)]
    assert sorted(names) == ["albi", "albi-tae", "hap", "mhap-ii", "seven-eleven", "six-and-twelve", "tumor-burden"]
    scores = score(courses, [*names, "child-pugh"])
    counts = {(name, grade): patients for name, grade, patients in scores.classes().itertuples(index=False)}
    assert sum(counts.values()) == 165 * 8
    assert counts["albi", ""] == 165 - sum(counts["albi", grade] for grade in "123")
    frame = scores.to_frame()
    albi = frame[(frame["definition"] == "albi") & frame["points_low"].notna()]
    bilirubin, albumin = (courses.patients[f"baseline_{name}"] for name in ("bilirubin_umol_l", "albumin_g_l"))
    by_hand = 0.66 * np.log10(bilirubin.astype(float)) - 0.085 * albumin
    assert albi["points_low"].tolist() == pytest.approx(by_hand.dropna().tolist(), abs=1e-6)


@pytest.mark.skipif(not DATA.is_file(), reason="the real tables lie beside the clone, in ../shared/data")
def test_a_real_table_is_drafted():
    drafted = draft_map(DATA, TACE)
    columns = {ours: theirs for theirs, ours in drafted.mapping.columns}
    assert columns["baseline_bilirubin_umol_l"] == "Total Bilirubin(mg/dL)"
    assert dict(drafted.mapping.units) == {"baseline_bilirubin_umol_l": "mg/dL", "baseline_largest_mm": "cm"}
    assert drafted.mapping.missing == ("?",)
