"""The numbers that figures tell in words are those of the commands, counted again from what these give."""

import json
from collections import Counter

import pytest
from click.testing import CliRunner

from reports.cli import main
from reports.compose import compose
from reports.numbers_file import rows_shown
from reports.study import read_study, run_study
from reports.write import material_of


@pytest.fixture(scope="module", params=["cci-2020", "made-up"])
def source(request, tmp_path_factory):
    if request.param != "made-up":
        return request.param
    folder = tmp_path_factory.mktemp("trial") / "trial"
    assert CliRunner().invoke(main, ["new", str(folder), "--simulate", "80"]).exit_code == 0
    return str(folder / "study.toml")


@pytest.fixture(scope="module")
def material(source):
    return material_of(run_study(read_study(source)))


@pytest.fixture(scope="module")
def shown(material):
    return {row.id: row for row in rows_shown(compose(material))}


def of(shown, beginning):
    return {name.removeprefix(beginning): row for name, row in shown.items() if name.startswith(beginning)}


def invoke(*arguments):
    done = CliRunner().invoke(main, ["--quiet", *arguments, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_sides_and_ratings_add_up_from_the_shares_of_agree(source, material, shown):
    shares = [
        e
        for e in invoke("agree", source)["estimates"]
        if (e["measure"], e["base"], e["method"]) == ("share", "answered", "wilson") and e["value"] is not None
    ]
    expected = Counter()
    for e in shares:
        question = material.instrument.question(e["question"])
        choice = question.choice(e["option"])
        # an opinion is told by its own sentence, a criterion by itself
        worth = question.endorsement(choice) if question.role == "criterion" else choice.endorses
        tallied = next(o for o in material.agreement.tally.question(e["question"]).options if o.option == e["option"])
        side = {1.0: "for", 0.5: "equivocal", 0.0: "against"}.get(worth, "opted_out")
        expected[e["question"], "rest" if tallied.complement else side] += e["count"]
    sides = of(shown, "sides/")
    assert sides
    for name, row in sides.items():
        assert row.count == expected[tuple(name.split("/"))], name
    for name, row in {n: r for n, r in shown.items() if n.startswith("ratings-")}.items():
        _, question, level = name.split("/")
        assert row.count == sum(f"{value:g}" == level for value in answered(material, question)), name


def answered(material, question):
    answers = material.cleaned.analyzed
    return answers.values[question][answers.kinds[question] == "answered"].astype(float)


def test_made_up_ratings_have_a_figure(material, shown):
    if material.cleaned is None:
        pytest.skip("only printed counts are known")
    ratings = {name.split("/")[1] for name in shown if name.startswith("ratings-")}
    assert ratings == {q.name for q in material.instrument.questions_of("rating")}


def test_combinations_of_definitions_and_where_they_were_met_are_those_of_the_scores(material, shown):
    if material.scores is None:
        pytest.skip("this study has no patients")
    met, rows = {}, material.scores.to_dicts()
    for row in rows:
        met.setdefault(row["patient_id"], [])
        if row["verdict"] == "met":
            met[row["patient_id"]].append(row["definition"])
    expected = Counter("+".join(names) for names in met.values())
    together = of(shown, "met-by/")
    assert {name: row.count for name, row in together.items()} == expected
    sessions = of(shown, "course/")
    patients = {
        patient
        for patient in met
        if all(
            sessions[f"{row['definition']}/session"].value == row["session_no"]
            for row in rows
            if row["patient_id"] == patient and row["verdict"] == "met" and f"{row['definition']}/session" in sessions
        )
    }
    assert patients  # the course shown is that of one of the patients


def test_people_flow_and_combined_answers_are_those_of_the_answers(material, shown):
    if material.cleaned is None:
        pytest.skip("only printed counts are known")
    flow = material.cleaned.flow
    assert {n: r.value for n, r in of(shown, "flow/").items()}.items() <= {
        "read": flow.read,
        "analyzed": flow.analyzed,
    }.items()
    answers = material.cleaned.analyzed
    for question in material.instrument.questions:
        given = answers.values[question.name][answers.kinds[question.name] == "answered"]
        if question.multiple and question.role == "treatment":
            counted = Counter("+".join(c.name for c in question.choices if c.name in chosen) for chosen in given)
            told = of(shown, f"together/{question.name}/")
            assert told
            assert all(row.count == counted[name] for name, row in told.items() if name != "rarer")
        if question.closed and not question.multiple and question.role in ("demographic", "stratum"):
            counted = Counter(given)
            told = of(shown, f"people/{question.name}/")
            assert {name: row.count for name, row in told.items()} == dict(counted)


def test_where_small_cells_are_masked_no_single_course_is_shown(material):
    from dataclasses import replace

    if material.scores is None:
        pytest.skip("this study has no patients")
    figures = [name for name in figure_ids(compose(material)) if name == "course"]
    assert figures == ["course"]
    assert "course" not in figure_ids(compose(replace(material, small_cells=5)))


def figure_ids(document):
    from reports.document import Figure

    return [block.id for block in document.walk() if isinstance(block, Figure)]
