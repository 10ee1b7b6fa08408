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
RECONSTRUCTED = "Wording reconstructed from the published result; the original question was not read in print."
SOME_RECONSTRUCTED = "* Wording reconstructed from the published result; the original question was not read in print."
ALL_RECONSTRUCTED = "The wording of these questions is reconstructed from the published results; the original questions were not read in print."
TO = "to"
ANY_OF, ALL_OF = " or ", " and "
NOT_PRINTED = "not published"
NO_RESPONSE_RATE = "How many were invited is not known, so a response rate can't be had."


def who(answered: str) -> str:
    """Return whom the report is about where it is not known how many were invited."""
    return f"{answered} people answered."


def analyzed(read: str, analyzed: str) -> str:
    """Return how many answered and how many of them were analyzed."""
    return f"{read} people answered, and {analyzed} of them were analyzed."


def response(invited: str, answered: str, share: str) -> str:
    """Return the response rate."""
    return f"{invited} people were invited and {answered} answered: {share}."


def analyzed_of_invited(invited: str, share: str) -> str:
    """Return the response rate where not everyone who answered was analyzed."""
    return f"{invited} people were invited; those analyzed are {share} of them."


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


def other_condition(question: str, option: str) -> str:
    """Return a routing condition in words: any answer but one."""
    return f"otherwise than {quoted(option)} to {quoted(question)}"


def number_condition(question: str, sign: str, number: str) -> str:
    """Return a routing condition on a number in words."""
    than = {"<": "less than ", "<=": "at most ", ">": "more than ", ">=": "at least ", "=": ""}[sign]
    return f"{than}{number} to {quoted(question)}"


def counted(coding: str | None) -> str:
    """Return how votes count, with the base where it is not everyone who answered."""
    return CODINGS[coding] + (" (of those who took a side)" if coding == "drop" else "")


def printed_in(sources: Sequence[str]) -> str:
    """Return where counts were printed."""
    return f"Printed in: {'; '.join(sources)}."


def forest_row(what: str, share: str, outcome: str) -> str:
    """Return one row of the forest in words."""
    return f"{what}: {share}, {outcome}."


def quoted(text: str) -> str:
    """Return a text in quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"


def criteria_lead(rule: str) -> str:
    """Return what the section on criteria shows."""
    return f"{rule} Where neither side is strong enough, there is no consensus, which is not the same as a rejection."


def own_choice(how: str) -> str:
    """Return the study's own way to count equivocal answers, marked."""
    return f"{how} (this study)"


def of_what(caption: str, what: str) -> str:
    """Return a caption that says of what its table is: it may stand alone."""
    return f"{caption}: {what}"


def answers_caption(several: bool) -> str:
    """Return the caption of a table of answers."""
    return "Answers (several could be chosen, so percentages can add up to more than 100)" if several else "Answers"


NO_FIGURE = "No figure was published for this question."
ANSWER = "Answer"
OF_ANSWERED = "n/N (%) of those who answered"
COUNT = "Count"
BASE = "Base"
SHARE_PERCENT = "Percent"
INTERVAL = "95% interval (%)"
INTERVAL_PLAIN = "95% interval"
CRITERION = "Criterion"
STANDS = "Standing"
STANDS_CAPTION = "The criterion against the rule, n/N (%)"
HOW_COUNTED = "How votes count"
SUPPORT = "For it"
AGAINST = "Against it"
AT_MOST = "at most"
FOREST_TITLE = "Support for each criterion against the rule"
FOREST_AXIS = "Share that counts the finding as a criterion, 95% interval"
FOREST_ACCEPTED = "accepted"
FOREST_REJECTED = "rejected"
HOW = ", "
FOREST_MARKS = "Marks are shares, lines their 95% intervals."
FOREST_LINES = (
    " Right of the right line a criterion is accepted, left of the left one it is rejected by consensus; between them there is no "
    "consensus."
)
FOREST_NEITHER = (
    " Right of the right line a criterion is accepted. Left of the left line it is rejected by consensus only if the share against it "
    "passes the rule too: answers on neither side, such as \N{LEFT DOUBLE QUOTATION MARK}I can't judge\N{RIGHT DOUBLE QUOTATION MARK}, count in the base and for neither. The words at the right say which holds."
)
FOREST_WORDS = " The words at the right say what the rule makes of each."
FOREST_CODINGS = " Filled marks use the study's own way to count equivocal answers, open ones the others."


def forest_description(rule: str, rows: Sequence[str]) -> str:
    """Return what the forest figure shows, for those who don't see it."""
    return f"One row for each criterion and way of counting, with the share that supports it. {rule} " + " ".join(rows)


QUESTION = "Question"
OF_WHOM = "Of whom"
OTHERS_CAPTION = "Further questions and their answers"
SEVERAL = "several answers were possible"


def of_all(n: str) -> str:
    """Return the base of a question that everyone was asked."""
    return f"all {n} who answered"


def of_some(n: str, condition: str) -> str:
    """Return the base of a routed question."""
    return f"the {n} who had answered {condition}"


def with_several(whom: str) -> str:
    """Return a base with the remark that several answers were possible."""
    return f"{whom}; {SEVERAL}"


def share_with_count(share: str, count: str, n: str) -> str:
    """Return a share with what it is made of."""
    return f"{share} ({count} of {n})"


def remarks(texts: Sequence[str]) -> str:
    """Return what the instrument and the sources remark on a question."""
    return f"Remarks: {' '.join(texts)}"


def remark(question: str, text: str) -> str:
    """Return a remark on one question of several."""
    return f"{quoted(question)} {text}"
