"""Sentences about the space of all definitions, vignettes, schools, other settings on patients, and the next round."""

from __future__ import annotations

ATLAS_TITLE = "Among all definitions"
FRONT_CAPTION = "Definitions that no other one beats in every respect"
NO_BEST = "To say that nobody has failed matches what people said as well as any definition does, so none is proposed on this ground."
ON_FRONT = "Beaten by no other"
SHARES = {
    "given": "Of all statements",
    "respondents": "People matched wholly",
    "answers": "Answers on criteria",
    "judgements": "Verdicts on vignettes",
    "met": "Patients met",
}
WHICH = "Proposal"
FIGURE_TITLE = "How much of what people said each definition matches, by its points"
FIGURE_CAPTION = "Each dot stands for the definitions with the same sum of points that match the same share of what people said; the larger the dot, the more of them there are. The line joins the best of each sum; numbers mark the proposals."
AXIS_POINTS = "Sum of the fewest points"
AXIS_GIVEN = "Share of statements matched"

VIGNETTES_TITLE = "What vignettes say"
VIGNETTES_CAPTION = "The verdicts on each vignette"
CASE = "Case"
SHOWS = "Criteria shown"
NO_CRITERION = "none"
YES, EQUIVOCAL, NO = "Failure", "Equivocal", "No failure"
RULES_CAPTION = "The rules behind people's verdicts, those that most people hold first"
RULE = "Simplest rule that judges so"
HELD = "Hold it in all their verdicts"
NEAREST = "Nearest to it"
ALWAYS, NEVER = "everything is failure", "nothing is failure"
GROUP_CAPTION = "The group's rule: a logistic regression in which each person has a strictness of their own"
WEIGHT = "Log odds (standard error)"
GROUP_POINTS = "Fewest points"

SCHOOLS_TITLE = "Schools of thought"
NO_SCHOOLS = "No schools of thought were found: "
SCHOOLS_CAPTION = "Support of each criterion within each school"
SCHOOLS_NOTE = "What a school holds stands as a proposal above where it differs from those before."
SPLITS_CAPTION = "Where the members of each school come from"
ANSWER = "Answer"
P_VALUE = "p (Holm)"

WHAT_IF_TITLE = "What if"
WHAT_IF_CAPTION = "Patients by verdict were one setting of proposal 1 another, and by the other proposals"
SETTING = "Setting or proposal"
RECLASSIFIED = "Judged otherwise"
NEWLY = "Newly met"
NO_LONGER = "No longer met"
PROPOSALS = {
    "weighted": "Proposal 2",
    "atlas": "The definition that matches most of what people said",
    "vignettes": "The group's rule from vignettes",
}

NEXT_TITLE = "What the next round should ask"
NEXT_CAPTION = "What is still open, the least certain first"
ASK = "Ask about"
WHY = "Why"
NOTHING_OPEN = "Nothing in the derivation is open."


def atlas_lead(definitions: str, criteria: str, proved: bool) -> str:
    """Return what was searched, and whether that is all there is."""
    if proved:
        return f"Points and a cut-off over {criteria} criteria can express {definitions} different definitions, and each was held against what people said: nothing better exists than those listed here."
    return f"Over {criteria} criteria there are too many definitions to go through. A search looked at {definitions} of them: better ones may exist."


def best(definition: str, given: str) -> str:
    """Return the definition that gives most."""
    return f"The definition that matches most of what people said ({given}): {definition}."


def lettered(letter: str, criterion: str) -> str:
    """Return what a column's letter stands for."""
    return f"{letter}: {criterion}"


def cloud(points: str, share: str) -> str:
    """Return one point of the figure in words."""
    return f"Sum of points {points}: at most {share}."


def consistency(share: str, people: str, repeated: str, alike: str) -> str:
    """Return how consistent people are."""
    text = f"Of {people} people, {share} judge all their vignettes as some definition by these criteria does."
    if repeated:
        text += f" Pairs of cases that show the same criteria were judged alike in {alike} of {repeated} instances."
    return text


def group_rule(intercept: str, spread: str, cut_off: str) -> str:
    """Return the rest of the group's rule."""
    text = (
        f"Without any criterion the log odds are {intercept}; people's strictness has a standard deviation of {spread}."
    )
    return f"{text} The typical person calls failure what reaches {cut_off} on these points." if cut_off else text


def unseen(criteria: str) -> str:
    """Return what no vignette shows."""
    return f"No vignette shows: {criteria}. Nothing is known from them of that."


def cut_off(how: str, value: str, matched: str, total: str) -> str:
    """Return the cut-off that matches majorities best."""
    return f"On support in percent, the cut-off that matches most majorities is {value}: it agrees with {matched} of {total} majorities."


def schools(number: int) -> str:
    """Return how many schools there are."""
    return f"{('', 'One school', 'Two schools', 'Three schools', 'Four schools')[number]} of thought explain the answers better than one group does, and are found again when people are drawn anew."


def school(name: str, size: str, stability: str) -> str:
    """Return the heading of a school."""
    return f"{name}: {size} people (stability {stability})"


def apart(criteria: str) -> str:
    """Return where schools are farthest apart."""
    return f"They are farthest apart on: {criteria}."


def asked(why: str, share: str, votes: str, tips: str = "") -> str:
    """Return why something should be asked."""
    told = {
        "close": f"resampling turns the decision: a term in {share} of surveys",
        "never_asked": f"never asked directly: {share} is a bound or a proxy",
        "equivocal": f"how the {votes} equivocal answers count decides"
        + (f"; a majority is reached once {tips} of them count as yes" if tips else ""),
        "number": f"only {share} would accept the number that was chosen",
        "case": f"definitions that came out judge this case differently: {share} of them say failure",
        "no_finding": "people voted on it, but no course can show it: say how a record would",
    }
    return told[why]
