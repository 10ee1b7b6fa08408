"""What a report says of proposals beyond their cards: certainty, all definitions, vignettes, schools, what if."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from spec.test_chinese import ENGLISH

from reports.cli import main
from reports.compose import compose
from reports.study import read_study, run_study
from reports.write import material_of

MARKED = '[courses]\nlibrary = "tace-failure"\n'


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A study of two made-up schools that disagree on four of six criteria, with vignettes and patients."""
    from questionnaires import read_instrument
    from questionnaires.simulation import simulate, write_answers

    folder = tmp_path_factory.mktemp("schools") / "trial"
    assert CliRunner().invoke(main, ["new", str(folder), "--simulate", "20"]).exit_code == 0
    instrument = read_instrument("tace-failure")
    made = simulate(instrument, 200, 3, truth={"consent": {"agree": 1.0}})
    yes = [{"insufficient_response", "liver_function"}, {"new_lesions", "marker_rise", "pvtt_branch", "liver_function"}]
    for person in range(200):
        for name in (
            "insufficient_response",
            "new_lesions",
            "marker_rise",
            "pvtt_branch",
            "ehs_limited",
            "liver_function",
        ):
            made.values.loc[person, name] = "yes" if name in yes[person % 5 < 2] else "no"
        made.values.loc[person, "specialty"] = ("ir", "surgery")[person % 5 < 2]
    write_answers(made, folder / "answers_SYNTHETIC.xlsx")
    text = (folder / "study.toml").read_text(encoding="utf-8")
    (folder / "study.toml").write_text(text + MARKED, encoding="utf-8")
    return folder / "study.toml"


@pytest.fixture(scope="module")
def results(study):
    return run_study(read_study(study))


@pytest.fixture(scope="module", params=["en", "zh"])
def document(request, results):
    return compose(replace(material_of(results), language=request.param))


def tables(document):
    return {table.id: [[cell.text for cell in row] for row in table.rows] for table in document.tables()}


def test_every_part_is_told_in_both_languages(document):
    found = tables(document)
    parts = ("certainty", "certainty-definitions", "settings", "weightings", "parameters", "atlas-front", "vignettes",
             "vignette-rules", "group-rule", "schools", "what-if", "next-round")  # fmt: skip
    assert [part for part in parts if part not in found] == []
    if document.language == "zh":
        told = [cell for part in parts for row in found[part] for cell in row]
        assert [text for text in told if ENGLISH.search(text) and "Plackett" not in text] == []


def test_both_schools_are_proposals(results, document):
    kinds = [(p.kind, p.people) for p in results.proposals]
    assert ("school", 120) in kinds or len(results.proposals.schools) == 2
    assert [s.size for s in results.proposals.schools.schools] == [120, 80]
    rows = tables(document)["schools"]
    assert [row[1:] for row in rows][:2] == [["100.0%", "0.0%"], ["0.0%", "100.0%"]]
    splits = [t for t in document.tables() if t.id.startswith("school-split")]
    assert any(t.footnotes and t.footnotes[0].endswith("0.000") for t in splits)


@pytest.mark.slow
def test_what_if_counts_are_those_of_the_score_table(results):
    from consensus.proposals.what_if import what_if

    own = results.proposals.cohort
    scored = results.scores.counts().set_index("definition").loc[results.proposals.chosen.id]
    assert (own.met, own.unknown, own.not_met) == (scored["met"], scored["unknown"], scored["not_met"])
    for effect in own.effects:
        if effect.kind in ("rule", "equivocal"):
            made = what_if(results.agreement, [f"{effect.kind}={effect.setting}"], condition=results.condition,
                           courses=results.courses)  # fmt: skip
            assert len(made.patients) == effect.reclassified, effect


def test_the_figure_draws_with_a_mark_for_each_proposal(document):
    from reports.figures.canvas import to_png

    figure = next(f for f in document.walk() if getattr(f, "id", "") == "atlas-front" and hasattr(f, "draw"))
    assert len(to_png(figure.draw())) > 10_000
    assert figure.description


@pytest.mark.slow
def test_json_says_what_the_report_says(study, results):
    said = json.loads(CliRunner().invoke(main, ["--quiet", "propose", str(study), "--json"]).stdout)
    assert said["cohort"]["patients"] == len(results.courses.patients)
    assert said["schools"]["schools"][0]["size"] == 120
