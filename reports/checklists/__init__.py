"""Reporting checklists as data: the numbers and sections of each, and which facts of a study speak to them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from questionnaires.instrument import Labels

NAMES = ("cross", "cherries")
OF_PANELS = ("accord", "delphistar")


@dataclass(frozen=True, kw_only=True, slots=True)
class ChecklistSection:
    """One section of a checklist: what it is called, its number, and the names of the facts that speak to it."""

    number: str
    title: Labels
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Checklist:
    """A checklist by its sections; `standing` says that the wording of its items was not read."""

    id: str
    title: Labels
    cite: str
    standing: str
    items: int
    sections: tuple[ChecklistSection, ...]


@cache
def read_checklist(name: str) -> Checklist:
    """Return a bundled checklist by its name, `cross`, `cherries`, `accord` or `delphistar`; else KeyError."""
    if name not in (*NAMES, *OF_PANELS):
        raise KeyError(name)
    content = tomllib.loads(files("reports").joinpath(f"checklists/{name}.toml").read_text(encoding="utf-8"))
    about = content["checklist"]
    return Checklist(
        id=about["id"],
        title=Labels(tuple(about["title"].items())),
        cite=about["cite"],
        standing=about["standing"],
        items=about["items"],
        sections=tuple(
            ChecklistSection(
                number=section["number"],
                title=Labels(tuple(section["title"].items())),
                facts=tuple(section.get("facts", ())),
            )
            for section in content["section"]
        ),
    )
