"""One cell to one coded answer: its value, the kind of answer it is, and what is wrong with it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from questionnaires.instrument import Question
from questionnaires.privacy import masked
from questionnaires.problems import Severity, did_you_mean, one_of
from questionnaires.reading.layout import Layout
from questionnaires.reading.moments import Order, moment_of, order_in
from questionnaires.reading.options import Options, Picked, Style
from questionnaires.reading.text import is_empty, key_of, shown

EMPTY = ""
_NUMBER = re.compile(r"^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$")
_COMMA = re.compile(r"^[+-]?\d+,\d+$")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)?")
_NUMERIC = ("integer", "decimal", "range")
_DATED = ("date", "dateTime", "time")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell, still without its address."""

    got: str
    expected: str = ""
    hint: str = ""
    severity: Severity = "fault"


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """One cell as an answer: `kind` is empty where the cell is; `text` was written behind "other".

    Equal cells of a column share one object, so that it is known by itself and not by what is in it.
    """

    value: object = None
    kind: str = EMPTY
    fault: Fault | None = None
    text: str | None = None


_NOTHING = Coded()
Coder = Callable[[object], Coded]


@dataclass(frozen=True, slots=True)
class CodedCells:
    """The answers in one column: one a record, how many cells held something, whether any has a fault or a text."""

    answers: list[Coded]
    filled: int
    faulty: bool
    texts: bool


def code_cells(question: Question, cells: Sequence[object], layout: Layout) -> CodedCells:
    """Return the answers in one column, each distinct cell coded once.

    Values: an option's name for select_one, a tuple of names for select_multiple and rank, int for integer, float for
    decimal and range, ISO text for dates, else text. A cell that can't be read has the kind `invalid` or `lost`.
    """
    counts = Counter(cells)
    code = _coder(question, counts, layout)
    missing = dict(layout.missing) if question.type != "text" or layout.missing_in_text else {}
    cache = {cell: _coded(cell, missing, code) for cell in counts}
    return CodedCells(
        answers=list(map(cache.__getitem__, cells)),
        filled=sum(n for cell, n in counts.items() if cache[cell].kind != EMPTY),
        faulty=any(answer.fault is not None for answer in cache.values()),
        texts=any(answer.text is not None for answer in cache.values()),
    )


def _coded(cell: object, missing: Mapping[str, str], code: Coder) -> Coded:
    if is_empty(cell):
        return _NOTHING
    kind = missing.get(key_of(shown(cell))) if missing else None
    return code(cell) if kind is None else Coded(kind=kind)


def _coder(question: Question, cells: Mapping[object, int], layout: Layout) -> Coder:
    if question.type in ("select_one", "select_multiple", "rank"):
        options = Options(question, _styles(question, cells, layout))
        if question.type == "select_one":
            return lambda cell: _choose_one(cell, question, options, in_place=layout.other_in_place)
        return lambda cell: _choose_several(cell, question, options, layout)
    if question.type in _NUMERIC:
        comma = _has_decimal_comma(cells)
        return lambda cell: _amount(cell, question, comma=comma)
    if question.type in _DATED:
        order = order_in(cells)
        return lambda cell: _moment(cell, question, order)
    return lambda cell: _text(cell, personal=question.role not in ("respondent", "cluster"))


def _styles(question: Question, cells: Mapping[object, int], layout: Layout) -> tuple[Style, ...]:
    """Return in which order names and labels of options are tried: what fits most answers of the column first.

    Numbers of options are tried where the platform writes them and they fit more answers than labels do; an option that
    is itself called by a number goes by its name.
    """
    counts = {shown(cell): n for cell, n in cells.items() if not is_empty(cell)}
    separators = layout.separators if question.type != "select_one" else ()

    def fitting(style: Style) -> int:
        options = Options(question, (style,))
        return sum(n for text, n in counts.items() if options.several(text, separators) is not None)

    numbered = layout.ordinals and not all(choice.name.isdigit() for choice in question.choices)
    if numbered and fitting("ordinals") > fitting("labels"):
        return ("ordinals", "labels")
    return ("labels", "names") if fitting("labels") > fitting("names") else ("names", "labels")


def _choose_one(cell: object, question: Question, options: Options, *, in_place: bool) -> Coded:
    picked = options.one(shown(cell))
    if picked is None and not isinstance(cell, str) and isinstance(cell, dt.date):
        return _spoiled_by_date(cell, question, options)
    if picked is None and in_place and options.other is not None:
        picked = Picked((options.other,), shown(cell))
    if picked is None:
        return _unknown(cell, question, options)
    choice = question.choice(picked.names[0])
    return Coded(value=choice.name, kind=choice.missing or "answered", text=picked.text)


