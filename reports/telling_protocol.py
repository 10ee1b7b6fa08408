"""What differs between a study of a panel and its locked protocol, and how to put that on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from consensus.rounds.protocol import Protocol
    from reports.study_panel import StudyPanel


def deviation_line(known: Protocol | None, panel: StudyPanel, study: str) -> str:
    """Return what a study says differently from what is locked; an empty text where nothing differs or nothing is."""
    if known is None:
        return ""
    now, before = panel.frozen(), known.current.frozen
    parts: list[str] = []
    for key in known.deviations(now):
        if key == "files":
            was = before.get("files") or {}
            parts += [name for name in now["files"] if now["files"][name] != was.get(name)]
            parts += [f"without {name}" for name in was if name not in now["files"]]
        else:
            parts.append(key.replace("_", " "))
    if not parts:
        return ""
    return (
        f"The study differs from what is locked ({', '.join(parts)}). "
        f'Put that on record: consensus protocol amend {study} --reason "..."'
    )
