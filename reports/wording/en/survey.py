"""Sentences about respondents, questions and what was agreed."""

from __future__ import annotations

from collections.abc import Sequence

BASES = {
    "invited": "those invited",
    "eligible": "those eligible",
    "asked": "those asked",
    "answered": "those who answered",
    "committed": "those who took a side (equivocal answers left out)",
}
CODINGS = {
    None: "as voted",
    "as_no": "equivocal counted as no",
    "half": "equivocal counted as half a vote",
    "as_yes": "equivocal counted as yes",
    "drop": "equivocal left out",
    "middle": "equivocal in the middle",
}
OUTCOMES = {
    "in": "accepted",
    "out": "rejected by consensus",
    "no consensus": "no consensus",
    "uncertain": "uncertain",
    "too few": "too few answers",
}
KINDS = {
    "vote": "Asked directly.",
    "bound": (
        "Not asked directly. The number for the criterion is what is left when those who answered otherwise are taken away: an upper bound."
    ),
    "proxy": "Not asked directly: the question is about something near the criterion, so the number is a proxy and not a vote.",
}
RECONSTRUCTED = "Wording reconstructed: the original question was not read in print. The sentence above paraphrases the published result."
NOT_PRINTED = "not published"
NO_RESPONSE_RATE = "How many were invited is not known, so a response rate can't be had."
SOURCES_SAY = "What the sources print differently"


def who(answered: str, title: str) -> str:
    """Return whom the report is about."""
    return f"{title}: answers of {answered} people."


def response(answered_of_invited: str) -> str:
    """Return the response rate."""
    return f"Of those invited, {answered_of_invited} answered."


def published_only() -> str:
    """Return what a survey known by its printed counts can't tell."""
    return (
        "Only the printed counts of this survey are known, not the single answers. So nothing can be said about subgroups, about who "
        "gave which two answers together, or about people of one hospital answering alike."
    )


def individual(n: str) -> str:
    """Return that single answers were analyzed."""
    return f"The answers of each of the {n} respondents were analyzed."


def no_nonresponse() -> str:
    """Return that nobody left an asked question blank."""
    return "Everyone who was asked a question answered it, as far as the counts tell."


def base_of_all(n: str) -> str:
    """Return whom the percentages of a question are of that everyone was asked."""
    return f"Percentages are of the {n} who answered."


def base_routed(n: str, condition: str, of_all: str | None) -> str:
    """Return whom the percentages of a question are of that only some were asked."""
    part = f", {of_all} of all" if of_all else ""
    return f"Asked only of those who had answered {condition}: percentages are of these {n}{part}, not of everyone."


def condition(question: str, option: str) -> str:
    """Return a routing condition in words."""
    return f"{quoted(option)} to the question {quoted(question)}"


def counted(coding: str | None) -> str:
    """Return how votes count, with the base where it is not everyone who answered."""
    return CODINGS[coding] + (" (of those who took a side)" if coding == "drop" else "")


def flips(coding: str | None, parts: Sequence[tuple[str, str, str, str]]) -> str:
    """Return how many votes from one option to another would change the verdict: (votes, from, to, becomes)."""
    said = "; ".join(
        f"{votes} from {quoted(a)} to {quoted(b)} would make it {quoted(becomes)}" for votes, a, b, becomes in parts
    )
    how = CODINGS[coding]
    return f"{how[:1].upper()}{how[1:]}: {said}."


FIRMNESS = "How firm this is: so few votes would have to move from one answer to another to change the verdict."


def forest_row(what: str, share: str, outcome: str) -> str:
    """Return one row of the forest in words."""
    return f"{what}: {share}, {outcome}."


def quoted(text: str) -> str:
    """Return a text in quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"


def criteria_lead(rule: str) -> str:
    """Return what the section on criteria shows."""
    return (
        f"Each criterion is held against the rule. {rule} A criterion is rejected by consensus where as many are against it; "
        "where neither side is strong enough, there is no consensus."
    )


def own_choice(how: str) -> str:
    """Return the study's own way to count equivocal answers, marked."""
    return f"{how} (this study)"


def answers_caption(several: bool) -> str:
    """Return the caption of a table of answers."""
    return "Answers (several could be chosen, so percentages can add up to more than 100)" if several else "Answers"


NO_FLIPS = "No movement of votes from one answer to another could change this verdict."
NO_FIGURE = "No figure was published for this question."
VOTES = ("vote", "votes")
ANSWER = "Answer"
OF_ANSWERED = "n/N (%) of those who answered"
COUNT = "Count"
BASE = "Base"
SHARE_PERCENT = "Percent"
INTERVAL = "95% interval"
CRITERION = "Criterion"
STANDS = "Against the rule"
STANDS_CAPTION = "Where the criterion stands"
HOW_COUNTED = "How votes count"
SUPPORT = "Support, n/N (%)"
AGAINST = "Against, n/N (%)"
AT_MOST = "at most"
FOREST_TITLE = "Support for each criterion against the rule"
FOREST_AXIS = "Share that counts the finding as a criterion, 95% interval"
FOREST_ACCEPTED = "accepted"
FOREST_REJECTED = "rejected"
FOREST_CAPTION = (
    "Marks are shares, lines their 95% intervals. Filled marks use the study's own way to count equivocal answers, open ones the others. "
    "Right of the right line a criterion is accepted, left of the left one it is rejected by consensus; between them there is none."
)


def forest_description(rule: str, rows: Sequence[str]) -> str:
    """Return what the forest figure shows, for those who don't see it."""
    return f"One row for each criterion and way of counting, with the share that supports it. {rule} " + " ".join(rows)
