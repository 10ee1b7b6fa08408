"""An instrument as a questionnaire to print, for an ethics board or for answers on paper: one document a language."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from questionnaires.forms.words import fielded, in_words, own_condition, words_of
from questionnaires.instrument import Instrument, Question
from questionnaires.scales import steps_of
from questionnaires.workbooks import FIXED, without_times

if TYPE_CHECKING:
    from docx.document import Document

LATIN, CHINESE = "Calibri", "SimSun"
BOX, CIRCLE = "\u2610", "\u25cb"
LINE = "_" * 40


def document_bytes(instrument: Instrument, language: str) -> bytes:
    """Return the document; the same instrument gives the same bytes on one machine."""
    raw = io.BytesIO()
    _document(instrument, language).save(raw)
    return without_times(raw.getvalue())


def _document(instrument: Instrument, language: str) -> Document:
    import docx

    document = docx.Document()
    _set_up(document, instrument)
    document.add_heading(instrument.title, level=0)
    shown = set[str]()
    for number, question in enumerate(fielded(instrument), start=1):
        for name in question.groups:
            heading = instrument.group(name).label.text(language)
            if heading and name not in shown:
                document.add_heading(heading, level=2)
            shown.add(name)
        _ask(document, instrument, question, number, language)
    return document


def _set_up(document: Document, instrument: Instrument) -> None:
    """Fix dates, margins and fonts, those of Chinese included, and put the instrument's name under each page."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    properties = document.core_properties
    properties.author, properties.title = "clinical-consensus", instrument.title
    properties.created = properties.modified = FIXED
    properties.comments = ""
    for name in ("Normal", "Title", "Heading 2"):
        style: Any = document.styles[name]
        style.font.name = LATIN
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        fonts.set(qn("w:eastAsia"), CHINESE)
        style.font.color.rgb = RGBColor(0x1A, 0x1A, 0x1A)
    document.styles["Normal"].font.size = Pt(10.5)
    document.styles["Title"].font.size = Pt(18)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    version = f", {instrument.version}" if instrument.version else ""
    footer = section.footer.paragraphs[0]
    footer.text = f"{instrument.id}{version}  \u00b7  "
    _page_number(footer)


def _page_number(paragraph: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run()
    for kind in ("begin", "text", "end"):
        element = OxmlElement("w:instrText" if kind == "text" else "w:fldChar")
        if kind == "text":
            element.set(qn("xml:space"), "preserve")
            element.text = "PAGE"
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _ask(document: Document, instrument: Instrument, question: Question, number: int, language: str) -> None:
    from docx.shared import Pt

    words = words_of(language)
    condition = own_condition(question, instrument)
    if condition:
        told = words["only_if"].format(in_words(condition, instrument, language))
        _kept(document.add_paragraph()).add_run(told).italic = True
    stem = _kept(document.add_paragraph())
    stem.paragraph_format.space_before = Pt(6)
    stem.add_run(f"{number}. {_line(question.label.text(language))}").bold = True
    how = {"select_one": "one", "select_multiple": "several", "rank": "rank", "range": "scale"}.get(question.type)
    details = [_line(question.hint.text(language)), words[how] if how else _how_open(question, language)]
    told = "; ".join(detail for detail in details if detail)
    if told:
        stem.add_run(f"  {told}" if told.startswith("(") else f"  ({told})")
    _answers(document, question, language)


def _how_open(question: Question, language: str) -> str:
    words = words_of(language)
    if question.type in ("integer", "decimal"):
        return words["number"].strip("()（）")
    return words["date"].strip("()（）") if question.type in ("date", "dateTime") else ""


def _answers(document: Document, question: Question, language: str) -> None:
    if question.type == "range":
        _scale(document, steps_of(question))
    elif question.choices:
        mark = {"select_multiple": BOX, "rank": "____"}.get(question.type, CIRCLE)
        for at, choice in enumerate(question.choices, start=1):
            paragraph = document.add_paragraph(f"{mark}  {_line(choice.label.text(language))}")
            _indent(paragraph, keep=at < len(question.choices))
    else:
        for _ in range(3 if question.role == "free_text" else 1):
            _indent(document.add_paragraph(LINE * 2 if question.role == "free_text" else LINE), keep=False)


def _scale(document: Document, steps: tuple[str, ...]) -> None:
    """Put the numbers of a scale into a row, ends and tens only where there are many."""
    shown = steps if len(steps) <= 11 else (*steps[: -1 : max(1, (len(steps) - 1) // 10)], steps[-1])
    _indent(document.add_paragraph("      ".join(shown)), keep=False)


def _indent(paragraph: Any, *, keep: bool) -> None:
    from docx.shared import Cm, Pt

    paragraph.paragraph_format.left_indent = Cm(0.8)
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.keep_with_next = keep


def _kept(paragraph: Any) -> Any:
    """Keep a line on the page of what follows."""
    from docx.shared import Pt

    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_after = Pt(3)
    return paragraph


def _line(text: str) -> str:
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())
