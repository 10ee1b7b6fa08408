"""Numbers into sentences, one package a language; the same modules and names in each."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def of(language: str) -> Any:
    """Return the package of sentences of a language: `page`, `summary`, `survey`, `proposal`, `cohort`, `method`."""
    package = import_module(f"reports.wording.{language}")
    for name in ("page", "summary", "survey", "proposal", "cohort", "method"):
        import_module(f"reports.wording.{language}.{name}")
    return package
