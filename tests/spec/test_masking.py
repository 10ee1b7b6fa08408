"""Small cells masked when a study asks for it: in every format, in numbers.csv, and nothing beside that tells them."""

import csv
import io
import re
import zipfile
from dataclasses import replace

import pytest

from reports.document import Figure
from reports.masking import METHOD, masked_rows, small_rows
from reports.numbers_file import texts_of
from reports.numbers_marked import NumberRow, spans_of
from reports.study import read_study, run_study
from reports.write import document_and_rows, material_of, write_results

LEAST = 20


def share(question, option, count, n):
    return NumberRow(
        id=f"share/{question}/{option}/answered", value=count / n, base="answered", n=n, count=float(count)
    )


def test_few_people_are_a_small_cell_and_so_are_few_others():
    rows = [share("q", "a", 3, 50), share("r", "a", 47, 50), share("s", "a", 25, 50), share("t", "a", 0, 50)]
    assert small_rows(rows, 5) == {"share/q/a/answered", "share/r/a/answered"}


def test_what_would_tell_a_masked_answer_is_masked_too():
    rows = [share("q", "a", 3, 50), share("q", "b", 17, 50), share("q", "c", 30, 50)]
    derived = NumberRow(id="endorsement/q/half", value=0.37, base="answered", n=50, count=18.5)
    other = NumberRow(id="endorsement/r/half", value=0.37, base="answered", n=50, count=18.5)
    hidden = small_rows([*rows, derived, other], 5)
    assert hidden == {"share/q/a/answered", "share/q/b/answered", "endorsement/q/half"}
    (row,) = masked_rows([derived], hidden)
    assert (row.id, row.value, row.n, row.count, row.method) == (derived.id, None, None, None, METHOD)


@pytest.fixture(scope="module")
def results():
    found = run_study(read_study("cci-2020"))
    return replace(found, study=replace(found.study, small_cells=LEAST, formats=("html", "docx", "xlsx", "md")))


def test_no_small_number_stands_in_the_document_or_in_a_figure(results):
    document, rows = document_and_rows(material_of(results))
    plain, _ = document_and_rows(material_of(replace(results, study=replace(results.study, small_cells=0))))
    shown = {row.id: row for text in texts_of(document) for _, _, row in spans_of(text)}
    people = [row for row in shown.values() if row.base in ("answered", "committed", "patients") and row.count]
    assert people
    assert [r for r in people if 0 < r.count < LEAST or 0 < r.n - r.count < LEAST] == []
    figures, all_figures = ([b for b in d.walk() if isinstance(b, Figure)] for d in (document, plain))
    assert len(figures) < len(all_figures)
    assert any(f"<{LEAST}" in text for text in texts_of(document))
    assert any(row.method == METHOD for row in rows)


def test_every_file_is_masked_and_single_answers_are_left_out(results, tmp_path):
    names = [path.name for path in write_results(tmp_path, results)]
    assert {"answers_tidy.csv", "recheck.R"}.isdisjoint(names)
    read = list(csv.DictReader(io.StringIO((tmp_path / "numbers.csv").read_text("utf-8-sig"))))
    hidden = [row for row in read if row["method"] == METHOD]
    assert any(row["id"] == "share/cn_pvtt/other/answered" for row in hidden)
    assert {part for row in hidden for part in (row["value"], row["low"], row["n"], row["count"])} == {""}
    texts = [(tmp_path / name).read_text("utf-8") for name in ("report.html", "report.md")]
    for name in ("report.docx", "tables.xlsx"):
        with zipfile.ZipFile(tmp_path / name) as parts:
            texts += [parts.read(part).decode("utf-8") for part in parts.namelist() if part.endswith(".xml")]
    for text in texts:
        assert not re.search(r"\b(15|242|4|253)/257", text)


def test_a_difference_to_a_masked_share_and_what_is_made_of_a_masked_rating_are_masked():
    def row(name, count=None):
        return NumberRow(id=name, value=0.5, base="answered", n=60, count=count)

    rows = [
        row("share/a/yes/answered", 2.0), row("share/a/no/answered", 58.0), row("share/b/yes/answered", 30.0),
        row("difference/b/against=a"), row("difference/b/against=c"), row("aiken v/a"), row("aiken v/b"),
    ]  # fmt: skip
    hidden = small_rows(rows, 5)
    assert {"difference/b/against=a", "aiken v/a"} <= hidden
    assert not {"difference/b/against=c", "aiken v/b"} & hidden
