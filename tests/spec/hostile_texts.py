"""A document that is full of texts that some program would take for more than text."""

import pandas as pd

from reports.document import (
    Bullets,
    Callout,
    Column,
    Document,
    Figure,
    Prose,
    Section,
    Spanner,
    Table,
    number_cell,
    text_cell,
)
from reports.figures.patients_by_definition import COLUMNS, draw_patients

HOSTILE = (
    "<script>alert('x')</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(A1)",
    "{{ 7*7 }}{% raw %}",
    "]]></svg><script>",
    "\x00\x08\x1b bell",
    "新的肝内病灶 & <b>",
    "a" * 300,
    "[x](javascript:alert(1)) ![i](http://evil.example/x.png)",
    "http://evil.example/a www.evil.example me@evil.example mailto:me@evil.example",
    "| a | b |\n|---|---|\n# no heading",
    "1. no list",
    "- no list *either* _or_ `so` ~~on~~ $x$",
    'INCLUDEPICTURE "http://evil.example/x.png" \\d',
    "--- =1+1",
)


def hostile_document() -> Document:
    rows = tuple((text_cell(text), number_cell(at)) for at, text in enumerate(HOSTILE))
    table = Table(
        id="hostile",
        caption=HOSTILE[0],
        columns=(Column(header=HOSTILE[2], head=True), Column(header=HOSTILE[1], align="right")),
        spanners=(Spanner(text="", columns=1), Spanner(text=HOSTILE[0], columns=1)),
        rows=rows,
        footnotes=HOSTILE,
    )
    data = pd.DataFrame([("a", 1, 2, 3), ("b", 0, 0, 6)], columns=COLUMNS)
    words = {"axis": HOSTILE[0], "met": HOSTILE[1], "unknown": "$x$ <i>", "not_met": "no"}
    figure = Figure(
        id="figure-one",
        title=HOSTILE[6],
        description=HOSTILE[1],
        caption=HOSTILE[0],
        draw=lambda: draw_patients(data, {"a": HOSTILE[0], "b": HOSTILE[8]}, words),
        data=table,
    )
    blocks = (*(Prose(text=text) for text in HOSTILE), Bullets(items=HOSTILE), figure, table)
    card = Callout(kind="card", title=HOSTILE[1], blocks=(Prose(text=HOSTILE[0], tone="quote", language="zh"),))
    return Document(
        title=HOSTILE[0],
        mark=HOSTILE[1],
        subtitle=HOSTILE[5],
        sections=(
            Section(
                id="one",
                title=HOSTILE[0],
                blocks=(*blocks, card),
                sections=(Section(id="two", title="Two", blocks=(card,)),),
            ),
        ),
    )
