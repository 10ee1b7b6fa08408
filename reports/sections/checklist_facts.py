"""What a study's data know of what reporting checklists ask for, a sentence a fact; an empty one where they don't."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.agreement.respondents import questionnaire_of
from questionnaires.cleaning.flags import SPEEDING
from reports import numbers_told
from reports.sections.respondents import who_answered

if TYPE_CHECKING:
    from collections.abc import Callable

    from questionnaires.cleaning.cleaned import Cleaned
    from reports.material import Material


def _number(name: str, number: int) -> str:
    return numbers_told.number(numbers_told.counted(f"checklist/{name}", number))


def _cleaned(material: Material) -> Cleaned:
    assert material.cleaned is not None
    return material.cleaned


def instrument(material: Material) -> str:
    """Return how many questions and criteria there were, and in which languages."""
    asked = material.instrument
    said = material.words.checklists.LANGUAGES
    languages = material.words.checklists.LIST.join(
        said.get(code, code) for code in asked.languages if code != "default"
    )
    counts = questionnaire_of(asked)
    questions, criteria = _number("questions", counts["questions"]), _number("criteria", counts["criteria"])
    return str(material.words.checklists.instrument(questions, criteria, languages))


def routing(material: Material) -> str:
    """Return how many questions were asked only of some; empty where all were asked of everyone."""
    routed = questionnaire_of(material.instrument)["routed"]
    return str(material.words.checklists.routing(_number("routed", routed))) if routed else ""


def questionnaire(material: Material) -> str:
    """Return that the whole questionnaire is at hand."""
    return str(material.words.checklists.QUESTIONNAIRE)


def frame(material: Material) -> str:
    """Return how many were invited, or that this is not known."""
    flow = _cleaned(material).flow
    say = material.words.checklists
    return str(say.invited(_number("invited", flow.invited)) if flow.invited is not None else say.INVITED_UNKNOWN)


def eligibility(material: Material) -> str:
    """Return who is eligible; empty where everyone is."""
    told = material.conditions(material.instrument, _cleaned(material).eligible)
    return str(material.words.checklists.eligible(told)) if told else ""


def sampling(material: Material) -> str:
    """Return clusters and strata of the study's design; empty where people count as drawn one by one."""
    assert material.agreement is not None
    how = material.agreement.sampling
    named = [material.named(name) for name in (how.cluster, how.stratum) if name]
    return str(material.words.checklists.sampling(named)) if named else ""


def weighting(material: Material) -> str:
    """Return whether answers are weighted."""
    assert material.agreement is not None
    how = material.agreement.sampling
    say = material.words.checklists
    return str(say.WEIGHTED if how.weight or how.margins else say.UNWEIGHTED)


def platform(material: Material) -> str:
    """Return which platform's export the answers are of."""
    dialect = _cleaned(material).read.dialect
    return str(material.words.checklists.platform(material.words.method.export(dialect)))


def dates(material: Material) -> str:
    """Return the days of the first and last answer; empty where they are not known."""
    sent = _cleaned(material).read.records["submitted"].dropna()
    if not len(sent):
        return ""
    return str(material.words.checklists.dates(material.day(sent.min()), material.day(sent.max())))


def multiple(material: Material) -> str:
    """Return how many test entries and repeats were left out, and how doubles are looked for."""
    found = dict(_cleaned(material).flow.excluded)
    numbers = [_number(f"left-out/{why}", found.get(why, 0)) for why in ("test entry", "repeat")]
    return str(material.words.checklists.multiple(*numbers))


def consent(material: Material) -> str:
    """Return that consent was asked for; empty where no question does."""
    asked = material.instrument.questions_of("consent")
    return str(material.words.checklists.consent(asked[0].label.text(material.language))) if asked else ""


def privacy(material: Material) -> str:
    """Return how people are named in the outputs."""
    return str(material.words.checklists.PRIVACY)


def missing(material: Material) -> str:
    """Return how many questions everybody who was asked answered, and what a blank means."""
    assert material.respondents is not None
    complete, asked = material.respondents.complete, len(material.respondents.missing)
    return str(material.words.checklists.missing(_number("complete", complete), _number("asked", asked)))


def timestamps(material: Material) -> str:
    """Return how many went too fast; empty where durations are not known."""
    if not _cleaned(material).read.records["seconds"].notna().any():
        return ""
    assert material.respondents is not None
    fast = dict(material.respondents.flags)[SPEEDING]
    return str(material.words.checklists.timestamps(_number("fast", fast)))


def response(material: Material) -> str:
    """Return the response rate, or that it can't be had."""
    return str(material.words.page.sentences(who_answered(material)))


def _section(material: Material, name: str) -> str:
    return str(material.words.checklists.see(getattr(material.words.page, name)))


FACTS: dict[str, Callable[[Material], str]] = {
    "instrument": instrument,
    "routing": routing,
    "questionnaire": questionnaire,
    "frame": frame,
    "eligibility": eligibility,
    "sampling": sampling,
    "weighting": weighting,
    "platform": platform,
    "dates": dates,
    "multiple": multiple,
    "consent": consent,
    "privacy": privacy,
    "missing": missing,
    "timestamps": timestamps,
    "response": response,
    "flow": lambda material: _section(material, "RESPONDENTS"),
    "people": lambda material: _section(material, "RESPONDENTS"),
    "methods": lambda material: _section(material, "METHODS"),
    "results": lambda material: _section(material, "CRITERIA"),
    "criteria": lambda material: _section(material, "SUMMARY"),
    "design": lambda material: _section(material, "OVERVIEW"),
    "sensitivity": lambda material: str(material.words.checklists.SENSITIVITY),
    "limitations": lambda material: _section(material, "LIMITATIONS"),
}
