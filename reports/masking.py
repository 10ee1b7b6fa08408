"""Small cells masked: numbers from which an outsider could tell what one of a few people answered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from reports.document import Bullets, Callout, Cell, Figure, Prose, Section, Spanner, Table
from reports.numbers_file import texts_of
from reports.numbers_marked import NumberRow, mark, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.document import Block, Document

PEOPLE = ("invited", "eligible", "asked", "answered", "committed", "patients")
METHOD = "masked: a small cell"
# kinds of rows about a question that would give away a masked answer to it
RATED = ("i-cvi", "modified kappa", "cvr", "aiken v")
TELLING = ("endorsement", "against", "flip", "equivocal", "left-out", "difference", *RATED)
# kinds of rows that stand for one answer to a question each
OF_OPTIONS = ("share/", "table-1/", "people/")
SIZES = ("patients", "sessions", "definitions")


def small_rows(rows: Iterable[NumberRow], least: int) -> frozenset[str]:
    """Return the ids of the rows that must not be shown where fewer than `least` people are a small cell.

    A row is small where 1 to `least` - 1 people are counted, or as many are left of its base. If one answer to a
    question is masked alone, the next smaller one is masked too, for what is left of the base would tell it; and so is
    whatever else is derived from the counts of a question with a masked answer.
    """
    known = {row.id: row for row in rows}
    hidden = {name for name, row in known.items() if _small(row, least)}
    options: dict[tuple[str, ...], list[NumberRow]] = defaultdict(list)
    for row in known.values():
        if row.id.startswith(OF_OPTIONS) and row.count is not None and row.id.count("/") > 1:
            kind, question, _, *rest = row.id.split("/")
            options[kind, question, row.base or "", *rest].append(row)
    for group in options.values():
        if sum(row.id in hidden for row in group) == 1 and len(group) > 1:
            hidden.add(min((row for row in group if row.id not in hidden), key=lambda row: row.count or 0).id)
    hidden |= {f"{name}/answered" for name in hidden if name.startswith("missing/")}  # asked less answered would tell
    about = {name.split("/")[1] for name in hidden if name.startswith("share/")}
    return frozenset(hidden | {name for name in known if _derived(name, about)})


def masked_rows(rows: Iterable[NumberRow], hidden: frozenset[str]) -> tuple[NumberRow, ...]:
    """Return the rows with the numbers of the hidden ones taken out."""
    return tuple(_blank(row) if row.id in hidden else row for row in rows)


def masked(document: Document, hidden: frozenset[str], least: int, no_figure: str) -> Document:
    """Return the document with `<5` for each hidden number; figures that show one are left out, which `no_figure` says.

    `least` is the number of people from which on a cell is shown.
    """
    return _Masking(hidden, f"<{least}", no_figure).document(document)


class _Masking:
    """The same document again with `shown` in place of each hidden number."""

    def __init__(self, hidden: frozenset[str], shown: str, no_figure: str) -> None:
        self.hidden, self.shown, self.no_figure = hidden, shown, no_figure

    def document(self, one: Document) -> Document:
        mark_line = None if one.mark is None else self.text(one.mark)
        return replace(one, mark=mark_line, sections=tuple(self.section(s) for s in one.sections))

    def section(self, one: Section) -> Section:
        blocks = tuple(made for block in one.blocks for made in self.block(block))
        inner = tuple(self.section(s) for s in one.sections)
        return Section(id=one.id, title=self.text(one.title), blocks=blocks, sections=inner)

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
                return [Prose(text=self.text(one.text), tone=one.tone, language=one.language)]
            case Bullets():
                return [Bullets(items=tuple(self.text(item) for item in one.items))]
            case Table():
                return [self.table(one)]
            case Figure():
                if not _shows(one, self.hidden):
                    return [one]
                said = Prose(text=self.no_figure.format(figure=one.title, people=self.shown), tone="note")
                return [said] if one.data is None else [said, self.table(one.data)]

    def table(self, one: Table) -> Table:
        return replace(
            one,
            caption=self.text(one.caption),
            columns=tuple(replace(column, header=self.text(column.header)) for column in one.columns),
            rows=tuple(tuple(self.cell(cell) for cell in row) for row in one.rows),
            spanners=tuple(Spanner(text=self.text(s.text), columns=s.columns) for s in one.spanners),
            footnotes=tuple(self.text(note) for note in one.footnotes),
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


def _small(row: NumberRow, least: int) -> bool:
    if row.id in SIZES or row.id.startswith("criteria/") or (row.id.startswith("people/") and row.n is None):
        return False
    if row.n is not None and row.base in PEOPLE:
        counts = [row.count, row.n - row.count] if row.count is not None else [float(row.n)]
        return any(0 < count < least for count in counts)
    if row.n is None and row.base is None and row.method in ("count", "points"):
        return row.value is not None and 0 < row.value < least
    return False


def _derived(name: str, about: set[str]) -> bool:
    kind, *rest = name.split("/")
    told = {part.removeprefix("against=") for part in rest[:1] + rest[1:] * (kind == "difference")}
    return kind in TELLING and not told.isdisjoint(about)


def _blank(row: NumberRow) -> NumberRow:
    return NumberRow(id=row.id, value=None, base=row.base, method=METHOD)


def _shows(figure: Figure, hidden: frozenset[str]) -> bool:
    """Return whether a figure shows a hidden number; what it shows is said in its description and its data."""
    from reports.document import Document

    alone = Document(title="", sections=(Section(id="s", title="", blocks=(figure,)),))
    return any(row.id in hidden for text in texts_of(alone) for _, _, row in spans_of(text))
