"""Numbers into sentences, one package a language; the same modules and names in each."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

LANGUAGES = ("en", "zh")


@cache
def of(language: str) -> Any:
    """Return the package of sentences of a language with all its modules loaded: `of("en").survey.TO`."""
    package = import_module(f"reports.wording.{language}")
    for name in modules(language):
        import_module(f"reports.wording.{language}.{name}")
    return package


def modules(language: str) -> tuple[str, ...]:
    """Return the names of a language's modules of sentences."""
    package = import_module(f"reports.wording.{language}")
    return tuple(sorted(module.name for module in iter_modules(package.__path__)))
