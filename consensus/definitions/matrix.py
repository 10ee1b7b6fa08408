"""Several definitions side by side: which finding each asks for, and how often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consensus.definitions.condition import Condition
from consensus.definitions.definition import ByIntent, Definition, Term
from consensus.definitions.form_sentences import finding_words, short_form
from consensus.definitions.score_sentences import number


@dataclass(frozen=True, kw_only=True, slots=True)
class MatrixRow:
    """One finding in words, and by definition how it is asked for; an empty text where it plays no part."""

    finding: str
    says: str
    cells: tuple[str, ...]


def matrix(definitions: Sequence[Definition], condition: Condition, language: str = "en") -> tuple[MatrixRow, ...]:
    """Return one row a finding that some of the definitions asks for, in the order in which they name them."""
    names = dict.fromkeys(term.form.finding for definition in definitions for term in definition.terms)
    return tuple(
        MatrixRow(
            finding=name,
            says=finding_words(name, condition, language),
            cells=tuple(_cell(definition, name, condition, language) for definition in definitions),
        )
        for name in names
    )


def _cell(definition: Definition, finding: str, condition: Condition, language: str) -> str:
    found, zh = [], language == "zh"
    by = definition.logic.column if isinstance(definition.logic, ByIntent) else ""
    for choice, term in _terms(definition):
        if term.form.finding == finding:
            worth, said = "", short_form(term.form, condition, language)
            if term.points is not None:
                worth = f"（{number(term.points)}分）" if zh else f" ({number(term.points)})"
            where = condition.choice(by, choice, language) + ("：" if zh else ": ") if choice else ""
            found.append(where + said + worth)
    return ("；" if zh else "; ").join(found)


def _terms(definition: Definition) -> list[tuple[str, Term]]:
    if isinstance(definition.logic, ByIntent):
        return [(choice, term) for choice, branch in definition.logic.branches for term in branch.terms]
    return [("", term) for term in definition.terms]
