"""The step from answers to agreement: bases, designs, bands and groups, on the SYNTHETIC answers of cci-2020."""

import answers_made as made
import pytest

from consensus.agreement.agree import agree
from consensus.agreement.sampling import Sampling
from questionnaires.problems import ConsensusError
from questionnaires.published import read_published
from questionnaires.responses import read_responses


@pytest.fixture(scope="module")
def answers():
    return read_responses("cci-2020")


@pytest.fixture(scope="module")
def published():
    return read_published("cci-2020")


def rows(agreement, **wanted):
    kept = [m.to_dict() for m in agreement.measurements]
    return [row for row in kept if all(row[key] == value for key, value in wanted.items())]


def test_without_hospital_ids_a_band_stands_beside_each_share(published):
    agreement = agree(published, sampling=Sampling(clusters=184))
    found = rows(agreement, question="cn_newlesion", option="yes", measure="share", base="answered")
    under = {row["under"]: (row["low"], row["high"]) for row in found}
    assert list(under) == [None, "icc 0.05", "icc 0.1", "icc 0.2"]
    assert under["icc 0.05"][0] > under["icc 0.1"][0] > under["icc 0.2"][0]
    assert under["icc 0.05"][1] < under["icc 0.1"][1] < under["icc 0.2"][1]
    assert "hospitals are not known" in next(r["note"] for r in found if r["under"] == "icc 0.2")


def test_every_percentage_names_its_base(answers):
    agreement = agree(answers)
    for m in agreement.measurements:
        assert m.estimate.base in ("invited", "eligible", "asked", "answered", "committed")
        assert m.estimate.n is not None or m.measure.startswith("probability of place")
    routed = rows(agreement, question="cn_newlesion_rx", measure="share", under=None)
    said_no = rows(agreement, question="cn_newlesion", option="no", measure="share", base="answered", under=None)
    assert {row["n"] for row in routed} == {said_no[0]["count"]}  # skip logic is structural: the others were not asked


def test_several_answers_are_shares_of_respondents_with_joint_limits(answers):
    agreement = agree(answers)
    plain = rows(agreement, question="cn_newlesion_rx", measure="share", under=None, base="answered")
    joint = rows(agreement, question="cn_newlesion_rx", measure="joint share")
    for one, all_at_once in zip(plain, joint, strict=True):
        assert all_at_once["low"] < one["low"]
        assert one["high"] < all_at_once["high"]
    (chosen,) = rows(agreement, question="cn_newlesion_rx", measure="any option")
    assert max(row["count"] for row in plain) <= chosen["count"] <= chosen["n"]


def test_printed_counts_bound_who_chose_anything(published):
    (chosen,) = rows(agree(published), question="cn_newlesion_rx", measure="any option")
    assert chosen["value"] is None
    assert "between 80 and 121 chose at least one" in chosen["reason"]
    assert (chosen["low"], chosen["high"]) == (80 / 121, 1.0)


def test_the_middle_of_an_equivocal_question_is_a_scale_of_three_points(published):
    agreement = agree(published)
    (consensus,) = rows(agreement, question="cn_newlesion", measure="consensus", equivocal="middle")
    assert consensus["value"] == pytest.approx(0.3731658858, abs=1e-10)  # facts: agrmt 1.42.12 on 42, 94, 121
    (van_der_eijk,) = rows(agreement, question="cn_newlesion", measure="agreement_a", equivocal="middle")
    assert van_der_eijk["value"] == pytest.approx(0.3073929961, abs=1e-10)
    assert consensus["low"] < consensus["value"] < consensus["high"]


def test_groups_add_up_and_small_ones_lean_on_the_others(answers):
    agreement = agree(answers, by=["cn_limit"])
    whole = rows(agreement, question="cn_concept", option="yes", measure="share", group=None, under=None)
    parts = [
        row
        for row in rows(agreement, question="cn_concept", option="yes", measure="share", under=None)
        if row["group"] is not None
    ]
    assert {row["group"] for row in parts} == {"cn_limit=3", "cn_limit=other"}
    assert sum(row["count"] for row in parts) == whole[0]["count"]
    assert sum(row["n"] for row in parts) == whole[0]["n"]
    overall = whole[0]["value"]
    for row in parts:
        (leaned,) = rows(agreement, question="cn_concept", option="yes", measure="shrunken share", group=row["group"])
        assert abs(leaned["value"] - overall) <= abs(row["value"] - overall)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"by": ["hospitl"]}, 'by: "hospitl" is neither a question nor a column of answers_SYNTHETIC.xlsx'),
        ({"by": ["cn_newlesion_rx"]}, "allows several answers, so people do not fall into groups by it"),
        ({"sampling": Sampling(cluster="clinic")}, 'cluster: "clinic" is neither a question nor a column'),
        ({"sampling": Sampling(weight="cn_concept")}, "the weight is 'yes'. Expected a positive number for each row."),
    ],
)
def test_what_is_not_there_is_refused_by_name(answers, asked, said):
    with pytest.raises(ConsensusError) as caught:
        agree(answers, **asked)
    assert said in str(caught.value)


