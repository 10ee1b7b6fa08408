"""Definition -> plain sentences in English or Chinese: what it asks for, as a reader of the paper would put it."""

from __future__ import annotations

from decimal import Decimal

from consensus.definitions.condition import Condition
from consensus.definitions.definition import (
    AllOf,
    AnyOf,
    AtLeast,
    ByIntent,
    Consecutive,
    Definition,
    Form,
    Logic,
    Once,
    Points,
    Term,
)
from consensus.definitions.readings import in_force, readings_of


def sentences(definition: Definition, condition: Condition, language: str = "en") -> tuple[str, ...]:
    """Return a definition as lines: how its criteria combine, one line a criterion, then how it is read.

    `language` is `en` or `zh`; a text that is not there in it stands in another language.
    """
    lines = [_title(definition, language), *_logic(definition.logic, condition, language)]
    for text in definition.explicitly_not:
        lines.append(f"明确不包括：{text}" if language == "zh" else f"Explicitly not: {text}")
    readings = _readings(definition, condition, language)
    if readings:
        lines.append(("理解方式：" if language == "zh" else "Read as: ") + "; ".join(readings))
    if definition.warning:
        lines.append(("警告：" if language == "zh" else "Warning: ") + definition.warning)
    return tuple(lines)


def form_sentence(form: Form, condition: Condition, language: str = "en") -> str:
    """Return what a form asks for: which finding, at how many sessions, in which order."""
    finding = condition.finding(form.finding).says.text(language) or form.finding
    session = condition.word("session", language)
    if language == "zh":
        return _form_zh(form, finding, session, condition)
    match form:
        case Once():
            return f"{finding}, at any {session}"
        case Consecutive():
            proviso = _either([condition.finding(name).says.text("en") or name for name in form.proviso], " or ")
            more = f", with this in the run: {proviso}" if proviso else ""
            return f"{finding}, at {form.times} {several(session)} in a row{more}"
        case _:
            same = f", all of the same {form.same}" if form.same is not None else ""
            return f"{finding}, at {form.times} {several(session)} within {form.days} days{same}"


def several(word: str) -> str:
    """Return the plural of a session's name: TACE sessions, courses of inhaled therapy."""
    first, of, rest = word.partition(" of ")
    return f"{first}s{of}{rest}"


def _form_zh(form: Form, finding: str, session: str, condition: Condition) -> str:
    match form:
        case Once():
            return f"{finding}，任一次{session}"
        case Consecutive():
            proviso = _either([condition.finding(name).says.text("zh") or name for name in form.proviso], "或")
            return f"{finding}，连续{form.times}次{session}" + (f"，且期间有：{proviso}" if proviso else "")
        case _:
            same = f"，{form.same}相同" if form.same is not None else ""
            return f"{finding}，{form.days}天内{form.times}次{session}{same}"


def _title(definition: Definition, language: str) -> str:
    title = definition.title.text(language) or definition.id
    return f"{title} ({definition.id}; {definition.source.cite}; {definition.source.standing})"


def _logic(logic: Logic, condition: Condition, language: str) -> list[str]:
    zh = language == "zh"
    if isinstance(logic, ByIntent):
        lines = []
        for choice, branch in logic.branches:
            head, *terms = _logic(branch, condition, language)
            lines += [
                f"{logic.column} = {choice}：{head}" if zh else f"Where {logic.column} is {choice}: {head}",
                *terms,
            ]
        return lines
    return [_head(logic, zh), *(_term(term, condition, language) for term in logic.terms)]


def _head(logic: AnyOf | AllOf | AtLeast | Points, zh: bool) -> str:
    match logic:
        case Points():
            cut = number(logic.failure_at)
            return (
                f"至今出现过的每项标准计其分值，达到{cut}分即为失败："
                if zh
                else f"Each criterion that has held so far counts its points; it is met at {points(logic.failure_at)}:"
            )
        case AtLeast():
            return f"至今至少满足{logic.number}项：" if zh else f"Met when {logic.number} of these have held:"
        case AllOf():
            return "至今全部满足：" if zh else "Met when all of these have held:"
        case AnyOf(terms=(_,)):
            return "满足以下一项：" if zh else "Met when this holds:"
        case _:
            return "满足以下任一项：" if zh else "Met as soon as one of these holds:"


def _term(term: Term, condition: Condition, language: str) -> str:
    says = term.says.text(language) or term.id
    asks = form_sentence(term.form, condition, language)
    worth = ""
    if term.points is not None:
        worth = f"（{number(term.points)}分）" if language == "zh" else f" ({points(term.points)})"
    return f"  - {says}{worth}。{asks}。" if language == "zh" else f"  - {says}{worth}. That is: {asks}."


def _readings(definition: Definition, condition: Condition, language: str) -> list[str]:
    known = {reading.name: dict(reading.values) for reading in readings_of(definition, condition)}
    force = in_force(definition, condition, {})
    return [
        known[name][value].text(language) if value in known[name] else f"{name} {value}"
        for name, value in force.items()
    ]


def points(value: Decimal) -> str:
    """Return `1 point`, `2.5 points`."""
    return f"{number(value)} point{'' if value == 1 else 's'}"


def number(value: Decimal) -> str:
    """Return a decimal without trailing zeros."""
    return f"{value.normalize():f}"


def _either(words: list[str], or_: str) -> str:
    return or_.join(words)
