"""Sentences of the summary."""

from __future__ import annotations

from collections.abc import Sequence

TITLE = "What was agreed"
NO_DEFINITION = "No definition follows: no criterion is supported by a majority."
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
STANDINGS_CAPTION = "Each criterion against the rule, n/N (%)"
FOR = "For it"
AGAINST = "Against it"
PATIENTS_CAPTION = "Patients met and unknown by each definition, n/N (%)"


def word(number: int, begins: bool = False) -> str:
    """Return a small number as a word; `begins` where the sentence begins with it."""
    said = NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"
    return said.capitalize() if begins else said


def first(accepted: int, criteria: int, rule: str, shown: Sequence[str]) -> str:
    """Return the honest result, first of all; `rule` as in *at least 75% agreement*, `shown` both numbers in words."""
    if not criteria:
        return "No question is marked as a criterion yet, so nothing is judged: each question is described."
    if not accepted:
        return f"By the rule of {rule}, no criterion is accepted."
    verb = "criterion is" if criteria == 1 else "criteria is" if accepted == 1 else "criteria are"
    return f"By the rule of {rule}, {shown[0]} of {shown[1]} {verb} accepted."


def others(rejected: int, between: int, shown: Sequence[str]) -> str:
    """Return how many criteria are rejected and how many are between, `shown` both numbers in words."""
    parts = []
    if rejected:
        parts.append(f"{shown[0]} {'is' if rejected == 1 else 'are'} rejected by consensus")
    if between:
        parts.append(f"{'on' if parts else 'On'} {shown[1]} there is no consensus")
    text = ", ".join(parts)
    return f"{text}." if text else ""


def depending(criterion: str, own: str, low: str, high: str, other: Sequence[tuple[str, str]]) -> str:
    """Return how much a criterion depends on equivocal answers; `other` are codings with another verdict."""
    text = f"{criterion}: with {own}. Counted otherwise, support is between {low} and {high}"
    if other:
        outcomes = dict.fromkeys(outcome for _, outcome in other)
        told = [(outcome, [f"with {coding}" for coding, own in other if own == outcome]) for outcome in outcomes]
        text += ", and " + " and ".join(f"{_is(outcome)} {' and '.join(codings)}" for outcome, codings in told)
    return text + "."


def _is(outcome: str) -> str:
    return f"there is {outcome}" if outcome == "no consensus" else f"it is {outcome}"


def definition(terms: Sequence[str], fallback: bool) -> str:
    """Return the definition that follows."""
    listed = "; or ".join(term.rstrip(".") for term in terms)
    if fallback:
        return f"By a simple majority, which is less than the rule asks for, one definition follows: {listed}."
    return f"The definition that follows: {listed}."


OTHERS_STAND = "The verdicts on the other criteria stand however equivocal answers count."
ALL_STAND = "All verdicts stand however equivocal answers count."
SECOND_ALIKE = (
    "A second proposal, in which every criterion weighs as much as its votes, gives every course the same verdict."
)
SECOND_DIFFERS = "A second proposal, in which every criterion weighs as much as its votes, can give other verdicts."


def patients_title(patients: str, synthetic: bool) -> str:
    """Return the heading over the counts of patients."""
    return f"What the definitions say of {patients}" + (" (SYNTHETIC)" if synthetic else "")


def beside(title: str, answers: str, apart: str, label: str, now: str, then: str) -> str:
    """Return how this survey stands beside an earlier one, and the answer that differs most."""
    return (
        f"Beside \N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK}, of {answers} shared answers {apart} have a difference "
        f"whose 95% limits leave out 0, each by itself. The most: {label}, {now} now and {then} then."
    )
