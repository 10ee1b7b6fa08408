"""Sentences about the proposed definitions and the votes behind them."""

from __future__ import annotations

from collections.abc import Sequence

from reports.wording.en.survey import quoted

LOGIC_ANY = "The definition is met as soon as one of these is met:"
LOGIC_ONE = "The definition is met when this is met:"
NONE_CHOSEN = "No definition follows from these answers, and none was written."
OTHERS_ONLY = (
    "Neither the rule nor the weights give a definition, so there is no definition.yaml. What follows in another way stands below; "
    "consensus propose --out FOLDER writes it as a file."
)
CHOSEN_FILE = "This is the definition in definition.yaml."
KINDS = {"vote": "direct vote", "bound": "upper bound", "proxy": "proxy"}
POINTS_AXIS = "Points (votes for the criterion)"
POINTS_TITLE = "Points of each term against the cut-off"
POINTS_CAPTION = (
    "Each term weighs as many points as votes speak for it. Dark bars reach the cut-off alone; hatched ones are upper bounds, "
    "because the criterion was not asked directly."
)
TERM = "Term"
POINTS = "Points"
BEHIND = "Which answer"
VOTES_OF = "Votes, n/N (%)"
COUNT = "Votes"
BASE = "Base"
KIND = "Evidence"
QUESTION = "Question"
ANSWER = "Answer"
WHY = "Why it became no term"
AT_MOST = "at most"
STOP = "."
VOTES_CAPTION = "The votes behind each term"
LEFT_OUT_CAPTION = "Questions and criteria without a term, and why"
LEFT_OUT_LEAD = "Not every vote can become part of a definition. These did not:"
SENSITIVITY_TITLE = "Do the two proposals differ, and what would change them?"
SENSITIVITY_CAPTION = "Proposal 2 under each way to count equivocal answers"
HOW_COUNTED = "How votes count"
CUT_OFF = "Cut-off in points"
LIGHTER = "All lighter criteria together"
SUFFICES = "What suffices"
NUMBERED = (
    "Proposal 1",
    "Proposal 2",
    "Proposal 3",
    "Proposal 4",
    "Proposal 5",
    "Proposal 6",
    "Proposal 7",
    "Proposal 8",
)
SCHOOLS = ("school 1", "school 2", "school 3", "school 4")
FEWEST = "Fewest points"
LOGIC_ALL = "The definition is met when all of these are met:"
OF_VIGNETTES = "It calls failure what the typical respondent, by a logistic regression of the verdicts on vignettes, more likely than not calls failure."


def logic_at_least(number: int) -> str:
    """Return that so many of the terms must be met."""
    return f"The definition is met when at least {number} of these are met:"


def of_atlas(definitions: str, given: str, proved: bool) -> str:
    """Return that a definition gives most of what people said."""
    space = f"Of all {definitions} definitions" if proved else f"Of {definitions} definitions that a search looked at"
    end = "no other matches more" if proved else "a better one may exist"
    return f"{space} that points can express, this one matches most of what people said: {given} of their answers on criteria and verdicts on vignettes; {end}."


def of_school(people: str, rule: str) -> str:
    """Return that a school of so many people holds a definition."""
    return f"It is what a school of {people} people holds, by {rule} among them."


def says_percents(cut: str) -> str:
    """Return how a definition whose points are percents is used."""
    return f"Each criterion counts the percentage of support that it has, since not all questions have the same base; the definition is met from {cut} on."


def says_fewest(cut: str) -> str:
    """Return how a definition of fewest whole points is used."""
    return f"Points are the fewest whole ones that say the same; the definition is met from {cut} on."


def fewest_cut_off(cut_off: str) -> str:
    """Return from how many of the fewest points on the definition is met."""
    return f"The fewest points give every course the same verdict; by them the definition is met from {cut_off} on."


def came_out(share: str, draws: str) -> str:
    """Return in how many resampled surveys the definition came out."""
    return f"Of {draws} surveys drawn anew from the same hospitals, {share} give just this definition, with the same numbers in its terms."


UNITS = {
    "times": "number of sessions",
    "days": "days of the window",
    "rise_percent": "percent of the rise",
    "viable_percent": "percent viable",
}


def number_in_term(term: str, unit: str, number: str, question: str, accepts: str, of: str) -> str:
    """Return where a number in a term is from."""
    return f"{term}: {UNITS.get(unit, unit)} {number}, the median of {of} numbers given to “{question}”; {accepts} of those who gave one accept it."


def says_points(cut: str) -> str:
    """Return what a definition with points asks for."""
    return f"Each criterion that a course has shown so far counts its points. The definition is met at {cut} points."


def cut_rule(rule: str) -> str:
    """Return where the cut-off comes from; `rule` as in *more than 50% agreement*."""
    return f"The cut-off is the weight of the lightest criterion with {rule}: what a majority supports suffices alone, and nothing lighter does."


