"""A document's texts stay texts in every format, and the same document gives the same bytes."""

import io
import itertools
import re
import zipfile
from html.parser import HTMLParser

import openpyxl
import pytest
from spec.hostile_texts import HOSTILE, hostile_document

from reports.document import (
    Column,
    Document,
    Section,
    Table,
    number_cell,
    text_cell,
)
from reports.writers.html import page, row_spans
from reports.writers.xlsx import tables_workbook


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def seen(text: str) -> Seen:
    parser = Seen()
    parser.feed(text)
    return parser


def test_a_page_full_of_hostile_texts_is_inert():
    found = seen(page(hostile_document()))
    assert not {"script", "img", "iframe", "link", "object", "form"} & {tag for tag, _ in found.tags}
    assert not [name for _, attributes in found.tags for name in attributes if name.startswith("on")]
    assert "7*7" in page(hostile_document())
    assert "49" not in re.sub(r"<svg.*?</svg>|<style.*?</style>", "", page(hostile_document()), flags=re.DOTALL)


def test_a_page_asks_nothing_of_any_other_place():
    text = page(hostile_document())
    attributes = [
        v or ""
        for _, a in seen(text).tags
        for k, v in a.items()
        if k in ("src", "href", "xlink:href", "action", "data", "poster")
    ]
    assert all(value.startswith("#") for value in attributes)
    assert "url(http" not in text
    assert "@import" not in text


def test_ids_are_unique_and_headings_go_in_order():
    tags = seen(page(hostile_document())).tags
    ids = [a["id"] for _, a in tags if "id" in a and not (a["id"] or "").endswith("hostile")]
    assert len(ids) == len(set(ids))
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_figures_say_what_is_seen_and_tables_have_scopes():
    text = page(hostile_document())
    assert re.search(r'<svg role="img" aria-labelledby="figure-one-title figure-one-desc"', text)
    assert 'data-hint="Scroll sideways to see all of it"' in text
    assert '<th scope="col"' in text
    assert '<th scope="row"' in text
    assert '<th scope="colgroup"' in text


def test_no_cell_of_the_workbook_is_a_formula_and_types_are_kept():
    book = openpyxl.load_workbook(io.BytesIO(tables_workbook(hostile_document())))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "f" not in {cell.data_type for cell in cells}
    assert {cell.value for cell in cells if cell.data_type == "n"} == set(range(len(HOSTILE)))
    assert HOSTILE[2] in {cell.value for cell in cells}


def test_the_same_document_gives_the_same_bytes():
    assert page(hostile_document()) == page(hostile_document())
    first, second = tables_workbook(hostile_document()), tables_workbook(hostile_document())
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as book:
        assert {item.date_time for item in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_table_whose_rows_do_not_fit_its_columns_is_refused():
    with pytest.raises(ValueError, match="not as many cells"):
        Table(id="t", caption="", columns=(Column(header="a"),), rows=((text_cell("x"), text_cell("y")),))


def test_a_column_for_the_workbook_alone_is_not_on_the_page():
    table = Table(
        id="t",
        caption="c",
        columns=(Column(header="n/N (%)", only="page"), Column(header="secret count", only="sheet")),
        rows=((text_cell("1/2 (50%)"), number_cell(1)),),
    )
    document = Document(title="t", sections=(Section(id="s", title="s", blocks=(table,)),))
    assert "secret count" not in page(document)
    book = openpyxl.load_workbook(io.BytesIO(tables_workbook(document)))
    assert [c.value for c in book["t"][2]] == ["secret count"]


def test_a_row_that_goes_on_has_the_name_of_the_row_above():
    head, other = Column(header="a", head=True), Column(header="b")
    rows = tuple((text_cell(name), text_cell("x")) for name in ("one", "", "", "two", ""))
    table = Table(id="t", caption="c", columns=(head, other), rows=rows)
    assert row_spans(table) == [3, 0, 0, 2, 0]
    document = Document(title="t", sections=(Section(id="s", title="s", blocks=(table,)),))
    text = page(document)
    assert text.count('<th scope="rowgroup"') == 2
    assert '<th scope="row"' not in text


def test_the_workbook_lists_its_sheets_and_shows_numbers_alike():
    rows = tuple((text_cell("a"), number_cell(value)) for value in (34.6, 25.0, 1234.0))
    table = Table(id="t", caption="c", columns=(Column(header="name"), Column(header="%", align="right")), rows=rows)
    document = Document(title="t", sections=(Section(id="s", title="s", blocks=(table,)),))
    book = openpyxl.load_workbook(io.BytesIO(tables_workbook(document)))
    assert book["Contents"]["A2"].hyperlink.location == "'t'!A1"
    assert [cell.number_format for cell in book["t"]["B"][2:]] == ["#,##0.0"] * 3
    assert {cell.alignment.horizontal for cell in book["t"]["B"][1:]} == {"right"}
    assert book["t"].freeze_panes == "A3"
