"""Files that harm, lie or are broken: refused with their reason before any parser opens them."""

import io
import os
import sys
import time
import zipfile

import openpyxl
import pytest

from questionnaires.problems import ConsensusError
from questionnaires.reading.encodings import decode, is_chinese
from questionnaires.reading.guard import Limits, RefusedFileError, inspect
from questionnaires.reading.workbook import delimiter_of, read_book

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def archive(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(name, content)
    return path


def sheet_of(path, body, part="xl/worksheets/sheet1.xml"):
    return archive(path, {"xl/workbook.xml": "<workbook/>", part: SHEET.format(body)})


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.xlsx", b"", "the file is empty"),
        ("page.xls", b"<html><body><table>", "is a web page, not a workbook"),
        ("paper.pdf", b"%PDF-1.7", "is neither a workbook nor a text file"),
        ("noise.csv", bytes(range(256)) * 4, "is neither a workbook nor a text file"),
        ("wide.csv", b"," * 20_000 + b"\n1,2\n", "has 20,001 cells in its first line"),
        ("tree.csv", b'{"a": [1, 2]}', "is JSON, not a table of cells"),
        ("letter.csv", b"{\\rtf1 hello}", "is a text document, not a table of cells"),
        ("cut.xlsx", b"PK\x03\x04 and then nothing", "the file is damaged"),
        (
            "secret.xlsx",
            bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"),
            "is protected by a password",
        ),
    ],
)
def test_a_file_is_refused_by_its_first_bytes(tmp_path, name, content, reason):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(RefusedFileError, match=reason):
        inspect(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(RefusedFileError, match="there is no such file"):
        inspect(tmp_path / "none.xlsx")
    with pytest.raises(RefusedFileError, match="is a folder"):
        inspect(tmp_path)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
         "reaches over 1,048,576 rows and 16,384 columns"),
        ('<row spans="1:1" r="1048576"><c s="0" r="XFD1048576"><v>1</v></c></row>', "reaches over 1,048,576 rows"),
        ("<row><c><v>1</v></c></row>" * 400_000, "times its size"),
        ('<row r="1"><c r="XFD1048576"><v>1</v></c></row>', "reaches over 1,048,576 rows"),
        ("<row r='1'><c r='XFD1048576'><v>1</v></c></row>", "reaches over 1,048,576 rows"),
        ('<row r="1"><c\n\tr = "XFD1048576"><v>1</v></c></row>', "reaches over 1,048,576 rows"),
        ('<row r="1"><c r="xfd1048576"><v>1</v></c></row>', "reaches over 1,048,576 rows"),
        ('<row r="100000"><c r="XFD900000"><v>1</v></c></row>', "reaches over 900,000 rows"),
        ('<row r="1"><c r="AAAA1"><v>1</v></c></row>', "names the cell AAAA1, which no sheet has"),
        ('<row r="1"><c r="A99999999"><v>1</v></c></row>', "names the cell A99999999, which no sheet has"),
    ],
)  # fmt: skip
def test_a_sheet_that_would_fill_the_memory_is_refused_in_a_moment(tmp_path, body, reason):
    path = sheet_of(tmp_path / "far.xlsx", body)
    start = time.perf_counter()
    with pytest.raises(RefusedFileError, match=reason):
        inspect(path)
    assert time.perf_counter() - start < 1


def test_cells_without_references_are_counted(tmp_path):
    path = sheet_of(tmp_path / "flood.xlsx", "<row><c><v>1</v></c></row>" * 100)
    with pytest.raises(RefusedFileError, match="has 100 cells or more"):
        inspect(path, Limits(cells=99))
    assert inspect(path, Limits(cells=100)).kind == "xlsx"


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE w [<!ENTITY e "x">]>' + SHEET,
        "<!--" + " a>b" * 600_000 + '--><!DOCTYPE w [<!ENTITY e "x">]>' + SHEET,
        b"\xff\xfe" + SHEET.encode("utf-16-le"),
        "a\0b",
    ],
    ids=["entities", "entities behind a long comment", "utf-16", "NUL"],
)
def test_markup_that_hides_entities_is_refused(tmp_path, content):
    path = archive(tmp_path / "xxe.xlsx", {"xl/workbook.xml": "<workbook/>", "xl/data.xml": content})
    with pytest.raises(RefusedFileError, match=r"xl/data\.xml"):
        inspect(path)


def test_a_long_survey_is_not_taken_for_a_flood(tmp_path):
    """100,000 rows up to column BH are six million cells, whatever two letters could name."""
    rows = "".join(f'<row r="{n}"><c r="A{n}"/></row>' for n in range(2, 100_001))
    path = sheet_of(tmp_path / "long.xlsx", '<row r="1"><c r="BH1"><v>1</v></c></row>' + rows)
    assert inspect(path).kind == "xlsx"


