"""What is wrong with a file and how to mend it: where, what was got, what was expected, a hint."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

Severity = Literal["fault", "warning", "note"]

LEAST_BEGUN, MOST_BEGUN = 3, 4  # letters of a word that begins known ones, and how many of those are named
SHOWN_EXPECTED = 7


class ConsensusError(Exception):
    """Something that the user can mend: shown as its text, without a traceback."""

    exit_code = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing that a reader found, in the form *where: got. Expected. Hint*.

    `where` is a file with a cell, row or key (`answers.xlsx, Sheet1!F12`). A `fault` loses or doubts something that
    was written; a `warning` loses nothing but should be looked at; a `note` only tells what was done (`--strict`
    ignores it).
    """

    where: str
    got: str
    expected: str = ""
    hint: str = ""
    question: str | None = None
    severity: Severity = "fault"

    def __str__(self) -> str:
        text = f"{self.where}: {self.got.rstrip('.')}."
        if self.expected:
            text += f" Expected {self.expected.rstrip('.')}."
        if self.hint:
            text += f" {self.hint}"
        return text

    def to_dict(self) -> dict[str, str | None]:
        """Return the problem with the keys of the `problems` list of `consensus check --json`."""
        return {
            "where": self.where,
            "question": self.question,
            "got": self.got,
            "expected": self.expected,
            "hint": self.hint,
            "severity": self.severity,
        }


@dataclass(frozen=True, slots=True)
class Problems:
    """All problems of a file, in the order in which they were found."""

    items: tuple[Problem, ...] = ()

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __add__(self, other: Iterable[Problem]) -> Problems:
        return Problems((*self.items, *other))

    @property
    def faults(self) -> Problems:
        """Only the problems that `--strict` makes fatal."""
        return Problems(tuple(p for p in self.items if p.severity == "fault"))

    def to_frame(self) -> pd.DataFrame:
        """Return one row a problem with the columns where, question, got, expected, hint, severity."""
        import pandas as pd

        columns = ["where", "question", "got", "expected", "hint", "severity"]
        return pd.DataFrame([p.to_dict() for p in self.items], columns=columns, dtype=object)


def one_of(words: Iterable[str]) -> str:
    """Return `one of: a, b, c`, cut after seven words with the number of those left out."""
    known = list(words)
    shown = ", ".join(known[:SHOWN_EXPECTED])
    left = len(known) - SHOWN_EXPECTED
    return f"one of: {shown}" + (f", and {left} more" if left > 0 else "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `Did you mean "x"?` where one known word is near, or the few that it begins; else an empty text."""
    by_key = {k.casefold(): k for k in known}
    near = difflib.get_close_matches(word.casefold(), list(by_key), n=2, cutoff=0.75)
    if not near:
        return _begun(word.casefold(), by_key)
    first = difflib.SequenceMatcher(None, word.casefold(), near[0]).ratio()
    second = difflib.SequenceMatcher(None, word.casefold(), near[1]).ratio() if len(near) > 1 else 0.0
    return f'Did you mean "{by_key[near[0]]}"?' if first - second > 0.02 else ""


def _begun(word: str, by_key: Mapping[str, str]) -> str:
    """Return the hint for a word that begins known ones: the one that begins all of them, or the few there are."""
    begun = sorted((k for k in by_key if k.startswith(word)), key=len) if len(word) >= LEAST_BEGUN else []
    if begun and all(k.startswith(begun[0]) for k in begun):
        return f'Did you mean "{by_key[begun[0]]}"?'
    return f"Did you mean one of: {', '.join(by_key[k] for k in begun)}?" if 0 < len(begun) <= MOST_BEGUN else ""
