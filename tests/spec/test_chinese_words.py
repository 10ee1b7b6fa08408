"""No English is left in Chinese reports: in prose, tables, figures and alt texts, workbooks and Markdown.

What may stand in Latin letters is listed here with the reason for it.
"""

import io
import re
from dataclasses import replace

import matplotlib.text
import openpyxl
import pytest
from click.testing import CliRunner

from consensus.definitions.condition import read_condition
from consensus.definitions.definition_file import read_definitions
from reports.cli import main
from reports.compose import compose
from reports.document import Bullets, Callout, Figure, Prose, Table
from reports.study import read_study, run_study
from reports.write import material_of
from reports.writers.markdown import markdown
from reports.writers.xlsx import tables_workbook

WORD = re.compile(r"[A-Za-z][A-Za-z'’\-]*[A-Za-z]|[A-Za-z]")
# ids stand in brackets behind their Chinese words, for who looks them up in a file
IDS = re.compile(r"（[a-z][\w.\-]*）|\b(?:cci|tace|korea)-[\w-]+|\b[SP]\d{3}\b", re.ASCII)
DEFINITIONS = re.compile(rf"\b(?:{'|'.join(d.id for d in read_definitions(read_condition()))})\b", re.ASCII)
FILES = re.compile(r"\b[\w]+\.(?:yaml|csv|xlsx)\b|\bworklist\b", re.ASCII)
# what a reader types is a command, not a sentence
COMMANDS = re.compile(r"consensus (?:forms|agree --json|propose --out FOLDER|definitions show [\w-]+)")
CITED = re.compile(r"J Med Internet Res [\d():e]+|J Gen Intern Med|Eysenbach|Sharma|et al|Liver Cancer")
# these tables list names of the instrument, of files and of programs, which are what they are about
NAMES = ("codebook-table", "problems-table", "inputs", "versions")
# people, methods, scales and short forms that clinicians write in Latin letters in Chinese too
LATIN = """TACE CCI AFP DCP HAIC PVTT EHS CT MRI BCLC ALBI AST INR ICC COMET RAND UCLA NCCN EULAR GRADE IQR SD CV APMO
    CVI MORECare IPRAS CR PR PD NE RECIST mRECIST JSH LCSGJ EASL EORTC TACTICS Vp Child-Pugh Child Pugh AAPOR RR
    CROSS CHERRIES ACCORD DELPHISTAR SYNTHETIC SHA Wilson Goodman Newcombe Gwet AC Fleiss kappa Conger Cohen
    Brennan-Prediger Krippendorff alpha Kendall Lawshe Borda Plackett-Luce Korn-Graubard Rao-Scott Kish Holm
    Benjamini-Hochberg BH Kim Kudo Raoul Zhang Zhong Lee Cheng Pearson Fisher Cochran-Armitage Cochran McNemar
    ABCR ALBI-TAE ART HAP HAP-II mALBI SNACOR up-to
    Friedman Legendre Brennan Prediger Aiken mid-p n N p k I-CVI W
    mm ng mL g L U"""
ALLOWED = set(LATIN.split())


@pytest.fixture(scope="module")
def simulated(tmp_path_factory):
    folder = tmp_path_factory.mktemp("chinese") / "trial"
    done = CliRunner().invoke(main, ["new", str(folder), "--simulate", "60"])
    assert done.exit_code == 0, done.output
    sample = read_condition("tace-failure").sample
    (folder / "courses.xlsx").write_bytes(sample.read_bytes())
    study = folder / "study.toml"
    text = study.read_text(encoding="utf-8")
    text = text.replace('title = "trial"', 'title = "模拟调查（SYNTHETIC）"\nlanguage = "zh"')
    study.write_text(text.replace("# [courses]\n# file", "[courses]\nfile"), encoding="utf-8")
    return study


@pytest.fixture(scope="module", params=["cci-2020", "korea-2018", "simulated"])
def document(request):
    source = request.getfixturevalue("simulated") if request.param == "simulated" else request.param
    made = compose(material_of(run_study(replace(read_study(source), language="zh"))))
    assert made.language == "zh"
    return made


def english(text):
    """Return the words of a text that are neither ids, files, commands nor on the list."""
    for pattern in (COMMANDS, DEFINITIONS, FILES, CITED, IDS):
        text = pattern.sub(" ", text)
    return [word for word in WORD.findall(text) if word not in ALLOWED and not (len(word) <= 2 and word.isupper())]


def texts_of(document):
    yield from (document.title, document.mark or "", document.subtitle)
    sections = list(document.sections)
    while sections:
        section = sections.pop()
        yield section.title
        sections += section.sections
    for block in document.walk():
        if isinstance(block, Prose) and block.language in (None, "zh"):
            yield block.text
        elif isinstance(block, Bullets):
            yield from block.items
        elif isinstance(block, Callout):
            yield block.title
        elif isinstance(block, Figure):
            yield from (block.title, block.description, block.caption)
            yield from (text.get_text() for text in block.draw().findobj(matplotlib.text.Text))
            if block.data is not None:
                yield from table_texts(block.data)
        elif isinstance(block, Table) and block.id not in NAMES:
            yield from table_texts(block)


def table_texts(table):
    yield from (table.caption, *table.footnotes, *(c.header for c in table.columns), *(s.text for s in table.spanners))
    yield from (cell.text for row in table.rows for cell in row)


def test_no_english_word_stands_in_a_chinese_report(document):
    assert sorted({(word, text) for text in texts_of(document) for word in english(str(text))}) == []


def test_no_english_sentence_stands_in_the_markdown(document):
    words = re.compile(r"(?<![\w-])(?:the|of|is|are|and|not|with|by|to|for|was)(?![\w-])", re.ASCII)
    lines = markdown(document, tables_alone=True).replace("\\", "").splitlines()
    assert [line for line in lines if words.search(COMMANDS.sub("", IDS.sub("", line))) and "${" not in line] == []


def test_sheets_of_the_workbook_have_chinese_names_and_headings(document):
    book = openpyxl.load_workbook(io.BytesIO(tables_workbook(document)), read_only=True)
    assert len(book.sheetnames) == 1 + len(document.tables())
    assert [name for name in book.sheetnames if english(name)] == []
    heads = [
        cell for sheet in book.worksheets[1:] for row in sheet.iter_rows(max_row=2, values_only=True) for cell in row
    ]
    assert [head for head in heads if head and english(str(head))] == []
