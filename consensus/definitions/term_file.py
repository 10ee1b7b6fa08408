"""One criterion of a definition's file -> Term: its words, its form, its points and the votes behind it."""

from __future__ import annotations

from consensus.definitions.column import baseline_of
from consensus.definitions.condition import Condition
from consensus.definitions.definition import At, Consecutive, Form, Once, Rising, Term, VoteSource, Within
from consensus.definitions.expression import not_before_treatment
from consensus.definitions.finding import Over
from consensus.definitions.limited import limited_finding
from consensus.definitions.rising import rising_name
from consensus.definitions.yaml_file import Place
from questionnaires.instrument import Evidence, Labels

FORM_KEYS = ("once", "consecutive", "within", "rising")
TERM_KEYS = ("id", "says", "points", *FORM_KEYS, "from")
VOTE_KEYS = ("survey", "question", "option", "count", "base", "base_is", "as")
BASES = ("invited", "eligible", "asked", "answered", "committed")
EVIDENCE: tuple[Evidence, ...] = ("vote", "bound", "proxy")


def read_term(place: Place, condition: Condition, *, points: bool, at: At = "sessions") -> Term:
    """Return the criterion at a place of a file; with `points` it must have some. Faults are collected.

    That of a score is judged `at` one moment: then its form is `once`, and its points may be negative.
    """
    keys = place.mapping(TERM_KEYS, ("id", "says"))
    value = keys["points"].number() if "points" in keys else None
    if points and "points" not in keys:
        place.fault('the key "points" is missing')
    if not points and "points" in keys:
        keys["points"].fault("these criteria have no points", 'them under "points: {failure_at, terms}"')
    if value is not None and (value <= 0 if not points or at == "sessions" else value == 0):
        expected = "a number above 0" if at == "sessions" else "a number other than 0"
        keys["points"].fault(f"{value} is not allowed", expected)
    return Term(
        id=keys["id"].text() if "id" in keys else "",
        says=keys["says"].labels() if "says" in keys else Labels(),
        form=_form(place, keys, condition, at),
        points=value,
        votes=_votes(keys["from"]) if "from" in keys else None,
    )


def _form(place: Place, keys: dict[str, Place], condition: Condition, at: At) -> Form:
    named = [key for key in FORM_KEYS if key in keys]
    if len(named) != 1:
        got = f"it has {' and '.join(named)}" if named else "nothing says when it is met"
        place.fault(got, "one of: " + ", ".join(FORM_KEYS))
        return Once(finding="")
    kind, value = named[0], keys[named[0]]
    if kind == "once":
        return _once(value, condition, at)
    if at != "sessions":
        value.fault(f'"{kind}" counts sessions', f'"once": it looks at one moment, {at}')
    if kind == "rising":
        return _rising(value, condition)
    if kind == "consecutive":
        parts = value.mapping(("finding", "times", "proviso"), ("finding", "times"))
        return Consecutive(
            finding=_finding(parts.get("finding"), condition),
            times=_whole(parts.get("times")),
            proviso=_proviso(parts["proviso"], condition) if "proviso" in parts else (),
        )
    parts = value.mapping(("finding", "times", "days", "same", "from_first"), ("finding", "times", "days"))
    columns = [column.name for column in condition.sessions]
    return Within(
        finding=_finding(parts.get("finding"), condition),
        times=_whole(parts.get("times")),
        days=_whole(parts.get("days"), least=0),
        same=parts["same"].word(columns, "a column of sessions") if "same" in parts else None,
        from_first="from_first" in parts and parts["from_first"].flag(),
    )


def _once(place: Place, condition: Condition, at: At) -> Once:
    if not place.is_mapping:
        return Once(finding=_finding(place, condition, at))
    parts = place.mapping(("finding", "after"), ("finding", "after"))
    if at != "sessions":
        place.fault('"after" looks at several sessions', f"a finding: it looks at one moment, {at}")
    names = parts["after"].sequence() if "after" in parts else []
    return Once(
        finding=_finding(parts.get("finding"), condition),
        after=tuple(_finding(name, condition) for name in names),
    )


def _rising(place: Place, condition: Condition) -> Form:
    numbers = [column.name for column in condition.sessions if column.type in ("integer", "number")]
    before = {column.name for column in condition.patients}
    keys = place.mapping(("column", "times", "by", "over"), ("column",))
    column = keys["column"].word(numbers, "a column of numbers of sessions") if "column" in keys else ""
    if column and baseline_of(column) not in before:
        keys["column"].fault(f"{baseline_of(column)} is not a column of patients", "a column that has a baseline")
    by = keys["by"].number() if "by" in keys else None
    if by is not None and by <= 0:
        keys["by"].fault(f"{by} is not allowed", "a percentage above 0")
    over: Over = "previous"
    if "over" in keys and keys["over"].word(("baseline", "previous"), "known here") == "baseline":
        over = "baseline"
    if over == "baseline" and by is None:
        place.fault("over the baseline it rises by so many percent", 'a key "by"')
    return Rising(
        finding=rising_name(column, by, over),
        times=_whole(keys.get("times")) if "times" in keys else 1,
        column=column,
        by=by,
        over=over,
    )


def _finding(place: Place | None, condition: Condition, at: At = "sessions") -> str:
    if place is None:
        return ""
    names = [finding.name for finding in condition.findings]
    if limited_finding(place.text(), condition.findings, condition.readings) is not None:
        names.append(place.text())
    if not (name := place.word(names, f"a finding of {condition.id}")):
        return ""
    finding = condition.finding(name)
    if at == "baseline" and (why := not_before_treatment(finding, condition)):
        place.fault(f'"{name}" {why}', "a finding that can be told before the first session")
    if at == "sessions" and finding.at == "baseline":
        place.fault(f'"{name}" is told before the first session alone', "a finding of a session")
    return name


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
