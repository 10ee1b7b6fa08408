"""The look of a document for a word processor: A4, fonts for Latin and Chinese text, styles that authors can change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from questionnaires.forms.document import CHINESE, LATIN
from questionnaires.workbooks import FIXED

if TYPE_CHECKING:
    from docx.document import Document as Word

INK, SOFT = RGBColor(0x1B, 0x2A, 0x33), RGBColor(0x52, 0x63, 0x6E)
THEMES = ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme")
TAGS = {"en": "en-US", "zh": "zh-CN"}
MARGIN_CM, WIDTH_CM, HEIGHT_CM = 2.2, 21.0, 29.7
TEXT_WIDTH = (WIDTH_CM - 2 * MARGIN_CM) / 2.54
WIDE_TEXT_WIDTH = (HEIGHT_CM - 2 * MARGIN_CM) / 2.54
SIZES = {"Title": 20.0, "Heading 1": 15.0, "Heading 2": 12.5, "Heading 3": 11.0, "Caption": 10.0}
OURS = {
    "Lead": 12.0,
    "Note": 9.0,
    "Quotation": 10.5,
    "Callout": 11.5,
    "Mark": 10.5,
    "Table Text": 9.0,
    "Table Note": 8.5,
}


def set_up(document: Word, title: str, language: str) -> None:
    """Set fonts, styles, page, language and dates of a new document."""
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "clinical-consensus", title, ""
    properties.created = properties.modified = FIXED
    properties.last_modified_by, properties.revision, properties.language = "clinical-consensus", 1, TAGS[language]
    for name in OURS:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
    for style in document.styles:
        if hasattr(style, "font"):
            _font(style, language)
    _sizes(document)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(WIDTH_CM), Cm(HEIGHT_CM)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN_CM)


def field(paragraph: Any, instruction: str, shown: str) -> None:
    """Add a field that a word processor can count again, with what it shows now."""
    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = shown
    run.append(text)
    simple.append(run)
    paragraph._p.append(simple)


def shade(paragraph: Any, fill: str, edge: str) -> None:
    """Give a paragraph a background and a bar at its left."""
    properties = paragraph._p.get_or_add_pPr()
    borders, left, ground = (OxmlElement(name) for name in ("w:pBdr", "w:left", "w:shd"))
    for key, value in (("val", "single"), ("sz", "24"), ("space", "6"), ("color", edge)):
        left.set(qn(f"w:{key}"), value)
    borders.append(left)
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        ground.set(qn(f"w:{key}"), value)
    properties.insert_element_before(borders, *_AFTER_BORDERS)
    properties.insert_element_before(ground, *_AFTER_BORDERS[1:])


_AFTER_BORDERS = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct",
    "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
    "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
    "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip


def _font(style: Any, language: str) -> None:
    """Name the fonts of a style for Latin and Chinese text, and the language it is checked in."""
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in THEMES:
        fonts.attrib.pop(qn(theme), None)
    for script, font in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", CHINESE)):
        fonts.set(qn(f"w:{script}"), font)
    if style.name == "Normal":
        spoken = properties.find(qn("w:lang"))
        if spoken is None:
            spoken = OxmlElement("w:lang")
            properties.append(spoken)
        spoken.set(qn("w:val"), TAGS[language] if language != "zh" else "en-US")
        spoken.set(qn("w:eastAsia"), "zh-CN")


def _sizes(document: Word) -> None:
    normal: Any = document.styles["Normal"]
    normal.font.size, normal.font.color.rgb = Pt(10.5), INK
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(5), 1.12
    for name, size in (SIZES | OURS).items():
        style: Any = document.styles[name]
        style.font.size, style.font.color.rgb, style.font.italic = Pt(size), INK, False
        style.font.bold = name in SIZES or name in ("Callout", "Mark")
    for name, before, after in (
        ("Title", 4, 4), ("Heading 1", 18, 5), ("Heading 2", 13, 4), ("Heading 3", 9, 3), ("Caption", 9, 3),
        ("Callout", 10, 3), ("Note", 2, 4), ("Table Text", 0, 0), ("Table Note", 3, 5),
        ("Quotation", 1, 3), ("Mark", 0, 6),
    ):  # fmt: skip
        style = document.styles[name]
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = name.startswith("Heading") or name in ("Caption", "Callout")
    for name in ("Note", "Table Note"):
        document.styles[name].font.color.rgb = SOFT
    document.styles["Table Text"].paragraph_format.line_spacing = 1.0
    document.styles["Quotation"].paragraph_format.left_indent = Cm(0.6)
    for edge in document.styles["Title"].element.iter(qn("w:pBdr")):
        edge.getparent().remove(edge)
        break
