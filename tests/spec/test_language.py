"""What the language of definitions can say beyond findings of sessions: entry, exclusion, rises, scores, one moment."""

from decimal import Decimal

import pandas as pd
import pytest

from consensus.definitions.amount import Amount, parse_amount
from consensus.definitions.condition import read_condition
from consensus.definitions.definition import Rising
from consensus.definitions.definition_file import read_definition, write_definition
from consensus.definitions.formula import NotAFormulaError, parse_formula
from consensus.definitions.readings import readings_of
from consensus.definitions.sentences import sentences
from consensus.scoring.courses import Courses
from consensus.scoring.score import score
from consensus.scoring.worklist import worklist
from questionnaires.problems import ConsensusError

TACE = read_condition()
HEAD = 'condition: tace-failure\nsource: {cite: "made for a test", standing: example}\n'


def definition(tmp_path, text, name="made"):
    path = tmp_path / f"{name}.yaml"
    path.write_text(f"id: {name}\ntitle: {{en: Made}}\n{HEAD}{text}", encoding="utf-8")
    return read_definition(path)


def cohort(patients, sessions=()):
    return Courses.from_frames(
        pd.DataFrame([{"patient_id": f"p{at}", **row} for at, row in enumerate(patients)]),
        pd.DataFrame(list(sessions) or {"patient_id": [], "session_date": []}),
    )


def verdicts(courses, found):
    return score(courses, found).to_frame()["verdict"].tolist()


def session(patient, day, **cells):
    return {"patient_id": patient, "session_date": day, **cells}


SPREAD = [session(f"p{at}", "2021-01-04", extrahepatic_spread=1) for at in range(4)]
ANY = "any:\n  - {id: spread, says: Spread, once: extrahepatic_spread_appears}\n"


def test_entry_and_exclusion_are_judged_before_the_first_session(tmp_path):
    base = {"baseline_extrahepatic_spread": 0}
    courses = cohort([base | {"baseline_afp": a} for a in (500, 100, None, ">400")], SPREAD)
    assert verdicts(courses, definition(tmp_path, "entry: afp_over_400\n" + ANY)) == [
        "met",
        "not_met",
        "unknown",
        "met",
    ]
    found = definition(tmp_path, "exclude: afp_over_400\n" + ANY)
    assert verdicts(courses, found) == ["not_met", "met", "unknown", "not_met"]


def test_an_entry_joins_findings_by_all_any_at_least_and_not(tmp_path):
    base = {"baseline_extrahepatic_spread": 0}
    patients = [
        base | {"baseline_afp": a, "baseline_tumor_count": n} for a, n in ((500, 1), (500, 3), (10, 3), (10, 1))
    ]
    courses = cohort(patients, SPREAD)
    for entry, wanted in (
        ("{all: [afp_over_400, tumors_2_or_more]}", "nynn"),
        ("{any: [afp_over_400, tumors_2_or_more]}", "yyyn"),
        ("{all: [afp_over_400, {not: tumors_2_or_more}]}", "ynnn"),
        ("{at_least: 2, of: [afp_over_400, tumors_2_or_more, afp_over_200]}", "yynn"),
    ):
        found = definition(tmp_path, f"entry: {entry}\n{ANY}")
        assert verdicts(courses, found) == [{"y": "met", "n": "not_met"}[letter] for letter in wanted], entry
        write_definition(found, tmp_path / "again.yaml")
        assert read_definition(tmp_path / "again.yaml") == found


def test_a_rise_is_a_form_of_its_own(tmp_path):
    sessions = [session("p0", f"2021-0{m}-04", afp=v) for m, v in ((1, 110), (3, 120), (5, 130))]
    courses = cohort([{"baseline_afp": 100}], sessions)
    for form, met in (
        ("{column: afp, times: 3}", "met"),
        ("{column: afp, times: 4}", "not_met"),
        ("{column: afp, times: 2, by: 20, over: baseline}", "met"),
        ("{column: afp, times: 2, by: 25, over: baseline}", "not_met"),
        ("{column: afp, by: 9, over: previous}", "met"),
    ):
        found = definition(tmp_path, f"any:\n  - {{id: rise, says: Rise, rising: {form}}}\n")
        assert isinstance(found.terms[0].form, Rising)
        assert verdicts(courses, found) == [met], form
        write_definition(found, tmp_path / "again.yaml")
        assert read_definition(tmp_path / "again.yaml") == found
    assert "afp at least 9 percent over the check before, at 1 TACE sessions in a row" in "\n".join(
        sentences(found, TACE)
    )


def test_a_window_from_the_first_session(tmp_path):
    days = ["2021-01-04", "2021-08-04", "2021-09-04", "2021-10-04"]
    courses = cohort([{}], [session("p0", day) for day in days])
    form = "any:\n  - {id: three, says: Three, within: {finding: any_session, times: 3, days: 183%s}}\n"
    assert verdicts(courses, definition(tmp_path, form % "")) == ["met"]
    assert verdicts(courses, definition(tmp_path, form % ", from_first: true")) == ["not_met"]


