"""The same report without the numbers that must not be shown, and without lists of single people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reports.document import Bullets, Callout, Cell, Figure, Prose, Section, Spanner, Table
from reports.numbers_file import texts_of
from reports.numbers_marked import NumberRow, mark, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.document import Block, Document

METHOD = "masked: a small cell"
# tables with a row for each cell, answer or person that something is said of
OF_SINGLE_PEOPLE = ("problems-table", "corrections", "panel-corrections", "gone")
# sections whose words alone (which rules turn a verdict, what suffices otherwise) would narrow down a masked count
TELLING_WORDS = ("multiverse-rules", "alike", "what-if", "settings")
SUPPORT = ("endorsement", "against", "margin", "flip")


@dataclass(frozen=True, kw_only=True, slots=True)
class Hidden:
    """The ids of rows that are not shown; `coding` is the study's own way to count equivocal answers.

    `criteria` tells whether one of them is about a criterion, whose verdict under other rules and codings is then left
    out as well: several verdicts on the same votes narrow these down.
    """

    rows: frozenset[str]
    criteria: bool = True
    coding: str | None = None

    def otherwise(self, name: str) -> bool:
        """Return whether a row is hidden support for a criterion under another coding than the study's own."""
        kind, *rest = name.split("/")
        return name in self.rows and kind in SUPPORT and len(rest) > 1 and rest[1] not in (self.coding, "as-voted")


def masked_rows(rows: Iterable[NumberRow], hidden: frozenset[str]) -> tuple[NumberRow, ...]:
    """Return the rows with the numbers of the hidden ones taken out."""
    return tuple(_blank(row) if row.id in hidden else row for row in rows)


def masked(document: Document, hidden: Hidden, words: Any) -> Document:
    """Return the document with a word for each hidden number; figures that show one are left out, which is said.

    `words` are those of the report's language.
    """
    return _Masking(hidden, words).document(document)


class _Masking:
    """The same document again with `shown` in place of each hidden number."""

    def __init__(self, hidden: Hidden, words: Any) -> None:
        self.told, self.hidden = hidden, hidden.rows
        self.shown, self.words = str(words.page.MASKED), words

    def document(self, one: Document) -> Document:
        mark_line = None if one.mark is None else self.text(one.mark)
        return replace(one, mark=mark_line, sections=self.sections(one.sections))

    def sections(self, those: tuple[Section, ...]) -> tuple[Section, ...]:
        return tuple(self.section(s) for s in those)

    def otherwise(self, *texts: object) -> bool:
        """Return whether texts tell of a masked support under another coding; their words would tell its verdict."""
        return any(self.told.otherwise(row.id) for text in texts for _, _, row in spans_of(text))

    def section(self, one: Section) -> Section:
        if self.told.criteria and one.id in TELLING_WORDS:
            return replace(one, blocks=(Prose(text=str(self.words.page.SECTION_LEFT_OUT), tone="note"),), sections=())
        blocks = tuple(made for block in one.blocks for made in self.block(block))
        return Section(id=one.id, title=self.text(one.title), blocks=blocks, sections=self.sections(one.sections))

    def block(self, one: Block) -> list[Block]:
        match one:
            case Callout():
                inner = tuple(made for block in one.blocks for made in self.inner(block))
                return [Callout(kind=one.kind, title=self.text(one.title), blocks=inner)]
            case _:
                return [*self.inner(one)]

    def inner(self, one: Prose | Bullets | Table | Figure) -> list[Prose | Bullets | Table | Figure]:
        match one:
            case Prose():
                return [] if self.otherwise(one.text) else [replace(one, text=self.text(one.text))]
            case Bullets():
                return [Bullets(items=tuple(self.text(item) for item in one.items if not self.otherwise(item)))]
            case Table():
                single = Prose(text=str(self.words.page.SINGLE_LEFT_OUT), tone="note")
                return [single] if one.id in OF_SINGLE_PEOPLE else [self.table(one)]
            case Figure():
                if not _shows(one, self.hidden):
                    return [one]
                said = Prose(text=str(self.words.page.NO_FIGURE).format(figure=one.title), tone="note")
                return [said] if one.data is None else [said, self.table(one.data)]

    def table(self, one: Table) -> Table:
        return replace(
            one,
            caption=self.text(one.caption),
            columns=tuple(replace(column, header=self.text(column.header)) for column in one.columns),
            rows=tuple(
                tuple(self.cell(cell) for cell in row)
                for row in one.rows
                if not self.otherwise(*(cell.text for cell in row))
            ),
            spanners=tuple(Spanner(text=self.text(s.text), columns=s.columns) for s in one.spanners),
            footnotes=tuple(self.text(note) for note in one.footnotes if not self.otherwise(note)),
        )

    def cell(self, one: Cell) -> Cell:
        if not any(row.id in self.hidden for part in (one.text, one.value) for _, _, row in spans_of(part)):
            return one
        value = self.text(one.value) if isinstance(one.value, str) else self.shown
        return Cell(text=self.text(one.text), value=value, sign=one.sign)

    def text(self, said: str) -> str:
        parts: list[str] = []
        at = 0
        for start, end, row in spans_of(said):
            piece = mark(_blank(row), self.shown) if row.id in self.hidden else mark(row, said[start:end])
            parts += [said[at:start], piece]
            at = end
        return "".join([*parts, said[at:]])


def _blank(row: NumberRow) -> NumberRow:
    return NumberRow(id=row.id, value=None, base=row.base, method=METHOD)


def _shows(figure: Figure, hidden: frozenset[str]) -> bool:
    """Return whether a figure shows a hidden number; what it shows is said in its description and its data."""
    from reports.document import Document

    alone = Document(title="", sections=(Section(id="s", title="", blocks=(figure,)),))
    return any(row.id in hidden for text in texts_of(alone) for _, _, row in spans_of(text))
