"""Numbers into sentences, one package a language; the same modules and names in each."""

from __future__ import annotations

from importlib import import_module
from typing import Any

MODULES = ("page", "summary", "survey", "firmness", "proposal", "cohort", "method")


def of(language: str) -> Any:
    """Return the package of sentences of a language, with the modules of `MODULES`."""
    package = import_module(f"reports.wording.{language}")
    for name in MODULES:
        import_module(f"reports.wording.{language}.{name}")
    return package
