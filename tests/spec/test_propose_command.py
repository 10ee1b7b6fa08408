"""`consensus propose`: ranked files, what another setting would change, which patients, what to ask next."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from reports.cli import main


def run(*arguments):
    done = CliRunner().invoke(main, ["--quiet", *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def said(*arguments):
    done = run(*arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trial") / "trial"
    assert run("new", str(folder), "--simulate", "90").exit_code == 0
    return folder / "study.toml"


@pytest.fixture(scope="module")
def proposed(trial):
    return said("propose", str(trial))


@pytest.mark.slow
def test_proposals_are_written_ranked_and_can_be_scored(trial, proposed, tmp_path):
    assert run("propose", str(trial), "--out", str(tmp_path / "p")).exit_code == 0
    files = sorted((tmp_path / "p").iterdir())
    kinds = [p["kind"] for p in proposed["proposals"] if p["definition"] is not None]
    assert [f.name.split("-", 1)[0] for f in files] == [str(at) for at in range(1, len(kinds) + 1)]
    for file, proposal in zip(files, proposed["proposals"], strict=True):
        assert yaml.safe_load(file.read_text(encoding="utf-8")) == proposal["definition"]
    chosen = [part for file in files for part in ("--definition", str(file))]
    assert run("score", "tace-failure", *chosen).exit_code == 0
    assert run("definitions", "compare", str(files[0]), str(files[1])).exit_code == 0


def test_what_the_proposals_rest_on(proposed):
    assert proposed["uncertainty"]["replicates"] == 10_000
    assert 0 < proposed["uncertainty"]["clusters"] < 90  # hospitals, and not people
    assert proposed["atlas"]["proved"]
    assert proposed["atlas"]["definitions"] == 244_156
    assert len(proposed["weightings"]) == 6
    assert {row["kind"] for row in proposed["variations"]} == {"rule", "equivocal", "hospital"}
    assert proposed["schools"]["schools"] == []  # answers are drawn independently of each other
    assert proposed["next_round"]
    weighted = proposed["proposals"][1]
    assert weighted["weighting"] == "votes"
    assert set(weighted["fewest_points"]) == {term["id"] for term in weighted["definition"]["points"]["terms"]}


@pytest.mark.slow
def test_the_same_inputs_give_the_same_bytes(trial):
    one, two = (run("propose", str(trial), "--json").stdout for _ in range(2))
    assert one == two


def test_another_coding_reclassifies_patients():
    found = said("propose", "cci-2020", "--what-if", "equivocal=as_yes", "--courses", "tace-failure")["what_if"]
    assert [t["id"] for t in found["before"]["definition"]["any"]] == ["insufficient_response_3"]
    assert [t["id"] for t in found["after"]["definition"]["any"]] == ["new_lesions", "insufficient_response_3"]
    assert found["patients"] == 60
    assert len(found["reclassified"]) == sum(
        row["patients"] for row in found["counts"] if row["before"] != row["after"]
    )
    assert all(row["after"] in ("met", "unknown") for row in found["reclassified"])  # a further term only adds


def test_another_rule_is_told_on_the_studys_own_patients():
    done = run("propose", "cci-2020", "--what-if", "rule=share(agree) >= 60%")
    assert done.exit_code == 0
    assert "Nothing passes share(agree) >= 60%; this is what a simple majority supports." in done.stdout
    assert "Judged otherwise: 0 of 60\N{NO-BREAK SPACE}patients." in done.stdout


@pytest.mark.slow
def test_a_cut_off_and_a_weighting_change_the_weighted_proposal(trial):
    lower = said("propose", "cci-2020", "--what-if", "cut_off=89")["what_if"]
    assert (lower["before"]["definition"]["points"]["failure_at"], lower["before"]["kind"]) == (150, "weighted")
    assert lower["after"]["definition"]["points"]["failure_at"] == 89
    assert lower["after"]["fewest_points"] == {
        "insufficient_response_3": 1, "new_lesions": 1, "vascular_invasion": 0, "extrahepatic_spread": 0
    }  # fmt: skip
    other = said("propose", str(trial), "--weighting", "log_odds")["proposals"][1]
    assert (other["weighting"], other["definition"]["id"]) == ("log_odds", "tace-failure-weighted-log-odds")


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("rul=share(agree) >= 60%", 'Did you mean "rule"?'),
        ("rule", 'expected one of: rule, equivocal, weighting, cut_off, as in "rule=share(agree) >= 60%"'),
        ("cut_off=many", "expected a number of points above 0"),
        ("equivocal=halve", '"halve" is no way to count equivocal answers'),
        ("rule=share(agree) >= 75", "Did you mean 75%?"),
        ("weighting=shares", 'Did you mean "share"?'),
    ],
)
def test_settings_that_are_not_understood_are_refused_in_a_line(setting, told):
    done = run("propose", "cci-2020", "--what-if", setting)
    assert done.exit_code == 3
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.slow
def test_a_reference_gives_a_cut_off_by_specificity(tmp_path):
    from consensus.scoring.courses import read_courses

    courses = read_courses("tace-failure")
    patients = courses.patients.copy()
    failed = set(courses.sessions.loc[courses.sessions["new_lesions"] == 1, "patient_id"])
    patients["failed"] = [int(p in failed) for p in patients["patient_id"]]
    folder = tmp_path / "courses_SYNTHETIC"
    folder.mkdir()
    patients.to_csv(folder / "patients.csv", index=False)
    courses.sessions.to_csv(folder / "sessions.csv", index=False)
    found = said("propose", "cci-2020", "--courses", str(folder), "--reference", "failed", "--specificity", "0.95")
    (cut,) = [c for c in found["cut_offs"] if c["how"] == "specificity"]
    assert cut["specificity"]["value"] >= 0.95
    assert cut["value"] is not None
    assert sum(row["share"] for row in cut["chosen"]) == pytest.approx(1, abs=0.05)
    assert found["cohort"]["patients"] == 60
    wrong = run("propose", "cci-2020", "--courses", str(folder), "--reference", "failing")
    assert wrong.exit_code == 3
    assert '"failing" is not a column of the patients' in wrong.stderr
    assert run("propose", "cci-2020", "--reference", "failed").exit_code == 2


def test_a_study_without_a_condition_is_told_how_to_name_one(tmp_path):
    story = Path(__file__).parents[1] / "stories" / "1-second-survey"
    (export,) = (path for path in story.glob("*.xlsx") if path.name != "instrument.xlsx")
    text = f"[instrument]\nfile = '{story / 'instrument.xlsx'}'\n[[responses]]\nfile = '{export}'\n"
    study = tmp_path / "study.toml"
    study.write_text(text, encoding="utf-8")
    unnamed = CliRunner().invoke(main, ["propose", str(study), "--out", str(tmp_path / "p"), "--language", "zh"])
    assert '[condition]，并在其下写 library = "tace-failure"' in unnamed.output
    assert "无从得知升高的是哪一列：见研究文件的 [condition]" in unnamed.output
    assert "在能成为条目的标准中，没有任何一项得到多数支持" in unnamed.stdout  # the marker's rise has more, but no term
    assert " of " not in unnamed.stdout
    study.write_text(text + '[condition]\nlibrary = "tace-failure"\n', encoding="utf-8")
    named = CliRunner().invoke(main, ["propose", str(study), "--out", str(tmp_path / "q"), "--language", "zh"])
    assert "[condition]" not in named.output
    made = sorted((tmp_path / "q").iterdir())
    assert made
    assert run("score", "tace-failure", "--definition", str(made[0])).exit_code == 0


def test_an_instrument_without_findings_has_nothing_to_propose(tmp_path):
    export = tmp_path / "answers.csv"
    export.write_text("who,rate it\nA,1\nB,2\nC,2\n", encoding="utf-8")
    done = run("propose", str(export))
    assert done.exit_code == 0
    assert "names a finding, so there is nothing to propose" in done.output
    assert len(done.stdout.strip().splitlines()) == 1
    assert said("propose", str(export))["proposals"] == []
