"""Sentences on what the numbers can't tell."""

from __future__ import annotations

from collections.abc import Sequence

COMPLEMENT = (
    "Some criteria were not asked directly. What is counted for them is everyone who did not give the opposite answer: an upper bound, "
    "which may hold people who were unsure."
)
PROXY = "Some questions ask about something near the criterion. Their numbers are proxies and not votes for it."
WORDING = "The wording of the questions was reconstructed from published results; who read other words may have answered otherwise."
MARGINS = "Only printed totals are known: nothing can be said about subgroups, or about answers that belong together."
SYNTHETIC_ANSWERS = "The answers are SYNTHETIC. Their totals may be real, but whatever links one answer to another describes the simulator."
SYNTHETIC_PATIENTS = (
    "The patients are SYNTHETIC: the counts show what a report says and are no evidence for or against a definition."
)
INDEPENDENT = (
    "People who work in one hospital may answer alike. The intervals take them as independent and may be too narrow."
)
FEW = "Few patients: differences between definitions of a handful of patients may be chance."
AGREEMENT = "Agreement among clinicians is not evidence that a definition predicts how patients fare."
UNLINKED = "The rounds are not linked: nobody can be told to be the same person, so nothing can be said of who changed an answer or who left."
NO_FRAME = "Nobody knows how many were invited, so there is no response rate, and nobody can say how those who did not answer would have answered."
EARLIER = "The earlier survey asked other people in another way: a difference between the two need not be a change."


def one_sided(answer: str, share: str, question: str) -> str:
    """Return that most respondents are of one kind."""
    return (
        f"Most respondents are of one kind: {share} answered {answer} to {question} The result is mostly theirs, and others may see it "
        "otherwise."
    )


def blank(question: str, share: str) -> str:
    """Return that many left a question blank."""
    return f"{share} of those asked left this blank: {question} The result is of those who answered it."


def careless(people: str) -> str:
    """Return how many of the analyzed may have answered carelessly."""
    return (
        f"{people} of those analyzed went fast, gave one answer throughout or missed an attention question. They are in, because nobody is "
        "left out without a line in corrections.csv."
    )


def unknown(definition: str, share: str) -> str:
    """Return that many verdicts are unknown by a definition."""
    return f"Records leave many verdicts open: by {definition}, {share} of patients are unknown. Its counts could move by as many."


def recalled(definitions: Sequence[str]) -> str:
    """Return which definitions' texts were not read in print."""
    return f"Not read in print, but recalled: {'; '.join(definitions)}."
