"""A document as one self-contained page: no script, no request, every text escaped, figures inline.

A number in prose is a link to its row in the list at the end of the page, which is that of `numbers.csv`; a number in a
table names its row in its tooltip, so that tables stay free of links.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from reports.numbers_file import plain_number, rows_shown
from reports.numbers_marked import pieces
from reports.wording import of as wording_of
from reports.writers.pictures import Pictures
from reports.writers.signs import SIGNS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Template

    from reports.document import Document, Figure, Table

NOT_IN_HTML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")

SHORT = 12
BREAKS = 8  # words shorter than this keep to one line


def page(document: Document, pictures: Pictures | None = None) -> str:
    """Return the page; headings go in order, figures have a text alternative, wide tables scroll in their own box."""
    style = files("reports").joinpath("templates/style.css").read_text(encoding="utf-8")
    rows = rows_shown(document)
    text = _template().render(
        document=document,
        style=Markup(style),
        words=wording_of(document.language),
        pictures=pictures or Pictures(),
        rows=rows,
        anchors={row.id: f"number-{at}" for at, row in enumerate(rows, start=1)},
    )
    return NOT_IN_HTML.sub("\ufffd", text)


@cache
def _template() -> Template:
    source = files("reports").joinpath("templates/page.html").read_text(encoding="utf-8")
    environment = Environment(
        loader=DictLoader({"page.html": source}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"kind": _kind, "svg": _svg, "on_page": _on_page, "sign": _sign, "row_spans": row_spans}
    environment.filters |= {"linked": _linked, "named": _named, "plain_number": plain_number}
    environment.filters |= {"worded": _worded, "long_heads": _long_heads}
    return environment.get_template("page.html")


def _kind(block: object) -> str:
    return type(block).__name__


def _svg(figure: Figure, pictures: Pictures) -> Markup:
    return Markup(pictures.svg(figure))


def _long_heads(table: Table) -> bool:
    """Return whether what names the rows of a table is words and not short names such as S01."""
    return any(column.head for column in table.columns[:1]) and any(
        len(text) > SHORT and (" " in text or not text.isascii()) for text in (row[0].text for row in table.rows)
    )


def _worded(text: str) -> bool:
    """Return whether a cell holds words and no number, or limits behind a number, so that its lines may break."""
    return " [" in text or (len(text) > BREAKS and not any(character.isdigit() for character in text))


def _linked(text: str, anchors: Mapping[str, str]) -> Markup:
    """Return a text of which each number links to its row."""
    return Markup("").join(
        Markup('<a class="number" href="#{}">{}</a>').format(anchors[row], piece) if row else escape(piece)
        for piece, row in pieces(text)
    )


def _named(text: str) -> Markup:
    """Return a text of which each number names its row."""
    return Markup("").join(
        Markup('<span title="{}">{}</span>').format(row, piece) if row else escape(piece) for piece, row in pieces(text)
    )


def _on_page(table: Table) -> Table:
    return table.shown("page")


def row_spans(table: Table) -> list[int]:
    """Return over how many rows the first cell of each row goes: 0 where it is that of a row above.

    An empty first cell that would name its row continues what the one above it names.
    """
    spans: list[int] = []
    owner = 0
    for at, row in enumerate(table.rows):
        goes_on = at > 0 and table.columns[0].head and not row[0].text
        owner = owner if goes_on else at
        spans.append(0 if goes_on else 1)
        spans[owner] += goes_on
    return spans


def _sign(name: str) -> str:
    return SIGNS.get(name, "")
