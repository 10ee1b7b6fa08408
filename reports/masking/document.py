"""The same report without the numbers that must not be shown, and without lists of single people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from reports import numbers
from reports.document import Bullets, Callout, Cell, Figure, Prose, Section, Spanner, Table
from reports.masking.sayings import without_hidden_clauses, without_hidden_sentences
from reports.numbers_file import texts_of
from reports.numbers_marked import NumberRow, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from reports.document import Block, Document

B = TypeVar("B")
METHOD = "masked: a small cell"
# tables with a row for each cell, answer or person that something is said of
OF_SINGLE_PEOPLE = ("problems-table", "corrections", "panel-corrections", "gone")
# sections whose words alone (which rules turn a verdict, what suffices otherwise) would narrow down a masked count
TELLING_WORDS = ("multiverse-rules", "alike", "what-if", "settings")
# columns of words that a number of their row picks, such as the answer that most gave
PICKED = {"left-out": 1}
SUPPORT = ("endorsement", "against", "margin", "flip")


@dataclass(frozen=True, kw_only=True, slots=True)
class Hidden:
    """The ids of rows that are not shown; `coding` is the study's own way to count equivocal answers.

    `criteria` tells whether one of them is about a criterion, whose verdict under other rules and codings is then left
    out as well: several verdicts on the same votes narrow these down. `bases` are (question, base, people) of which the
    report tells anyway how many people they are.
    """

    rows: frozenset[str]
    criteria: bool = True
    coding: str | None = None
    bases: frozenset[tuple[str, str, int]] = frozenset()

    def hides(self, shown: str, row: NumberRow) -> bool:
        """Return whether what a text shows of a row is not to be shown."""
        return row.id in self.rows and not self._is_known_base(shown, row)

    def _is_known_base(self, shown: str, row: NumberRow) -> bool:
        if row.n is None or shown != numbers.count(row.n) or row.n in (row.count, row.value) or "=" in row.id:
            return False
        return base_of(row) in self.bases

    def otherwise(self, name: str) -> bool:
        """Return whether a row is hidden support for a criterion under another coding than the study's own."""
        kind, *rest = name.split("/")
        return name in self.rows and kind in SUPPORT and len(rest) > 1 and rest[1] not in (self.coding, "as-voted")