HAP = [
    # largest, AFP, albumin, bilirubin -> low, high, class
    ((80, 500, 30, 20), (4, 4, "D")),
    ((70, 400, 36, 17), (0, 0, "A")),
    ((71, 400, 35.9, 17.1), (3, 3, "D")),
    ((80, None, 40, 10), (1, 2, None)),
    ((None, 500, 30, 20), (3, 4, "D")),
    ((10, "<2", 40, 10), (0, 0, "A")),
    ((10, ">300", 40, 10), (0, 1, None)),
]


@pytest.mark.parametrize(("row", "wanted"), HAP)
def test_hap_gives_points_a_class_or_the_interval_that_is_left(row, wanted):
    names = ("baseline_largest_mm", "baseline_afp", "baseline_albumin_g_l", "baseline_bilirubin_umol_l")
    (found,) = score(cohort([dict(zip(names, row, strict=True))]), "hap").to_dicts()
    assert (found["points_low"], found["points_high"], found["class"]) == wanted
    assert (found["verdict"], found["criterion"], found["date"]) == (None, None, None)


# bilirubin, albumin, value, grade: the checks of the facts page, section 5.2
ALBI = [(17.1, 40, -2.5862, "2"), (17.1, 41, -2.6712, "1"), (20, 36, -2.2013, "2"), (34.2, 28, -1.3675, "3")]


@pytest.mark.parametrize(("bilirubin", "albumin", "value", "grade"), ALBI)
def test_albi_is_computed_where_it_is_not_recorded(bilirubin, albumin, value, grade):
    courses = cohort([{"baseline_bilirubin_umol_l": bilirubin, "baseline_albumin_g_l": albumin}])
    (found,) = score(courses, "albi").to_dicts()
    assert found["points_low"] == pytest.approx(value, abs=5e-5)
    assert found["class"] == grade


def test_child_pugh_is_as_recorded_else_computed_with_what_is_missing_open():
    labs = {"baseline_bilirubin_umol_l": 20, "baseline_albumin_g_l": 40, "baseline_inr": 1.0}
    rest = {"baseline_ascites": 0, "baseline_encephalopathy": 0}
    rows = [labs | rest, labs, labs | rest | {"baseline_child_pugh": 8}, {}]
    found = score(cohort(rows), "child-pugh").to_dicts()
    assert [(row["points_low"], row["points_high"], row["class"]) for row in found] == [
        (5, 5, "A"),
        (5, 9, None),
        (8, 8, "B"),
        (None, None, None),
    ]


LABS = {"with_second": 1, "with_first": 0}


@pytest.mark.parametrize(("labs", "at"), LABS.items())
def test_art_looks_at_what_was_seen_before_the_second_session(labs, at):
    patient = {"baseline_ast_u_l": 40, "baseline_child_pugh": 6}
    seen = [
        session("p0", "2021-01-04", ast_u_l=500, child_pugh=12, target_response="PD"),
        session("p0", "2021-03-04", ast_u_l=500, child_pugh=12, target_response="CR"),
        session("p0", "2021-05-04", ast_u_l=500, child_pugh=12, target_response="CR"),
    ]
    seen[at] |= {"ast_u_l": 50, "child_pugh": 7}
    readings = {"before_second_labs": labs}
    (found,) = score(cohort([patient], seen), "art", readings=readings).to_dicts()
    # 50 is not more than 25 percent over 40; a rise of one point, no response
    assert (found["points_low"], found["points_high"], found["class"]) == (2.5, 2.5, "high")
    seen[at] |= {"ast_u_l": 50.1, "child_pugh": 8}
    seen[0] |= {"target_response": "PR"}
    (found,) = score(cohort([patient], seen), "art", readings=readings).to_dicts()
    assert (found["points_low"], found["class"]) == (7, "high")
    assert (found["readings"], score(cohort([patient], seen), "art").readings) == (f"before_second_labs={labs}", ())


def test_without_a_second_session_nothing_was_measured_before_it():
    patient = {"baseline_ast_u_l": 40, "baseline_child_pugh": 6}
    courses = cohort([patient], [session("p0", "2021-01-04", ast_u_l=40, child_pugh=6, target_response="PR")])
    scores = score(courses, "art")
    assert [(row["points_low"], row["points_high"]) for row in scores.to_dicts()] == [(0, 7)]
    assert "ast_u_l (no second session)" in set(scores.causes()["column"])
    first = score(courses, "art", readings={"before_second_labs": "with_first"})
    assert [(row["points_low"], row["points_high"]) for row in first.to_dicts()] == [(0, 0)]