def _choose_several(cell: object, question: Question, options: Options, layout: Layout) -> Coded:
    picked = options.several(shown(cell), layout.separators, other_in_place=layout.other_in_place)
    if picked is None and not isinstance(cell, str) and isinstance(cell, dt.date):
        return _spoiled_by_date(cell, question, options)
    if picked is None:
        return _unknown(cell, question, options)
    return several(question, picked.names, picked.text)


def several(question: Question, names: tuple[str, ...], text: str | None = None) -> Coded:
    """Return several options as an answer; an option that stands for a missing answer counts where it stands alone."""
    missing = question.choice(names[0]).missing if len(names) == 1 else None
    return Coded(value=names, kind=missing or "answered", text=text)


def _unknown(cell: object, question: Question, options: Options) -> Coded:
    written = shown(cell)
    words = [_word(c.name, str(c.label), options.styles) for c in question.choices]
    fault = Fault(
        f'"{_short(written)}" is not an answer to {question.name}', one_of(words), did_you_mean(written, words)
    )
    return Coded(kind="invalid", fault=fault)


def _word(name: str, label: str, styles: Sequence[Style]) -> str:
    return label if styles[0] == "labels" and label else name


def _short(text: str) -> str:
    line = " ".join(masked(text).split())
    return line if len(line) <= 60 else f"{line[:57]}..."


def _spoiled_by_date(date: dt.date, question: Question, options: Options) -> Coded:
    """Tell of a date where an option should stand: a spreadsheet program made it of something like 1-3."""
    day, month, year = date.day, date.month, date.year % 100
    readings = (f"{day}-{month}", f"{month}-{day}", f"{month}-{year}", f"{year}-{month}")
    fitting = [text for text in dict.fromkeys(readings) if options.find(text) is not None]
    hint = "A spreadsheet program may have made it of " + " or ".join(fitting or readings[:2]) + "."
    words = [_word(c.name, str(c.label), options.styles) for c in question.choices]
    return Coded(kind="lost", fault=Fault(f"a date, {shown(date)}, stands for {question.name}", one_of(words), hint))


def _has_decimal_comma(cells: Iterable[object]) -> bool:
    """Return whether a column writes 7,5 for seven and a half: some cells do, and none has a point."""
    texts = {cell.strip() for cell in cells if isinstance(cell, str)}
    return any(_COMMA.match(t) for t in texts) and not any("." in t for t in texts)


def _amount(cell: object, question: Question, *, comma: bool) -> Coded:
    if isinstance(cell, dt.date):
        return Coded(kind="lost", fault=Fault(f"a date, {shown(cell)}, stands for {question.name}", "a number"))
    written = unicodedata.normalize("NFKC", shown(cell)).strip().replace("\u2212", "-")
    if comma and _COMMA.match(written):
        written = written.replace(",", ".")
    whole = question.type == "integer"
    number = float(written) if _NUMBER.match(written) else None
    if number is None or (whole and not number.is_integer()):
        got = f'"{_short(shown(cell))}" is not a number for {question.name}'
        fault = Fault(got, "a whole number" if whole else "a number", _number_hint(written))
        return Coded(kind="invalid", fault=fault)
    return Coded(value=int(number) if whole else number, kind="answered")


def _number_hint(written: str) -> str:
    found = _DIGITS.findall(written)
    return f"If {found[0]} is meant, set it in corrections.csv." if len(found) == 1 else ""


def _moment(cell: object, question: Question, order: Order | None) -> Coded:
    if question.type == "time" or isinstance(cell, dt.time):
        return Coded(value=shown(cell).strip(), kind="answered")
    moment = moment_of(cell, order)
    if moment is None:
        both = moment_of(cell, "day first") is not None
        hint = "Nothing in the column tells whether the day or the month comes first." if both else ""
        fault = Fault(f'"{_short(shown(cell))}" is not a date for {question.name}', "a date such as 2026-05-04", hint)
        return Coded(kind="invalid", fault=fault)
    written = moment.date().isoformat() if question.type == "date" else moment.isoformat()
    return Coded(value=written, kind="answered")


def _text(cell: object, *, personal: bool) -> Coded:
    written = shown(cell).replace("\0", "")
    return Coded(value=masked(written) if personal else written, kind="answered")
