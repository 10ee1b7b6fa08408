"""Definitions held against answers, vignettes and a cohort; the front of all, and the search where all are too many."""

import numpy as np
import pytest

from consensus.proposals.atlas import atlas
from consensus.proposals.evidence import Evidence, Fit, Shown, fit_of, majority
from consensus.proposals.front import aims_of, front
from consensus.proposals.search import search

NONE = np.nan


def shown(*profiles):
    return Shown(low=np.array(profiles), high=np.array(profiles))


def at(atlas_, points, cut_off):
    (place,) = np.flatnonzero((atlas_.points == points).all(axis=1) & (atlas_.cut_offs == cut_off))
    return place


STATED = np.array([[1, 0, 0], [1, 0, NONE], [1, 1, 0], [0, 0, 0], [NONE, NONE, NONE]])
JUDGED = np.array([[1, 0], [1, 1], [1, NONE], [0, 0], [NONE, NONE]])
EVIDENCE = Evidence(
    stated=STATED,
    judged=JUDGED,
    vignettes=shown(0b001, 0b110),
    cohort=Shown(low=np.array([0b001, 0b110, 0b000, 0b000]), high=np.array([0b001, 0b110, 0b000, 0b111])),
    reference=np.array([1.0, 0.0, 0.0, 1.0]),
)


def test_shares_by_hand():
    found = fit_of(atlas(3).tables, EVIDENCE)
    one = at(atlas(3), [1, 0, 0], 1)
    assert found.respondents[one] == 2 / 4  # the first two people
    assert found.answers[one] == 9 / 11  # all but one answer of the third and one of the fourth
    assert found.judgements[one] == 5 / 7
    assert found.majorities[one] == 1.0  # the second vignette: two against one
    assert (found.sensitivity[one], found.specificity[one]) == (1.0, 1.0)  # the last patient can't be judged
    assert (found.met[one], found.unknown[one]) == (1 / 4, 1 / 4)
    two = at(atlas(3), [2, 1, 1], 2)
    assert found.answers[two] == found.answers[one]
    assert (found.judgements[two], found.specificity[two]) == (5 / 7 - 1 / 7, 0.5)


def test_majorities_are_of_those_who_took_a_side():
    assert majority(np.array([[1, 0, NONE], [1, 1, NONE], [0, NONE, NONE]])).tolist()[:1] == [1.0]
    assert np.isnan(majority(np.array([[1, 0, NONE], [1, 1, NONE], [0, NONE, NONE]]))[1:]).all()


def test_the_front_of_many_is_that_of_comparing_each_with_each():
    rng = np.random.default_rng(11)
    n, none = 6000, np.full(6000, NONE)
    shares = rng.integers(0, 12, (3, n)) / 12
    shares[2][rng.random(n) < 0.3] = NONE  # undefined counts as worst
    fit = Fit(
        respondents=shares[0], answers=shares[1], judgements=shares[2],
        majorities=none, sensitivity=none, specificity=none, met=none, unknown=none,
    )  # fmt: skip
    totals, taken = rng.integers(5, 20, n), rng.random(n) < 0.9
    rows = np.column_stack([np.nan_to_num(shares.T, nan=-np.inf), -totals])
    beaten = [bool(((rows[taken] >= row).all(axis=1) & (rows[taken] > row).any(axis=1)).any()) for row in rows]
    wanted = dict[tuple[float, ...], int]()
    for place in np.flatnonzero(taken & ~np.array(beaten)).tolist():
        wanted.setdefault(tuple(rows[place]), place)
    assert front(fit, totals, taken).tolist() == [wanted[row] for row in sorted(wanted, reverse=True)]
    assert len(wanted) > 5


def test_nothing_beats_the_front_and_the_front_beats_the_rest():
    rng = np.random.default_rng(7)
    evidence = Evidence(
        stated=rng.choice([0.0, 1.0, NONE], size=(60, 4)),
        judged=rng.choice([0.0, 1.0, NONE], size=(60, 6)),
        vignettes=shown(*rng.integers(0, 16, 6)),
        cohort=shown(*rng.integers(0, 16, 80)),
        reference=rng.choice([0.0, 1.0], size=80),
    )
    whole = atlas(4)
    fit = fit_of(whole.tables, evidence)
    assert aims_of(fit) == ("respondents", "answers", "judgements", "youden")
    rows = np.column_stack([*(getattr(fit, aim) for aim in aims_of(fit)), -whole.totals])
    on = set(front(fit, whole.totals).tolist())
    for place, row in enumerate(rows):
        better = (rows >= row).all(axis=1) & (rows > row).any(axis=1)
        same = (rows == row).all(axis=1)
        assert (place in on) == (not better.any() and np.flatnonzero(same)[0] == place)


def test_without_vignettes_and_cohort_only_answers_count():
    fit = fit_of(atlas(3).tables, Evidence(stated=STATED))
    assert aims_of(fit) == ("respondents", "answers")
    best = front(fit, atlas(3).totals)
    assert atlas(3).points[best[0]].tolist() == [1, 0, 0]


@pytest.mark.parametrize("seed", range(4))
def test_the_search_finds_the_best_where_the_atlas_knows_it(seed):
    rng = np.random.default_rng(seed)
    evidence = Evidence(
        stated=(rng.random((80, 5)) < [0.9, 0.6, 0.4, 0.3, 0.1]).astype(float),
        judged=(rng.random((80, 7)) < rng.random(7)).astype(float),
        vignettes=shown(*rng.integers(0, 32, 7)),
    )
    whole, some = atlas(5), search(evidence)
    mine, best = fit_of(some.tables, evidence), fit_of(whole.tables, evidence)
    assert mine.respondents.max() == best.respondents.max()
    assert mine.judgements.max() > 0.98 * best.judgements.max()
    assert len(some) < len(whole)


def test_a_search_gives_the_same_again_and_has_an_end():
    evidence = Evidence(stated=(np.random.default_rng(3).random((50, 8)) < 0.4).astype(float))
    one, two = search(evidence, seed=5), search(evidence, seed=5)
    assert (one.points == two.points).all()
    assert one.starts == 8 + 1 + 8 + 24
    with pytest.raises(ValueError, match="at most 14"):
        search(Evidence(stated=np.zeros((3, 15))))
