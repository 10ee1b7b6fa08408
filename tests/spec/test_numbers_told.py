"""Every number of a report is a row of numbers.csv, and each row is what agree, propose or score --json say."""

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from click.testing import CliRunner
from spec import numbers_said as says
from spec.numbers_walk import given, unmarked

from reports.cli import main
from reports.compose import compose
from reports.numbers_file import numbers_csv, rows_of_report, rows_shown
from reports.numbers_marked import Marked, NumberRow, mark, pieces, settled, spans_of
from reports.study import read_study, run_study
from reports.write import material_of
from reports.writers.html import page


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trial") / "trial"
    done = CliRunner().invoke(main, ["new", str(folder), "--simulate", "120"])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def with_patients(made_up):
    study = made_up / "patients.toml"
    text = (made_up / "study.toml").read_text(encoding="utf-8")
    compared = '[compare]\ndefinitions = ["jsh-lcsgj-2014", "zhang-2022", "europe-raoul-2014"]\n'
    study.write_text(f'{text}\n[courses]\nlibrary = "tace-failure"\n{compared}', encoding="utf-8")
    return study


STUDIES = ["cci-2020", "cci-2020 zh", "korea-2018", "made-up", "with-patients"]


@pytest.fixture(scope="module", params=STUDIES)
def asked(request, made_up, with_patients):
    name, _, language = request.param.partition(" ")
    made = {"made-up": made_up / "study.toml", "with-patients": with_patients}
    return str(made.get(name, name)), language or "en"


@pytest.fixture(scope="module")
def source(asked):
    return asked[0]


@pytest.fixture(scope="module")
def material(asked):
    source, language = asked
    return material_of(run_study(replace(read_study(source), language=language)))


@pytest.fixture(scope="module")
def document(material):
    return compose(material)


def test_every_number_in_prose_and_tables_is_a_row(document, material):
    assert unmarked(document, given(material)) == []


def test_a_number_that_nobody_marked_would_be_found(document, material):
    from reports.document import Prose, Section

    for text in ("3 of them agreed", "that is 58.4%", "1,234"):
        more = replace(document, sections=(*document.sections, Section(id="x", title="x", blocks=(Prose(text=text),))))
        assert len(unmarked(more, given(material))) == 1


def test_the_page_links_each_number_in_prose_to_its_row(document):
    text = page(document)
    rows = dict(re.findall(r'<tr id="(number-\d+)"><th scope="row">(.*?)</th>', text))
    assert len(rows) == len(rows_shown(document))
    linked = re.findall(r'<a class="number" href="#(.*?)">', text)
    assert linked
    assert set(linked) <= set(rows)
    titles = set(re.findall(r'<span title="([^"]*)">', text))
    assert titles <= set(rows.values())


def test_the_file_holds_each_number_once_with_all_its_digits(document, material):
    rows = rows_of_report(document, material.agreement)
    read = list(csv.DictReader(io.StringIO(numbers_csv(rows))))
    assert list(read[0]) == ["id", "value", "low", "high", "base", "n", "method", "count"]
    assert len({row["id"] for row in read}) == len(read)
    assert [float(row["value"]) for row in read if row["value"]] == [r.value for r in rows if r.value is not None]
    assert {row.id for row in rows_shown(document)} <= {row["id"] for row in read}


def invoke(*arguments):
    done = CliRunner().invoke(main, ["--quiet", *arguments, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def said(source, material, tmp_path_factory):
    """What the commands say in JSON, as pairs of an id of numbers.csv and what it must be."""
    found = {}
    if material.agreement is not None:
        agreed, proposed = invoke("agree", source), invoke("propose", source)
        found |= dict(says.agreed_in(agreed)) | dict(says.proposed(proposed))
        found |= dict(says.people(agreed)) | dict(says.parted(agreed)) | dict(says.implied(proposed))
        found |= dict(says.placed(proposed, "propose"))
        found |= {
            f"left-out/{one['question']}/support": {"value": found[name]["value"]}
            for one in proposed["left_out"]
            for own in (material.agreement.equivocal, "as-voted")
            for name in (f"{'against' if 'against' in one['reason'] else 'endorsement'}/{one['question']}/{own}",)
            if name in found
        }
    if material.scores is not None:
        folder = tmp_path_factory.mktemp("definitions")
        CliRunner().invoke(main, ["propose", source, "--out", str(folder)])
        own = {p.definition.id for p in material.proposals or () if p.definition is not None}
        ids = [d.id for d in material.scores.definitions if d.id not in own]
        wanted = [part for name in (*sorted(map(str, folder.iterdir())), *ids) for part in ("--definition", name)]
        courses = source if source.endswith(".toml") else "tace-failure"
        scored = invoke("score", courses, *wanted)
        found |= dict(says.scored(scored)) | dict(says.met(scored))
        found |= dict(says.by_all_readings(invoke("score", courses, *wanted, "--readings", "all")))
    return found


def test_each_row_is_what_the_commands_say(document, material, said):
    rows = {row.id: row for row in rows_of_report(document, material.agreement)}
    assert sorted(set(rows) - set(said)) == []
    for name, row in rows.items():
        for part, wanted in said[name].items():
            shown = getattr(row, part)
            if isinstance(wanted, float):
                assert shown == pytest.approx(wanted, abs=1e-12), (name, part)
            else:
                assert shown == wanted, (name, part)


def test_a_mark_is_text_that_knows_its_row_and_no_answer_can_pass_for_one():
    row = NumberRow(id="share/a", value=0.5, base="answered", n=2)
    text = settled(f"It is {mark(row, '50%')}, {mark(row, '1/2')}.")
    assert text == "It is 50%, 1/2."
    assert isinstance(text, Marked)
    assert [(text[start:end], found) for start, end, found in spans_of(text)] == [("50%", row), ("1/2", row)]
    assert pieces(text) == [("It is ", None), ("50%", "share/a"), (", ", None), ("1/2", "share/a"), (".", None)]
    assert pieces("plain") == [("plain", None)]


def test_one_name_for_two_numbers_is_refused():
    from reports.document import Document, Prose, Section

    said = " ".join(mark(NumberRow(id="a", value=value), str(value)) for value in (1.0, 2.0))
    document = Document(title="t", sections=(Section(id="s", title="s", blocks=(Prose(text=said),)),))
    with pytest.raises(ValueError, match="a: stands for two numbers"):
        rows_of_report(document)
