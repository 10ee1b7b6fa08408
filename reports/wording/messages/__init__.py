"""Sentences that the lower layers say in English, brought into the language of a report or console.

`messages/zh/*.toml` are tables from an English template to a Chinese one. In a template `{name}` stands for anything
that is put in and stays as it is, `{n}` for a number, `{name:}` for a part that is brought over as well, `{name;}` and
`{name,}` for a list of such parts, and `[s]` or
`[person|people]` for a word's ending or form.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

HOLE = re.compile(r"\{(\w+)([;,:]?)\}")
FORM = re.compile(r"\\\[([a-z]+(?:\\\|[a-z]+)*)\\\]")
NUMBER = r"\d[\d,.]*"
BETWEEN = {"zh": {";": "；", ",": "，"}}
SENTENCE = re.compile(r"(?<=[.?]) (?=[A-Z])")
PROBLEM = re.compile(
    r"(?P<where>.+?): (?P<got>.+?)\.(?: Expected (?P<expected>.+?)\.)?(?: (?P<hint>[A-Z].*))?", re.DOTALL
)


class Template(NamedTuple):
    """One English template as an expression, and what is said instead."""

    english: str
    expression: re.Pattern[str]
    instead: str
    lists: tuple[tuple[str, str], ...]


def said(text: str, language: str, labels: Mapping[str, str] | None = None) -> str:
    """Return an English sentence of a lower layer in `language`; as it stands where nobody has brought it over.

    What was put into the sentence (names, numbers, what a cell holds) stays as it is, but for `labels`: English labels
    of questions, answers and criteria with those of the language.
    """
    if language == "en" or not text:
        return text
    known = labels or {}
    exact = _exact(language)
    if text in exact:
        return exact[text]
    if text in known:
        return known[text]
    for template in templates(language):
        found = template.expression.fullmatch(text)
        if found:
            return _filled(template, found.groupdict(), language, known)
    return text


def said_problem(where: str, got: str, expected: str, hint: str, language: str) -> str:
    """Return a problem as one message of the language, each of its parts brought over."""
    place, found, wanted, advice = (said(part.rstrip("."), language) for part in (where, got, expected, hint))
    if advice == hint.rstrip("."):
        # several hints stand in one, a sentence each
        each = [(said(one, language), one) for one in SENTENCE.split(hint)]
        advice = "".join(told for told, _ in each) if all(told != one for told, one in each) else said(hint, language)
    return f"{place}：{found.rstrip('。')}。" + (f"应为：{wanted.rstrip('。')}。" if wanted else "") + advice


def said_message(text: str, language: str) -> str:
    """Return a whole message, also one of the form *where: got. Expected this. Hint.*, brought over part by part."""
    found = PROBLEM.fullmatch(text)
    if language == "en" or found is None:
        return said(text, language)
    where, got, expected, hint = (found[part] or "" for part in ("where", "got", "expected", "hint"))
    if said(got, language) == got:
        return said(text, language)
    return said_problem(where, got, expected, hint, language)


@cache
def templates(language: str) -> tuple[Template, ...]:
    """Return the templates of a language that have holes or forms, the most literal first."""
    holed = [(english, other) for english, other in _tables(language) if _open(english)]
    holed.sort(key=lambda pair: -len(HOLE.sub("", pair[0])))
    return tuple(
        Template(english, _expression(english), other, tuple((h[1], h[2]) for h in HOLE.finditer(english) if h[2]))
        for english, other in holed
    )


def _open(english: str) -> bool:
    return bool(HOLE.search(english) or FORM.search(re.escape(english)))


@cache
def _exact(language: str) -> dict[str, str]:
    return {english: other for english, other in _tables(language) if not _open(english)}


@cache
def _tables(language: str) -> tuple[tuple[str, str], ...]:
    folder = files("reports").joinpath(f"wording/messages/{language}")
    found: list[tuple[str, str]] = []
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            found += tomllib.loads(file.read_text(encoding="utf-8")).items()
    return tuple(found)


def _expression(english: str) -> re.Pattern[str]:
    seen: set[str] = set()
    text, at = "", 0
    for hole in HOLE.finditer(english):
        text += _literal(english[at : hole.start()])
        anything = NUMBER if hole[1] == "n" else ".+?"
        text += f"(?P={hole[1]})" if hole[1] in seen else f"(?P<{hole[1]}>{anything})"
        seen.add(hole[1])
        at = hole.end()
    return re.compile(text + _literal(english[at:]), re.DOTALL)


def _literal(text: str) -> str:
    """Return a text as an expression, its `[s]` optional and its `[person|people]` either of these."""
    return FORM.sub(lambda form: f"(?:{form[1].replace(chr(92), '')}){'' if '|' in form[1] else '?'}", re.escape(text))


def _filled(template: Template, parts: dict[str, str], language: str, labels: Mapping[str, str]) -> str:
    """Put the parts in: what a cell holds as it is, what a lower layer says brought over too."""
    lists = dict(template.lists)

    def part(name: str) -> str:
        between = lists.get(name)
        if between is None:
            return labels.get(parts[name], parts[name])
        if between == ":":
            return said(parts[name], language, labels)
        told = [said(one, language, labels) for one in parts[name].split(f"{between} ")]
        return BETWEEN[language][between].join(told)

    return HOLE.sub(lambda hole: part(hole[1]), template.instead)
