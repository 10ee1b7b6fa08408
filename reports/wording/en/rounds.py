"""Sentences about the rounds of a panel."""

from __future__ import annotations

from collections.abc import Sequence

TITLE = "The panel and its rounds"
SUBTITLE = "What a panel agreed on, round by round, and how firm that is"
SUBTITLE_WITH_PATIENTS = "What a panel agreed on, round by round, and what each definition says of patients"
MARK = "SYNTHETIC: the panelists and their answers are made up."
OUTCOMES = {
    "in": "in",
    "out": "out",
    "no consensus": "no consensus",
    "uncertain": "uncertain",
    "too few": "too few",
}
CHANGES = {
    "same": "unchanged",
    "reworded": "reworded",
    "split": "split",
    "merged": "merged",
    "new": "new",
    "dropped": "dropped",
}
ALL = "whole panel"
SUMMARY_TITLE = "Where the statements stand"
RULE = "What counted as consensus"
RULE_WRITTEN = "As written: {}"
FATE = "What became of each statement"
FATE_CAPTION = "Each statement with its last verdict, and how firm that is"
FATE_HEADERS = (
    "Item",
    "Statement",
    "Rounds",
    "Fate",
    "Verdict",
    "Settled in",
    "Fewest votes that turn it",
    "Repeats in a new panel",
)
FATE_NOTE = (
    "The fewest votes are counted over every way in which votes can move; after a number, where they would have to move and which "
    "groups have them. Repeats: the probability that a new panel of the same size gives the same verdict, were the shares seen the true ones."
)
AT_MOST = "at most {}"
NEVER = "nothing turns it"
NONE_FOUND = "none found, not all ways tried"
RESULTS = "Results by round"
RESULTS_HEADERS = ("Item", "n", "of eligible", "Median", "Q1", "Q3", "IQR", "Verdict")
RESULTS_NOTE = "n: answers that give a number, of those invited, voting and not recused."
QUANTILES_LEAD = "Verdicts that another type of quantiles would change:"
NO_QUANTILES = "No verdict depends on the type of quantiles."
STABILITY = "Stability between rounds"
STABILITY_CAPTION = "The same people's answers in two rounds"
STABILITY_HEADERS = (
    "Item", "Rounds", "Pairs", "Unchanged", "Weighted kappa", "Signed rank p", "McNemar p", "Symmetry p",
    "Margins p", "CV", "IQR", "Net change of agreement [90%]", "Shown stable?",
)  # fmt: skip
STABILITY_NOTES = (
    "Weighted kappa: squared weights, the rounds as raters; 0 where everybody gave the same answer in one of them and undefined where in both, however stable.",
    "Signed rank, McNemar (mid-p), symmetry (Bowker) and margins (Stuart-Maxwell) ask for a difference: a large p shows nothing, least of all stability.",
    "Shown stable: the 90% limits of the net change lie inside 15 points either way (two one-sided tests at 5%); changed: the 95% limits exclude zero and the change is larger than that. Limits are exact up to 30 people, Tango's score limits beyond, where changed also asks for the exact McNemar test. Answers that opt out make no pair; equivocal ones do.",
    "Change of the group's distribution as two samples (Dajani) ignores that they are the same people; it is in the workbook alone.",
)
NET_VERDICTS = {"stable": "yes", "changed": "no, changed", "not shown": "not shown"}
SLOPES_TITLE = "Agreement from round to round"
SLOPES_AXIS = "Share of agreement"
SLOPES_CAPTION = "Each statement's share of agreement among those who gave a number, in the rounds that asked it; a gap where its words changed."
PEOPLE = "Who was there and who left"
FLOW_CAPTION = "Invited voters who answered, by round and group"
FLOW_GROUP = "Group"
GONE_CAPTION = "Who left, and who was silent in a round"
GONE_HEADERS = ("Panelist", "From round", "Group", "Reason")
SILENT = "silent in this round"
BOUNDS_CAPTION = "Verdicts that would turn if those who are gone had answered"
BOUNDS_HEADERS = (
    "Item",
    "Verdict",
    "Missing",
    "With their last answers",
    "All at the lowest end",
    "All at the highest end",
)
NO_BOUNDS = "No verdict would turn, had all who are gone answered at one end of the scale or with their last answer."
DIFFERENT_CAPTION = "Did those who left think otherwise? Agreement in round {}, leavers and stayers"
DIFFERENT_HEADERS = ("Item", "Left later", "Stayed", "Difference in points [95%]")
NOT_DIFFERENT = "Fewer than three of those who left answered an item, so nothing can be said of how they thought."
ADVICE = "Would another round change anything?"
ADVICE_CAPTION = "The chance that one more round changes a verdict"
ADVICE_HEADERS = ("Item", "Verdict now", "Chance of another verdict", "Chance of being settled", "Most likely then")
PROTOCOL = "Protocol and deviations"
NO_PROTOCOL = (
    "No protocol was locked before the first round: nothing but the authors' word says when the rule was fixed."
)
AS_PLANNED = "The rule, its bases, quorum, type of quantiles, stopping and plan are as locked."
DEPOSIT = "The hash proves what was fixed, not when: only a deposit elsewhere proves its date."
ENTRIES_CAPTION = "The protocol's lock and its amendments"
ENTRIES_HEADERS = ("Date", "Entry", "Reason", "Changed", "SHA-256")
ENTRY = {"lock": "locked", "amendment": "amended"}
KEYS = {
    "rule": "rule",
    "rule_in_words": "rule",
    "quorum": "quorum",
    "quantile_type": "type of quantiles",
    "bases": "bases",
    "equivocal": "equivocal answers",
    "rounds": "number of rounds",
    "stopping": "stopping",
    "plan": "plan",
    "seed": "seed",
    "files": "files",
}
CORRECTIONS_CAPTION = "Answers that were corrected"
CORRECTIONS_HEADERS = ("Round", "Panelist", "Question", "From", "To", "Reason", "By", "Date")
TAMPERED = "The answers or verdicts of round {} are no longer those that it was closed with."
OPERATING = "What this rule does in a panel of this size"
OPERATING_HEADERS = ("True agreement", "Passes, one item", "At least one of all items")
OPERATING_CAPTION = "How often an item passes, by how many truly agree"


