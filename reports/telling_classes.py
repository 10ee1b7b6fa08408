"""Two scores on a terminal: which classes of the one go with which of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.telling_scores import marked

if TYPE_CHECKING:
    from consensus.definitions.definition import Definition
    from consensus.scoring.comparing.classes import Classes

NO_CLASS = {"en": "no class", "zh": "无分级"}
OR = {"en": " or ", "zh": "或"}


def classes_table(found: Classes, one: Definition, language: str) -> tuple[tuple[str, str], list[tuple[str, str]]]:
    """Return the headers and rows: each class of one score, and those that the other can give beside it."""
    other = found.b if one is found.a else found.a
    head = f"{marked(other)} can be" if language == "en" else f"{marked(other)} 可为"
    rows = [
        (_name(name, language), OR[language].join(_name(o, language) for o in beside))
        for name, beside in found.beside(one)
    ]
    return (marked(one), head), rows


def classes_line(found: Classes, language: str) -> str:
    """Return what the tables rest on."""
    if language == "zh":
        return f"试判{found.tried:,}名记录完整的虚构患者" + (
            "，即两个评分所能区分的全部。" if found.every else "，取值散布各范围；罕见的组合可能未出现。"
        )
    of = "all that the two can tell apart" if found.every else "a spread over the ranges: a rare pair may be missing"
    return f"Tried on {found.tried:,} made-up patients, fully recorded: {of}."


def classes_json(found: Classes) -> dict[str, object]:
    """Return the pairs of classes as JSON takes them; null stands for points that no class holds."""
    return {
        "scores": [found.a.id, found.b.id],
        "tried": found.tried,
        "all_of_them": found.every,
        "classes": [
            {"score": one.id, "class": name, "other": list(beside)}
            for one in (found.a, found.b)
            for name, beside in found.beside(one)
        ],
    }


def _name(name: str | None, language: str) -> str:
    return name if name is not None else NO_CLASS[language]
