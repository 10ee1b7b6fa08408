"""One criterion of a definition's file -> Term: its words, its form, its points and the votes behind it."""

from __future__ import annotations

from consensus.definitions.condition import Condition
from consensus.definitions.definition import Consecutive, Form, Once, Term, VoteSource, Within
from consensus.definitions.yaml_file import Place
from questionnaires.instrument import Evidence, Labels

FORM_KEYS = ("once", "consecutive", "within")
TERM_KEYS = ("id", "says", "points", *FORM_KEYS, "from")
VOTE_KEYS = ("survey", "question", "option", "count", "base", "base_is", "as")
BASES = ("invited", "eligible", "asked", "answered", "committed")
EVIDENCE: tuple[Evidence, ...] = ("vote", "bound", "proxy")


def read_term(place: Place, condition: Condition, *, points: bool) -> Term:
    """Return the criterion at a place of a file; with `points` it must have some. Faults are collected."""
    keys = place.mapping(TERM_KEYS, ("id", "says"))
    value = keys["points"].number() if "points" in keys else None
    if points and "points" not in keys:
        place.fault('the key "points" is missing')
    if not points and "points" in keys:
        keys["points"].fault("these criteria have no points", 'them under "points: {failure_at, terms}"')
    if value is not None and value <= 0:
        keys["points"].fault(f"{value} is not allowed", "a number above 0")
    return Term(
        id=keys["id"].text() if "id" in keys else "",
        says=keys["says"].labels() if "says" in keys else Labels(),
        form=_form(place, keys, condition),
        points=value,
        votes=_votes(keys["from"]) if "from" in keys else None,
    )


def _form(place: Place, keys: dict[str, Place], condition: Condition) -> Form:
    named = [key for key in FORM_KEYS if key in keys]
    if len(named) != 1:
        got = f"it has {' and '.join(named)}" if named else "nothing says when it is met"
        place.fault(got, "one of: " + ", ".join(FORM_KEYS))
        return Once(finding="")
    kind, value = named[0], keys[named[0]]
    if kind == "once":
        return Once(finding=_finding(value, condition))
    if kind == "consecutive":
        parts = value.mapping(("finding", "times", "proviso"), ("finding", "times"))
        return Consecutive(
            finding=_finding(parts.get("finding"), condition),
            times=_whole(parts.get("times")),
            proviso=_proviso(parts["proviso"], condition) if "proviso" in parts else (),
        )
    parts = value.mapping(("finding", "times", "days", "same"), ("finding", "times", "days"))
    columns = [column.name for column in condition.sessions]
    return Within(
        finding=_finding(parts.get("finding"), condition),
        times=_whole(parts.get("times")),
        days=_whole(parts.get("days"), least=0),
        same=parts["same"].word(columns, "a column of sessions") if "same" in parts else None,
    )


def _finding(place: Place | None, condition: Condition) -> str:
    names = [finding.name for finding in condition.findings]
    return place.word(names, f"a finding of {condition.id}") if place is not None else ""


def _whole(place: Place | None, least: int = 1) -> int:
    value = place.whole(least) if place is not None else None
    return least if value is None else value


def _proviso(place: Place, condition: Condition) -> tuple[str, ...]:
    parts = place.mapping(("any",), ("any",))
    return tuple(_finding(p, condition) for p in parts["any"].sequence()) if "any" in parts else ()


def _votes(place: Place) -> VoteSource:
    keys = place.mapping(VOTE_KEYS, ("question", "count", "base"))
    count, base = _whole(keys.get("count"), 0), _whole(keys.get("base"))
    if "base" in keys and count > base:
        keys["base"].fault(f"{count} of {base} can't be", "a base of at least the count")
    kind = keys["as"].word(EVIDENCE, "a kind of evidence") if "as" in keys else "vote"
    return VoteSource(
        survey=keys["survey"].text() if "survey" in keys else "",
        question=keys["question"].text() if "question" in keys else "",
        option=keys["option"].text() if "option" in keys else "",
        count=count,
        base=base,
        base_is=keys["base_is"].word(BASES, "a base") if "base_is" in keys else "",
        kind=next((known for known in EVIDENCE if known == kind), "vote"),
    )