def summary(accepted: str, rejected: str, open_items: str, total: str, rounds: str) -> str:
    """Return how many statements are in, out and open."""
    return f"Of {total} statements, after {rounds} rounds, {accepted} are in by the panel's rule, {rejected} out, and {open_items} without consensus."


def who(voters: str, groups: str, people: str) -> str:
    """Return who is on the panel."""
    of = f" in {groups} stakeholder groups" if groups else ""
    return f"The panel has {people} people{of}; {voters} of them had a vote in the first round."


def round_title(number: str | int) -> str:
    """Return the name of a round."""
    return f"Round {number}"


def rounds_between(first: int, second: int) -> str:
    """Return a pair of rounds."""
    return f"{first} and {second}"


def results_caption(number: int) -> str:
    """Return the caption of a round's results."""
    return f"Round {number}: each item's ratings and verdict"


def share_header(low: str, high: str) -> str:
    """Return the header of a share of ratings."""
    return f"{low} to {high}, n (%)"


def sensitive(item: str, number: int, own: str, kind: int, others: Sequence[str]) -> str:
    """Return that a verdict depends on the type of quantiles."""
    return f"{item}, round {number}: {own} by quantile type {kind}, but {' and '.join(others)}."


def by_type(outcome: str, kind: int) -> str:
    """Return a verdict under a type of quantiles."""
    return f"{outcome} by type {kind}"


def answered(number: int, answered: str, invited: str) -> str:
    """Return how many answered a round."""
    return f"Round {number}: {answered} of {invited} invited voters answered."


def moves(votes: str, origin: str, target: str, becomes: str, groups: Sequence[str]) -> str:
    """Return the fewest votes that turn a verdict."""
    of = f", within {' or '.join(groups)} alone" if groups else ""
    return f"{votes} ({origin} to {target}: {becomes}{of})"


def mixed(votes: str, becomes: str) -> str:
    """Return the fewest votes where several moves are needed."""
    return f"{votes} (several moves: {becomes})"


def advice(worth_it: bool, moves: str, loss: str) -> str:
    """Return whether another round is worth it."""
    lead = (
        "One more round may settle what is open"
        if worth_it
        else "One more round would hardly settle anything: no open item has more than a 5% chance"
    )
    return (
        f"{lead}. The chances are of 4,000 rounds drawn by how the {moves} answers moved that were given twice to the same words; "
        f"of those who answered a round, {loss} were gone in the next. Moves after feedback grow smaller, so the chances are rather too large."
    )


def deviations(keys: Sequence[str]) -> str:
    """Return what deviates from the lock without an amendment."""
    return f"Not as locked, and not amended: {', '.join(dict.fromkeys(keys))}."


def amendments(count: str) -> str:
    """Return how many amendments there are."""
    return (
        f"The protocol was amended {count} times after it was locked; each is listed."
        if count != "1"
        else "The protocol was amended once after it was locked; the amendment is listed."
    )


def corrected(number: int, count: str) -> str:
    """Return how many answers were corrected."""
    return f"{count} answer was corrected." if number == 1 else f"{count} answers were corrected."


def recheck(files: Sequence[str]) -> str:
    """Return what the tidy answers hold."""
    return f"The coded answers without identifiers are in {', '.join(files)}."


def operating(n: str, items: str, rule: str) -> str:
    """Return what the operating characteristics are of."""
    return (
        f"Were {n} people drawn at random from a field in which a given share agrees, an item would pass the rule ({rule}) so often, and at least "
        f"one of {items} items so often. A panel that reports what passed reports the lucky ones too."
    )


def provable(n: str, share: str) -> str:
    """Return what a panel of this size could prove at all."""
    return f"Even if all {n} agreed, that would prove (95%, one-sided) no more than that {share} of such people do."


def slopes_description(rows: Sequence[str]) -> str:
    """Return the figure of slopes in words."""
    return "Share of agreement by round: " + "; ".join(rows) + "."


def slope_row(item: str, shares: Sequence[str]) -> str:
    """Return one statement's shares."""
    return f"{item} {' then '.join(shares)}"


TO = " to "


def agreement_on(low: str, high: str, agree: str, disagree: str) -> str:
    """Return which ratings are agreement on a scale whose options don't say it."""
    return f"On a scale from {low} to {high}, agreement is a rating of {agree} and disagreement one of {disagree}."
