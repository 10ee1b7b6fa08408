"""The section [panel] of a study file: who is on a panel and what it is asked, by files, and what was planned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from questionnaires.problems import ConsensusError
from reports import study_keys


@dataclass(frozen=True, kw_only=True, slots=True)
class PanelFiles:
    """Who is on a panel and what it is asked, by files; and what was planned beside the rule.

    `instruments` are pairs of a round and the form that it was asked with, where rounds have forms of their own.
    """

    people: Path
    items: Path
    instruments: tuple[tuple[int, Path], ...] = ()
    rounds: int | None = None
    stopping: str = ""
    plan: str = ""


def panel_files(path: Path, said: dict[str, Any], existing: Callable[[Path, str, str], Path]) -> PanelFiles | None:
    """Return the files of a panel; ConsensusError where one of the two is missing, or a form is of no round."""
    if not said:
        return None
    missing = [name for name in ("file", "items") if name not in said]
    if missing:
        raise ConsensusError(
            f"{study_keys.located(path, 'panel')}: [panel] lacks {missing[0]}. "
            'Expected file = "panel.xlsx" and items = "items.xlsx".'
        )
    forms = said.get("instruments", {})
    for number, form in forms.items():
        if not number.isdigit() or not isinstance(form, str):
            raise ConsensusError(
                f"{study_keys.located(path, 'panel.instruments')}: {number} = {form!r} is no form of a round. "
                'Expected pairs such as 2 = "round2.xlsx".'
            )
    return PanelFiles(
        people=existing(path, "panel.file", said["file"]),
        items=existing(path, "panel.items", said["items"]),
        instruments=tuple((int(number), existing(path, "panel.instruments", form)) for number, form in forms.items()),
        rounds=said.get("rounds"),
        stopping=said.get("stopping", ""),
        plan=said.get("plan", ""),
    )
