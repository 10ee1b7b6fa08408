"""Candidates into the terms, logic, titles and sources of a definition."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from consensus.definitions.definition import AllOf, AnyOf, AtLeast, Definition, Points, Source, Term
from questionnaires.instrument import Labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consensus.agreement.agree import Agreement
    from consensus.definitions.condition import Condition
    from consensus.definitions.definition import Logic
    from consensus.proposals.candidates import Candidate


CHINESE = re.compile(r"[\u3400-\u9fff]")


def term_of(candidate: Candidate, points: Decimal | None = None) -> Term:
    """Return the term of a candidate, with the votes behind it."""
    return Term(
        id=candidate.id, says=candidate.criterion.label, form=candidate.form, points=points, votes=candidate.votes
    )


def definition_of_points(
    candidates: Sequence[Candidate],
    points: Sequence[int],
    cut_off: int,
    *,
    id: str,
    condition: str,
    title: Labels | None = None,
    source: Source | None = None,
) -> Definition:
    """Return the definition of whole points, in the plainest words that say the same: any, all, at least so many.

    Criteria without points are left out; the heaviest stand first.
    """
    weighed = [(c, p) for c, p in zip(candidates, points, strict=True) if p > 0]
    weighed.sort(key=lambda pair: -pair[1])
    return Definition(
        id=id,
        title=title if title is not None else Labels((("en", id),)),
        condition=condition,
        source=source if source is not None else Source(cite="made from points", standing="derived"),
        logic=_logic(weighed, cut_off),
    )


def _logic(weighed: list[tuple[Candidate, int]], cut_off: int) -> Logic:
    if all(p == 1 for _, p in weighed):
        terms = tuple(term_of(c) for c, _ in weighed)
        if cut_off == 1:
            return AnyOf(terms=terms)
        return AllOf(terms=terms) if cut_off == len(terms) else AtLeast(number=cut_off, terms=terms)
    return Points(failure_at=Decimal(cut_off), terms=tuple(term_of(c, Decimal(p)) for c, p in weighed))


def title_of(agreement: Agreement, english: str, chinese: str) -> Labels:
    """Return a proposal's title, marked where the answers are made up; in Chinese a title of no Chinese is an id."""
    mark, zh_mark = ("SYNTHETIC, ", "SYNTHETIC（合成）") if agreement.synthetic else ("", "")
    survey, short = agreement.instrument.title or agreement.instrument.id, agreement.instrument.id
    ours = survey if CHINESE.search(survey) else short
    return Labels((("en", f"{mark}{survey}: {english}"), ("zh", f"{zh_mark}{ours}：{chinese}")))


def source_of(agreement: Agreement, how: str) -> Source:
    """Return where a proposal is from."""
    mark = "SYNTHETIC answers to " if agreement.synthetic else ""
    return Source(cite=f"{mark}{agreement.instrument.id}, {how}", standing="derived")


def condition_of(agreement: Agreement, condition: Condition | None) -> str:
    """Return the name of the condition that a proposal defines the failure of."""
    return condition.id if condition is not None else agreement.instrument.condition or ""


def id_of(agreement: Agreement, kind: str) -> str:
    """Return the id of a proposal."""
    slug = re.sub(r"[^a-z0-9]+", "-", agreement.instrument.id.lower()).strip("-") or "survey"
    return f"{slug}-{kind}"
