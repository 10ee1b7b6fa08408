"""Sentences about groups and camps of people, and about agreement beyond chance."""

from __future__ import annotations

GROUPS = "Who answers differently"
GROUPS_LEAD = (
    "Shares within groups stand beside shares that lean on all groups: small groups swing by chance, and the shrunken share takes that "
    "back as far as the groups' own differences allow. It never stands alone."
)
GROUPS_FIGURE = "Full support by group"
GROUPS_AXIS = "Share with full support, 95% interval"
GROUPS_NOTE = "Marks are shares, lines their intervals."
GROUP = "Group"
SHRUNKEN = "Shrunken"
TESTS_CAPTION = "Do the groups differ? Tests of all criteria, adjusted for each other"
TEST = "Test"
P, HOLM, BH = "p", "p, adjusted for all tests (Holm)", "p, false findings (Benjamini-Hochberg)"
NO_TEST = "no test"
TESTS_NOTE = "A p value of one test among many says little: read those that hold for the whole family."
METHODS = {
    "rao-scott": "Rao-Scott, by the design",
    "pearson": "Pearson",
    "fisher": "Fisher, exact",
    "permutation of people": "permutation of people",
    "permutation of clusters": "permutation of hospitals",
    "cochran-armitage": "trend (Cochran-Armitage)",
    "trend, t": "trend under the design (t test)",
}
ODDS_CAPTION = "Odds of supporting a criterion, all groupings in one model"
AGAINST = "Against"
ODDS = "Odds ratio"
MODELS = {"logistic": "full support", "ordinal": "one step more support"}
MODEL = "Of"

CAMPS = "Camps behind the pooled shares"
CAMPS_FIGURE = "What each camp says"
CAMPS_AXIS = "Share with full support, 95% interval"
CAMPS_NOTE = "Marks are the shares of each camp, lines their intervals."
CAMPS_CAPTION = "Full support for each criterion by camp"
CAMP = "Camp"
NOT_NAMED = (
    "The answers to all criteria together fall into camps that nobody named (latent classes, their number chosen by the Bayesian "
    "information criterion). They were found in these very answers, so how far they lie apart is partly chance, which their intervals do not "
    "take into account."
)
NOTHING_FOUND = "Looked at together, the answers fall into no camps: one group explains them best. The pooled shares hide no opposite sides."
NO_SPLIT = "On no criterion do two of these camps lie half of the scale apart."
ALL = "all"

CHANCE = "Agreement beyond chance"
CHANCE_LEAD = (
    "A share tells how many support a criterion; agreement tells how often two people chosen at random say the same over all of them, "
    "and a coefficient takes off what chance alone would give."
)
CHANCE_FIGURE = "Coefficients of agreement side by side"
CHANCE_AXIS = "Agreement, 95% interval over people"
CHANCE_NOTE = "Marks are estimates, lines their intervals. Zero is what chance gives, one is full agreement."
CHANCE_NO_LIMITS = (
    "Marks are estimates; intervals need single answers. Zero is what chance gives, one is full agreement."
)
CHANCE_AXIS_PLAIN = "Agreement"
RATINGS_BLOCK = "all ratings"
CHANCE_CAPTION = "Agreement and agreement beyond chance"
COEFFICIENT = "Coefficient"
ESTIMATE = "Estimate"
NO_LIMITS = "needs single answers"
UNLIMITED = "can't be had"
CHANCE_UNLIMITED = "Marks are estimates; intervals can't be had here. Zero is what chance gives, one is full agreement."
PARADOX = (
    "Most pairs agree here, yet kappa is far below AC1 or can't be had: the more answers lean one way, the more of their agreement kappa "
    "puts down to chance (the prevalence paradox). AC1 does not fall into it; read the two side by side, never kappa alone."
)
NAMES = {
    "percent agreement": "Pairs that agree",
    "ac1": "Gwet's AC1",
    "ac2": "Gwet's AC2 (quadratic weights)",
    "fleiss": "Fleiss' kappa",
    "conger": "Conger's kappa",
    "brennan-prediger": "Brennan-Prediger",
    "alpha": "Krippendorff's alpha (nominal)",
    "alpha_ordinal": "Krippendorff's alpha (ordinal)",
    "alpha_interval": "Krippendorff's alpha (interval)",
    "cohen": "Cohen's kappa",
    "cohen_linear": "Cohen's kappa (linear weights)",
    "cohen_quadratic": "Cohen's kappa (quadratic weights)",
    "kendall_w": "Kendall's W",
    "icc": "Intraclass correlation (absolute agreement)",
}
CRITERIA_BLOCK = "All criteria"
BLOCK_TESTS = {
    "cohen kappa against chance": "agreement against chance (Cohen)",
    "stuart-maxwell": "equal use of the answers (Stuart-Maxwell)",
    "bowker": "symmetry of their differences (Bowker)",
    "friedman": "Friedman's chi-squared",
    "legendre f": "Legendre's F",
}


def split(criterion: str, pooled: str, high: str, high_camp: str, low: str, low_camp: str) -> str:
    """Return a criterion on which two camps lie apart."""
    return f"{criterion}: {pooled} of all hide {high} ({high_camp}) against {low} ({low_camp})."


def certain(part: str) -> str:
    """Return how surely people belong to the camps found."""
    return f"People belong to the camp that they were put in with a mean probability of {part}."


def camp(name: str, size: str) -> str:
    """Return a camp that was found, with its size."""
    return f"camp {name} ({size} people)"


def by(question: str) -> str:
    """Return the title of the groups of one question."""
    return f"By: {question}"


def adds(pairs: str, ac1: str) -> str:
    """Return what agreement beyond chance adds to the shares, in one sentence."""
    return f"Two people chosen at random say the same in {pairs} of the cases; beyond chance that is {ac1} of what is possible (AC1)."


def tested(test: str, p: str) -> str:
    """Return a test with its p value."""
    return f"{test}: p {p}"


def of_two(tests: list[str]) -> str:
    """Return the tests of two people who rated the same."""
    return f"Exactly two people rated these, so Cohen's kappas are of the two, with limits over what they rated. Tests: {'; '.join(tests)}."


def ordered(tests: list[str]) -> str:
    """Return the tests of whether people put items into one order."""
    return f"Whether Kendall's W is more than chance, people taken as independent: {'; '.join(tests)}."


def reason(text: str) -> str:
    """Return why a number can't be had."""
    return text
