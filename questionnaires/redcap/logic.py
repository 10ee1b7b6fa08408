"""Branching logic of REDCap and the expressions of an instrument, each told in the other's language."""

from __future__ import annotations

import re
from collections.abc import Collection

from questionnaires.routing import ExpressionError, parse_expression

_EVENT = re.compile(r"\]\s*\[")
_BOX_TOLD = re.compile(r"\[(\w+)\(([^()\]]+)\)\]\s*(=|!=|<>)\s*([\"']?)([01])\4(?!\d)")
_BOX = re.compile(r"\[(\w+)\(([^()\]]+)\)\]")
_FIELD = re.compile(r"\[(\w+)\]")
_PART = re.compile(r"('[^']*'|\"[^\"]*\")")
_NOT_SELECTED = re.compile(r"not\(\s*selected\(\s*\$\{(\w+)\}\s*,\s*('[^']*'|\"[^\"]*\")\s*\)\s*\)")
_SELECTED = re.compile(r"selected\(\s*\$\{(\w+)\}\s*,\s*('[^']*'|\"[^\"]*\")\s*\)")
_NAME = re.compile(r"\$\{(\w+)\}")
_SHARED = ("if", "round", "sum", "min", "max")
_NO_BRANCHING = re.compile(r"\b[a-z][a-z-]*\s*\(|\b(div|mod)\b|\$\{")


def from_redcap(logic: str) -> str | None:
    """Return branching logic as an expression; None where it speaks of events or uses what is not evaluated here."""
    if _EVENT.search(logic):
        return None
    told = _BOX_TOLD.sub(_box_told, logic)
    told = _BOX.sub(r"if(selected(${\1}, '\2'), 1, 0)", told)
    told = _FIELD.sub(r"${\1}", told)
    told = "".join(part if part[:1] in "'\"" else _operators(part) for part in _PART.split(told))
    told = " ".join(told.split())
    try:
        parse_expression(told)
    except ExpressionError:
        return None
    return told


def _box_told(found: re.Match[str]) -> str:
    name, option, operator, _, value = found.groups()
    chosen = (value == "1") == (operator == "=")
    selected = f"selected(${{{name}}}, '{option}')"
    return selected if chosen else f"not({selected})"


def _operators(part: str) -> str:
    part = re.sub(r"\b(and|or)\b", lambda word: word[0].lower(), part, flags=re.IGNORECASE)
    return part.replace("<>", "!=").replace("/", " div ")


def to_redcap(expression: str, several: Collection[str]) -> str | None:
    """Return an expression as branching logic; None where REDCap can't say it. `several` may have several answers."""

    def selected(found: re.Match[str], ticked: str) -> str:
        name, option = found[1], found[2][1:-1]
        if name in several:
            return f"[{name}({option})] = '{ticked}'"
        return f"[{name}] {'=' if ticked == '1' else '<>'} '{option}'"

    told = _NOT_SELECTED.sub(lambda found: selected(found, "0"), expression)
    told = _SELECTED.sub(lambda found: selected(found, "1"), told)
    told = _NAME.sub(lambda found: f"[{found[1]}]" if found[1] not in several else found[0], told)
    parts = _PART.split(told)
    bare = " ".join(re.sub(r"\[[^\]]*\]", "", part) for part in parts if part[:1] not in ("'", '"'))
    calls = [call for call in _NO_BRANCHING.finditer(bare) if call[0].rstrip("( ") not in ("and", "or", *_SHARED)]
    if calls:
        return None
    return "".join(part if part[:1] in ("'", '"') else part.replace("!=", "<>") for part in parts)
