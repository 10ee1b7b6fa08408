"""Which dialects there are: those of the project in the order in which they are asked, and those plugged in."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Protocol, runtime_checkable

from questionnaires.problems import ConsensusError
from questionnaires.reading.grid import Book, Grid
from questionnaires.reading.layout import KINDS, AnswerKind, Layout, in_words, make_layout, plain_columns
from questionnaires.reading.text import shown

BUNDLED = (
    "wenjuanxing",
    "qualtrics",
    "limesurvey",
    "surveymonkey",
    "redcap",
    "kobo",
    "msforms",
    "googleforms",
    "plain",
)
HEAD = 4000


@dataclass(frozen=True, kw_only=True, slots=True)
class Dialect:
    """How one platform lays out its answers in cells.

    `sees` returns in words why cells look like an export of this platform, else an empty text; `lay_out` what each
    column is for and where the answers begin; `repeats` the rows in which respondents answered some questions again.
    """

    name: str
    sees: Callable[[Grid], str]
    lay_out: Callable[[Grid], Layout]
    repeats: Callable[[Book, Layout], tuple[Layout, ...]] = lambda book, layout: ()


@runtime_checkable
class TextDialect(Protocol):
    """How one platform writes its answers as text: what a plug-in has to be. It may have `missing` besides.

    `missing` maps cells to kinds of missing answers: `{"--": "not_shown", "(declined)": "refused"}`.
    """

    name: str

    def recognizes(self, head: str) -> str:
        """Return in words why a file that begins so (4,000 characters) is one of this platform, else an empty text."""

    def table(self, text: str) -> tuple[list[str], list[list[str]]]:
        """Return headers and rows as the plain dialect would have them; several options are joined by `;`."""


def _plugged_in(plugin: TextDialect, missing: tuple[tuple[str, AnswerKind], ...]) -> Dialect:
    """Return a text dialect as one of cells; a workbook reaches it as the CSV text of its sheet."""

    def lay_out(grid: Grid) -> Layout:
        headers, rows = plugin.table(_text_of(grid))
        cells = tuple(tuple(row) for row in (headers, *rows))
        table = Grid(file=grid.file, sheet=grid.sheet, rows=cells, visible=grid.visible)
        return replace(
            make_layout(table, plain_columns(table, 0), 1), missing=missing, separators=(";",), missing_in_text=True
        )

    return Dialect(name=plugin.name, sees=lambda grid: plugin.recognizes(_text_of(grid)[:HEAD]), lay_out=lay_out)


_PLUGGED_IN: dict[str, Dialect] = {}


def register_dialect(plugin: TextDialect) -> None:
    """Let `read_responses` know a further platform; a later registration of the same name replaces the earlier one.

    Raises ConsensusError where a part is missing, the name is one of the project's own, or `missing` names no kind.
    """
    name = getattr(plugin, "name", None)
    if not isinstance(plugin, TextDialect) or not isinstance(name, str) or not name:
        raise ConsensusError("a dialect has a name, a method recognizes(head) and a method table(text).")
    if name in (*BUNDLED, "auto"):
        raise ConsensusError(f'the dialect "{name}" is there already. Give yours another name.')
    missing = in_words(dict(getattr(plugin, "missing", None) or {}))
    for word, kind in missing:
        if kind not in KINDS:
            raise ConsensusError(f'the dialect "{name}": "{word}" stands for "{kind}". Expected {", ".join(KINDS)}.')
    _PLUGGED_IN.pop(name, None)
    _PLUGGED_IN[name] = _plugged_in(plugin, missing)


def dialects() -> tuple[Dialect, ...]:
    """Return all dialects in the order in which they are asked: plugged in first, the latest before, then bundled."""
    bundled = (import_module(f"questionnaires.reading.dialects.{name}").DIALECT for name in BUNDLED)
    return (*reversed(_PLUGGED_IN.values()), *bundled)


def known_dialects() -> tuple[str, ...]:
    """Return the names of all dialects."""
    return (*reversed(_PLUGGED_IN), *BUNDLED)


def _text_of(grid: Grid) -> str:
    if grid.text:
        return grid.text
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([shown(cell) for cell in row] for row in grid.rows)
    return out.getvalue()
