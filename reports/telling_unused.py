"""Definitions of the library that courses were not judged by, those with the same reason in one row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from consensus.scoring.unused import Unused


def unused_rows(found: Iterable[Unused], say: Any) -> list[tuple[str, str]]:
    """Return (ids of definitions, why): first what lacks columns, so that a reader knows what to add."""
    rows: dict[str, list[str]] = {}
    for one in sorted(found, key=lambda one: one.why not in ("columns", "sessions")):
        rows.setdefault(why_unused(one, say), []).append(one.definition.id)
    return [(", ".join(names), why) for why, names in rows.items()]


def why_unused(one: Unused, say: Any, called: Callable[[str], str] = str) -> str:
    """Return why a definition was not used, in the sentences of `reports.wording.*.unused`; `called` names a column."""
    if one.why == "columns":
        return str(say.lacks([say.one_of([called(name) for name in column.split(" or ")]) for column in one.missing]))
    return str(say.reason(one.definition.kind if one.why == "kind" else one.why, one.definition.id))
