"""A document as Markdown (GitHub's kind): text from outside is text, whatever marks it holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reports.document import Bullets, Callout, Figure, Prose, Table
from reports.wording import of as wording_of
from reports.writers.signs import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.document import Block, Cell, Document, Section

NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
MARKS = re.compile(r"[\\`*_{}\[\]()#!|~$^]")
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;"}
# what GitHub makes a link of without being asked
LINKS = re.compile(r"(?i)(?<=[a-z])(:)(?=//)|(?<=\bwww)(\.)|(?<=\bmailto)(:)")
OPENS_BLOCK = re.compile(r"^(\s*)([-+=:]|\d+(?=[.)]))")
DEEPEST = 6
RULES = {"left": ":---", "right": "---:", "center": ":---:"}
FOLDER = "figures"


def markdown(document: Document, *, tables_alone: bool = False) -> str:
    """Return the document, or its tables with captions and notes alone; figures are files in the folder beside it."""
    return "\n\n".join(_Writer(document).all(tables_alone)) + "\n"


def plain(text: str) -> str:
    """Return a text that every reader of Markdown shows as it stands, in one line."""
    line = " ".join(NOT_TEXT.sub("\ufffd", text).split())
    line = "".join(ENTITIES.get(character, character) for character in line)
    line = LINKS.sub(lambda found: f"&#{ord(found[0])};", line)
    line = MARKS.sub(lambda found: "\\" + found[0], line.replace("&#", "\x00")).replace("\x00", "&#")
    return OPENS_BLOCK.sub(_closed, line)


def _closed(found: re.Match[str]) -> str:
    """Return the beginning of a line so that it opens no list and no heading."""
    return f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}"


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document, self.words = document, wording_of(document.language).page
        self.tables = self.figures = 0

    def all(self, tables_alone: bool) -> Iterator[str]:
        document = self.document
        if document.mark:
            yield f"**{plain(document.mark)}**"
        yield f"# {plain(document.title)}"
        if document.subtitle:
            yield plain(document.subtitle)
        if tables_alone:
            for table in document.tables():
                yield from self.table(table)
            return
        for section in document.sections:
            yield from self.section(section, 2)
        yield f"---\n\n{plain(self.words.FOOTER)}"

    def section(self, section: Section, level: int) -> Iterator[str]:
        yield f"{'#' * min(level, DEEPEST)} {plain(section.title)}"
        for block in section.blocks:
            yield from self.block(block)
        for inner in section.sections:
            yield from self.section(inner, level + 1)

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Prose():
                yield f"> {plain(block.text)}" if block.tone == "quote" else plain(block.text)
            case Bullets():
                yield "\n".join(f"- {plain(item)}" for item in block.items)
            case Table():
                yield from self.table(block)
            case Figure():
                yield from self.figure(block)
            case Callout():
                yield f"**{plain(block.title)}**"
                for inner in block.blocks:
                    yield from self.block(inner)

    def table(self, full: Table) -> Iterator[str]:
        table = full.shown("page")
        self.tables += 1
        yield f"**{self.words.TABLE} {self.tables}**{plain(self.words.caption_after(table.caption))}"
        over = [spanner.text for spanner in table.spanners for _ in range(spanner.columns)]
        heads = [column.header for column in table.columns]
        if over:
            heads = [f"{above}: {head}" if above else head for above, head in zip(over, heads, strict=True)]
        lines = [_line(plain(head) for head in heads), _line(RULES[column.align] for column in table.columns)]
        lines += [_line(_cell(cell) for cell in row) for row in table.rows]
        yield "\n".join(lines)
        for note in table.footnotes:
            yield plain(note)

    def figure(self, figure: Figure) -> Iterator[str]:
        self.figures += 1
        yield f"![{plain(figure.description)}]({FOLDER}/{figure.id}.svg)"
        title = plain(self.words.caption_after(figure.title))
        yield f"**{self.words.FIGURE} {self.figures}**{title} {plain(figure.caption)}"
        if figure.data is not None:
            yield from self.table(figure.data)


def _line(parts: Iterator[str]) -> str:
    return f"| {' | '.join(parts)} |"


def _cell(cell: Cell) -> str:
    sign = SIGNS.get(cell.sign or "", "")
    return f"{sign} {plain(cell.text)}" if sign else plain(cell.text)