def test_a_scan_after_the_second_session_tells_nothing_of_what_was_before_it():
    people = pd.DataFrame([{"patient_id": "p0", "baseline_ast_u_l": 40, "baseline_child_pugh": 6}])
    seen = [session("p0", "2021-01-04", target_response="PR"), session("p0", "2021-03-04", child_pugh=6)]
    scans = [{"patient_id": "p0", "date": "2021-03-20", "ast_u_l": 400, "target_response": "PD"}]
    courses = Courses.from_frames(people, pd.DataFrame(seen), assessments=pd.DataFrame(scans))
    assert [(row["points_low"], row["points_high"]) for row in score(courses, "art").to_dicts()] == [(0, 4)]


def test_only_a_score_that_looks_at_a_measurement_asks_where_it_stands():
    has = {
        name: [r.name for r in readings_of(read_definition(name), TACE)] for name in ("art", "abcr", "snacor", "hap")
    }
    assert [name for name, readings in has.items() if "before_second_labs" in readings] == ["art", "abcr"]
    for language, word in (("en", "second session stand in that session's row"), ("zh", "第二次治疗的行")):
        assert any(word in label.text(language) for _, label in readings_of(read_definition("art"), TACE)[-1].values)


def test_negative_points_are_counted_and_left_open():
    patient = {"baseline_afp": 300, "baseline_bclc": "B", "baseline_child_pugh": 5}
    rows = [
        session("p0", "2021-01-04", target_response="PR"),
        session("p0", "2021-03-04", child_pugh=5),
        session("p1", "2021-01-04"),
        session("p1", "2021-03-04", child_pugh=5, target_response="PR"),
    ]
    found = score(cohort([patient, patient], rows), "abcr").to_dicts()
    assert [(row["points_low"], row["points_high"], row["class"]) for row in found] == [(0, 0, "low"), (0, 3, None)]


def test_scores_stand_beside_verdicts_and_not_among_them():
    rows = [session("p0", "2021-01-04", extrahepatic_spread=1)]
    scores = score(cohort([{"baseline_afp": 500}], rows), ["kim-2012-sp", "hap"])
    assert scores.counts()["definition"].tolist() == ["kim-2012-sp"]
    assert scores.classes()["patients"].tolist() == [0, 0, 0, 0, 1]
    assert {name for one in worklist(scores) for name in one.settles} <= {"kim-2012-sp"}
    assert "class" not in score(cohort([{}], rows), "kim-2012-sp").to_frame()


def test_unsuitability_is_judged_without_sessions():
    found = score(
        cohort([{"baseline_largest_mm": 60, "baseline_tumor_count": 2}, {}]), "jsh-unsuitable-2021"
    ).to_dicts()
    assert [(row["verdict"], row["criterion"], row["session_no"]) for row in found] == [
        ("met", "refractoriness_likely", None),
        ("unknown", None, None),
    ]


def test_a_formula_is_checked_and_knows_intervals():
    formula = parse_formula("0.1 * a + b")
    assert formula.names == ("a", "b")
    ten, bound = parse_amount("10"), parse_amount("<20")
    assert formula.value({"a": ten, "b": ten}) == Amount(low=11_000_000, high=11_000_000)
    assert formula.value({"a": bound, "b": ten}) == Amount(low=10_000_000, high=12_000_000)
    assert formula.value({"a": parse_amount(">=10"), "b": ten}) == Amount(low=11_000_000, high=None)
    assert formula.value({"a": ten}) is None
    assert parse_formula("bands(a, 5, 10)").value({"a": ten}) == Amount(low=2_000_000, high=2_000_000)
    assert parse_formula("log10(a)").value({"a": parse_amount("0")}) is None
    for wrong in ("__import__('os')", "a ** 2", "a if b else c", "open(a)", "a +", "bands(1, 2)", "a.b"):
        with pytest.raises(NotAFormulaError):
            parse_formula(wrong)


def test_points_are_exact_decimals(tmp_path):
    text = "kind: score\npoints:\n  at: baseline\n  terms:\n"
    text += "".join(f"    - {{id: t{at}, says: T, points: 0.1, once: afp_over_200}}\n" for at in range(3))
    found = definition(tmp_path, text + "  classes: [{name: in, to: 0.3}, {name: out, above: 0.3}]\n")
    assert sum(term.points for term in found.terms) == Decimal("0.3")
    assert score(cohort([{"baseline_afp": 300}]), found).to_dicts()[0]["class"] == "in"


def test_a_score_has_no_verdict_that_readings_could_flip():
    sessions = pd.DataFrame([session("p0", "2021-01-04", extrahepatic_spread=1)])
    with pytest.raises(ConsensusError, match="hap: is a score, which gives points and a class and no verdict"):
        score(sessions, "hap", readings="all")
