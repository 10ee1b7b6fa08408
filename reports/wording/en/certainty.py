"""Sentences about how sure the proposals are, and what they weigh by other schemes."""

from __future__ import annotations

TITLE = "How sure the proposals are"
CRITERION = "Criterion"
ACCEPTED = "Accepted"
REJECTED = "Rejected"
TERM = "In proposal 1"
SUPPORT = "Support, 95% limits"
POINTS = "Fewest points, 95% limits"
CAPTION = "How often each criterion is accepted and rejected by the study's rule, and a term of proposal 1, in resampled surveys"
DEFINITIONS_CAPTION = "What proposal 1 came out as in resampled surveys, the commonest first"
DEFINITION = "Definition"
SHARE = "Share of resampled surveys"
NONE_SUFFICES = "nothing suffices"
SETTINGS_TITLE = "By another rule or coding"
SETTINGS_CAPTION = "What proposal 1 would hold if one thing were set otherwise"
SETTING = "Setting"
TERMS = "Criteria, each sufficient alone"
FELL_BACK = "nothing passes, so a simple majority decides"
SAME, DIFFERENT = "the same", "another"
AGAINST = "Beside proposal 1"
MAJORITY = "Rule: a simple majority"
OWN = " (the study's)"
NOTHING = "nothing"
NOT_JOINT = "Only printed counts are known, and not which answers belong to one person: each question was drawn by itself, people one by one. How often whole definitions come out can't be said."
FEW = "There are few hospitals: limits can't be relied on."
WEIGHTS_TITLE = "By another weighting"
WEIGHTS_CAPTION = "What each scheme gives a criterion, and the cut-off that follows: the lightest weight of a criterion that a simple majority supports"
ALONE = "* "
ALONE_NOTE = "*: suffices alone. In brackets: 95% limits over resampled surveys (for Plackett-Luce the first 1,000 of them). Empty: the scheme knows nothing of the criterion."
CUT_OFF = "Cut-off"
SCHEMES = {
    "share": "support",
    "log_odds": "log odds of support",
    "consensus_discounted": "support discounted by disagreement",
    "ratings": "mean rating",
    "borda": "ranks (Borda)",
    "plackett_luce": "ranks (Plackett-Luce)",
}
PARAMETERS_TITLE = "The numbers within the criteria"
PARAMETERS_CAPTION = "What those who gave a number say it should be; limits of the median are distribution-free, 95%"
QUESTION = "Question"
MEDIAN = "Median"
LIMITS = "Limits"
MODE = "Commonest"
ACCEPTS = "Would accept the median"
UNIT = "Unit"
PARAMETER_UNITS = {"times": "sessions", "days": "days", "rise_percent": "%", "viable_percent": "%"}
NO_NUMBER = "Gave no number"
IN_TERM = "In the term"
YES = "yes"
BESIDE = {
    "no_majority": "no: most gave no number",
    "no_term": "no: the criterion makes no term",
    "no_place": "no: a definition has no place for it",
}
TO = " to "
OR, AND = "; or ", " + "


def lead(replicates: str, clusters: str) -> str:
    """Return how the derivation was done again; without hospitals, question by question."""
    if clusters:
        return f"The whole derivation was done again on {replicates} surveys in which {clusters} hospitals were drawn anew, each with all its people."
    return f"The derivation was done again on {replicates} surveys drawn from the printed counts."


def coding(how: str) -> str:
    """Return the setting of equivocal answers."""
    return how[:1].upper() + how[1:]


def rule(phrase: str) -> str:
    """Return the setting of a rule."""
    return f"Rule: {phrase}"


def at_least(threshold: str) -> str:
    """Return a rule by its threshold."""
    return f"Rule: at least {threshold} agreement"


def hospitals(same: str, total: str) -> str:
    """Return how many hospitals can each be left out without changing the terms."""
    return f"Leaving out one hospital at a time, {same} of {total} leave the criteria of proposal 1 as they are."


def changed(terms: str, hospitals: str) -> str:
    """Return what would follow without some hospital."""
    return f"Without any one of the {hospitals} others they would be: {terms}."


def fell_back(terms: str) -> str:
    """Return criteria that follow by a simple majority, since nothing passes the rule."""
    return f"{terms} ({FELL_BACK})"


def times(name: str, number: str) -> str:
    """Return a criterion with its number of sessions."""
    return f"{name} ({number} times)"


UNITS = {"days": "days", "rise_percent": "percent of rise", "viable_percent": "percent viable"}


def with_number(name: str, unit: str, number: str) -> str:
    """Return a criterion with another number."""
    return f"{name} ({number} {UNITS.get(unit, unit)})"


def stands_for(option: str, criteria: str) -> str:
    """Return for which criteria an option of a ranking stands."""
    return f"The rank of “{option}” stands for: {criteria}."
