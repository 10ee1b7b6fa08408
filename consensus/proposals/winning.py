"""How often a proposal comes out when the survey is drawn anew: its terms, its points and each number in its terms.

What costs little is derived again in every drawn survey; the group's rule from vignettes is fitted again in the first
200 of them. A search through definitions is not repeated, so what it found has no share.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from consensus.agreement.resampling import first_draws
from consensus.proposals.atlas import MOST_CRITERIA, atlas, distinct
from consensus.proposals.derivation import MOST_TABLED, SCHEMES, derive
from consensus.proposals.forms import TIMES
from consensus.proposals.group_rule import group_table, refitted_tables
from consensus.proposals.points import table_over
from consensus.proposals.resampled import matters_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from consensus.proposals.candidates import Candidate
    from consensus.proposals.derivation import Scheme
    from consensus.proposals.evidence import Evidence
    from consensus.proposals.opinions import Opinions
    from consensus.proposals.proposal import Proposal
    from consensus.proposals.schools import Schools
    from consensus.proposals.surveys_drawn import Drawn
    from consensus.proposals.vignettes import Vignettes

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

REFITTED = 200
MOST_COMPARED = 60_000_000


def won_by_votes(
    proposal: Proposal, drawn: Drawn | None, candidates: Sequence[Candidate], cut_off: float | None = None
) -> Proposal:
    """Return a proposal of votes with the share of drawn surveys that give just this definition.

    `cut_off` is the one that was given, where it does not follow from votes.
    """
    if proposal.definition is None or drawn is None or not drawn.joint or not candidates:
        return proposal
    criteria = [c.id for c in candidates]
    if proposal.kind == "thresholded":
        terms = {term.id for term in proposal.definition.terms}
        mask = np.array([name in terms for name in criteria])
        return _with(proposal, (drawn.derived.terms == mask).all(axis=1) & _numbers(drawn, candidates, mask))
    if len(criteria) > MOST_TABLED:
        return proposal
    tables = _tables(proposal, drawn, cut_off)
    return proposal if tables is None else _of_tables(proposal, tables, drawn, candidates)


def won_by_atlas(
    proposal: Proposal, evidence: Evidence, opinions: Opinions, drawn: Drawn, candidates: Sequence[Candidate]
) -> Proposal:
    """Return the proposal that gives most of what people said with the share of drawn surveys in which it does."""
    assert proposal.definition is not None
    criteria = [c.id for c in candidates]
    if len(criteria) > MOST_CRITERIA:
        return proposal
    space, table = atlas(len(criteria)), table_over(proposal.definition, criteria)
    told = evidence.vignettes.known
    profiles = np.concatenate([1 << np.arange(len(criteria)), evidence.vignettes.low[told]])
    said, first, _, _ = distinct(space.tables[:, profiles])
    order = np.argsort(first, kind="stable")  # the atlas has the fewest points first, and so the first of equals wins
    said, first = said[order].astype(np.float32), first[order]
    statements = np.column_stack([evidence.stated, evidence.judged[:, told]]) if told.any() else evidence.stated
    balance = _balance(statements, opinions)
    mine = space.find(table)
    rows = max(1, min(len(drawn), MOST_COMPARED // len(said)))
    hits: list[Bools] = []
    for chunk in first_draws(len(balance), rows, len(drawn), drawn.seed, opinions.strata):
        given = (chunk @ balance).astype(np.float32)
        for part in np.array_split(given, max(1, len(given) // 500)):
            hits.append(first[np.argmax(part @ said.T, axis=1)] == mine)
    won = np.concatenate(hits)
    matters = matters_in(table[None], len(criteria))[0]
    return _with(proposal, won & _numbers(drawn, candidates, matters)[:rows])


def won_by_vignettes(
    proposal: Proposal, vignettes: Vignettes, opinions: Opinions, drawn: Drawn, candidates: Sequence[Candidate]
) -> Proposal:
    """Return the group's rule with the share of drawn surveys that give it, fitted again in each."""
    assert proposal.definition is not None
    told = vignettes.shown.known
    profiles, judged = vignettes.shown.low[told], vignettes.verdicts[:, told]
    rows = min(len(drawn), REFITTED)
    design = opinions.design
    chunk = np.concatenate(list(first_draws(design.cluster_count, rows, len(drawn), drawn.seed, opinions.strata)))
    tables = refitted_tables(vignettes.group, vignettes.criteria, profiles, judged, chunk[:, design.clusters])
    hits = (tables == group_table(vignettes.group)).all(axis=1)
    criteria = [c.id for c in candidates]
    matters = matters_in(table_over(proposal.definition, criteria)[None], len(criteria))[0]
    return _with(proposal, hits & _numbers(drawn, candidates, matters)[:rows])


def won_by_school(proposal: Proposal, schools: Schools) -> Proposal:
    """Return what a school holds with the share of drawn surveys whose matching group holds the same."""
    assert proposal.school is not None
    school = schools.schools[proposal.school - 1]
    return replace(proposal, won=school.held, draws=schools.draws)


def _with(proposal: Proposal, hits: Bools) -> Proposal:
    return replace(proposal, won=float(hits.mean()), draws=len(hits))


def _tables(proposal: Proposal, drawn: Drawn, cut_off: float | None) -> Bools | None:
    """Return the weighted definitions of the drawn surveys, by the proposal's own weighting."""
    scheme: Scheme = next((s for s in SCHEMES if s == proposal.weighting), "share")
    if scheme == "share" and cut_off is None:
        return drawn.derived.tables
    weights = drawn.weights_by(scheme)
    if weights is None:
        return None
    if cut_off is not None:
        from consensus.proposals.derivation import counted

        shares = weights * 100
        weights = counted(drawn.votes, drawn.coding).support if proposal.weighting == "votes" else shares
    return derive(drawn.votes[: len(weights)], drawn.rule, drawn.coding, weights, cut_off).tables


def _of_tables(proposal: Proposal, tables: Bools, drawn: Drawn, candidates: Sequence[Candidate]) -> Proposal:
    assert proposal.definition is not None
    table = table_over(proposal.definition, [c.id for c in candidates])
    matters = matters_in(table[None], len(candidates))[0]
    same = (tables == table).all(axis=1)
    return _with(proposal, same & _numbers(drawn, candidates, matters)[: len(same)])


def _numbers(drawn: Drawn, candidates: Sequence[Candidate], matters: Bools) -> Bools:
    """Return in which surveys the criteria that matter have the numbers of the candidates."""
    same = np.ones(len(drawn), dtype=bool)
    for k, candidate in enumerate(candidates):
        times = getattr(candidate.form, "times", None)
        if matters[k] and times is not None:
            drawn_times = drawn.times[:, k]
            same &= (drawn_times == times) | np.isnan(drawn_times)
    for number in drawn.numbers:
        if matters[number.criterion]:
            own = {n.unit: n.value for n in candidates[number.criterion].numbers if n.unit != TIMES}
            same &= number.values == own.get(number.unit, np.nan)
    return same


def _balance(statements: Floats, opinions: Opinions) -> Floats:
    """Return how many more say yes than no to each statement, by hospital."""
    sides = np.where(np.isnan(statements), 0.0, 2 * statements - 1)
    found = np.zeros((opinions.design.cluster_count, statements.shape[1]))
    np.add.at(found, opinions.design.clusters, sides)
    return found
