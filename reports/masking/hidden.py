"""Which rows of numbers must not be shown where fewer than so many people are a small cell."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from consensus.agreement.beside_rows import RESPONSE
from reports.masking.families import hidden_families
from reports.masking.questions import Thin, thin_question
from reports.masking.small import is_small
from reports.numbers_told import measured

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set

    from consensus.agreement.agree import Agreement
    from reports.numbers_marked import NumberRow

# what is no answer to a question: who left one out, who came into the survey, patients
NO_ANSWERS = (
    "answered/", "missing/", "limits/blank/", "limits/unknown/", "flow/", "flags/", "corrections/", "methods/",
    "checklist/", "patients/", "cause/", "class/", "readings/", "flips/", "reclassified/", "met-by/", "worklist/",
)  # fmt: skip
# of proposals: settings, and what is counted of definitions
SETTINGS = re.compile(
    r"propose/(uncertainty/(replicates|clusters)|proposals/\d+/draws|atlas/(definitions|criteria_count)|"
    r"variations/\d+/(threshold|hospitals)|sensitivity/\d+/combinations)"
)
OF_PROPOSALS = ("points/", "sensitivity/", "reason/")
BEHIND = {"criterion", "vignette", "parameter"}
BEHIND_WEIGHTINGS = {*BEHIND, "rating", "ranking", "allocation"}
BY_SUPPORT = ("thresholded", "weighted")
EXTREMES = ("/least", "/most")


def hidden_rows(
    rows: Iterable[NumberRow],
    agreement: Agreement | None,
    least: int,
    *,
    items: Iterable[str] = (),
    close: Set[str] = frozenset(),
) -> frozenset[str]:
    """Return the ids of the rows that would show that 1 to `least` - 1 people were counted, or let it be worked out.

    Of a question with a small cell, or with as few people outside of a cell, only what tells no cell is shown: the
    shares of other options, the support under the study's own coding, a median of enough people. How many answered
    a question is shown always, so that a few who left it out can be told. `items` are the statements of a panel,
    `close` definitions whose patients by verdict would tell how few they judge otherwise than another does.
    """
    known = {row.id: row for row in rows}
    settings = _of_no_people(known) | _all_of_them(known)
    small = {name for name, row in known.items() if is_small(row, least)} - settings
    hidden = small | set(hidden_families(known, small, least, close)) | {n for n in known if _never(n)}
    if agreement is None:
        told = {part for name in small if not name.startswith(NO_ANSWERS) for part in _parts(name)}
        return frozenset(hidden | set(_of_items(known, told & set(items), least)))
    return frozenset((hidden | set(_of_answers(known, small, agreement, least))) - settings)


def _of_no_people(known: Mapping[str, NumberRow]) -> set[str]:
    """Return how many criteria were compared, and how many pairs of them where that is all that they make."""
    found = {name for name in known if name.startswith("criteria compared/")}
    pairs = {name.replace("criteria", "pairs", 1): known[name].value or 0 for name in found}
    return found | {n for n, k in pairs.items() if n in known and known[n].value == k * (k - 1) / 2}


def _all_of_them(known: Mapping[str, NumberRow]) -> set[str]:
    """Return the number of those who answered all criteria, where these are all who answered anything."""
    every = {known[name].value for name in ("people/answered", "flow/analyzed") if name in known}
    return {n for n, row in known.items() if n.startswith("people compared/") and {row.value, row.n} == every}


def thin_questions(rows: Iterable[NumberRow], agreement: Agreement, least: int) -> dict[str, Thin]:
    """Return the questions with a small cell, by their names and those of their criteria."""
    known = {row.id: row for row in rows}
    small = {name for name, row in known.items() if is_small(row, least)}
    return _thin(small, _grouped(agreement), agreement, least)


def _never(name: str) -> bool:
    """Return whether a row is never shown: the lowest or highest number given, or the later less the earlier half.

    With the total the latter tells both halves, each of which may be small.
    """
    return (name.startswith("table-1/") and name.endswith(EXTREMES)) or name.startswith("late less early/")


def _parts(name: str) -> list[str]:
    return re.split(r"[/@=]", name)[1:]


def _of_items(known: Mapping[str, NumberRow], thin: Set[str], least: int) -> Iterator[str]:
    """Yield the rows about statements of a panel with a small cell, but for medians of enough people."""
    for name, row in known.items():
        enough = name.startswith("median/") and (row.n or 0) >= 2 * least
        if thin & set(_parts(name)) and not enough:
            yield name


def _grouped(agreement: Agreement) -> dict[str, str]:
    """Return the rows about parts of the people, with the question that each is about."""
    return {measured(m).id: m.question for m in agreement.measurements if m.group is not None}


def _thin(small: Set[str], grouped: Mapping[str, str], agreement: Agreement, least: int) -> dict[str, Thin]:
    by_name = {q.name: [q.name] for q in agreement.instrument.questions}
    for question in agreement.instrument.questions_of("criterion"):
        if question.criterion is not None:
            by_name.setdefault(question.criterion, []).append(question.name)
    told = {n for n in small if n not in grouped and not n.startswith(NO_ANSWERS)}
    names = {question for name in told for part in _parts(name) for question in by_name.get(part, ())}
    found = {name: thin_question(agreement, name, least) for name in sorted(names)}
    for thin in tuple(found.values()):
        question = agreement.instrument.question(thin.question)
        if question.role == "criterion" and question.criterion is not None:
            found.setdefault(question.criterion, thin)
    return found


def _of_answers(known: Mapping[str, NumberRow], small: Set[str], agreement: Agreement, least: int) -> Iterator[str]:
    grouped = _grouped(agreement)
    thin = _thin(small, grouped, agreement, least)
    parted = {question for name, question in grouped.items() if name in small} | set(thin) | _uneven(agreement, least)
    yield from (name for name, question in grouped.items() if name in known and question in parted)
    if not thin:
        return
    yield from _of_blocks(known, set(thin), agreement)
    roles = {agreement.instrument.question(one.question).role for one in thin.values()}
    untold = {name for name, one in thin.items() if not one.support}
    for name, row in known.items():
        if name.startswith(OF_PROPOSALS):
            if not _points_show(name, untold, thin, agreement):
                yield name
        elif name.startswith("propose/"):
            behind = BEHIND_WEIGHTINGS if name.startswith("propose/weightings/") else BEHIND
            if not SETTINGS.fullmatch(name) and roles & behind:
                yield name
        elif name.startswith("votes/"):
            if name.split("/")[2] in thin:
                yield name
        elif not name.startswith(NO_ANSWERS):
            about = [thin[part] for part in _parts(name) if part in thin]
            if about and not all(one.shows(row) for one in about):
                yield name


def _uneven(agreement: Agreement, least: int) -> set[str]:
    """Return the questions that a few people answered who belong to no group: all less the groups would tell them."""
    sizes: dict[tuple[str, str | None, str], int] = defaultdict(int)
    for m in agreement.measurements:
        if m.group is not None and m.measure == "share" and m.under is None and m.estimate.base == "answered":
            sizes[m.question, m.option, m.group.partition("=")[0]] += m.estimate.n or 0
    answered = {counted.question: counted.answered or 0 for counted in agreement.tally.questions}
    return {question for (question, _, _), n in sizes.items() if 0 < answered[question] - n < least}


def _of_blocks(known: Mapping[str, NumberRow], thin: Set[str], agreement: Agreement) -> Iterator[str]:
    """Yield what is told of several questions at once where one of them is thin: coefficients, camps."""
    blocks = {b.block.name: set(b.block.questions) for b in agreement.further.blocks}
    questions = {q.name for q in agreement.instrument.questions} | {RESPONSE}
    for m in agreement.measurements:
        if m.question not in questions and blocks.get(m.question, thin) & thin and (name := measured(m).id) in known:
            yield name


def _points_show(name: str, untold: Set[str], thin: Mapping[str, Thin], agreement: Agreement) -> bool:
    """Return whether points may be shown: they are made of the support for criteria, which must all be shown."""
    criteria = {v.criterion for v in agreement.verdicts}
    kind, of, *_ = name.split("/")
    if kind == "points" and not of.startswith(f"{agreement.instrument.id}-"):
        return True  # those of a published definition are made of no votes here
    if not set(thin) & criteria:
        return True
    if untold & criteria or kind == "reason":
        return False
    return of.endswith(BY_SUPPORT) if kind == "points" else of in (agreement.equivocal, "as-voted")
