"""The English words of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.rules.terms import number, percent

if TYPE_CHECKING:
    from consensus.rules.terms import Options, Term

BETWEEN = " "
BASES = {
    "invited": "those invited",
    "eligible": "those eligible",
    "asked": "those asked",
    "answered": "those who answered",
    "committed": "those who took a side",
}
OTHERWISE_UNCERTAIN = "Whatever is neither is uncertain."
SETTLED = "What a round has settled stays settled."
MIRRORED = "as many are against it"
HOW = {">=": "at least", ">": "more than", "<=": "at most", "<": "fewer than", "=": "exactly"}
IS = {">=": "at least", ">": "above", "<=": "at most", "<": "below", "=": "equal to"}
MEASURES = {
    "median": "the median",
    "mean": "the mean",
    "sd": "the standard deviation",
    "iqr": "the interquartile range",
    "cv": "the coefficient of variation",
    "riqr": "the interquartile range over the median",
    "di": "the disagreement index (IPR / IPRAS)",
    "outside": "the number of ratings outside the three-point region of the median",
    "n": "the number of answers",
    "apmo": "the average share of majority opinions over all items (APMO)",
}
BOUNDARIES = {
    "mean": "the boundary value of the means (their mean less their standard deviation, over all items)",
    "top": "the boundary value of the full-score ratios (their mean less their standard deviation, over all items)",
    "cv": "the boundary value of the coefficients of variation (their mean plus their standard deviation, all items)",
}
TOLD = {
    (
        "disagreement",
        "classic",
    ): "disagreement (about a third of the panel or more, 3 of 8 to 10, rates 1 to 3 and as many 7 to 9)",
    ("disagreement", "ipras"): "disagreement (IPR above IPRAS = 2.35 + 1.5 x asymmetry)",
    (
        "agreement",
        "classic",
    ): "agreement (fewer than about a third, at most 2 of 8 to 10, outside the region of the median)",
}


def accepted(when: str, rejected: str | None) -> str:
    """Return when a criterion is in and when it is out."""
    if rejected is None:
        return f"A criterion is accepted where {when}. This rule never rejects one."
    return f"A criterion is accepted where {when}, and rejected by consensus where {rejected}."


def in_round(number: int, when: str) -> str:
    """Return the condition of later rounds."""
    return f"From round {number} on it is accepted where {when}."


def out_in_round(number: int, when: str) -> str:
    """Return what rejects in later rounds."""
    return f"From round {number} on it is rejected by consensus where {when}."


def doubtful(when: str) -> str:
    """Return when an item is uncertain whatever else holds."""
    return f"It is uncertain where {when}."


def for_choices(when: str) -> str:
    """Return the condition of questions whose options are no scale."""
    return f"A question whose options are no scale is settled where {when}."


def quorum(count: int | None, share: str, of: str) -> str:
    """Return the smallest number of answers that is judged."""
    least = f"{count} people" if count is not None else f"{share} of {of}"
    return f"Where fewer than {least} answer there are too few to judge."


def quantiles(kind: int) -> str:
    """Return the type of quantiles."""
    return f"Quantiles are of type {kind} (Hyndman and Fan)."


def agreement(comparison: str, share: str) -> str:
    """Return a threshold of agreement as a phrase."""
    return f"{HOW[comparison]} {share} agreement"


def doing(options: Options) -> str:
    """Return what those do who choose some options."""
    if options.word is not None:
        words = {"agree": "support it", "disagree": "are against it", "most": "choose the same option"}
        return words.get(options.word, f"give it the {'highest' if options.word == 'top' else 'lowest'} rating")
    if options.low is not None and options.high is not None:
        return f"rate it {number(options.low)} to {number(options.high)}"
    return "rate it " + " or ".join(map(number, options.points))


def people(comparison: str, limit: str, whom: str, doing: str, measure: str) -> str:
    """Return that so many people do something."""
    how = "less than" if comparison == "<" and measure == "share" else HOW[comparison]
    unit = " people" if measure == "count" else ""
    return f"{how} {limit}{unit}{f' of {whom}' if whom else ''} {doing}"


def measure(term: Term) -> str:
    """Return the name of a measure."""
    of = f" of {BASES[term.base]}" if term.base else ""
    if term.bound is not None and term.options is not None:
        end = "lower" if term.bound == "low" else "upper"
        return f"the {end} 95% limit of the share{of} who {doing(term.options)}"
    if term.options is not None:
        what = {
            "share": "the share",
            "count": "the number",
            "chance": "the chance that guessing gives as many",
            "kstar": "the validity index beyond chance (k*) of those",
        }[term.measure]
        return f"{what}{of} who {doing(term.options)}"
    if term.at is not None:
        if term.measure == "quantile":
            return f"the {percent(term.at)} quantile"
        return f"the share of ratings within {number(term.at)} of the median"
    return BOUNDARIES[term.of or "mean"] if term.measure == "boundary" else MEASURES[term.measure]


def compared(left: str, comparison: str, right: str) -> str:
    """Return that one thing is above, below or equal to another."""
    return f"{left} is {IS[comparison]} {right}"


def added(words: str, sign: int, shown: str) -> str:
    """Return a sum with one more part."""
    return f"{words} {'plus' if sign > 0 else 'less'} {shown}".strip()


def told(word: str, way: str) -> str:
    """Return that the panel agrees or disagrees."""
    return f"there is {TOLD[word, way]}"


def not_told(word: str, way: str) -> str:
    """Return that there is no agreement or disagreement."""
    return f"there is no {TOLD[word, way]}"


def negated(words: str) -> str:
    """Return that a condition doesn't hold."""
    return f"it is not so that {words}"


def in_groups(words: str, least: str | int, by: str) -> str:
    """Return a condition within groups."""
    which = {"each": "each", "any": "at least one"}.get(str(least), f"at least {least}")
    return f"in {which} {by.replace('_', ' ')}{'s' if isinstance(least, int) and least > 1 else ''} {words}"


def bracketed(words: str) -> str:
    """Return a condition set apart from those that it is joined with."""
    return f"({words})"


def joined(word: str, parts: list[str]) -> str:
    """Return conditions joined by and, or."""
    if len(parts) == 2:
        return f"{parts[0]} {word} {parts[1]}"
    return f"{', '.join(parts[:-1])}, {word} {parts[-1]}"
