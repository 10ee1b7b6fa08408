"""What holds for all points and cut-offs."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from consensus.definitions.definition import AnyOf, Definition, Once, Points, Source, Term
from consensus.proposals.points import as_points, lighter_sum, same_verdicts, sufficient_sets
from questionnaires.instrument import Labels

halves = st.integers(1, 30).map(lambda twice: Fraction(twice, 2))
points = st.dictionaries(st.sampled_from("abcd"), halves, min_size=1)


def definition(logic):
    source = Source(cite="made up", standing="example")
    return Definition(id="made-up", title=Labels((("en", "Made up"),)), condition="made-up", source=source, logic=logic)


def term(name, worth=None):
    return Term(id=name, says=Labels((("en", name),)), form=Once(finding=name), points=worth)


def weighted(worths, cut_off):
    return definition(
        Points(failure_at=as_points(cut_off), terms=tuple(term(n, as_points(w)) for n, w in worths.items()))
    )


def any_of(names):
    return definition(AnyOf(terms=tuple(term(name) for name in names)))


def subsets(names):
    return [frozenset(c) for size in range(len(names) + 1) for c in combinations(sorted(names), size)]


@given(points, halves)
def test_sufficient_sets_equal_a_search_over_all_sets(worths, cut_off):
    reaching = {s for s in subsets(worths) if sum(worths[n] for n in s) >= cut_off}
    smallest = {s for s in reaching if not any(other < s for other in reaching)}
    assert {frozenset(s) for s in sufficient_sets(worths, cut_off)} == smallest


@given(points, halves)
def test_lighter_terms_that_never_reach_the_cut_off_change_no_verdict(worths, cut_off):
    alone = [name for name, worth in worths.items() if worth >= cut_off]
    if alone and lighter_sum(worths, cut_off) < cut_off:
        assert same_verdicts(weighted(worths, cut_off), any_of(alone))


@given(points, halves, st.sets(st.sampled_from("abcd"), min_size=1))
def test_same_verdicts_equals_a_search_over_all_combinations(worths, cut_off, names):
    every = subsets(set(worths) | names)
    alike = all((sum(worths.get(n, 0) for n in s) >= cut_off) == bool(s & names) for s in every)
    assert same_verdicts(weighted(worths, cut_off), any_of(sorted(names))) == alike
    assert same_verdicts(any_of(sorted(names)), weighted(worths, cut_off)) == alike


@given(halves)
def test_points_of_half_votes_are_exact(votes):
    assert Fraction(as_points(votes)) == votes
    assert isinstance(as_points(votes), Decimal)
