"""The words of a rule with their places, and how a place that can't be read is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NoReturn

from questionnaires.problems import ConsensusError

Kind = Literal["word", "number", "percent", "sign", "end"]

_TOKEN = re.compile(
    r"\s*(?:(?P<fraction>\d+\s*/\s*[1-9]\d*)|(?P<percent>\d+(?:\.\d+)?\s*[%％])|(?P<number>\d+(?:\.(?!\.)\d+)?|\.\d+)"
    r"|(?P<word>[^\W\d]\w*)|(?P<sign>>=|<=|≥|≤|\.\.|[-><=+(),;:，；：（）]))"
)
_SAME = str.maketrans({"≥": ">=", "≤": "<=", "，": ",", "；": ";", "：": ":", "（": "(", "）": ")"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign of a rule's text, and where it begins (0 is the first character).

    A `fraction` may stand for a share or for a number; a `percent` stands for a share.
    """

    kind: Kind
    text: str
    at: int
    value: Fraction = Fraction(0)
    fraction: bool = False


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the tokens of a rule's text, an `end` at its end; ConsensusError at what is none."""
    found, at = list[Token](), 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            start = at + len(text[at:]) - len(text[at:].lstrip())
            refuse(text, start, "a word, a number, a comparison or a bracket")
        found.append(_token(match))
        at = match.end()
    return (*found, Token("end", "", len(text)))


def _token(match: re.Match[str]) -> Token:
    kind = str(match.lastgroup)
    text, at = match[kind], match.start(kind)
    if kind == "fraction":
        above, _, below = text.partition("/")
        return Token("number", text, at, Fraction(int(above), int(below)), True)
    if kind == "percent":
        return Token("percent", text, at, Fraction(text.rstrip("%％ \t")) / 100)
    if kind == "number":
        return Token("number", text, at, Fraction(text))
    return Token("word" if kind == "word" else "sign", text.translate(_SAME) if kind == "sign" else text, at)


def refuse(text: str, at: int, expected: str, hint: str = "") -> NoReturn:
    """Raise ConsensusError that names the first character that can't be read, what was expected there, and a hint."""
    rest = text[at:].strip()
    got = f'"{rest}"' if rest else "nothing more"
    raise ConsensusError(
        f'the rule "{text}", character {at + 1}: {got} can\'t be read there. Expected {expected}.'
        + (hint and f" {hint}")
    )
