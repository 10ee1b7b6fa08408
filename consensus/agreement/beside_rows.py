"""What stands beside the shares as rows of estimates, so that each number of it has a name in `agree --json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.agreement.estimate import Estimate, Measurement
from consensus.agreement.significance import TRENDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from consensus.agreement.camps import Camps, CampShare, Split
    from consensus.agreement.leaning import Leaning
    from consensus.agreement.ranking import Ranking
    from consensus.agreement.regressions import OddsRatio
    from consensus.agreement.significance import SignificanceTest
    from consensus.agreement.silence import Silence, SilentBounds
    from consensus.agreement.who_differs import GroupTest

BETWEEN = "bounds without a single value: what the others would have said is not known"
RESPONSE = "response"


def rate_row(name: str, e: Estimate) -> Measurement:
    """Return the row of a response rate; `name` is its definition."""
    return Measurement(question=RESPONSE, measure=f"response rate {name}", estimate=e)


def worst_row(b: SilentBounds) -> Measurement:
    """Return the row of the bounds among all invited, or why there are none."""
    low, high = b.worst.limits or (None, None)
    known = low is not None
    estimate = Estimate(
        reason=BETWEEN if known else b.worst.reason or BETWEEN,
        low=low,
        high=high,
        method="manski bounds",
        n=b.worst.invited if known else b.answered,
        base="invited" if known else "answered",
    )
    return Measurement(question=b.question, measure="worst case", estimate=estimate, criterion=b.criterion, count=b.yes)


def assumed_rows(b: SilentBounds) -> tuple[Measurement, ...]:
    """Return the rows of the bounds at assumed response rates, the rate in place of a group."""
    return tuple(
        Measurement(
            question=b.question,
            measure="worst case",
            estimate=Estimate(reason=BETWEEN, low=low, high=high, method="manski bounds, assumed rate", n=b.answered),
            criterion=b.criterion,
            group=f"response rate={rate:g}",
            count=b.yes,
        )
        for rate, low, high in b.at_rates
    )


def needed_row(b: SilentBounds) -> Measurement | None:
    """Return the row of the response rate that a share at the threshold needs to stay there; None where it is below."""
    if b.needed is None:
        return None
    estimate = Estimate(value=float(b.needed), method="threshold / share", n=b.answered)
    return Measurement(question=b.question, measure="response rate needed", estimate=estimate, criterion=b.criterion)


def late_row(b: SilentBounds) -> Measurement | None:
    """Return the row of the late share less the early one; None where no times are known."""
    e = b.late_less_early
    return (
        None
        if e is None
        else Measurement(question=b.question, measure="late less early", estimate=e, criterion=b.criterion)
    )


def leaning_rows(one: Leaning) -> tuple[Measurement, ...]:
    """Return the rows of where a tipping curve meets the thresholds, and of the votes that this takes."""
    told = {
        "accepted at": None if one.accepted_at is None else float(one.accepted_at),
        "rejected up to": None if one.rejected_up_to is None else float(one.rejected_up_to),
        "votes to accept": one.votes_to_accept,
        "votes to reject": one.votes_to_reject,
    }
    return tuple(
        Measurement(
            question=one.question,
            measure=measure,
            estimate=Estimate(value=float(value), method="tipping curve", n=one.equivocal),
            criterion=one.criterion,
        )
        for measure, value in told.items()
        if value is not None
    )


def ranking_rows(ranking: Ranking) -> tuple[Measurement, ...]:
    """Return for each criterion how probable the place is that it has."""
    method = f"{ranking.replicates} draws of hospitals"
    rows = zip(ranking.questions, ranking.criteria, ranking.probabilities, strict=True)
    return tuple(
        Measurement(
            question=question,
            measure=f"probability of place {at + 1}",
            estimate=Estimate(value=chances[at], method=method, n=ranking.n),
            criterion=criterion,
            coding=ranking.coding,
        )
        for at, (question, criterion, chances) in enumerate(rows)
    )


def camp_size_row(camps: Camps, name: str) -> Measurement:
    """Return the row of how many people a camp has."""
    size = dict(zip(camps.names, camps.sizes, strict=True))[name]
    estimate = Estimate(value=float(size), method="count", n=sum(camps.sizes))
    return Measurement(question="camps", measure="camp size", estimate=estimate, group=_camp(camps, name))


def camp_row(camps: Camps, s: CampShare) -> Measurement:
    """Return the row of a camp's full support for a criterion."""
    return Measurement(
        question=s.question,
        measure="camp share",
        estimate=s.estimate,
        criterion=s.criterion,
        group=_camp(camps, s.camp),
        count=s.yes,
    )


def split_rows(camps: Camps, s: Split) -> tuple[Measurement, ...]:
    """Return the rows of a split: how far the camps lie apart, and the pooled share."""
    by = camps.by or "found"
    return (
        Measurement(question=s.question, measure="camps apart", estimate=s.apart, criterion=s.criterion, group=by),
        Measurement(question=s.question, measure="pooled share", estimate=s.pooled, criterion=s.criterion, group=by),
    )


def certainty_row(camps: Camps) -> Measurement | None:
    """Return the row of how surely people belong to the camps found."""
    if camps.certainty is None:
        return None
    estimate = Estimate(value=camps.certainty, method="mean posterior probability", n=sum(camps.sizes))
    return Measurement(question="camps", measure="certainty", estimate=estimate)


def p_row(t: GroupTest, which: str = "") -> Measurement | None:
    """Return the row of a p value: as it is, or of its family (`holm`, `bh`); None where there is none."""
    value = {"": t.test.p, "holm": t.holm, "bh": t.bh}[which]
    if value is None:
        return None
    kind = "p value of a trend" if t.test.method in TRENDS else "p value"
    return Measurement(
        question=t.question,
        measure=f"{kind}, {which}" if which else kind,
        estimate=Estimate(value=value, method=t.test.method, n=t.test.n),
        criterion=t.criterion,
        group=t.by,
    )


def test_row(question: str, test: SignificanceTest) -> Measurement | None:
    """Return the row of a test's p value, under the test's name; None where there is none."""
    if test.p is None:
        return None
    estimate = Estimate(value=test.p, method=test.method, n=test.n)
    return Measurement(question=question, measure=f"p value, {test.method}", estimate=estimate)


def odds_row(r: OddsRatio) -> Measurement | None:
    """Return the row of an odds ratio; None where there is none."""
    if r.value is None:
        return None
    estimate = Estimate(
        value=r.value, low=r.low, high=r.high, level=r.level, method=f"{r.model} regression", n=r.n, note=r.note
    )
    return Measurement(
        question=r.question,
        measure=f"odds ratio, {r.model}",
        estimate=estimate,
        criterion=r.criterion,
        group=f"{r.by}={r.group}",
    )


def silence_rows(quiet: Silence) -> Iterator[Measurement]:
    """Yield all rows of nonresponse."""
    if quiet.invited is not None:
        yield from (rate_row(name, e) for name, e in quiet.rates)
    for b in quiet.bounds:
        found = (worst_row(b), *assumed_rows(b), needed_row(b), late_row(b))
        yield from (m for m in found if m is not None)


def camp_rows(camps: Camps) -> Iterator[Measurement]:
    """Yield all rows of camps."""
    yield from (camp_size_row(camps, name) for name in camps.names)
    yield from (camp_row(camps, s) for s in camps.shares)
    for split in camps.splits:
        yield from split_rows(camps, split)
    certain = certainty_row(camps)
    if certain is not None:
        yield certain


def _camp(camps: Camps, name: str) -> str:
    return f"camp={name}" if camps.by is None else f"{camps.by}={name}"
