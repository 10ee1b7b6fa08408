"""Vignettes: what people's verdicts on short courses say of the rules they hold, alone and as a group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from consensus.proposals.atlas import MOST_CRITERIA, atlas, distinct, smallest_sets
from consensus.proposals.evidence import Shown
from consensus.proposals.group_rule import GroupRule, group_rule
from consensus.proposals.opinions import choices_as, endorsements
from consensus.proposals.shows import shown_by_vignettes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from consensus.definitions.condition import Condition
    from consensus.proposals.candidates import Candidate
    from questionnaires.instrument import Question
    from questionnaires.responses import Responses

    Floats = NDArray[np.float64]

SHOWN_RULES = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """One vignette question: which criteria its course shows, which are not told, and how people judged it.

    `majority` is that of those who took a side, None for a tie.
    """

    vignette: str
    question: str
    shows: tuple[str, ...]
    not_told: tuple[str, ...]
    yes: int
    equivocal: int
    no: int
    majority: bool | None

    def to_dict(self) -> dict[str, object]:
        """Return the row for `propose --json`."""
        return {name: (list(v) if isinstance(v := getattr(self, name), tuple) else v) for name in self.__slots__}


@dataclass(frozen=True, kw_only=True, slots=True)
class ImpliedRule:
    """A way to judge all vignettes that definitions exist for: the simplest of them, and who judges just so.

    `sufficient` are the smallest sets that suffice in the definition with the fewest points; `definitions` is how many
    of the atlas judge these vignettes alike; `people` judge all of theirs so, `nearest` are nearest to it (one person
    may be as near to several).
    """

    sufficient: tuple[tuple[str, ...], ...]
    points: tuple[int, ...]
    cut_off: int
    definitions: int
    people: int
    nearest: int

    def to_dict(self) -> dict[str, object]:
        """Return the row for `propose --json`."""
        return {
            "sufficient": [list(names) for names in self.sufficient],
            "points": list(self.points),
            "cut_off": self.cut_off,
            "definitions": self.definitions,
            "people": self.people,
            "nearest": self.nearest,
        }


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Vignettes:
    """What vignettes say. `mistakes` counts people by the verdicts that no definition can explain, from 0 on.

    `rules` are the ways to judge that most people hold, `ways` how many there are at all; `repeated` are pairs of a
    person's two verdicts on courses that show the same: how many there are and how many agree.
    """

    criteria: tuple[str, ...]
    judged: tuple[Judged, ...]
    people: int
    mistakes: tuple[int, ...] = ()
    rules: tuple[ImpliedRule, ...] = ()
    ways: int = 0
    repeated: tuple[int, int] = (0, 0)
    group: GroupRule
    shown: Shown
    verdicts: Floats
    fewest_mistakes: Floats
    reason: str = ""

    @property
    def consistent(self) -> float | None:
        """The share of people all of whose verdicts some definition gives; None where that was not told."""
        return self.mistakes[0] / self.people if self.mistakes and self.people else None

    def to_dict(self) -> dict[str, object]:
        """Return it as `propose --json` writes it."""
        return {
            "judged": [one.to_dict() for one in self.judged],
            "people": self.people,
            "mistakes": list(self.mistakes),
            "consistent": self.consistent,
            "ways_to_judge": self.ways,
            "rules": [rule.to_dict() for rule in self.rules],
            "repeated": {"pairs": self.repeated[0], "alike": self.repeated[1]},
            "group": self.group.to_dict(),
            "reason": self.reason or None,
        }


def vignettes_of(answers: Responses, candidates: Sequence[Candidate], condition: Condition | None) -> Vignettes | None:
    """Return what the vignettes of an instrument say; None where it has none, or nothing tells what they show."""
    instrument = answers.instrument
    known = {v.name: v for v in instrument.vignettes}
    asked = [q for q in instrument.questions_of("vignette") if q.vignette in known and q.closed]
    if not asked or condition is None or not candidates:
        return None
    shown = shown_by_vignettes(candidates, [known[q.vignette or ""] for q in asked], condition)
    verdicts = np.column_stack([choices_as(answers, q, endorsements(q)) for q in asked])
    sided = np.where(verdicts == 0.5, np.nan, verdicts)
    criteria = tuple(c.id for c in candidates)
    told = shown.known & np.isfinite(sided).any(axis=0)
    taken = np.isfinite(sided[:, told]).any(axis=1)
    rules, ways, fewest, reason = _implied(criteria, shown.low[told], sided[:, told])
    return Vignettes(
        criteria=criteria,
        judged=tuple(_judged(q, criteria, shown, at, verdicts[:, at]) for at, q in enumerate(asked)),
        people=int(taken.sum()),
        mistakes=tuple(np.bincount(fewest[taken].astype(int)).tolist()) if len(fewest) and taken.any() else (),
        rules=rules,
        ways=ways,
        repeated=_repeated(shown.low[told], sided[:, told]),
        group=group_rule(criteria, shown.low[told], sided[:, told]),
        shown=shown,
        verdicts=sided,
        fewest_mistakes=fewest,
        reason=reason,
    )


def _judged(question: Question, criteria: Sequence[str], shown: Shown, at: int, given: Floats) -> Judged:
    low, high = int(shown.low[at]), int(shown.high[at])
    yes, no = int((given == 1).sum()), int((given == 0).sum())
    return Judged(
        vignette=question.vignette or "",
        question=question.name,
        shows=tuple(name for k, name in enumerate(criteria) if low >> k & 1),
        not_told=tuple(name for k, name in enumerate(criteria) if (high & ~low) >> k & 1),
        yes=yes,
        equivocal=int((given == 0.5).sum()),
        no=no,
        majority=None if yes == no else yes > no,
    )


def _implied(
    criteria: Sequence[str], profiles: NDArray[np.int64], judged: Floats
) -> tuple[tuple[ImpliedRule, ...], int, Floats, str]:
    """Search the whole atlas for the definitions that come nearest to each person's verdicts."""
    if len(criteria) > MOST_CRITERIA or not len(profiles):
        why = f"there are more than {MOST_CRITERIA} criteria" if len(profiles) else "no vignette is told in full"
        return (), 0, np.zeros(0), why
    whole = atlas(len(criteria))
    ways, first, _, many = distinct(whole.tables[:, profiles])
    said = ways.astype(float)
    yes, no = (judged == 1).astype(float), (judged == 0).astype(float)
    wrong = yes @ (1 - said).T + no @ said.T
    fewest = wrong.min(axis=1)
    sided = (yes + no).any(axis=1)
    people, nearest = (wrong[sided] == 0).sum(axis=0), (wrong[sided] == fewest[sided, None]).sum(axis=0)
    best = np.lexsort((first, -nearest, -people))[:SHOWN_RULES]
    rules = tuple(
        ImpliedRule(
            sufficient=_named(criteria, whole.tables[first[at]]),
            points=tuple(whole.points[first[at]].tolist()),
            cut_off=int(whole.cut_offs[first[at]]),
            definitions=int(many[at]),
            people=int(people[at]),
            nearest=int(nearest[at]),
        )
        for at in best.tolist()
    )
    return rules, len(ways), fewest, ""


def _named(criteria: Sequence[str], table: NDArray[np.bool_]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(criteria[k] for k in names) for names in smallest_sets(table))


def _repeated(profiles: NDArray[np.int64], judged: Floats) -> tuple[int, int]:
    """Return how many pairs of one person's verdicts are on courses that show the same, and how many are alike."""
    pairs = alike = 0
    for a in range(len(profiles)):
        for b in range(a + 1, len(profiles)):
            if profiles[a] == profiles[b]:
                both = np.isfinite(judged[:, a]) & np.isfinite(judged[:, b])
                pairs += int(both.sum())
                alike += int((judged[both, a] == judged[both, b]).sum())
    return pairs, alike
