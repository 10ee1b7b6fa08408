"""Broken definition files: each is told with its line, its key, what was expected and the nearest known word."""

import os
import re
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from consensus.definitions.condition import read_condition
from consensus.definitions.definition_file import read_definition, write_definition
from questionnaires.problems import ConsensusError
from reports.cli import main

TACE = read_condition("tace-failure")
SNAPSHOTS = Path(__file__).parents[1] / "snapshots"

BASE = """\
id: broken
title: {en: "Broken"}
condition: tace-failure
source: {cite: "made for a test", standing: example}
any:
  - id: run
    says: "Two in a row"
    consecutive: {finding: no_response, times: 2, proviso: {any: [agent_changed]}}
  - id: spread
    says: "Spread"
    once: extrahepatic_spread_appears
readings: {imaging_window: 28-92}
"""
POINTS = """\
id: broken
title: {en: "Broken"}
condition: tace-failure
source: {cite: "made for a test", standing: example}
points:
  failure_at: 5
  terms:
    - id: run
      says: "Two in a row"
      points: 3
      consecutive: {finding: no_response, times: 2}
      from: {question: q, count: 3, base: 4, as: vote}
"""
SCORE = """\
id: broken
title: {en: "Broken"}
condition: tace-failure
source: {cite: "made for a test", standing: example}
kind: score
points:
  at: baseline
  terms:
    - {id: afp, says: "AFP", points: 1, once: afp_over_400}
    - {id: size, says: "Size", points: -1, once: largest_over_70mm}
  classes: [{name: A, to: 0}, {name: B, from: 1}]
"""
# name, base, what is replaced, by what
BROKEN = [
    ("an unknown finding", BASE, "once: extrahepatic_spread_appears", "once: extrahepatic_spread_apears"),
    ("an unknown key", BASE, 'says: "Spread"', 'say: "Spread"'),
    ("a missing key", BASE, "id: broken\n", ""),
    ("a key twice", BASE, "id: broken\n", "id: broken\nid: again\n"),
    ("no logic", BASE, "any:", "anny:"),
    ("two logics", BASE, "readings:", "all: []\nreadings:"),
    ("two forms", BASE, "    once: extra", "    within: {finding: any_session, times: 2, days: 9}\n    once: extra"),
    ("no form", BASE, "    once: extrahepatic_spread_appears\n", ""),
    ("an id twice", BASE, "id: spread", "id: run"),
    ("times of zero", BASE, "times: 2", "times: 0"),
    ("times in words", BASE, "times: 2", "times: two"),
    ("an unknown finding in a proviso", BASE, "[agent_changed]", "[agent_change, feeding_artery]"),
    ("a proviso without any", BASE, "proviso: {any: [agent_changed]}", "proviso: [agent_changed]"),
    ("a reading it does not have", BASE, "imaging_window: 28-92", "marker_rise: over_baseline_20"),
    ("a value of a reading that there is not", BASE, "imaging_window: 28-92", "proviso: in_corse"),
    ("a window with its ends swapped", BASE, "28-92", "92-28"),
    ("an unknown standing", BASE, "standing: example", "standing: checked"),
    ("another condition", BASE, "condition: tace-failure", "condition: tace-failures"),
    ("criteria that are no list", BASE, "any:\n  - id: run\n    says", "any:\n    id: run\n    says"),
    ("not YAML", BASE, "any:", "any: [\n"),
    ("empty", BASE, BASE, "# nothing here\n"),
    ("too many of a few", BASE, "any:\n", "at_least: 3\nof:\n"),
    ("by a column without choices", BASE, "any:\n", "by: baseline_afp\ncases: {}\nexplicitly_not:\n"),
    ("points missing", POINTS, "      points: 3\n", ""),
    ("a cut-off of nothing", POINTS, "failure_at: 5", "failure_at: 0"),
    ("more votes than voters", POINTS, "count: 3, base: 4", "count: 5, base: 4"),
    ("an unknown kind of evidence", POINTS, "as: vote", "as: votes"),
    ("points where there are none", BASE, "    once: extra", "    points: 2\n    once: extra"),
    ("an open reading with a value that there is not", BASE, "readings:", "open: {run_over: [all_session]}\nreadings:"),
    ("an open reading that is not all", BASE, "readings:", "open: {run_over: some}\nreadings:"),
    ("a cut-off of a score", SCORE, "at: baseline", "at: baseline\n  failure_at: 3"),
    ("classes that overlap", SCORE, "to: 0", "to: 1"),
    ("a run in a score", SCORE, "once: afp_over_400", "consecutive: {finding: no_response, times: 2}"),
    ("a change before treatment", SCORE, "once: afp_over_400", "once: agent_changed"),
    ("a score without points", SCORE, "points:\n", "any: []\npoints:\n"),
    ("a value that is not a number", SCORE, "terms:", "value: intent\n  terms:"),
    ("classes of a definition", POINTS, "failure_at: 5", "failure_at: 5\n  classes: []"),
    ("an entry that is a change", BASE, "any:\n", "entry: {all: [agent_changed, {not: afp_over_40}]}\nany:\n"),
    (
        "a rise of what is no number",
        BASE,
        "once: extrahepatic_spread_appears",
        "rising: {column: agent, over: baseline}",
    ),
    ("a patient's finding at a session", BASE, "once: extrahepatic_spread_appears", "once: bclc_b"),
    ("several faults at once", BASE, "times: 2", "tims: 2, finding2: x"),
]