def base_of(row: NumberRow) -> tuple[str, str, int] | None:
    """Return of which question, which people and how many a row is; None where it is of no question's people."""
    _, _, rest = row.id.partition("/")
    return (rest.partition("/")[0], row.base, row.n) if rest and row.base and row.n else None


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
        blocks = _once([made for block in one.blocks for made in self.block(block)])
        return Section(id=one.id, title=self.text(one.title), blocks=blocks, sections=self.sections(one.sections))

    def block(self, one: Block) -> list[Block]:
        match one:
            case Callout():
                inner = _once([made for block in one.blocks for made in self.inner(block)])
                return [Callout(kind=one.kind, title=self.text(one.title), blocks=inner)]
            case _:
                return [*self.inner(one)]

    def inner(self, one: Prose | Bullets | Table | Figure) -> list[Prose | Bullets | Table | Figure]:
        match one:
            case Prose():
                return [] if self.otherwise(one.text) else self.prose(one)
            case Bullets():
                return self.bullets(one)
            case Table():
                return [self.said("SINGLE_LEFT_OUT")] if one.id in OF_SINGLE_PEOPLE else [self.table(one)]
            case Figure():
                if not _shows(one, self.hidden):
                    return [one]
                said = self.said("NO_FIGURE", figure=self.text(one.title))
                data = None if one.data is None else self.table(one.data)
                return [said, data] if isinstance(data, Table) else [said]

    def stands(self, text: str) -> bool:
        """Return whether a text says that masked criteria have the same verdict however votes are counted."""
        say = self.words.summary
        return self.told.criteria and text in (say.OTHERS_STAND, say.ALL_STAND)

    def said(self, name: str, **parts: str) -> Prose:
        """Return the sentence that something is left out."""
        return Prose(text=str(getattr(self.words.page, name)).format(**parts), tone="note")

    def prose(self, one: Prose) -> list[Prose | Bullets | Table | Figure]:
        text, cut = self.sentences(one.text)
        left = [replace(one, text=text)] if text else []
        return [*left, self.said("SENTENCES_LEFT_OUT")] if cut else [*left]

    def bullets(self, one: Bullets) -> list[Prose | Bullets | Table | Figure]:
        told = [self.sentences(item) for item in one.items if not self.otherwise(item)]
        items = tuple(text for text, _ in told if text)
        said = [self.said("SENTENCES_LEFT_OUT")] if any(cut for _, cut in told) else []
        return [Bullets(items=items), *said] if items else [*said]

    def table(self, one: Table) -> Table | Prose:
        """Return a table with a word for its hidden numbers, or a sentence where all of its numbers are hidden."""
        rows = [row for row in one.rows if not self.otherwise(*(cell.text for cell in row))]
        if self.nothing_left(rows):
            return self.said("TABLE_LEFT_OUT", table=self.text(one.caption))
        numeric = {at for row in rows for at, cell in enumerate(row) if at and self.hides(cell)}
        if one.id in PICKED:
            numeric.add(PICKED[one.id])
        return replace(
            one,
            caption=self.text(one.caption),
            columns=tuple(replace(column, header=self.text(column.header)) for column in one.columns),
            rows=tuple(self.row(row, numeric) for row in rows),
            spanners=tuple(Spanner(text=self.text(s.text), columns=s.columns) for s in one.spanners),
            footnotes=self.footnotes(one.footnotes),
        )

    def footnotes(self, notes: tuple[str, ...]) -> tuple[str, ...]:
        told = [("", True) if self.otherwise(note) or self.stands(note) else self.sentences(note) for note in notes]
        said = (str(self.words.page.SENTENCES_LEFT_OUT),) if any(cut for _, cut in told) else ()
        return (*(text for text, _ in told if text), *said)

    def nothing_left(self, rows: list[tuple[Cell, ...]]) -> bool:
        """Return whether rows tell nothing but of how many people their hidden numbers are."""
        told = [cell for row in rows for cell in row if _tells(cell)]
        return bool(told) and all(not cell.sign and self.only_hidden(cell) for cell in told)

    def only_hidden(self, cell: Cell) -> bool:
        rows = [row.id for _, _, row in spans_of(cell.text)]
        return bool(rows) and self.hidden.issuperset(rows)

    def row(self, row: tuple[Cell, ...], numeric: Set[int]) -> tuple[Cell, ...]:
        """Return a row; where it holds a hidden number, words that stand for a number elsewhere go with it."""
        if not any(self.hides(cell) for cell in row):
            return row
        told = [
            at in numeric and not cell.sign and not _tells(cell) and _is_said(cell.text) for at, cell in enumerate(row)
        ]
        return tuple(
            Cell(text=self.shown, value=self.shown) if words else self.cell(cell)
            for words, cell in zip(told, row, strict=True)
        )

    def hides(self, cell: Cell) -> bool:
        """Return whether a cell holds a hidden number."""
        return any(
            self.told.hides(part[at:to], row)
            for part in (cell.text, cell.value)
            if isinstance(part, str)
            for at, to, row in spans_of(part)
        )

    def cell(self, one: Cell) -> Cell:
        if not self.hides(one):
            return one
        value = self.text(one.value) if isinstance(one.value, str) else self.shown
        return Cell(text=self.text(one.text), value=value, sign=one.sign)

    def sentences(self, said: str) -> tuple[str, bool]:
        return without_hidden_sentences(said, self.told.hides, str(self.words.page.STOP))

    def text(self, said: str) -> str:
        return without_hidden_clauses(said, self.told.hides, self.shown, _blank)


def _once(blocks: list[B]) -> tuple[B, ...]:
    """Return the blocks, each note on what was left out but once."""
    notes = {block.text: at for at, block in enumerate(blocks) if isinstance(block, Prose) and block.tone == "note"}
    return tuple(
        block for at, block in enumerate(blocks) if not isinstance(block, Prose) or notes.get(block.text, at) == at
    )


def _is_said(text: str) -> bool:
    """Return whether a cell holds words; a dash is where no number can be, such as from a definition to itself."""
    return any(sign.isalnum() for sign in text)


def _tells(cell: Cell) -> bool:
    """Return whether a cell holds a number or a verdict."""
    return bool(cell.sign or spans_of(cell.text)) or isinstance(cell.value, int | float)


def _blank(row: NumberRow) -> NumberRow:
    return NumberRow(id=row.id, value=None, base=row.base, method=METHOD)


def _shows(figure: Figure, hidden: frozenset[str]) -> bool:
    """Return whether a figure shows a hidden number; what it shows is said in its description and its data."""
    from reports.document import Document

    alone = Document(title="", sections=(Section(id="s", title="", blocks=(figure,)),))
    return any(row.id in hidden for text in texts_of(alone) for _, _, row in spans_of(text))