def test_macros_are_refused_under_any_name(tmp_path):
    path = archive(tmp_path / "m.xlsx", {"xl/workbook.xml": "<workbook/>", "xl/other/vbaProject.bin": "x"})
    with pytest.raises(RefusedFileError, match="holds macros"):
        inspect(path)


def test_a_large_clean_workbook_passes(tmp_path):
    book = openpyxl.Workbook()
    for row in range(2_000):
        book.active.append([row] * 30)
    book.save(tmp_path / "clean.xlsx")
    assert inspect(tmp_path / "clean.xlsx").kind == "xlsx"


def test_lost_cells_and_hidden_rows_are_known(tmp_path):
    book = openpyxl.Workbook()
    for row in (["id", "doubled"], [1, "=A2*2"], [2, "4"]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.save(tmp_path / "formula.xlsx")
    grid = read_book(tmp_path / "formula.xlsx").grids[0]
    assert grid.lost == (((1, 1), "a formula without its result"),)
    assert [p.got for p in grid.problems] == ["1 hidden row (3) that hold something"]
    assert grid.where(1, 1) == "formula.xlsx, Sheet!B2"


@pytest.mark.skipif(sys.platform == "win32", reason="the address-space limit is that of POSIX systems")
def test_an_old_workbook_is_read_in_a_process_of_its_own(tmp_path):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns'
                     ':manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type='
                     '"application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>')  # fmt: skip
        out.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
            '<table:table table:name="T"><table:table-row><table:table-cell office:value-type="string"><text:p>a'
            "</text:p></table:table-cell></table:table-row><table:table-row>"
            '<table:table-cell office:value-type="float" '
            'office:value="3"><text:p>3</text:p></table:table-cell></table:table-row></table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    (tmp_path / "old.ods").write_bytes(content.getvalue())
    assert read_book(tmp_path / "old.ods").grids[0].rows == (("a",), (3.0,))
    (tmp_path / "broken.xls").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600))
    with pytest.raises(RefusedFileError, match="can't be read as a workbook"):
        read_book(tmp_path / "broken.xls")


CHINESE = "序号,您的专业是什么,您是否认为新发病灶属于失败\n1,介入科,不确定\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("é".encode(), "utf-8"),
        (b"\xef\xbb\xbfa", "utf-8"),
        ("\ufeff是".encode("utf-16-le"), "utf-16-le"),
        (CHINESE.encode("gb18030"), "gb18030"),
        ("id,answer\n1,yes\n".encode("utf-16-le"), "utf-16-le"),
        ("id,answer\n1,yes\n".encode("utf-16-be"), "utf-16-be"),
        ("d’accord – très".encode("cp1252"), "cp1252"),
        ("Star Wars \x8c\xe6".encode("latin-1"), "cp1252"),
        ("問卷調查的結果顯示肝癌治療的臨床意義非常重要並且需要重新定義".encode("big5"), "cp1252"),
    ],
)
def test_the_encoding_is_found(data, encoding):
    assert decode("f.csv", data)[1] == encoding


def test_a_guessed_encoding_is_told_and_can_be_overridden():
    data = "très".encode("cp1252")
    assert [p.got for p in decode("f.csv", data)[2]] == [
        "the encoding had to be guessed: Western European (Windows-1252)"
    ]
    assert decode("f.csv", data, "latin-1") == ("très", "latin-1", ())
    assert not is_chinese("是".encode("gb18030"))


@pytest.mark.parametrize(
    ("header", "delimiter"), [("a,b;c,d", ","), ('"a,b,c";d', ";"), ("a\tb,c\td", "\t"), ("a", ",")]
)
def test_the_delimiter_is_that_of_the_header(header, delimiter):
    assert delimiter_of(header + "\n1;2;3;4;5;6\n") == delimiter


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with names are those of POSIX systems")
def test_a_pipe_is_refused_and_nobody_waits(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(RefusedFileError, match="is no file but a device or a pipe"):
        inspect(tmp_path / "pipe.csv")


def test_rows_that_an_open_quotation_mark_takes_in_are_told(tmp_path):
    (tmp_path / "open.csv").write_text('id,a,b\n1,"yes,x\n2,no,y\n3,no",z\n4,no,w\n', encoding="utf-8")
    assert [(p.where, p.got) for p in read_book(tmp_path / "open.csv").grids[0].problems] == [
        ("open.csv, B2", "the cell holds 1 line as long as a row")
    ]


def test_damaged_relations_are_told_in_a_sentence(tmp_path):
    path = sheet_of(tmp_path / "d.xlsx", '<row r="1"><c r="A1"><f>1+1</f></c></row>')
    with pytest.raises(ConsensusError, match=r"d\.xlsx"):
        read_book(path)


def test_line_breaks_in_quotes_keep_their_row(tmp_path):
    (tmp_path / "q.csv").write_bytes(b'a,b\r\n1,"two\r\nlines"\r\n\r\n2,x\r\n')
    assert read_book(tmp_path / "q.csv").grids[0].rows == (("a", "b"), ("1", "two\r\nlines"), (), ("2", "x"))
