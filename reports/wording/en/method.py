"""Sentences about methods and limitations: each states a choice that was made or a thing that can't be known."""

from __future__ import annotations

from collections.abc import Sequence

SHARES = (
    "Shares are counts over the base named beside them. Intervals are 95% Wilson score intervals; where equivocal answers count as half a "
    "vote the normal approximation is used, because half votes are not binomial. "
    "Where nobody or everybody gave an answer, its one limit is exact and one-sided (95%)."
)
INDEPENDENT = "The intervals take respondents as independent of each other."
SIMULTANEOUS = (
    "consensus agree --json has, beside the interval of each answer alone, limits that hold for all answers of a question at once "
    "(Goodman); they are wider."
)
BEYOND_CHANCE = (
    "Agreement beyond chance is told by coefficients that differ in what they take for chance: Fleiss (1971), Conger (1980), Gwet (AC1 and "
    "AC2, 2008), Brennan and Prediger (1981), Krippendorff (alpha). Their limits, where single answers are known, come from drawing people anew, whole groups where "
    "these are known; nobody agrees with his own copy."
)
COMPARED_CRITERIA = {
    "cochran q": (
        "Criteria were compared within the people who answered all of them: Cochran's Q (1950) for all at once, McNemar's mid-p test for each "
        "pair, with Newcombe's paired limits (1998); p values hold for all pairs together (Holm 1979)."
    ),
    "wald f": (
        "Criteria were compared within the people who answered all of them, under the design: Wald's F for all at once, t tests of the paired "
        "differences for each pair; p values hold for all pairs together (Holm 1979)."
    ),
}
GROUPED = (
    "Groups were compared by Fisher's exact test, Pearson's chi-squared test or, under the design, Rao and Scott's corrected test (1984). Where "
    "answers or groups of people are too few for an approximation, people (or whole groups of them) were exchanged between the groups at "
    "random. p values are held together within each family (Holm 1979; Benjamini and Hochberg 1995)."
)
RELEVANCE = (
    "Content validity: the share of experts who call an item relevant with Wilson limits, modified kappa (Polit, Beck and Owen 2007), "
    "Lawshe's ratio (1975) against what guessing reaches (exact binomial), and Aiken's V with score limits (Penfield and Giacobbi 2004)."
)
PUBLISHED = "The counts are those that were printed; each stands with its source. Answers without a printed count are what the others leave over."
UNCORRECTED = "Nothing was corrected and nobody was left out: there is no corrections.csv."
EVERYONE = "Everyone who answered was analyzed."
MISSING = (
    "Empty cells are told apart: not shown (routed past) leaves all bases of a question, blank leaves the base of those who answered. "
    "Nothing is filled in."
)
COMPARED = "Shares of two surveys are compared by their difference, with Newcombe's limits (method 10)."
WINDOWS = "Where a definition states when the imaging must be, its counts are shown with that window and without it."
SEEDED = "Every random step has a seed, listed below; the same inputs give the same report."
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


def rule(sentence: str) -> str:
    """Return the study's rule in words."""
    return f"The rule, fixed in the study: {sentence}"


PLATFORMS = {
    "googleforms": "an export of Google Forms",
    "kobo": "an export of KoboToolbox",
    "limesurvey": "an export of LimeSurvey",
    "msforms": "an export of Microsoft Forms",
    "qualtrics": "an export of Qualtrics",
    "redcap": "an export of REDCap",
    "surveymonkey": "an export of SurveyMonkey",
    "wenjuanxing": "an export of Wenjuanxing",
    "plain": "a plain table",
}


def export(platform: str) -> str:
    """Return what the answers were read from."""
    return PLATFORMS.get(platform, f"an export of the kind {platform}")


def read(platform: str) -> str:
    """Return what kind of export the answers are from."""
    return f"The answers were read from {export(platform)}; every cell that couldn't be read is listed above and counts as missing."


def corrected(excluded: str, changed: str, merged: str) -> str:
    """Return what the file of corrections did."""
    return (
        f"By corrections.csv, {excluded} people were left out, {changed} answers set and {merged} spellings of a group merged, each with "
        "its reason. Nothing else was changed."
    )


def eligible(conditions: Sequence[str]) -> str:
    """Return who was analyzed; judged after corrections."""
    return f"Analyzed are those for whom {' and '.join(conditions)}, judged after corrections; who left that question blank is not eligible."


def designed(named: Sequence[str], weighted: bool) -> str:
    """Return by what the design-based intervals group people."""
    weights = " and weighted" if weighted else ""
    return (
        f"People are grouped{weights} by {' and '.join(named)}. Beside the Wilson intervals, which take them as independent, stand "
        "design-based ones (linearized variance; Korn and Graubard 1998 for shares) that allow for people of one group answering alike."
    )


def banded(clusters: str) -> str:
    """Return that it is known how many groups people are of, but not who is of which."""
    return (
        f"People come from {clusters} groups, but it is not known who belongs to which: a band of intervals shows how wide they could be, "
        "from no likeness within groups to the strongest that is plausible."
    )


def readings(chosen: Sequence[str]) -> str:
    """Return which readings the study chose for all definitions."""
    return f"Chosen by the study for every definition that has them: {'; '.join(chosen)}."


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