def messages(tmp_path):
    for name, base, old, new in BROKEN:
        assert old in base, name
        path = tmp_path / "broken.yaml"
        path.write_text(base.replace(old, new, 1), encoding="utf-8")
        try:
            read_definition(path, TACE if name != "another condition" else None)
        except ConsensusError as error:
            yield f"# {name}\n{error}\n"
        else:
            yield f"# {name}\nno fault was found\n"


def test_broken_definitions_are_told_where_and_how(tmp_path):
    found = "\n".join(messages(tmp_path))
    assert "no fault was found" not in found
    snapshot = SNAPSHOTS / "broken_definitions.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        snapshot.write_text(found, encoding="utf-8", newline="\n")
    assert found == snapshot.read_text(encoding="utf-8")


def sheet_with(tmp_path, change):
    """Write JSH as a workbook, changed by a function of its sheet, and return the path."""
    path = tmp_path / "jsh.xlsx"
    write_definition(read_definition("jsh-lcsgj-2014"), path)
    book = openpyxl.load_workbook(path)
    change(book["definition"])
    book.save(path)
    return path


def cell_of(sheet, text):
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)


def test_a_definition_in_a_workbook_is_told_with_its_rows(tmp_path):
    def misspell(sheet):
        cell_of(sheet, "extrahepatic_spread_appears").value = "extrahepatic_spread_apears"

    with pytest.raises(ConsensusError, match=r"jsh.xlsx, row \d+, any\[5\].once: .*Did you mean .extrahepatic_"):
        read_definition(sheet_with(tmp_path, misspell))


def test_a_workbook_that_is_no_definition_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["patient_id", "date"])
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(ConsensusError, match="is no definition"):
        read_definition(tmp_path / "other.xlsx")


def test_numbers_typed_in_a_spreadsheet_program_are_read(tmp_path):
    def three(sheet):
        column = cell_of(sheet, "times").column
        sheet.cell(row=cell_of(sheet, "insufficient_response").row, column=column).value = 3.0

    found = read_definition(sheet_with(tmp_path, three))
    assert [term.form.times for term in found.terms[:2]] == [3, 2]


@pytest.mark.parametrize(("name", "base", "old", "new"), BROKEN, ids=[name for name, *_ in BROKEN])
def test_the_command_refuses_each_with_the_same_words(tmp_path, name, base, old, new):
    path = tmp_path / "broken.yaml"
    path.write_text(base.replace(old, new, 1), encoding="utf-8")
    done = CliRunner().invoke(main, ["definitions", "check", str(path)])
    assert done.exit_code == 3
    with pytest.raises(ConsensusError) as caught:
        read_definition(path)
    assert done.stderr.strip() == str(caught.value)
    assert "broken.yaml" in done.stderr


def test_the_page_on_definitions_shows_files_that_hold(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "definitions.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```", page, flags=re.DOTALL | re.MULTILINE)
    assert len(blocks) == 2
    for text in blocks:
        path = tmp_path / "mine.yaml"
        path.write_text(text, encoding="utf-8")
        done = CliRunner().invoke(main, ["definitions", "check", str(path)])
        assert done.exit_code == 0, done.output
        assert "No faults." in done.output
