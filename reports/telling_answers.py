"""What `consensus check` says of answers: how many, when, what was corrected, who is analyzed, what to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from questionnaires.cleaning.cleaned import Cleaned
    from questionnaires.responses import Responses

_PLURAL = {
    "test entry": "test entries",
    "same person": "second forms of the same person",
    "same answers": "rows with the answers of an earlier one",
    "speeding": "people who went too fast",
    "straight line": "blocks with one answer throughout",
    "attention": "attention questions answered otherwise than they ask",
    "answered though not shown": "answers to what was not shown",
    "not readable": "cells that are no answer",
}


def sentences(cleaned: Cleaned, *, cluster: str | None = None) -> list[str]:
    """Return what is said of a file's answers, one sentence a line."""
    read = cleaned.read
    mark = "SYNTHETIC answers" if read.synthetic else "Answers"
    lines = [f"{mark}: {people(len(read.values))}, read as {read.dialect}: {read.reason}."]
    lines += [text for text in (_times(read), _corrections(cleaned), _flow(cleaned)) if text]
    lines += [_groups(cleaned, name) for name in groups_of(cleaned, cluster)]
    return [*lines, *_missing(cleaned), *_flags(cleaned)]


def people(number: int) -> str:
    """Return a number of respondents in words."""
    return "1 respondent" if number == 1 else f"{number:,} respondents"


def _times(answers: Responses) -> str:
    sent = answers.records["submitted"].dropna()
    if not len(sent):
        return ""
    return f"Sent from {sent.min():%Y-%m-%d %H:%M} to {sent.max():%Y-%m-%d %H:%M}."


def _corrections(cleaned: Cleaned) -> str:
    made = cleaned.corrections
    if made is None:
        return ""
    people, answers, names = (made.count(action) for action in ("exclude", "set", "merge_group"))
    text = (
        f"{made.name}: {people} {'person' if people == 1 else 'people'} left out, "
        f"{answers} {'answer' if answers == 1 else 'answers'} set, "
        f"{names} {'spelling' if names == 1 else 'spellings'} merged."
    )
    return f"{text} {made.undecided} rows without an action were not applied." if made.undecided else text


def _flow(cleaned: Cleaned) -> str:
    flow = cleaned.flow
    parts = [f"{flow.read:,} answered"]
    if flow.finished is not None and flow.finished != flow.read:
        parts.append(f"{flow.finished:,} came to the end of the form")
    if flow.invited is not None:
        parts.insert(0, f"{flow.invited:,} invited")
    if flow.excluded:
        parts.append("left out: " + ", ".join(f"{n} ({why})" for why, n in flow.excluded))
    if cleaned.corrections is not None:
        parts.append(f"{flow.after_corrections:,} after corrections")
    if cleaned.eligible:
        unknown = f", {flow.unknown} of them because the answer is missing" if flow.unknown else ""
        parts.append(f"{flow.not_eligible:,} not eligible ({' and '.join(cleaned.eligible)}{unknown})")
    return "; ".join([*parts, f"{flow.analyzed:,} analyzed"]) + "."


def groups_of(cleaned: Cleaned, cluster: str | None) -> list[str]:
    """Return the questions whose answers are groups typed by hand: the study's cluster, else those of that role."""
    known = [q.name for q in cleaned.read.instrument.questions if q.role == "cluster" and not q.closed]
    named = [cluster] if cluster is not None and cluster in cleaned.read.values else []
    return [*dict.fromkeys([*named, *known])]


def _groups(cleaned: Cleaned, name: str) -> str:
    found = cleaned.groups(name)
    if cleaned.corrections is None:
        return f"{name}: {found.typed} names as typed among the analyzed; none were merged."
    return f"{name}: {found.typed} names as typed among the analyzed, {found.merged} after merging."


def _missing(cleaned: Cleaned) -> Iterator[str]:
    from questionnaires.cleaning.missing import missing_by_question

    found = [m for m in missing_by_question(cleaned.analyzed) if m.asked]
    worst = sorted((m for m in found if m.missing), key=lambda m: -m.missing / m.asked)[:3]
    if not found:
        return
    complete = sum(not m.missing for m in found)
    text = f"{complete} of {len(found)} questions were answered by everybody who was asked"
    told = ", ".join(f"{m.question} ({m.missing} of {m.asked})" for m in worst)
    yield f"{text}; most is missing at {told}." if told else f"{text}."


def _flags(cleaned: Cleaned) -> Iterator[str]:
    counted, settled = Counter(flag.kind for flag in cleaned.open_flags), len(cleaned.flags) - len(cleaned.open_flags)
    if settled:
        yield f"Settled by corrections: {settled} of {len(cleaned.flags)} things to look at."
    if counted:
        yield (
            "To look at (nothing of it is left out by itself): "
            + ", ".join(f"{n} {_PLURAL[kind] if n > 1 else kind}" for kind, n in counted.items())
            + "."
        )


def counts(cleaned: Cleaned, *, cluster: str | None = None) -> list[tuple[str, object]]:
    """Return what `check --json` says of a file's answers, as pairs of key and value."""
    from questionnaires.cleaning.flags import DEFINITIONS
    from questionnaires.cleaning.missing import missing_by_question

    made, still = cleaned.corrections, Counter(flag.kind for flag in cleaned.open_flags)
    rows = {
        kind: [{"respondent": f.address, "question": f.question, "of": f.of} for f in cleaned.flags if f.kind == kind]
        for kind in DEFINITIONS
    }
    return [
        ("respondents", len(cleaned.read.values)),
        ("questions", len(cleaned.read.instrument.questions)),
        ("dialect", cleaned.read.dialect),
        ("flow", cleaned.flow.to_dict()),
        (
            "corrections",
            None
            if made is None
            else {action: made.count(action) for action in ("exclude", "set", "merge_group")}
            | {"undecided": made.undecided},
        ),
        (
            "groups",
            [
                {"question": g.question, "as_typed": g.typed, "merged": g.merged}
                for g in map(cleaned.groups, groups_of(cleaned, cluster))
            ],
        ),
        ("missing", [m.to_dict() for m in missing_by_question(cleaned.analyzed)]),
        (
            "flags",
            [{"kind": k, "definition": DEFINITIONS[k], "rows": found, "open": still[k]} for k, found in rows.items()],
        ),
    ]
