"""Who answered, what is missing, what was corrected: the report tells what `consensus check` counts, and no person."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from questionnaires.cleaning.flags import DEFINITIONS
from reports import wording
from reports.cli import main
from reports.compose import compose
from reports.document import Prose
from reports.numbers_file import rows_shown
from reports.study import read_study, run_study
from reports.write import material_of

STORY = Path(__file__).parents[1] / "stories" / "1-second-survey"
KEYS = 'language = "{language}"'


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("story")
    shutil.copytree(STORY, folder, dirs_exist_ok=True)
    for name in ("study.toml", "corrections.csv"):
        text = (folder / "filled" / name).read_text(encoding="utf-8-sig")
        (folder / name).write_text(text.replace("../", "").replace('studies = ["cci-2020"]\n', ""), encoding="utf-8")
    return folder


@pytest.fixture(scope="module", params=["en", "zh"])
def document(request, folder):
    from dataclasses import replace

    study = replace(read_study(folder / "study.toml"), language=request.param, waiting=(), invited=500)
    return compose(material_of(run_study(study)))


@pytest.fixture(scope="module")
def said(folder):
    done = CliRunner().invoke(main, ["check", str(folder / "study.toml"), "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def table(document, name):
    return next(t for t in document.tables() if t.id == name)


def test_those_analyzed_are_not_called_all_who_answered(document):
    told = {
        "412 people answered, and 386 of them were analyzed. 500 people were invited; "
        "those analyzed are 386/500 (77.2%) of them.",
        "共412人作答，其中386人纳入分析。共邀请500人，纳入分析者占386/500 (77.2%)。",
    }
    for name in ("summary", "respondents"):
        section = next(part for part in document.sections if part.id == name)
        said = [block.text.replace("\N{NO-BREAK SPACE}", " ") for block in section.walk() if isinstance(block, Prose)]
        assert sum(text in told for text in said) == 1, said


def test_table_one_counts_who_answered(document):
    rows = {row.id: row for row in rows_shown(document) if row.id.startswith("table-1/")}
    specialties = {name.rpartition("/")[2]: r.count for name, r in rows.items() if "/specialty/" in name}
    assert specialties == {"ir": 234, "surgery": 74, "oncology": 38, "hepatology": 34, "other": 6}
    assert rows["table-1/hospital/groups"].value == 190
    assert rows["table-1/years_tace/median"].value > 10
    text = [cell.text for row in table(document, "respondents-table").rows for cell in row]
    assert "234/386 (60.6%)" in text


def test_missing_answers_are_those_that_check_counts(document, said):
    rows = {row.id: row.value for row in rows_shown(document) if row.id.startswith("missing/")}
    told = {m["question"]: m for m in said["missing"] if m["missing"]}
    assert len(table(document, "missing").rows) == len(told)
    for name, counts in told.items():
        assert rows[f"missing/{name}/asked"] == counts["asked"]
        assert rows[f"missing/{name}/answered"] == counts["answered"]
        assert rows[f"missing/{name}"] == counts["missing"] / counts["asked"]


def test_flags_are_counted_with_their_definitions(document, said):
    rows = {row.id.removeprefix("flags/"): row.value for row in rows_shown(document) if row.id.startswith("flags/")}
    assert rows == {flag["kind"]: len(flag["rows"]) for flag in said["flags"] if flag["rows"]}


def test_every_correction_is_listed_and_names_nobody(document):
    corrections = table(document, "corrections")
    assert len(corrections.rows) == 81
    first, *_, last = corrections.rows
    assert [cell.text for cell in first[:3]] == ["2", "答卷数据_SYNTHETIC!2", ""]
    assert last[1].text == ""
    counts = {row.id: row.value for row in rows_shown(document) if row.id.startswith("corrections/")}
    assert counts == {"corrections/exclude": 17, "corrections/set": 4, "corrections/merge_group": 60}


def test_the_codebook_has_every_option_of_every_question(document):
    book = table(document, "codebook-table")
    names = [row[0].value for row in book.rows]
    assert len(set(names)) == 19
    assert len([n for n in names if n == "new_lesions"]) == 3


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_every_flag_and_kind_has_its_words(language):
    say = wording.of(language).data
    assert list(say.FLAG_NAMES) == list(say.FLAG_DEFINITIONS) == list(DEFINITIONS)


def test_small_cells_about_people_are_masked_with_what_would_tell_them(folder):
    from dataclasses import replace

    from reports.write import document_and_rows

    study = replace(read_study(folder / "study.toml"), language="en", waiting=(), small_cells=8)
    document, rows = document_and_rows(material_of(run_study(study)))
    hidden = {row.id for row in rows if row.value is None and row.method.startswith("masked")}
    assert {"table-1/specialty/other", "table-1/specialty/hepatology"} <= hidden
    assert {"people/specialty/other", "people/specialty/hepatology"} <= hidden
    assert {"missing/markers", "missing/markers/blank", "missing/markers/answered"} <= hidden
    text = [cell.text for row in table(document, "respondents-table").rows for cell in row]
    assert "6/386 (1.6%)" not in text
