"""Rules that judge within groups, in all that is told of a panel: one more round, who left, the fewest votes."""

from itertools import product

import numpy as np
import pytest
from spec import panel_maker

from consensus.rounds.answers import Answer
from consensus.rounds.attrition import attrition_of
from consensus.rounds.closing import ClosedRound
from consensus.rounds.items import Item, Items
from consensus.rounds.panel import Panel, Panelist
from consensus.rounds.results import ItemResult, counts_of
from consensus.rules.ballots import Counts, scale_ballot
from consensus.rules.deciding import OUTCOMES, outcome, outcomes
from consensus.rules.fragility import Fewest, fewest_votes
from consensus.rules.grammar import parse_rule

NINE = scale_ballot(range(1, 10))


def test_two_rounds_under_a_rule_in_each_group_have_a_report(tmp_path, monkeypatch):
    text = panel_maker.STUDY.replace(
        "median >= 7 and iqr <= 2, quorum 75% of eligible", "share(7..9) >= 70% in each group"
    )
    monkeypatch.setattr(panel_maker, "STUDY", text)
    study, _ = panel_maker.make(tmp_path / "panel", rounds=(1, 2))
    run, answers = panel_maker.run, study.parent / "round1_SYNTHETIC.xlsx"
    assert run("rounds", "collect", study, "--round", 2, answers).exit_code == 0
    assert run("rounds", "close", study, "--round", 2).exit_code == 0
    made = run("report", study, "--out", tmp_path / "out", "--formats", "html")
    assert made.exit_code == 0, made.output


def closed_round(rule, people, given, number=1):
    panel = Panel(people=people)
    answers = tuple(
        Answer(panelist=who, item="s", name="s", answer=str(a), kind="answered") for who, a in given.items()
    )
    counts = counts_of(NINE, {a.panelist: a for a in answers}, panel, "s", number, None)
    verdict = outcome(parse_rule(rule), counts, number)
    result = ItemResult(
        item="s", name="s", round=number, eligible=len(people), n=len(given), counts=counts, numbers=(), verdict=verdict
    )
    return panel, ClosedRound(number=number, answers=answers, results=(result,), rule=parse_rule(rule), collected={})


def test_the_worst_case_of_those_who_are_gone_counts_in_their_group():
    people = tuple(Panelist(id=f"{g}{at}", group=g, invited=frozenset({1})) for g in "ab" for at in range(4))
    given = {person.id: 9 for person in people[:-1]}  # the last of group b is silent
    panel, closed = closed_round("share(7..9) >= 80% in each group", people, given)
    items = Items(rows=(Item(item="s", round=1, name="s", change="new"),))
    (bounds,) = attrition_of((closed,), panel, items).bounds
    assert (bounds.verdict, bounds.missing) == ("in", 1)
    assert (bounds.worst, bounds.best, bounds.turned) == ("no consensus", "in", True)  # 3 of 4 is 75 %


def panel_of(parts):
    rows = {name: np.array([[list(given).count(p) for p in range(1, 6)]]) for name, given in parts.items()}
    five = scale_ballot(range(1, 6))
    groups = {"site": {name: Counts(ballot=five, votes=row) for name, row in rows.items()}}
    return Counts(ballot=five, votes=sum(rows.values()), groups=groups)


@pytest.mark.parametrize(
    "parts", [{"a": (1, 2, 5, 5), "b": (5, 5, 4)}, {"a": (1, 2, 3, 4), "b": (4, 4, 1)}, {"a": (5, 5)}]
)
def test_the_fewest_votes_within_a_group_equal_brute_force(parts):
    rule = parse_rule("share(4..5) >= 70% and share(1..2) < 15% in each site")
    counts = panel_of(parts)
    now, wanted = outcome(rule, counts), []
    for name, given in parts.items():
        for other in product(range(1, 6), repeat=len(given)):
            made = outcomes(rule, panel_of({**parts, name: other}))
            if OUTCOMES[int(made[0])] != now:
                wanted.append(sum(a != b for a, b in zip(given, other, strict=True)))
    found = fewest_votes(counts, rule)
    assert (found.votes, found.exact) == (min(wanted, default=None), True)


def test_nothing_found_is_not_told_as_nothing_there_is():
    from types import SimpleNamespace

    from reports.sections.rounds_final import _fewest
    from reports.wording import en

    material = SimpleNamespace(words=en)
    told = [
        _fewest(material, SimpleNamespace(item="s", fewest=Fewest(votes=None, exact=exact, searched=2))).text
        for exact in (True, False)
    ]
    assert told == [en.rounds.NEVER, en.rounds.NONE_FOUND]
