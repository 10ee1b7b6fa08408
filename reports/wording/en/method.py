"""Sentences about methods and limitations: each states a choice that was made or a thing that can't be known."""

from __future__ import annotations

SHARES = (
    "Shares are counts over the base named beside them. Intervals are 95% Wilson score intervals; where equivocal answers count as half a "
    "vote the normal approximation is used, because half votes are not binomial. Intervals take respondents as independent."
)
ROUNDING = "Percentages are rounded half up, to one decimal where the base is 100 or more and to whole numbers below."
CODING = (
    "An equivocal answer is neither yes nor no. It was counted in every way that is in use, and the verdict is shown for each: as no, as "
    "half a vote, as yes, and left out (then the base is only those who took a side). The study's own choice: {coding}."
)
OUT = (
    "A criterion is rejected by consensus where the share against it passes the same rule; this is not the same as no consensus, where "
    "neither side passes."
)
FIRMNESS = (
    "How firm a verdict is: the smallest number of people who would have to move from one answer to another to change it, found exactly "
    "for every pair of answers."
)
PROPOSALS = (
    "The first proposal holds the criteria that the rule accepts, each of which suffices alone; where it accepts none, those that a simple "
    "majority supports. The second gives each criterion that has a finding and a figure as many points as votes speak for it; its cut-off "
    "is the weight of the lightest criterion with a simple majority. Complements are upper bounds and marked so."
)
VERDICTS = (
    "Each definition was applied to each course by three-valued logic: met, not met, or unknown. A missing value never counts as no, and "
    "never swallows what is certain. Where a wording can be understood in several ways, the definition's default reading was used."
)
LIMIT_COMPLEMENT = (
    "Some criteria were not asked directly. What is counted for them is everyone who did not give the opposite answer: an upper bound, "
    "which may hold people who were unsure."
)
LIMIT_PROXY = "Some questions ask about something near the criterion. Their numbers are proxies and not votes for it."
LIMIT_WORDING = "The wording of the questions was reconstructed from published results; who read other words may have answered otherwise."
LIMIT_MARGINS = (
    "Only printed totals are known: nothing can be said about subgroups, or about answers that belong together."
)
LIMIT_SYNTHETIC_ANSWERS = "The answers are SYNTHETIC. Their totals may be real, but whatever links one answer to another describes the simulator."
LIMIT_SYNTHETIC_PATIENTS = (
    "The patients are SYNTHETIC: the counts show what a report says and are no evidence for or against a definition."
)
LIMIT_INDEPENDENT = (
    "People who work in one hospital may answer alike. The intervals take them as independent and may be too narrow."
)
LIMIT_FEW = "Few patients: differences between definitions of a handful of patients may be chance."
LIMIT_AGREEMENT = "Agreement among clinicians is not evidence that a definition predicts how patients fare."


def rule(sentence: str) -> str:
    """Return the study's rule in words."""
    return f"The rule, fixed in the study: {sentence}"


def problems(faults: int) -> str:
    """Return how faults in the files were handled."""
    if not faults:
        return "No fault was found in the files that were read."
    said = "1 fault was" if faults == 1 else f"{faults} faults were"
    return f"{said} found in the files that were read. A faulty cell counts as missing; nothing was guessed."


PROBLEM_HEADERS = ("Where", "What was found", "Expected", "Hint", "Kind")
SEVERITIES = {"fault": "fault", "warning": "warning", "note": "note"}
FILE = "File"
PROGRAM = "Program"
VERSION = "Version"
SEED = "Seed of random steps"
PROBLEMS_CAPTION = "Faults and remarks, each with its place"
INPUTS_CAPTION = "What was read"
VERSIONS_CAPTION = "What it was read and computed with"
AGAIN = "The same inputs and the same versions give this report again, byte for byte."
