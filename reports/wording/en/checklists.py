"""Sentences about reporting checklists."""

from __future__ import annotations

from collections.abc import Sequence

LEAD = (
    "What the data know of what reporting checklists ask for, section by section. The wording of the checklists' items was not read for "
    "this software: only their sections and numbers are listed here, from memory. Hold your manuscript against the published checklist."
)
OPEN = "Open, for the authors:"
SECTION = "Section"
KNOWN = "What the data know"
LEFT = "Left to do"
NOTHING = "nothing"
PARTLY = "check the rest against the published items"
FOR_AUTHORS = "open, for the authors"
QUESTIONNAIRE = "The whole questionnaire is the instrument's workbook; consensus forms prints it for an appendix."
INVITED_UNKNOWN = "How many were invited is not known."
UNWEIGHTED = "Answers are not weighted."
WEIGHTED = "Answers are weighted, and the intervals allow for it."
PRIVACY = "Columns that name people are left out of all outputs, and people have pseudonyms."
SENSITIVITY = "Every verdict is shown under each way to count equivocal answers."


def standing(cite: str) -> str:
    """Return where a checklist is from, and that its wording was not read."""
    return f"{cite}. Recalled: sections and numbers only, the wording of the items was not read."


LANGUAGES = {"en": "English", "zh": "Chinese"}
LIST = " and "


def instrument(questions: str, criteria: str, languages: str) -> str:
    """Return how large the questionnaire is."""
    spoken = f", in {languages}" if languages else ""
    return f"The questionnaire has {questions} questions on {criteria} criteria{spoken}."


def routing(questions: str) -> str:
    """Return how many questions were asked only of some."""
    return f"Asked only of some people, by their earlier answers: {questions} questions."


def invited(people: str) -> str:
    """Return how many people were invited."""
    return f"{people} people were invited."


def eligible(conditions: Sequence[str]) -> str:
    """Return who is eligible."""
    return f"Analyzed are those for whom {' and '.join(conditions)}."


def sampling(named: Sequence[str]) -> str:
    """Return what people are grouped by in the design."""
    return f"People are grouped by {' and '.join(named)}, and intervals that allow for it stand beside the others."


def platform(name: str) -> str:
    """Return which platform's export was read."""
    return f"The answers were read from {name}."


def dates(first: str, last: str) -> str:
    """Return when the answers were sent."""
    return f"Answers were sent from {first} to {last}."


def multiple(tests: str, repeats: str) -> str:
    """Return who was left out as a test or a repeat."""
    return (
        f"Left out: {tests} test entries and {repeats} forms that were sent again. Doubles are looked for by account and by equal answers, "
        "and nobody is left out without a line in corrections.csv."
    )


def consent(question: str) -> str:
    """Return that consent was asked for."""
    return f"Consent was asked for: \N{LEFT DOUBLE QUOTATION MARK}{question}\N{RIGHT DOUBLE QUOTATION MARK}"


def missing(complete: str, asked: str) -> str:
    """Return how complete the answers are."""
    return f"{complete} of {asked} questions were answered by everybody who was asked. A blank leaves the base; nothing is filled in."


def timestamps(fast: str) -> str:
    """Return how many answered too fast."""
    return f"Flagged as too fast: {fast} people. They are not left out by themselves."


def see(section: str) -> str:
    """Return in which section of the report it stands."""
    return f"See the section \N{LEFT DOUBLE QUOTATION MARK}{section}\N{RIGHT DOUBLE QUOTATION MARK}."
