"""Verdicts by each reader, and by an engine, on a terminal in Chinese."""

from __future__ import annotations

from collections.abc import Sequence

READER = "阅片者"
FLIPPED = "判定改变"
DIFFER = "换由其他阅片者判读则判定改变的患者"


def readers(patients: int, names: Sequence[str]) -> str:
    """Return how many patients were judged by which readers."""
    return f"{patients}例患者，{len(names)}名阅片者：{'、'.join(names)}"


def by_engine(patients: int, engine: str) -> str:
    """Return how many patients were judged, and by which engine."""
    return f"{patients}例患者（由 {engine} 计算）"


def warning(definition: str, text: str) -> str:
    """Return the warning of a definition that is used."""
    return f"{definition}：{text}"
