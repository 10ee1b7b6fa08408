"""What was asked and what was answered: instruments, answers, and every fault with its cell."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from questionnaires.responses import read_responses
    from questionnaires.xlsform import read_instrument

__all__ = ["read_instrument", "read_responses"]

_HOMES = {"read_instrument": "questionnaires.xlsform", "read_responses": "questionnaires.responses"}


def __getattr__(name: str) -> object:
    """Load a public name on first use, so that importing the package stays cheap."""
    if name not in _HOMES:
        raise AttributeError(f"module 'questionnaires' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