def majority_instead(study_rule: str, rule: str) -> str:
    """Return that the thresholded proposal falls back to a weaker rule."""
    return (
        f"No criterion has {study_rule}, which is the study's rule. By a weaker one, {rule}, this definition follows. "
        "It is what a majority supports, and not a consensus."
    )


def by_rule(study_rule: str) -> str:
    """Return that the proposal follows from the study's own rule."""
    return f"It holds what passes the study's rule of {study_rule}."


OF_NUMBERS = (
    "Nobody was asked whether this means failure, only from how many sessions on it would. The number that a majority "
    "gave stands for the criterion, so its votes are a proxy."
)


def title(kind: str, rule: str, number: int, school: int | None = None) -> str:
    """Return the heading of a proposal's card; `number` is its place among all."""
    what = {
        "thresholded": f"every criterion with {rule}",
        "weighted": "every criterion with a figure, weighed by its votes",
        "numbers": "the number of sessions that most people gave",
        "atlas": "what matches most of what people said",
        "vignettes": "the group's rule, from vignettes",
        "school": f"what {SCHOOLS[(school or 1) - 1]} holds",
    }
    return f"{NUMBERED[number - 1]}: {what[kind]}"


def short(kind: str, rule: str, number: int, school: int | None = None) -> str:
    """Return what a proposal is called among other definitions."""
    what = {
        "thresholded": rule,
        "weighted": "weighed by votes",
        "numbers": "by number of sessions",
        "atlas": "most of what people said",
        "vignettes": "from vignettes",
        "school": SCHOOLS[(school or 1) - 1],
    }
    return f"{NUMBERED[number - 1]} ({what[kind]})"


def weighs_there(reason: str) -> str:
    """Return the reason of a vote that is in no term of the first proposal, but in one of the second."""
    return f"{reason}; it weighs in proposal 2"


def behind(option: str, question: str) -> str:
    """Return the answer that the votes were given to."""
    return f"{quoted(option)} to {quoted(question)}"


def with_equivocal(number: str, coding: str) -> str:
    """Return how equivocal answers add to the votes for a criterion."""
    worth = {"half": f"half of the {number} equivocal answers", "as_yes": f"the {number} equivocal answers"}[coding]
    return f", and {worth}"


def cut(points: str) -> str:
    """Return the cut-off in words."""
    return f"met from {points} points"


def weight_row(term: str, points: str, bound: bool) -> str:
    """Return one bar of the figure in words."""
    return f"{term}: {'at most ' if bound else ''}{points} points."


def same(yes: bool) -> str:
    """Return whether both proposals judge alike."""
    if yes:
        return "Both proposals give every course the same verdict, whatever combination of criteria a patient shows."
    return "The two proposals can differ: there are combinations of criteria that one calls met and the other does not."


def never_reach(cut: str, sums: Sequence[tuple[str, str]]) -> str:
    """Return that the lighter criteria can't reach the cut-off together: (sum, coding or empty)."""
    parts = [f"{total} with {coding}" if coding else total for total, coding in sums]
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"All lighter criteria of proposal 2 together sum to at most {listed}, and never reach its cut-off of {cut}: they can't change a verdict."


def reach_together(coding: str, cut: str, sets: Sequence[str]) -> str:
    """Return that lighter criteria reach the cut-off together."""
    how = f"With {coding} and the cut-off kept at {cut}" if coding else f"At the cut-off of {cut}"
    return f"{how}, lighter criteria can suffice together: {or_list(sets)}."


def chosen_anew(coding: str, cut: str, own_cut: str, alone: Sequence[str]) -> str:
    """Return what a cut-off chosen anew under another coding would let suffice."""
    also = f", and this would suffice alone as well: {or_list(alone)}" if alone else ""
    return f"With {coding} and the cut-off chosen anew, it would be {cut} instead of {own_cut}{also}."


def cut_off_is(cut: str, *, kept: bool, anew: bool) -> str:
    """Return a cut-off and where it comes from."""
    if not cut:
        return "none: nothing has a majority"
    how = "kept or chosen anew" if kept and anew else "kept" if kept else "chosen anew"
    return f"{cut} ({how})"


def points_of(criterion: str) -> str:
    """Return the heading of a criterion's points."""
    return f"Points: {criterion}"


def together(labels: Sequence[str], total: str) -> str:
    """Return several criteria that reach a sum together."""
    return f"{' + '.join(labels)} (together {total})"


def combinations(number: str) -> str:
    """Return how many combinations suffice together."""
    return f"any of {number} combinations of others"


def or_list(sets: Sequence[str]) -> str:
    """Return alternatives in one line."""
    return "; or ".join(sets) if sets else "nothing"
