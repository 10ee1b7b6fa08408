"""A survey whose every wording, answer and title is hostile, all the way from its workbook to inert documents."""

import csv
import io
import itertools
import re
import zipfile
from html.parser import HTMLParser

import openpyxl
import pytest
from click.testing import CliRunner
from spec.hostile_texts import HOSTILE

from questionnaires.library import entry
from reports.cli import main

pytestmark = pytest.mark.slow
TEXTS = [text for text in HOSTILE if "\x00" not in text and "\n" not in text and len(text) < 200]


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    book = openpyxl.load_workbook(entry("cci-2020").instrument)
    texts = itertools.cycle(TEXTS)
    for name in ("survey", "choices", "criteria"):
        headers = [cell.value for cell in book[name][1]]
        for row in book[name].iter_rows(min_row=2):
            for at, header in enumerate(headers):
                if row[at].value and (str(header).startswith("label") or header in ("note", "source")):
                    row[at].value = f"{next(texts)} {row[at].value}"
                    row[at].data_type = "s"
    book["settings"]["A2"].value = TEXTS[0]
    book.save(folder / "hostile.xlsx")
    made = ["new", str(folder / "study"), "--simulate", "80", "--instrument", str(folder / "hostile.xlsx")]
    reported = ["report", str(folder / "study"), "--out", str(folder / "out"), "--formats", "html,docx,xlsx,md"]
    for arguments in (made, reported):
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, done.output
    return folder / "out"


def test_the_page_has_no_tag_that_runs_or_asks(out):
    tags, attributes = set(), []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            tags.add(tag)
            attributes.extend(attrs)

    text = (out / "report.html").read_text(encoding="utf-8")
    Reader().feed(text)
    assert tags.isdisjoint({"script", "img", "iframe", "object", "form", "link", "embed", "i", "b"})
    assert [name for name, _ in attributes if name.startswith("on")] == []
    asked = [v for name, v in attributes if name in ("href", "xlink:href", "src", "action") and not v.startswith("#")]
    assert asked == []
    assert "&lt;script&gt;alert" in text
    assert "7*7" in text


def test_the_document_has_no_field_and_no_link_from_outside(out):
    with zipfile.ZipFile(out / "report.docx") as parts:
        body = parts.read("word/document.xml").decode("utf-8")
        every = [parts.read(name).decode("utf-8", "replace") for name in parts.namelist()]
    fields = set(re.findall(r'w:instr="\s*(\w+)', body))
    assert fields == {"SEQ"}
    assert not re.search(r"<w:(instrText|hyperlink|object|altChunk|subDoc)\b", body)
    assert not [text for text in every if 'TargetMode="External"' in text]
    assert "INCLUDEPICTURE" in body


def test_no_cell_of_a_workbook_or_text_file_is_a_formula(out):
    for name in ("tables.xlsx",):
        book = openpyxl.load_workbook(out / name)
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert "f" not in {cell.data_type for cell in cells}
        risky = [c for c in cells if isinstance(c.value, str) and c.value.startswith(("=", "+", "-", "@"))]
        assert risky
        assert [c.coordinate for c in risky if not c.quotePrefix] == []
    for path in out.glob("*.csv"):
        read = csv.reader(io.StringIO(path.read_text("utf-8-sig")))
        starts = {cell[:1] for row in read for cell in row if not re.fullmatch(r"-?[\d.e-]+", cell)}
        assert starts.isdisjoint({"=", "+", "@", "\t"}), path.name


def test_markdown_opens_no_tag_and_no_link(out):
    from markdown_it import MarkdownIt

    html = MarkdownIt("commonmark", {"html": True}).enable("table").render((out / "report.md").read_text("utf-8"))
    assert set(re.findall(r"<(\w+)", html)).isdisjoint({"script", "a", "i", "b", "iframe"})
    assert all(src.startswith("figures/") for src in re.findall(r'src="([^"]*)"', html))
