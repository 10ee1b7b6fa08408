"""Reads the measures of a rule, sums of them, and comparisons, and checks that like is compared with like."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, cast, get_args

from consensus.agreement.estimate import Base
from consensus.rules.terms import (
    BOUNDARIES,
    BOUNDS,
    NUMBERS,
    PLAIN,
    SETS,
    WORDS,
    Compared,
    Options,
    Sum,
    Term,
    Told,
    percent,
)
from questionnaires.problems import did_you_mean, one_of

if TYPE_CHECKING:
    from consensus.rules.reader import Reader
    from consensus.rules.terms import Comparison

BASES = get_args(Base)
MEASURE = "a measure such as share(agree), share(7..9), median or iqr"
MEASURES = (*SETS, *PLAIN, *NUMBERS, *BOUNDS, "boundary", "disagreement", "agreement")
TOLD = {"disagreement": ("classic", "ipras"), "agreement": ("classic",)}
ALIASES = {"lower": "low", "upper": "high"}
SHARE_WANTED = "a percentage such as 75%, or a fraction such as 2/3"


def comparison(reader: Reader) -> Compared | Told:
    """Read one comparison, or what the RAND/UCLA method calls agreement or disagreement."""
    word = reader.next.text.lower()
    if reader.next.kind == "word" and word in TOLD:
        reader.take()
        reader.need("(", word)
        way = reader.name(one_of(TOLD[word])).lower()
        if way not in TOLD[word]:
            reader.refuse(f"{word}({one_of(TOLD[word])})", did_you_mean(way, TOLD[word]))
        reader.need(")", way)
        return Told(word, way)
    left = _sum(reader)
    sign = reader.sign(">=", ">", "<=", "<", "=")
    if not sign:
        reader.refuse(">=, >, <=, < or =")
    if sign == "=" and reader.next.text in ("<", ">"):
        reader.refuse(">= or <=", f"Did you mean {reader.next.text}=?", at=reader.before)
    if sign == "=" and any(term.unit == "share" for term in left.terms):
        reader.refuse(">= or >", at=reader.before)
    return _right(reader, left, cast("Comparison", sign))


def _right(reader: Reader, left: Sum, sign: Comparison) -> Compared:
    at = reader.next.at
    units = {term.unit for term in left.terms}
    shares = units == {"share"}
    if shares and reader.next.kind == "number" and not reader.next.fraction:
        reader.refuse(SHARE_WANTED, _meant(reader.next.value))
    right = _sum(reader, SHARE_WANTED if shares else "a number or a measure")
    read = Compared(_with_base(reader, left), sign, right)
    if not (*left.terms, *right.terms):
        reader.refuse(MEASURE, "A comparison of two numbers says nothing of the answers.", at=at)
    _check_units(reader, read, at)
    return read


def _with_base(reader: Reader, left: Sum) -> Sum:
    """Read `of answered` behind a threshold: it says whom the one share on the left is of."""
    if not reader.peek("of"):
        return left
    if len(left.terms) != 1 or left.terms[0].base is not None or left.terms[0].measure not in ("share", "count"):
        reader.refuse("a base behind the share that it is of", "Write share(agree) of answered >= 75%.")
    base = _base(reader)
    return Sum(tuple((s, replace(p, base=base) if isinstance(p, Term) else p) for s, p in left.parts))


def _check_units(reader: Reader, read: Compared, at: int) -> None:
    units = {term.unit for term in (*read.left.terms, *read.right.terms)}
    constant = read.right.constant
    if "share" in units and "scale" in units:
        reader.refuse("a share held against a share, points of the scale against points", at=at)
    if units == {"share"} and constant is not None:
        unreachable = constant > 1 or (constant == 1 and read.comparison == ">") or constant < 0
        if unreachable:
            reader.refuse("a threshold that can be reached, up to 100%", at=at)
    if "scale" in units and constant is not None and "%" in reader.text[at : reader.next.at]:
        reader.refuse("a number of points on the scale, such as 7", at=at)


def _meant(value: Fraction) -> str:
    if 0 < value <= 1:
        return f"Did you mean {percent(value)}?"
    return f"Did you mean {percent(value / 100)}?" if 1 < value <= 100 else ""


def _sum(reader: Reader, expected: str = MEASURE) -> Sum:
    sign = -1 if reader.sign("-") else 1
    parts = [(sign, _part(reader, expected))]
    while reader.next.text in ("+", "-") and reader.next.kind == "sign":
        sign = 1 if reader.sign("+", "-") == "+" else -1
        parts.append((sign, _part(reader, expected)))
    return Sum(tuple(parts))


def _part(reader: Reader, expected: str) -> Term | Fraction:
    if reader.next.kind in ("number", "percent"):
        return reader.take().value
    if reader.next.kind != "word":
        reader.refuse(expected)
    return term(reader)


def term(reader: Reader) -> Term:
    """Read one measure with what stands in its brackets and the base that it is of."""
    name = ALIASES.get(reader.next.text.lower(), reader.next.text.lower())
    if name not in MEASURES or name in TOLD:
        hint = did_you_mean(name, MEASURES)
        if "majority" in reader.text.lower():
            hint = "A simple majority is written share(agree) > 50%."
        reader.refuse(MEASURE, hint)
    reader.take()
    read = Term(measure=name) if name in PLAIN else _bracketed(reader, name)
    if not reader.peek("of"):
        return read
    if read.measure not in ("share", "count"):
        reader.refuse(f"no base for {name}: it is of the answers that take a side or give a number")
    return replace(read, base=_base(reader))


def _base(reader: Reader) -> Base:
    reader.word("of")
    word = reader.next.text.lower()
    if word not in BASES:
        reader.refuse(f"one of the bases {one_of(BASES)}", did_you_mean(word, BASES))
    reader.take()
    return cast("Base", word)


def _bracketed(reader: Reader, name: str) -> Term:
    reader.need("(", name)
    if name in BOUNDS:
        inner = term(reader)
        if inner.measure != "share" or inner.bound is not None:
            reader.refuse(f"{name}(share(...)): only shares have limits here")
        read = replace(inner, bound=name)
    elif name == "boundary":
        of = reader.name(one_of(BOUNDARIES)).lower()
        if of not in BOUNDARIES:
            reader.refuse(f"boundary({one_of(BOUNDARIES)})")
        read = Term(measure=name, of=of)
    elif name in NUMBERS:
        if reader.next.kind not in ("number", "percent"):
            reader.refuse("a percentage such as 30%" if name == "quantile" else "a number of points such as 1")
        at = reader.next
        reader.take()
        if name == "quantile" and not 0 <= at.value <= 1:
            reader.refuse("a percentage from 0% to 100%", at=at.at)
        read = Term(measure=name, at=at.value)
    else:
        read = Term(measure=name, options=_options(reader))
    reader.need(")", f"{name}(...")
    return read


def _options(reader: Reader) -> Options:
    if reader.next.kind == "word":
        word = reader.next.text.lower()
        if word not in WORDS:
            reader.refuse("agree, disagree, top, bottom, a range such as 7..9, or points such as 3, 4")
        reader.take()
        return Options(word=word)
    low = _point(reader)
    if reader.sign(".."):
        at = reader.next.at
        high = _point(reader)
        if high < low:
            reader.refuse("a range that runs upward, such as 7..9", at=at)
        return Options(low=low, high=high)
    points = [low]
    while reader.sign(","):
        points.append(_point(reader))
    return Options(points=tuple(points))


def _point(reader: Reader) -> Fraction:
    sign = -1 if reader.sign("-") else 1
    if reader.next.kind != "number":
        reader.refuse("agree, disagree, top, bottom, a range such as 7..9, or points such as 3, 4")
    return sign * reader.take().value
