"""The document for a word processor: captions that count, headings that repeat, widths by text, nothing that runs."""

import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from spec.hostile_texts import HOSTILE, hostile_document

from reports.compose import compose
from reports.document import Column, Document, Figure, Prose, Section, Table, number_cell, text_cell
from reports.study import read_study, run_study
from reports.write import material_of
from reports.writers.column_widths import column_widths, width_in_inches
from reports.writers.docx import word_document
from reports.writers.docx_styles import TEXT_WIDTH

NOT_KEPT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def opened(packed):
    return docx.Document(io.BytesIO(packed))


def table_of(columns, rows, **more):
    made = tuple(tuple(number_cell(c) if isinstance(c, int) else text_cell(c) for c in row) for row in rows)
    return Table(id="t", caption="c", columns=columns, rows=made, **more)


@pytest.fixture(scope="module", params=["en", "zh"])
def china(request):
    from dataclasses import replace

    return compose(material_of(run_study(replace(read_study("cci-2020"), language=request.param))))


@pytest.fixture(scope="module")
def word(china):
    return opened(word_document(china))


def test_each_table_has_a_caption_that_counts_and_headings_that_repeat(china, word):
    label = {"en": "Table", "zh": "表"}[china.language]
    captions = [p for p in word.paragraphs if p.style.name == "Caption"]
    counted = [f.get(qn("w:instr")).strip() for p in captions for f in p._p.iter(qn("w:fldSimple"))]
    tables, figures = china.tables(), [b for b in china.walk() if isinstance(b, Figure)]
    assert counted.count(f"SEQ {label} \\* ARABIC") == len(tables) == len(word.tables)
    assert len(counted) == len(tables) + len(figures)
    for number, table in enumerate(tables, start=1):
        said = ["".join(t.text for t in p._p.iter(qn("w:t"))) for p in captions]
        assert any(text.startswith(f"{label} {number}") and text.endswith(table.caption) for text in said)
    for table in word.tables:
        first = table.rows[0]._tr
        assert first.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
        assert all(row._tr.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in table.rows)


def test_cells_hold_what_the_page_shows(china, word):
    for made, table in zip(word.tables, china.tables(), strict=True):
        shown = table.shown("page")
        body = made.rows[-len(shown.rows) :] if shown.rows else []
        for row, wanted in zip(body, shown.rows, strict=True):
            assert all(cell.text.endswith(want.text) for cell, want in zip(row.cells, wanted, strict=True))


def test_figures_have_a_text_alternative(china, word):
    figures = [block for block in china.walk() if isinstance(block, Figure)]
    told = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert told == [figure.description for figure in figures]
    assert all(shape.width / 914400 <= TEXT_WIDTH + 0.01 for shape in word.inline_shapes)


def test_fonts_are_named_for_latin_and_chinese_text(word):
    fonts = word.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "SimSun"
    assert fonts.get(qn("w:ascii")) == "Calibri"
    for style in word.styles:
        if hasattr(style, "font") and style.element.rPr is not None and style.element.rPr.rFonts is not None:
            assert not [key for key in style.element.rPr.rFonts.attrib if "heme" in key]


def test_the_mark_of_made_up_data_is_its_first_line_and_over_each_page(china, word):
    assert word.paragraphs[0].text == china.mark
    assert "SYNTHETIC" in word.sections[0].header.paragraphs[0].text


def test_widths_follow_what_stands_in_the_columns():
    columns = (Column(header="Criterion"), Column(header="n/N (%)", align="right"), Column(header="What it says"))
    rows = [("Vascular invasion", "1,150/1,257 (58.4%)", "a long text " * 20), ("x", "1/2", "y")]
    widths = column_widths(table_of(columns, rows), 6.5, 9)
    assert sum(widths) == pytest.approx(6.5)
    assert widths[1] > width_in_inches("1,150/1,257 (58.4%)", 9)
    assert widths[0] > width_in_inches("invasion", 9)
    assert widths[2] > 3 > 2 > widths[0]


def test_a_table_with_many_columns_gets_a_page_across():
    columns = tuple(Column(header=f"Unbreakable{n}") for n in range(12))
    wide = table_of(columns, [("word",) * 12])
    document = Document(title="t", sections=(Section(id="s", title="s", blocks=(wide, Prose(text="after"))),))
    pages = opened(word_document(document)).sections
    assert [page.page_width > page.page_height for page in pages] == [False, True, False]


def test_spanners_and_footnotes_stand_where_they_belong():
    word = opened(word_document(hostile_document()))
    (first, second) = (row._tr for row in word.tables[0].rows[:2])
    assert first.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
    assert second.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
    assert [c.find(qn("w:tcPr")).find(qn("w:gridSpan")).get(qn("w:val")) for c in first.iter(qn("w:tc"))] == ["1", "1"]
    notes = [p.text for p in word.paragraphs if p.style.name == "Table Note"]
    assert notes[: len(HOSTILE)] == [NOT_KEPT.sub("\ufffd", text) for text in HOSTILE]


def test_the_tables_alone_are_tables_with_their_captions(china):
    word = opened(word_document(china, tables_alone=True))
    assert len(word.tables) == len(china.tables())
    assert not word.inline_shapes
    assert not [p for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert sum(p.style.name == "Caption" for p in word.paragraphs) == len(word.tables)


def test_a_document_full_of_hostile_texts_is_inert():
    packed = word_document(hostile_document())
    with zipfile.ZipFile(io.BytesIO(packed)) as parts:
        texts = {name: parts.read(name).decode("utf-8", "replace") for name in parts.namelist()}
    body = texts["word/document.xml"]
    fields = set(re.findall(r'w:instr="([^"]*)"', body)) | set(re.findall(r"<w:instrText[^>]*>", body))
    assert {field.strip().split()[0] for field in fields} == {"SEQ"}
    assert not [name for name, text in texts.items() if 'TargetMode="External"' in text]
    assert not re.search(r"<w:(hyperlink|object|altChunk|subDoc)\b", body)
    word = opened(packed)
    said = [p.text for p in word.paragraphs] + [c.text for t in word.tables for row in t.rows for c in row.cells]
    for text in HOSTILE:
        assert NOT_KEPT.sub("\ufffd", text) in said


def test_the_same_document_gives_the_same_bytes_without_dates():
    first, second = word_document(hostile_document()), word_document(hostile_document())
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {item.date_time for item in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert set(re.findall(rb">(\d{4}-\d\d-\d\dT[^<]*)<", parts.read("docProps/core.xml"))) == {
            b"1980-01-01T00:00:00Z"
        }
