"""Checklists, methods and limitations: what a report says of how it was made and what it can't tell."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from reports.checklists import NAMES, read_checklist
from reports.cli import main
from reports.compose import compose
from reports.document import Bullets, Prose
from reports.numbers_file import rows_shown
from reports.sections.checklist_facts import FACTS
from reports.sections.limitations import limitations
from reports.study import read_study, run_study
from reports.write import material_of


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trial") / "trial"
    assert CliRunner().invoke(main, ["new", str(folder), "--simulate", "60"]).exit_code == 0
    return run_study(read_study(folder / "study.toml"))


@pytest.fixture(scope="module", params=["en", "zh"])
def material(request, results):
    return material_of(replace(results, study=replace(results.study, language=request.param)))


def section(material, name):
    return next((s for s in compose(material).sections if s.id == name), None)


def said(part):
    for block in part.blocks:
        if isinstance(block, Prose):
            yield block.text
        elif isinstance(block, Bullets):
            yield from block.items


@pytest.mark.parametrize("name", NAMES)
def test_a_checklist_names_sections_in_both_languages_and_only_facts_that_there_are(name):
    checklist = read_checklist(name)
    assert checklist.standing == "recalled"
    assert [s.number for s in checklist.sections] == [str(n) for n in range(1, len(checklist.sections) + 1)]
    assert all(s.title.languages == ("en", "zh") for s in checklist.sections)
    assert {fact for s in checklist.sections for fact in s.facts} <= set(FACTS)


def test_every_fact_is_asked_for_by_some_checklist():
    assert {fact for name in NAMES for s in read_checklist(name).sections for fact in s.facts} == set(FACTS)


def test_what_the_data_know_is_filled_in_and_the_rest_is_listed_for_the_authors(material):
    part = section(material, "checklists")
    tables = [b for b in part.blocks if hasattr(b, "rows")]
    lists = [b for b in part.blocks if isinstance(b, Bullets)]
    say = material.words.checklists
    for table, opened in zip(tables, lists, strict=True):
        assert [row[0].text for row in table.rows if row[2].text == say.FOR_AUTHORS] == list(opened.items)
        assert all((row[1].text == say.NOTHING) == (row[2].text == say.FOR_AUTHORS) for row in table.rows)
        assert say.standing("")[-10:] in table.footnotes[0]
    assert {row[0].text.split(".")[0] for row in tables[0].rows if row[1].text == say.NOTHING} >= {
        "CROSS 2",
        "CROSS 17",
    }


def test_a_survey_known_by_print_has_no_checklists():
    assert section(material_of(run_study(read_study("cci-2020"))), "checklists") is None


def test_methods_follow_the_study(material):
    say, told = material.words.method, list(said(section(material, "methods")))
    assert say.INDEPENDENT in told
    assert say.UNCORRECTED in told
    assert say.EVERYONE in told
    assert say.PUBLISHED not in told


def test_limits_stand_only_where_they_hold(material, results):
    say, told = material.words.limits, list(said(section(material, "limitations")))
    assert say.SYNTHETIC_ANSWERS in told
    assert say.NO_FRAME in told
    assert say.MARGINS not in told
    invited = replace(material, response=(60, 90))
    assert say.NO_FRAME not in list(said(section(invited, "limitations")))


def test_a_one_sided_panel_is_told(results):
    analyzed = results.cleaned.analyzed
    values = analyzed.values.assign(specialty="interventional_radiology")
    name = analyzed.instrument.question("specialty").choices[0].name
    values["specialty"] = name
    kinds = analyzed.kinds.assign(specialty="answered")
    cleaned = replace(results.cleaned, analyzed=replace(analyzed, values=values, kinds=kinds))
    told = list(said(section(material_of(replace(results, cleaned=cleaned)), "limitations")))
    assert any("60/60 (100%)" in text and text.startswith("Most respondents") for text in told)


def test_the_numbers_in_them_are_those_of_the_answers(results):
    rows = {r.id: r for r in rows_shown(compose(material_of(results)))}
    asked, cleaned = results.instrument, results.cleaned
    assert rows["checklist/questions"].value == len(asked.questions)
    assert rows["checklist/criteria"].value == len(asked.criteria)
    assert rows["checklist/routed"].value == sum(asked.asked_if(q) is not None for q in asked.questions)
    kinds = cleaned.analyzed.kinds
    shown = [name for name in kinds if set(kinds[name]) - {"not_shown"}]
    missing = {"blank", "not_reached", "invalid", "lost", "unknown"}
    assert rows["checklist/asked"].value == len(shown)
    assert rows["checklist/complete"].value == sum(missing.isdisjoint(kinds[name]) for name in shown)
    for name, row in rows.items():
        if name.startswith("limits/blank/"):
            mine = kinds[name.rsplit("/", 1)[1]]
            assert (row.count, row.n) == (mine.isin(missing).sum(), (mine != "not_shown").sum())
            assert row.count > 0.05 * row.n


def test_open_verdicts_in_the_limitations_are_those_of_the_most_open_definition():
    material = material_of(run_study(read_study("cci-2020")))
    rows = {r.id: r for r in rows_shown(compose(material))}
    counts = material.scores.counts().set_index("definition")["unknown"]
    row = rows[f"limits/unknown/{counts.idxmax()}"]
    assert (row.count, row.n) == (counts.max(), len(material.scores.courses.patients))


@pytest.mark.parametrize(("second", "told"), [("p9", True), ("p1", False)])
def test_rounds_without_a_common_person_are_a_limit(material, second, told):
    rounds = tuple(SimpleNamespace(answers=(SimpleNamespace(panelist=who),)) for who in ("p1", second))
    part = limitations(replace(material, panel=SimpleNamespace(rounds=rounds)))
    assert (material.words.limits.UNLINKED in list(said(part))) is told
