"""Further proposals: what gives most of what people said, the group's rule from vignettes, what each school holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from consensus.proposals.candidates import with_numbers
from consensus.proposals.forms import TIMES
from consensus.proposals.making import condition_of, definition_of_points, id_of, source_of, title_of
from consensus.proposals.points import table_over
from consensus.proposals.proposal import Proposal
from consensus.rules.rule import MAJORITY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consensus.agreement.agree import Agreement
    from consensus.definitions.condition import Condition
    from consensus.definitions.definition import Definition
    from consensus.proposals.atlas_reading import AtlasReading
    from consensus.proposals.candidates import Candidate
    from consensus.proposals.schools import School, Schools
    from consensus.proposals.vignettes import Vignettes


def further(
    agreement: Agreement,
    candidates: Sequence[Candidate],
    condition: Condition | None,
    found: tuple[AtlasReading | None, Vignettes | None, Schools | None],
    before: Sequence[Proposal],
) -> tuple[Proposal, ...]:
    """Return the proposals of the atlas, of the vignettes and of the schools that judge otherwise than those before."""
    criteria = [c.id for c in candidates]
    seen = {_key(p.definition, criteria) for p in before if p.definition is not None}
    kept = list[Proposal]()
    for proposal in _all(agreement, candidates, condition, found):
        assert proposal.definition is not None
        key = _key(proposal.definition, criteria)
        if key not in seen:
            seen.add(key)
            kept.append(proposal)
    return tuple(kept)


def _key(definition: Definition, criteria: Sequence[str]) -> tuple[object, ...]:
    """Return what a definition says of every combination, with the numbers of sessions that its terms ask for."""
    table = table_over(definition, criteria)
    forms = sorted((term.id, repr(term.form)) for term in definition.terms if _matters(table, criteria.index(term.id)))
    return (table.tobytes(), *forms)


def _matters(table: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], k: int) -> bool:
    profiles = np.arange(len(table))
    without = profiles[profiles >> k & 1 == 0]
    return bool((table[without] != table[without | 1 << k]).any())


def _all(
    agreement: Agreement,
    candidates: Sequence[Candidate],
    condition: Condition | None,
    found: tuple[AtlasReading | None, Vignettes | None, Schools | None],
) -> Iterator[Proposal]:
    atlas, vignettes, schools = found
    if atlas is not None and atlas.best is not None:
        yield _of_atlas(agreement, candidates, condition, atlas)
    group = vignettes.group if vignettes is not None else None
    if group is not None and group.points is not None and group.points.total and group.points.cut_off:
        by_id = {c.id: c for c in candidates}
        yield _made(
            agreement,
            condition,
            "vignettes",
            [by_id[name] for name in group.criteria],
            (group.points.points, group.points.cut_off),
            ("the group's rule from vignettes", "由病例情景推出的群体规则"),
            f"logistic regression of the verdicts of {group.people} people on vignettes",
        )
    for number, school in enumerate(schools.schools if schools is not None else (), start=1):
        if school.terms:
            yield _of_school(agreement, candidates, condition, number, school)


def _of_atlas(
    agreement: Agreement, candidates: Sequence[Candidate], condition: Condition | None, atlas: AtlasReading
) -> Proposal:
    assert atlas.best is not None
    space = "all" if atlas.proved else "a search through"
    return _made(
        agreement,
        condition,
        "atlas",
        candidates,
        (atlas.best.points, atlas.best.cut_off),
        ("gives most of what people said", "与应答者陈述吻合最多的定义"),
        f"gives most of what people said, of {space} {atlas.definitions} definitions by points",
    )


def _of_school(
    agreement: Agreement, candidates: Sequence[Candidate], condition: Condition | None, number: int, school: School
) -> Proposal:
    own = [with_numbers(c, condition, _numbers_of(school, c.id)) for c in candidates if c.id in school.terms]
    made = _made(
        agreement,
        condition,
        "school",
        own,
        ((1,) * len(own), 1),
        (f"what school {number} holds", f"第{number}种观点的定义"),
        f"held by a school of {school.size} people",
        number=number,
    )
    rule = MAJORITY if school.fell_back else agreement.rule
    return replace(made, rule=rule, school=number, people=school.size)


def _numbers_of(school: School, criterion: str) -> list[tuple[str, float]]:
    """Return the numbers that a school gives a criterion."""
    sessions = [(TIMES, float(n)) for name, n in school.times if name == criterion]
    return [*sessions, *((unit, number) for name, unit, number in school.numbers if name == criterion)]


def _made(
    agreement: Agreement,
    condition: Condition | None,
    kind: str,
    candidates: Sequence[Candidate],
    points: tuple[Sequence[int], int],
    title: tuple[str, str],
    how: str,
    *,
    number: int | None = None,
) -> Proposal:
    definition = definition_of_points(
        candidates,
        *points,
        id=id_of(agreement, kind if number is None else f"{kind}-{number}"),
        condition=condition_of(agreement, condition),
        title=title_of(agreement, *title),
        source=source_of(agreement, how),
    )
    by_id = {c.id: c for c in candidates}
    return Proposal(
        kind=kind,  # type: ignore[arg-type]
        definition=definition,
        rule=agreement.rule,
        coding=agreement.equivocal,
        support=tuple(by_id[term.id].verdict(agreement.equivocal) for term in definition.terms),
    )
