"""The platforms whose exports are read: one file a dialect, one registration each; others can be plugged in."""

from __future__ import annotations

from questionnaires.reading.dialects.registry import (
    Dialect,
    TextDialect,
    dialects,
    known_dialects,
    register_dialect,
)

__all__ = ["Dialect", "TextDialect", "dialects", "known_dialects", "register_dialect"]
