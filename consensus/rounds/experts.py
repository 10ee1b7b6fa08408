"""How expert the experts are, by what they say themselves: which questions ask it, and what a panel's answers give.

An instrument asks it by the names `familiarity` (five options, very familiar to unfamiliar) and `basis_experience`,
`basis_theory`, `basis_literature`, `basis_intuition` (three options each: influences the judgment much, somewhat,
little). Options with scores are put in order by them, the largest first; others stand in order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from consensus.agreement.tally import COUNTED
from consensus.rounds.chinese import BASES, FAMILIARITY, Authority, authority

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from questionnaires.instrument import Instrument, Question
    from questionnaires.responses import Responses

FAMILIAR, BASIS = "familiarity", "basis_"
LEVELS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Experts:
    """How many experts chose each level of familiarity and of each basis of judgment, of those who told all of it.

    `told` experts did, of `answered` who answered anything.
    """

    familiarity: tuple[int, ...]
    bases: tuple[tuple[str, tuple[int, int, int]], ...]
    told: int
    answered: int

    @property
    def authority(self) -> Authority | None:
        """The coefficients; None where nobody told all."""
        return authority(dict(self.bases), self.familiarity) if self.told else None

    def to_dict(self) -> dict[str, object]:
        """Return the counts and coefficients as JSON has them."""
        found = self.authority
        return {
            "familiarity": list(self.familiarity),
            "bases": {name: list(counts) for name, counts in self.bases},
            "told": self.told,
            "answered": self.answered,
            "judgment": None if found is None else found.judgment,
            "familiarity_mean": None if found is None else found.familiarity,
            "authority": None if found is None else found.coefficient,
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, object]) -> Experts:
        """Return what `to_dict` wrote."""
        bases = kept["bases"]
        assert isinstance(bases, dict)
        return cls(
            familiarity=tuple(kept["familiarity"]),  # type: ignore[arg-type]
            bases=tuple((name, tuple(counts)) for name, counts in bases.items()),
            told=int(str(kept["told"])),
            answered=int(str(kept["answered"])),
        )


def expert_questions(instrument: Instrument) -> dict[str, Question]:
    """Return the questions on familiarity and on each basis that is asked about, by `familiarity` or the basis's name.

    Empty where familiarity or every basis is missing, or one has another number of options than it must have.
    """
    by_name = {question.name.lower(): question for question in instrument.questions}
    wanted = {FAMILIAR: (FAMILIAR, len(FAMILIARITY)), **{basis: (f"{BASIS}{basis}", LEVELS) for basis in BASES}}
    found = {what: by_name[name] for what, (name, _) in wanted.items() if name in by_name}
    whole = all(len(levels_of(question)) == wanted[what][1] for what, question in found.items())
    return found if FAMILIAR in found and len(found) > 1 and whole else {}


def levels_of(question: Question) -> tuple[str, ...]:
    """Return the options of a question that are no missing answer, the highest level first."""
    options = [choice for choice in question.choices if choice.missing is None]
    if all(choice.score is not None for choice in options):
        options.sort(key=lambda choice: -(choice.score or 0))
    return tuple(choice.name for choice in options)


def experts_of(answers: Responses, rows: Sequence[int] | None = None) -> Experts | None:
    """Return what the respondents (or those in some rows) say of themselves; None where nobody was asked."""
    asked = expert_questions(answers.instrument)
    if not asked:
        return None
    rows = range(len(answers.values)) if rows is None else rows
    places = {what: {name: at for at, name in enumerate(levels_of(question))} for what, question in asked.items()}
    told = []
    for row in rows:
        given = {what: _level(answers, question, row, places[what]) for what, question in asked.items()}
        if None not in given.values():
            told.append(given)
    counts = {
        what: tuple(sum(given[what] == level for given in told) for level in range(len(names)))
        for what, names in places.items()
    }
    return Experts(
        familiarity=counts[FAMILIAR],
        bases=tuple((basis, (c[0], c[1], c[2])) for basis, c in counts.items() if basis != FAMILIAR),
        told=len(told),
        answered=len(rows),
    )


def _level(answers: Responses, question: Question, row: int, places: Mapping[str, int]) -> int | None:
    value = answers.values[question.name][row]
    counted = str(answers.kinds[question.name][row]) in COUNTED
    return places.get(value) if counted and isinstance(value, str) else None
