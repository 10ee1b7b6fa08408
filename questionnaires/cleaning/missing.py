"""Missing answers by question, by the reason why they are missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from questionnaires.reading.layout import KINDS

if TYPE_CHECKING:
    from questionnaires.responses import Responses

NOT_ASKED = ("not_shown", "recused", "withdrawn")
ANSWERED = ("answered", "imputed", "dont_know", "refused", "not_applicable")


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """The answers to one question: of how many people asked, how many answered; `kinds` counts all kinds of answers."""

    question: str
    asked: int
    answered: int
    kinds: tuple[tuple[str, int], ...]

    @property
    def missing(self) -> int:
        """How many of those asked gave no answer (item nonresponse)."""
        return self.asked - self.answered

    def to_dict(self) -> dict[str, object]:
        """Return the question's counts as JSON has them."""
        return {
            "question": self.question,
            "asked": self.asked,
            "answered": self.answered,
            "missing": self.missing,
            "kinds": dict(self.kinds),
        }


def missing_by_question(answers: Responses) -> tuple[Missing, ...]:
    """Return the kinds of answers to each question that has a column, in the order in which they are asked."""
    found = []
    for question in answers.instrument.questions:
        counted = Counter(str(kind) for kind in answers.kinds[question.name])
        if question.type == "note" or (set(counted) <= {"unknown"} and not answers.matched.of(question.name)):
            continue
        kinds = tuple((kind, counted[kind]) for kind in KINDS if counted[kind])
        asked = sum(n for kind, n in kinds if kind not in NOT_ASKED)
        answered = sum(n for kind, n in kinds if kind in ANSWERED)
        found.append(Missing(question=question.name, asked=asked, answered=answered, kinds=kinds))
    return tuple(found)
