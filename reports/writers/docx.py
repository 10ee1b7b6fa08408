"""A document for a word processor: a manuscript's tables with captions that count, figures with a text alternative."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches
from docx.text.paragraph import Paragraph

from questionnaires.workbooks import without_times
from reports.document import Bullets, Callout, Figure, Prose, Table
from reports.wording import of as wording_of
from reports.writers.column_widths import fits
from reports.writers.docx_styles import TAGS, TEXT_WIDTH, WIDE_TEXT_WIDTH, field, set_up, shade
from reports.writers.docx_table import SIZE, clean, table_xml
from reports.writers.pictures import Pictures

if TYPE_CHECKING:
    from reports.document import Block, Document, Section

TONES = {"plain": "Normal", "lead": "Lead", "note": "Note", "quote": "Quotation"}
FILLS = {"result": ("E9F4F3", "01665E"), "card": ("F4F7F8", "8AA4AE")}
CAUTION = ("FBF3E6", "8C510A")
DEEPEST = 4


def word_document(document: Document, pictures: Pictures | None = None, *, tables_alone: bool = False) -> bytes:
    """Return the document, or its tables with their captions and notes alone; the same bytes for the same document."""
    writer = _Writer(document, pictures or Pictures())
    if tables_alone:
        for table in document.tables():
            writer.table(table)
    else:
        for section in document.sections:
            writer.section(section, 1)
        writer.prose(Prose(text=writer.words.FOOTER, tone="note"))
    return writer.packed()


class _Writer:
    """One file being written; it numbers the tables and the figures."""

    def __init__(self, document: Document, pictures: Pictures) -> None:
        self.words, self.language = wording_of(document.language).page, document.language
        self.pictures, self.tables, self.figures = pictures, 0, 0
        self.file = docx.Document()
        set_up(self.file, clean(document.title), document.language)
        self.styles = {style.name: style.style_id for style in self.file.styles}
        self._around(document)
        if document.mark:
            shade(self.text(document.mark, "Mark"), *CAUTION)
        self.text(document.title, "Title")
        if document.subtitle:
            self.text(document.subtitle, "Note")

    def packed(self) -> bytes:
        raw = io.BytesIO()
        self.file.save(raw)
        return without_times(raw.getvalue())

    def text(self, text: str, style: str, language: str | None = None) -> Any:
        """Add a paragraph; a text in another language says so."""
        paragraph = self._paragraph(style)
        run = paragraph.add_run(clean(text))
        spoken = language or self.language
        if spoken == "zh":
            # quotation marks and the like stand in both fonts; the hint makes them Chinese
            run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
        elif spoken != self.language and spoken in TAGS:
            tag = run._r.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): TAGS[spoken]})
            run._r.get_or_add_rPr().append(tag)
        return paragraph

    def _paragraph(self, style: str) -> Any:
        """Add a paragraph by the id of its style; to look it up by name costs five times the paragraph."""
        element = self.file.element.body._insert_p(OxmlElement("w:p"))
        element.get_or_add_pPr().style = self.styles[style]
        return Paragraph(element, self.file._body)

    def section(self, section: Section, level: int) -> None:
        self.text(section.title, f"Heading {min(level, DEEPEST - 1)}")
        for block in section.blocks:
            self.block(block)
        for inner in section.sections:
            self.section(inner, level + 1)

    def block(self, block: Block) -> None:
        match block:
            case Prose():
                self.prose(block)
            case Bullets():
                for item in block.items:
                    self.text(item, "List Bullet")
            case Table():
                self.table(block)
            case Figure():
                self.figure(block)
            case Callout():
                shade(self.text(block.title, "Callout"), *FILLS.get(block.kind, CAUTION))
                for inner in block.blocks:
                    self.block(inner)

    def prose(self, prose: Prose) -> None:
        self.text(prose.text, TONES[prose.tone], prose.language)

    def table(self, full: Table) -> None:
        """Add a table under its caption; one whose words don't fit on an upright page gets a page across."""
        table = full.shown("page")
        across = not fits(table, TEXT_WIDTH, SIZE)
        if across:
            self._turn(across=True)
        self.tables += 1
        self._caption(self.words.TABLE, self.tables, table.caption)
        body = self.file.element.body
        body.insert(len(body) - 1, table_xml(table, WIDE_TEXT_WIDTH if across else TEXT_WIDTH))
        for note in table.footnotes or ("",):
            self.text(note, "Table Note")
        if across:
            self._turn(across=False)

    def figure(self, figure: Figure) -> None:
        """Add a figure, with what is seen in it as its text alternative, above its caption and its numbers."""
        png, width, height = self.pictures.png(figure)
        paragraph = self._paragraph("Normal")
        paragraph.paragraph_format.keep_with_next = True
        size = min(TEXT_WIDTH, width, TEXT_WIDTH * 1.35 * width / height)
        shape: Any = paragraph.add_run().add_picture(io.BytesIO(png), width=Inches(size))
        properties = shape._inline.docPr
        properties.set("title", clean(figure.title))
        properties.set("descr", clean(figure.description))
        properties.set("name", clean(figure.id))
        self.figures += 1
        self._caption(self.words.FIGURE, self.figures, figure.title).paragraph_format.keep_with_next = False
        self.text(figure.caption, "Note")
        if figure.data is not None:
            self.table(figure.data)

    def _caption(self, label: str, number: int, text: str) -> Any:
        paragraph = self.text(f"{label} ", "Caption")
        field(paragraph, f" SEQ {label} \\* ARABIC ", str(number))
        paragraph.add_run(clean(self.words.caption_after(text)))
        return paragraph

    def _turn(self, *, across: bool) -> None:
        section = self.file.add_section(WD_SECTION.NEW_PAGE)
        if (section.orientation == WD_ORIENT.LANDSCAPE) != across:
            section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
            section.page_width, section.page_height = section.page_height, section.page_width

    def _around(self, document: Document) -> None:
        """Put the mark of made-up data over each page and its number under it."""
        section: Any = self.file.sections[0]
        header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
        header.style = footer.style = self.file.styles["Note"]
        header.text = clean(document.mark.split(":")[0].split("：")[0] if document.mark else document.title)
        footer.text = f"{clean(document.title)}  \u00b7  "
        field(footer, " PAGE ", "1")
