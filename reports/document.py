"""What a report says, without any format: sections of prose, lists, tables, figures and callouts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from reports.numbers_marked import NumberRow, mark, settled

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

Align = Literal["left", "right", "center"]
Tone = Literal["plain", "lead", "note", "quote"]
CalloutKind = Literal["synthetic", "result", "card", "caution"]
Value = str | int | float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Prose:
    """One paragraph; numbers in it are formatted already. `language` is set where it differs from the document's."""

    text: str
    tone: Tone = "plain"
    language: str | None = None

    def __post_init__(self) -> None:
        _settle(self, "text")


@dataclass(frozen=True, kw_only=True, slots=True)
class Bullets:
    """A list of short statements."""

    items: tuple[str, ...]

    def __post_init__(self) -> None:
        _settle(self, "items")


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One cell: `text` as it is read, `value` as a machine takes it; `sign` names a verdict told by shape and word."""

    text: str
    value: Value = None
    sign: str | None = None

    def __post_init__(self) -> None:
        _settle(self, "text", "value")


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column; `head` marks the one that names its row, `only` one that only the page or only the workbook shows.

    The page shows `150/257 (58.4%)` in one column where the workbook has a count, a base and a share.
    """

    header: str
    align: Align = "left"
    head: bool = False
    only: Literal["page", "sheet"] | None = None

    def __post_init__(self) -> None:
        _settle(self, "header")


@dataclass(frozen=True, kw_only=True, slots=True)
class Spanner:
    """A heading over several neighboring columns of the page; an empty text leaves them without one."""

    text: str
    columns: int

    def __post_init__(self) -> None:
        _settle(self, "text")


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table with its caption; `rows` hold one `Cell` a column. `id` is unique in a document and names its sheet."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    spanners: tuple[Spanner, ...] = ()
    footnotes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _settle(self, "caption", "footnotes")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"table {self.id}: a row has not as many cells as there are columns")
        if self.spanners and sum(s.columns for s in self.spanners) != len(self.shown("page").columns):
            raise ValueError(f"table {self.id}: the spanners do not cover the columns")

    def shown(self, where: Literal["page", "sheet"]) -> Table:
        """Return the table with the columns that the page, or the workbook, shows."""
        if all(column.only is None for column in self.columns):
            return self
        kept = [at for at, column in enumerate(self.columns) if column.only in (None, where)]
        return Table(
            id=self.id,
            caption=self.caption,
            columns=tuple(replace(self.columns[at], only=None) for at in kept),
            rows=tuple(tuple(row[at] for at in kept) for row in self.rows),
            spanners=self.spanners if where == "page" else (),
            footnotes=self.footnotes,
        )


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Figure:
    """A picture: `draw` makes it when a writer needs it, `description` says what is seen, `data` is what it shows."""

    id: str
    title: str
    description: str
    caption: str
    draw: Callable[[], Drawing]
    data: Table | None = None

    def __post_init__(self) -> None:
        _settle(self, "title", "description", "caption")


@dataclass(frozen=True, kw_only=True, slots=True)
class Callout:
    """Blocks that stand out: a mark, the main result, a proposal's card, a caution."""

    kind: CalloutKind
    title: str
    blocks: tuple[Prose | Bullets | Table | Figure, ...] = ()

    def __post_init__(self) -> None:
        _settle(self, "title")


Block = Prose | Bullets | Table | Figure | Callout


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A heading with what stands under it; `sections` are one level deeper."""

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()

    def __post_init__(self) -> None:
        _settle(self, "title")

    def walk(self) -> Iterator[Block]:
        """Yield each block of this section and those below it, in reading order, callouts before their content."""
        for block in self.blocks:
            yield block
            if isinstance(block, Callout):
                yield from block.blocks
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A whole report. `mark` is its first line where anything in it is synthetic."""

    title: str
    language: str = "en"
    mark: str | None = None
    subtitle: str = ""
    sections: tuple[Section, ...] = ()

    def __post_init__(self) -> None:
        _settle(self, "title", "mark", "subtitle")

    def walk(self) -> Iterator[Block]:
        """Yield each block of the document in reading order."""
        for section in self.sections:
            yield from section.walk()

    def tables(self) -> tuple[Table, ...]:
        """Return all tables in reading order, those behind figures included."""
        found: list[Table] = []
        for block in self.walk():
            if isinstance(block, Table):
                found.append(block)
            elif isinstance(block, Figure) and block.data is not None:
                found.append(block.data)
        return tuple(found)


def text_cell(text: object, *, sign: str | None = None) -> Cell:
    """Return a cell of text; None becomes an empty one."""
    shown = "" if text is None else str(text)
    return Cell(text=shown, value=shown or None, sign=sign)


def number_cell(number: int | float | None, shown: str | None = None, row: NumberRow | None = None) -> Cell:
    """Return a cell that keeps the number's type and shows `shown`, else the number itself, else a dash for none.

    `row` is the measurement that the number is of, where `shown` doesn't say so itself.
    """
    if number is None:
        return Cell(text=shown or "\N{EN DASH}")
    text = shown if shown is not None else f"{number:g}"
    return Cell(text=text if row is None else mark(row, text), value=number)


def _settle(block: object, *names: str) -> None:
    """Take the marks out of a new block's texts; the texts keep what they show."""
    for name in names:
        text = getattr(block, name)
        if isinstance(text, str):
            object.__setattr__(block, name, settled(text))
        elif isinstance(text, tuple):
            object.__setattr__(block, name, tuple(settled(part) for part in text))
