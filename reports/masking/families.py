"""Numbers that tell each other by their sums and differences: hidden together where one of them is small."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reports.masking.small import covered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Set

    from consensus.scoring.score import Scores
    from reports.numbers_marked import NumberRow

    Rows = Mapping[str, NumberRow]

FLOW = ("flow/", "checklist/left-out/", "checklist/invited", "corrections/", "methods/corrections/")
KEPT = ("flow/analyzed",)
TOGETHER = ("met-by/", "worklist/", "propose/cohort/", "propose/vignettes/", "propose/parameters/", "propose/schools/")
VERDICTS = ("met", "unknown", "not_met")


def hidden_families(rows: Rows, small: Set[str], least: int, close: Set[str]) -> Iterator[str]:
    """Yield the ids of rows that would tell the small ones; `close` are definitions that hardly differ from others."""
    if _flow_tells(rows, small, least):
        yield from (name for name in rows if _of_flow(name) and name not in KEPT)
        yield from (name for name, row in rows.items() if row.base in ("invited", "eligible"))
    for family in TOGETHER:
        if any(name.startswith(family) for name in small):
            yield from (name for name in rows if name.startswith(family))
    yield from _of_questions(rows, small)
    yield from _both_ways(rows, small)
    yield from _of_panel_groups(rows, small)
    yield from _of_definitions(rows, small, least, close)


def _flow_tells(rows: Rows, small: Set[str], least: int) -> bool:
    """Return whether a step of the flow is small, or two of its totals lie as near to each other."""
    if any(map(_of_flow, small)):
        return True
    totals = [rows[name].value for name in ("flow/invited", "flow/read", "flow/corrected", "flow/analyzed")
              if name in rows]  # fmt: skip
    return any(0 < abs((a or 0) - (b or 0)) < least for a in totals for b in totals)


def _of_flow(name: str) -> bool:
    return name.startswith(FLOW) or name == "response"


def _of_questions(rows: Rows, small: Set[str]) -> Iterator[str]:
    """Yield what is missing of a question by reason, and which answers were given together."""
    for kind in ("missing", "together"):
        about = {name.split("/")[1] for name in small if name.startswith(f"{kind}/")}
        yield from (
            name
            for name in rows
            if name.startswith(f"{kind}/")
            and name.split("/")[1] in about
            and (kind == "missing" or name.count("/") > 1)
        )


def _of_panel_groups(rows: Rows, small: Set[str]) -> Iterator[str]:
    """Yield all groups of a panel in all rounds where one is small: the whole panel less the others would tell it."""
    groups = [name for name in rows if name.startswith("panel-flow/") and not name.endswith("/all")]
    yield from groups if not small.isdisjoint(groups) else ()


def _both_ways(rows: Rows, small: Set[str]) -> Iterator[str]:
    """Yield patients moved from one definition to another with those who moved back."""
    for name in small:
        if name.startswith("reclassified/"):
            _, a, b = name.split("/")
            yield from (other for other in (name, f"reclassified/{b}/{a}") if other in rows)


def _of_definitions(rows: Rows, small: Set[str], least: int, close: Set[str]) -> Iterator[str]:
    """Yield patients by verdict, with other readings and without windows, and by cause of what is unknown."""
    groups: dict[str, dict[str, float]] = defaultdict(dict)
    for name, row in rows.items():
        if name.startswith(("patients/", "class/")) and row.count is not None:
            group, _, cell = name.rpartition("/")
            groups[group][cell] = row.count
    for group, cells in groups.items():
        hidden = frozenset(cells) if group.split("/")[1] in close else covered(cells, least)
        own = groups.get(group.removesuffix("/window-lifted"), {}) if group.endswith("/window-lifted") else {}
        apart = any(0 < abs(cells[v] - own.get(v, cells[v])) < least for v in cells)
        yield from (f"{group}/{cell}" for cell in (cells if apart else hidden))
        if group.startswith("patients/") and not group.endswith("/window-lifted"):
            yield from _by_definition(rows, small, group.removeprefix("patients/"), cells, hidden, least)


def _by_definition(
    rows: Rows, small: Set[str], definition: str, cells: Mapping[str, float], hidden: Set[str], least: int
) -> Iterator[str]:
    head = f"readings/{definition}/"
    counts = [rows[f"{head}{name}"].count for name in ("own", "lowest", "highest") if f"{head}{name}" in rows]
    near = any(0 < abs((a or 0) - (b or 0)) < least for a in counts for b in counts)
    if near or "met" in hidden or any(name.startswith(head) for name in small):
        yield from (name for name in rows if name.startswith(head) and not name.endswith("/combinations"))
    if "unknown" in hidden and f"limits/unknown/{definition}" in rows:
        yield f"limits/unknown/{definition}"
    for name, row in rows.items():
        if name.startswith(f"cause/{definition}/") and 0 < abs(cells.get("unknown", 0) - (row.value or 0)) < least:
            yield name


def close_definitions(scores: Scores, least: int) -> frozenset[str]:
    """Return the definitions that say the same as one before but for a few patients who are all on one side.

    Where all patients of one are among those of another, as its logic may tell, their numbers differ by these few.
    """
    kept: list[list[frozenset[str]]] = []
    found = []
    frame = scores.frame
    for definition in scores.judged:
        mine = frame[frame["definition"] == definition.id]
        told = [frozenset(mine.loc[mine["verdict"] == verdict, "patient_id"]) for verdict in VERDICTS]
        if any(0 < len(a ^ b) < least and (a <= b or b <= a) for one in kept for a, b in zip(one, told, strict=True)):
            found.append(definition.id)
        else:
            kept.append(told)
    return frozenset(found)
