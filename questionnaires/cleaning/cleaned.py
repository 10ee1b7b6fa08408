"""From the answers of a file to those that are analyzed: corrections, then who is eligible, each step counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from questionnaires.cleaning.applying import Applied, apply_corrections
from questionnaires.cleaning.corrections import read_corrections
from questionnaires.cleaning.flags import (
    NOT_SHOWN,
    SAME_ANSWERS,
    SAME_PERSON,
    TEST_ENTRY,
    UNREADABLE,
    Flag,
    flag_problems,
    flags_of,
)
from questionnaires.cleaning.grouping import spellings
from questionnaires.problems import ConsensusError, Problems
from questionnaires.routing import parse_expression

if TYPE_CHECKING:
    from questionnaires.responses import Responses

REPEAT = "repeat"
_WHY = {TEST_ENTRY: TEST_ENTRY, SAME_PERSON: REPEAT, SAME_ANSWERS: REPEAT}


@dataclass(frozen=True, kw_only=True, slots=True)
class Flow:
    """How many people are left after each step.

    `excluded` are pairs of why and how many; `unknown` counts those among the not eligible whose answer to the question
    that decides is missing. `invited` is None where it is not known, and so is `finished`, how many of those who opened
    the form came to its end, where the platform doesn't tell.
    """

    invited: int | None
    read: int
    excluded: tuple[tuple[str, int], ...]
    after_corrections: int
    not_eligible: int
    unknown: int
    analyzed: int
    finished: int | None = None

    @property
    def not_returned(self) -> int | None:
        """How many of those invited are not in the file; None where it is not known how many were."""
        return None if self.invited is None else max(self.invited - self.read, 0)

    def to_dict(self) -> dict[str, object]:
        """Return the flow as JSON has it."""
        return {
            "invited": self.invited,
            "not_returned": self.not_returned,
            "read": self.read,
            "finished": self.finished,
            "excluded": dict(self.excluded),
            "after_corrections": self.after_corrections,
            "not_eligible": self.not_eligible,
            "eligibility_unknown": self.unknown,
            "analyzed": self.analyzed,
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Groups:
    """The groups that people typed by hand: distinct names among the analyzed as typed, and after merging."""

    question: str
    typed: int
    merged: int


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Cleaned:
    """Answers on their way into the analysis.

    `read` is what the file holds, `corrected` the same after corrections, `analyzed` those of eligible people alone.
    `flags` are of what the file holds. `eligible` are the expressions that decided.
    """

    read: Responses
    corrected: Responses
    analyzed: Responses
    flags: tuple[Flag, ...]
    flow: Flow
    corrections: Applied | None = None
    eligible: tuple[str, ...] = ()

    @property
    def problems(self) -> Problems:
        """All to be looked at: the file's after corrections, the corrections' own, and flags of who is left."""
        own = self.corrections.problems if self.corrections is not None else Problems()
        return self.corrected.problems + own + flag_problems(self.read, self.open_flags)

    @property
    def open_flags(self) -> tuple[Flag, ...]:
        """The flags that corrections have not settled.

        One is settled where its record, or the one that it repeats, is left out, or where its cell was set.
        """
        left, made = set(self.corrected.records["address"]), self.corrections
        rows = made.rows if made is not None else ()
        done = {(made.address_of(row), row.question) for row in rows if made is not None and row.action == "set"}
        return tuple(
            flag
            for flag in self.flags
            if flag.address in left
            and (flag.of is None or flag.of in left)
            and (flag.kind not in (NOT_SHOWN, UNREADABLE) or (flag.address, flag.question) not in done)
        )

    def groups(self, question: str) -> Groups:
        """Return how many groups the analyzed people belong to, as typed and after merging."""
        analyzed = set(self.analyzed.records["address"])
        typed = [v for v, at in zip(self.read.values[question], self.read.records["address"], strict=True)
                 if at in analyzed and v is not None]  # fmt: skip
        merged = [v for v in self.analyzed.values[question] if v is not None]
        return Groups(question=question, typed=len(spellings(map(str, typed))), merged=len(spellings(map(str, merged))))


def clean(
    answers: Responses,
    *,
    corrections: Path | None = None,
    eligible: Sequence[str] = (),
    invited: int | None = None,
) -> Cleaned:
    """Return the answers of a file cleaned: a file of corrections applied first, then the eligible people chosen.

    Nobody is left out but by a row of `corrections` or an expression of `eligible`. Raises ConsensusError where the
    file of corrections can't be read, or an expression names what is neither a question nor a column.
    """
    flags = flags_of(answers)
    corrected, applied = answers, None
    if corrections is not None:
        corrected, applied = apply_corrections(answers, read_corrections(corrections))
    kept = _eligible(corrected, eligible)
    analyzed = corrected if not eligible else corrected.only(kept)
    excluded = () if applied is None else _reasons(applied, flags)
    flow = Flow(
        invited=invited,
        read=len(answers.values),
        excluded=excluded,
        after_corrections=len(corrected.values),
        not_eligible=len(corrected.values) - len(kept),
        unknown=_undecided(corrected, eligible, frozenset(kept)),
        analyzed=len(kept),
        finished=_finished(answers),
    )
    return Cleaned(
        read=answers,
        corrected=corrected,
        analyzed=analyzed,
        flags=flags,
        flow=flow,
        corrections=applied,
        eligible=tuple(eligible),
    )


def _finished(answers: Responses) -> int | None:
    marks = [done for done in answers.records["completed"] if done is not None]
    return sum(map(bool, marks)) if marks else None


def _eligible(answers: Responses, expressions: Sequence[str]) -> list[int]:
    held = []
    for expression in expressions:
        try:
            held.append(answers.holding(expression))
        except ConsensusError as error:
            raise ConsensusError(f"eligible: {error}") from None
    return [record for record in range(len(answers.values)) if all(truth[record] for truth in held)]


def _undecided(answers: Responses, expressions: Sequence[str], kept: frozenset[int]) -> int:
    names = {name for text in expressions for name in parse_expression(text).names if name in answers.kinds}
    missing = [answers.kinds[name] != "answered" for name in sorted(names)]
    return sum(
        any(part[record] for part in missing) for record in range(len(answers.values)) if record not in kept
    )  # fmt: skip


def _reasons(applied: Applied, flags: Sequence[Flag]) -> tuple[tuple[str, int], ...]:
    """Return why people were left out: test entries and repeats by our own flags, others as the file words it."""
    known: Mapping[str, str] = {flag.address: _WHY[flag.kind] for flag in reversed(flags) if flag.kind in _WHY}
    counted = Counter(known.get(address, row.reason or "no reason given") for address, row in applied.excluded)
    return tuple(sorted(counted.items(), key=lambda item: (item[0] != TEST_ENTRY, item[0] != REPEAT, -item[1])))
