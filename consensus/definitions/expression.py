"""What must hold, or must not, before the first session: findings joined by all, any, at least and not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from consensus.definitions.column import baseline_of
from consensus.definitions.condition import Condition
from consensus.definitions.finding import Appears, Differs, Finding, Increases, RisesBy, columns_of
from consensus.definitions.form_sentences import finding_words
from consensus.definitions.yaml_file import Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Holds:
    """A finding, judged before the first session."""

    finding: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Not:
    """The opposite."""

    of: Expression


@dataclass(frozen=True, kw_only=True, slots=True)
class Several:
    """So many of them; all of them where `number` is their number, any where it is 1."""

    number: int
    of: tuple[Expression, ...]


Expression: TypeAlias = Holds | Not | Several
KEYS = ("all", "any", "at_least", "of", "not")


def read_expression(place: Place, condition: Condition) -> Expression:
    """Return the expression at a place of a file; faults are collected."""
    if not place.is_mapping:
        name = place.word([f.name for f in condition.findings], f"a finding of {condition.id}")
        if name:
            _check(place, condition.finding(name), condition)
        return Holds(finding=name)
    keys = place.mapping(KEYS)
    named = [key for key in ("all", "any", "at_least", "not") if key in keys]
    if len(named) != 1:
        place.fault(
            f"it has {' and '.join(named)}" if named else "nothing is joined here", "one of: " + ", ".join(KEYS)
        )
        return Holds(finding="")
    if named[0] == "not":
        return Not(of=read_expression(keys["not"], condition))
    parts_at = keys.get("of") if named[0] == "at_least" else keys[named[0]]
    if parts_at is None:
        keys["at_least"].fault('"at_least" needs the findings', 'a key "of" with a list beside it')
        return Holds(finding="")
    parts = tuple(read_expression(each, condition) for each in parts_at.sequence())
    number = {"all": len(parts), "any": 1}.get(named[0])
    if number is None:
        number = keys["at_least"].whole(1) or 1
        if number > len(parts):
            keys["at_least"].fault(f"{number} of {len(parts)} can't hold", f"at most {len(parts)}")
    return Several(number=number, of=parts)


def expression_dict(expression: Expression) -> object:
    """Return an expression as its file writes it."""
    match expression:
        case Holds():
            return expression.finding
        case Not():
            return {"not": expression_dict(expression.of)}
        case Several():
            parts = [expression_dict(part) for part in expression.of]
            if expression.number == len(parts):
                return {"all": parts}
            return {"any": parts} if expression.number == 1 else {"at_least": expression.number, "of": parts}


def expression_sentence(expression: Expression, condition: Condition, language: str = "en") -> str:
    """Return an expression in words."""
    zh = language == "zh"
    match expression:
        case Holds():
            return finding_words(expression.finding, condition, language)
        case Not():
            said = expression_sentence(expression.of, condition, language)
            return f"不是（{said}）" if zh else f"not ({said})"
        case Several():
            parts = [expression_sentence(part, condition, language) for part in expression.of]
            if len(parts) == 1:
                return parts[0]
            if expression.number == len(parts):
                return ("且" if zh else " and ").join(parts)
            if expression.number == 1:
                return ("或" if zh else " or ").join(parts)
            said = ("、" if zh else ", ").join(parts)
            return f"至少{expression.number}项：{said}" if zh else f"at least {expression.number} of: {said}"


def findings_in(expression: Expression | None) -> Iterator[str]:
    """Yield the names of the findings of an expression."""
    match expression:
        case Holds():
            yield expression.finding
        case Not():
            yield from findings_in(expression.of)
        case Several():
            for part in expression.of:
                yield from findings_in(part)


def _check(place: Place, finding: Finding, condition: Condition) -> None:
    why = not_before_treatment(finding, condition)
    if why:
        place.fault(f'"{finding.name}" {why}', "a finding that can be told before the first session")


def not_before_treatment(finding: Finding, condition: Condition) -> str:
    """Return why a finding can't be told before the first session; an empty text where it can."""
    known = {column.name for column in condition.patients}
    for _, test in finding.tests:
        if isinstance(test, Increases | Differs | RisesBy):
            return "is a change, and there is nothing before the first session"
        if finding.at == "baseline":
            continue
        absent = [column for column in columns_of(test) if baseline_of(column) not in known]
        if absent and not (isinstance(test, Appears) and len(absent) < len(test.columns)):
            return f"needs {baseline_of(absent[0])}, which is not a column of patients"
    return ""
