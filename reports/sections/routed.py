"""Whom a routed question was asked of, in words: the answers that its `relevant` asks for, joined by or and and."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.material import Material

NAME = r"\$\{\s*(?P<question>[^}]+?)\s*\}"
TEXT = r"""(?P<mark>['"])(?P<option>[^'"]*)(?P=mark)"""
ANSWERED = re.compile(rf"{NAME}\s*(?P<sign>=|!=)\s*{TEXT}")
SELECTED = re.compile(rf"(?P<sign>not\s*\(\s*)?selected\s*\(\s*{NAME}\s*,\s*{TEXT}\s*\)(?(sign)\s*\))")
NUMBER = re.compile(rf"{NAME}\s*(?P<sign><=|>=|<|>|=)\s*(?P<number>\d+(?:\.\d+)?)")
JOINT = re.compile(r"\s+(or|and)\s+")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|\$\{[^}]*\}")


def routed(material: Material, expression: str) -> str:
    """Return the expression in words; as it stands where it says more than answers joined by or and and."""
    try:
        return "".join(_words(material, expression))
    except (KeyError, ValueError):
        return expression


def _words(material: Material, expression: str) -> Iterator[str]:
    say, parts = material.words.survey, _parts(expression)
    if "and" in parts[1::2] and "or" in parts[1::2]:
        raise ValueError("brackets would be needed to tell what belongs together")
    for at, part in enumerate(parts):
        yield (say.ANY_OF if part == "or" else say.ALL_OF) if at % 2 else _part(material, part)


def _parts(expression: str) -> list[str]:
    """Return the expression cut at each `or` and `and`, these between; none within quotes is taken for one."""
    kept = QUOTED.findall(expression)
    parts = JOINT.split(QUOTED.sub("\0", expression))
    texts = iter(kept)
    return [re.sub("\0", lambda _: next(texts), part).strip() for part in parts]


def _part(material: Material, part: str) -> str:
    say = material.words.survey
    found = ANSWERED.fullmatch(part) or SELECTED.fullmatch(part) or NUMBER.fullmatch(part)
    if found is None:
        raise ValueError(part)
    question = material.instrument.question(found["question"])
    label = question.label.text(material.language)
    if found.re is NUMBER:
        return str(say.number_condition(label, found["sign"], found["number"]))
    without = found["sign"] is not None and found["sign"] != "="
    return str((say.other_condition if without else say.condition)(label, material.option(question, found["option"])))