def test_printed_counts_have_no_groups(published):
    with pytest.raises(ConsensusError, match="groups take the answers of single people"):
        agree(published, by=["cn_limit"])


def test_the_command_tells_on_a_terminal_what_stands_beside_the_shares(tmp_path):
    from click.testing import CliRunner

    from reports.cli import main

    run = CliRunner().invoke
    printed = run(main, ["agree", "cci-2020"])
    assert printed.exit_code == 0
    told = " ".join(printed.output.split())
    assert "band over hospitals" in told
    assert "15/257 5.7 to 8.3 of all 264 invited" in told
    assert "new_lesions 94 never 72" in told
    assert "Read AC1 beside it." in told
    assert run(main, ["new", str(tmp_path / "made"), "--simulate", "60"]).exit_code == 0
    study = tmp_path / "made" / "study.toml"
    groups = run(main, ["agree", str(study), "--by", "no_such"])
    assert groups.exit_code == 3
    assert '"no_such" is neither a question nor a column' in groups.output


DESIGN = """
[study]
title = "SYNTHETIC answers of cci-2020"
[instrument]
library = "cci-2020"
[[responses]]
file = "answers_SYNTHETIC.xlsx"
[design]
{key}
"""


@pytest.mark.parametrize(
    ("key", "code", "said"),
    [
        ('cluster = "hospitl"', 3, 'cluster: "hospitl" is neither a question nor a column'),
        ("population = 100", 3, "population: got 100 clusters. Expected at least the 257 that answered."),
        ("margins = {cn_limit = 5}", 3, 'Expected a table, as in cn_limit = {"A" = 120, "B" = 64}.'),
        ("margins = {cn_limit = {3 = 900}}", 3, "margin cn_limit: has no number for other."),
        ('lonely = "sometimes"', 3, 'lonely: got "sometimes". Expected one of: refuse, adjust, certainty, average.'),
        ("margins = {cn_limit = {3 = 600, other = 400}}", 0, "by the design"),
        ("invited = 100", 0, "257 answered of 100 invited, which can't be"),
        ("clusters = 184", 0, "band over hospitals"),
    ],
)
def test_how_people_came_into_a_study_is_read_or_refused_in_a_line(tmp_path, key, code, said):
    import shutil

    from click.testing import CliRunner

    from questionnaires.library import entry
    from reports.cli import main

    shutil.copy(entry("cci-2020").answers, tmp_path / "answers_SYNTHETIC.xlsx")
    (tmp_path / "study.toml").write_text(DESIGN.format(key=key), encoding="utf-8")
    done = CliRunner().invoke(main, ["agree", str(tmp_path / "study.toml")])
    assert (done.exit_code, done.exception is None or code == 3) == (code, True)
    assert said in done.output


def test_every_estimate_of_the_json_names_its_base_its_method_and_its_n(tmp_path):
    questions = [
        made.voted("a"),
        made.voted("b"),
        made.rated("r", 4),
        made.rated("s", 4),
        made.grouped("g", ("x", "y")),
    ]
    columns = {
        "a": ["yes", "no", "equivocal", "yes", "", ""],
        "b": ["yes", "no", "no", "yes", "no", ""],
        "r": ["4", "3", "2", "4", "1", ""],
        "s": ["4", "3", "3", "4", "1", ""],
        "g": ["x", "x", "x", "x", "y", "y"],
        "hospital": ["h1", "h2", "h3", "h4", "h5", "h5"],
    }
    answers = made.answers(tmp_path, questions, columns)
    for sampling in (Sampling(invited=9, clusters=4), Sampling(cluster="hospital")):
        told = agree(answers, sampling=sampling, by=["g"]).to_json_dict()["estimates"]
        lacking = [e for e in told if not e["base"] or not e["method"] or e["n"] is None]
        assert lacking == []


def test_a_limit_at_nobody_or_everybody_is_told_to_be_one_sided(tmp_path, capsys):
    from reports.telling_agreement import show_agreement

    for at, (given, told) in enumerate(((["yes"] * 5, True), (["yes", "equivocal", "no"], False))):
        (tmp_path / str(at)).mkdir()
        show_agreement(agree(made.answers(tmp_path / str(at), [made.voted("a")], {"a": given})))
        assert ("its one limit is one-sided" in capsys.readouterr().out) == told
