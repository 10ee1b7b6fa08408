"""The part `points` of a definition's file: terms with a cut-off, or a score with classes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from consensus.definitions.condition import Condition
from consensus.definitions.definition import MOMENTS, At, Points, ScoreClass, Term
from consensus.definitions.yaml_file import Place

KEYS = ("failure_at", "terms", "at", "classes", "value")
CLASS_KEYS = ("name", "from", "above", "to", "below")


@dataclass(frozen=True, kw_only=True, slots=True)
class PointsReader:
    """Reads points; `terms` reads the list of terms at one moment."""

    condition: Condition
    terms: Callable[[Place, At], tuple[Term, ...]]

    def read(self, place: Place, *, score: bool) -> Points:
        """Return the points at a place of a file; faults are collected."""
        return self._score(place) if score else self._cut_off(place)

    def _cut_off(self, place: Place) -> Points:
        parts = place.mapping(KEYS, ("failure_at", "terms"))
        for key in ("at", "classes", "value"):
            if key in parts:
                parts[key].fault(f'"{key}" belongs to a score', 'the key "kind: score" at the top')
        cut = parts["failure_at"].number() if "failure_at" in parts else None
        if cut is not None and cut <= 0:
            parts["failure_at"].fault(f"{cut} is not a cut-off", "a number above 0")
        terms = self.terms(parts["terms"], "sessions") if "terms" in parts else ()
        return Points(failure_at=cut or Decimal(1), terms=terms)

    def _score(self, place: Place) -> Points:
        parts = place.mapping(KEYS, ("at", "classes"))
        if "failure_at" in parts:
            parts["failure_at"].fault("a score has no cut-off", '"classes"')
        moment = parts["at"].word(MOMENTS[1:], "a moment") if "at" in parts else "baseline"
        at: At = "before_second" if moment == "before_second" else "baseline"
        if ("terms" in parts) == ("value" in parts):
            place.fault("a score is a sum of terms or a value", "one of: terms, value")
        numbers = [column.name for column in self.condition.patients if column.type in ("integer", "number")]
        return Points(
            failure_at=Decimal(0),
            terms=self.terms(parts["terms"], at) if "terms" in parts else (),
            at=at,
            classes=_classes(parts["classes"]) if "classes" in parts else (),
            value=parts["value"].word(numbers, "a column of numbers of patients") if "value" in parts else None,
        )


def _classes(place: Place) -> tuple[ScoreClass, ...]:
    found: list[ScoreClass] = []
    for each in place.sequence():
        keys = each.mapping(CLASS_KEYS, ("name",))
        for a, b in (("from", "above"), ("to", "below")):
            if a in keys and b in keys:
                each.fault(f"it has {a} and {b}", "one of them")
        low = keys.get("from", keys.get("above"))
        high = keys.get("to", keys.get("below"))
        one = ScoreClass(
            name=keys["name"].text() if "name" in keys else "",
            low=low.number() if low is not None else None,
            high=high.number() if high is not None else None,
            low_open="above" in keys,
            high_open="below" in keys,
        )
        if one.low is not None and one.high is not None and one.low > one.high:
            each.fault(f"it begins at {one.low} and ends at {one.high}", "the lower end first")
        if any(one.name == other.name for other in found):
            each.fault(f'two classes are called "{one.name}"', "each name once")
        found.append(one)
    _touching(place, found)
    return tuple(found)


def _touching(place: Place, classes: list[ScoreClass]) -> None:
    """Collect a fault where a number falls into two classes."""
    for at, one in enumerate(classes):
        for other in classes[at + 1 :]:
            for end in (one.low, one.high, other.low, other.high):
                if end is not None and one.holds(end) and other.holds(end):
                    place.fault(f"{end} falls into {one.name} and {other.name}", "classes that don't overlap")
                    return


def points_dict(logic: Points, terms: list[dict[str, Any]], number: Callable[[Decimal], int | float]) -> dict[str, Any]:
    """Return points as their file writes them."""
    if not logic.classes:
        return {"failure_at": number(logic.failure_at), "terms": terms}
    found: dict[str, Any] = {"at": logic.at}
    found |= {"value": logic.value} if logic.value is not None else {"terms": terms}
    found["classes"] = []
    for one in logic.classes:
        row: dict[str, Any] = {"name": one.name}
        if one.low is not None:
            row["above" if one.low_open else "from"] = number(one.low)
        if one.high is not None:
            row["below" if one.high_open else "to"] = number(one.high)
        found["classes"].append(row)
    return found
