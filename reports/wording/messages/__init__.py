"""Sentences that the lower layers say in English, brought into the language of a report or console.

`messages/zh/*.toml` are tables from an English template to a Chinese one; `{name}` stands for anything that is put in.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

HOLE = re.compile(r"\{(\w+)\}")


class Template(NamedTuple):
    """One English template as an expression, and what is said instead."""

    english: str
    expression: re.Pattern[str]
    instead: str


def said(text: str, language: str, labels: Mapping[str, str] | None = None) -> str:
    """Return an English sentence of a lower layer in `language`; as it stands where nobody has brought it over.

    What was put into the sentence (names, numbers, what a cell holds) stays as it is, but for `labels`: English labels
    of questions, answers and criteria with those of the language.
    """
    known = labels or {}
    if language == "en" or not text:
        return text
    exact = _exact(language)
    if text in exact:
        return exact[text]
    for template in templates(language):
        found = template.expression.fullmatch(text)
        if found:
            return _filled(template.instead, found.groupdict(), language, known)
    return known.get(text, text)


@cache
def templates(language: str) -> tuple[Template, ...]:
    """Return the templates of a language that have holes, the most literal first."""
    holed = [(english, other) for english, other in _tables(language) if HOLE.search(english)]
    holed.sort(key=lambda pair: -len(HOLE.sub("", pair[0])))
    return tuple(Template(english, _expression(english), other) for english, other in holed)


@cache
def _exact(language: str) -> dict[str, str]:
    return {english: other for english, other in _tables(language) if not HOLE.search(english)}


@cache
def _tables(language: str) -> tuple[tuple[str, str], ...]:
    folder = files("reports").joinpath(f"wording/messages/{language}")
    found: list[tuple[str, str]] = []
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            found += tomllib.loads(file.read_text(encoding="utf-8")).items()
    return tuple(found)


def _expression(english: str) -> re.Pattern[str]:
    parts = HOLE.split(english)
    seen: set[str] = set()
    text = ""
    for at, part in enumerate(parts):
        if at % 2 == 0:
            text += re.escape(part)
        else:
            text += f"(?P={part})" if part in seen else f"(?P<{part}>.+?)"
            seen.add(part)
    return re.compile(text, re.DOTALL)


def _filled(instead: str, parts: dict[str, str], language: str, labels: Mapping[str, str]) -> str:
    """Put the parts in; a part that is itself a sentence of a lower layer is brought over too."""
    known = _exact(language) | dict(labels)
    return HOLE.sub(lambda hole: known.get(parts[hole[1]], parts[hole[1]]), instead)
