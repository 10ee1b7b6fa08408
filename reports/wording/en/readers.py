"""Verdicts by each reader, and by an engine, on a terminal in English."""

from __future__ import annotations

from collections.abc import Sequence

READER = "reader"
FLIPPED = "flipped"
DIFFER = "Patients whom another reader would judge differently"


def readers(patients: int, names: Sequence[str]) -> str:
    """Return how many patients were judged by which readers."""
    counted = f"{patients} patient{'' if patients == 1 else 's'}, {len(names)} reader{'' if len(names) == 1 else 's'}"
    return f"{counted}: {', '.join(names)}"


def by_engine(patients: int, engine: str) -> str:
    """Return how many patients were judged, and by which engine."""
    return f"{patients} patient{'' if patients == 1 else 's'}, by {engine}"


def warning(definition: str, text: str) -> str:
    """Return the warning of a definition that is used."""
    return f"{definition}: {text}"
