"""Every rule under every way to count: what is robust, what turns, and what it says of the survey of 2020."""

import csv
import json
import time

import numpy as np
from click.testing import CliRunner

from consensus.rules.ballots import Ballot, Counts, scale_ballot
from consensus.rules.grammar import parse_rule
from consensus.rules.multiverse import cheapest, multiverse
from reports.cli import main

NINE = scale_ballot(range(1, 10))


def ratings(row):
    return Counts(ballot=NINE, votes=np.array([row]))


def test_robust_and_fragile_items():
    items = {
        "all": ratings([0, 0, 0, 0, 0, 0, 1, 5, 24]),
        "none": ratings([24, 5, 1, 0, 0, 0, 0, 0, 0]),
        "edge": ratings([0, 0, 0, 2, 2, 3, 6, 9, 8]),
    }
    found = multiverse(items, parse_rule("share(7..9) >= 75%"))
    assert found.items == ("all", "none", "edge")
    wanted = {"all": "robustly in", "none": "robustly out", "edge": "fragile"}
    assert {item: found.robustness(item) for item in found.items} == wanted
    assert found.tally("none")["no consensus"] > 0  # by rules that never reject
    assert "two-thirds" not in found.turning("edge").get("rule", ())
    assert "percent-80" in found.turning("edge")["rule"]


def test_the_type_of_quantiles_alone_can_turn_a_verdict():
    # S07 of story 2, round 1: in by types 2 and 7, not by type 6
    row = [0, 0, 0, 0, 2, 5, 7, 7, 9]
    found = multiverse({"S07": ratings(row)}, parse_rule("median >= 7 and iqr <= 2 and share(7..9) >= 70%"))
    own = {u.choice.quantile: u.outcome for u in found.of("S07") if u.choice.name == "own" and u.choice.base is None}
    assert own == {7: "in", 2: "in", 6: "no consensus"}
    assert found.turning("S07")["quantile"] == ("6",)


def test_the_survey_of_2020():
    done = CliRunner().invoke(main, ["rules", "try", "cci-2020", "--json"], prog_name="consensus")
    told = json.loads(done.stdout)
    assert told["robustness"]["vascular_invasion"] == "robustly out"
    assert told["robustness"]["extrahepatic_spread"] == "robustly out"
    assert told["robustness"]["new_lesions"] == "fragile"


def test_the_report_on_2020_tells_it(tmp_path):
    done = CliRunner().invoke(main, ["report", "cci-2020", "--out", str(tmp_path), "--formats", "md"])
    assert done.exit_code == 0
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if "Equivocal left out: no consensus" in line and "121/163" in line)
    assert "are against it, short of 75% by 2 votes" in line
    assert "2 votes from “Yes” to “No”" in line
    assert "5 votes from “Equivocal” to “No”" in line
    for name in ("portal vein tumor thrombosis", "extrahepatic spread"):
        assert any(name in line and "robustly out" in line for line in text.splitlines() if line.startswith("|"))
    with (tmp_path / "numbers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["id"]: row["value"] for row in csv.DictReader(file)}
    told = json.loads(CliRunner().invoke(main, ["rules", "try", "cci-2020", "--json"]).stdout)["verdicts"]
    for outcome in ("in", "out", "no consensus"):
        counted = sum(v["item"] == "new_lesions" and v["outcome"] == outcome for v in told)
        assert rows[f"multiverse/new_lesions/{outcome}"] == str(counted)


def test_no_on_new_lesions_misses_by_two_or_five():
    ballot = Ballot(
        options=("yes", "equivocal", "no"), worths=(1.0, 0.5, 0.0), points=(None,) * 3, commits=(True, False, True)
    )
    counts = Counts(ballot=ballot, votes=np.array([[42, 94, 121]]))
    found = multiverse({"new_lesions": counts}, parse_rule("share(agree) >= 75%"), "half")
    choice = next(u.choice for u in found.of("new_lesions") if u.choice.name == "own" and u.choice.coding == "drop")
    assert cheapest(counts, choice, "out") == (2, "yes", "equivocal")
    from consensus.rules.flips import flips_of

    moves = {(f.from_option, f.to_option): f.votes for f in flips_of(counts.coded("drop"), choice.rule)}
    assert (moves["yes", "no"], moves["equivocal", "no"]) == (2, 5)


def test_forty_items_of_257_people_take_less_than_a_second():
    random = np.random.default_rng(1)
    sides = Ballot(options=("y", "e", "n"), worths=(1.0, 0.5, 0.0), points=(None,) * 3, commits=(True, False, True))
    votes = {f"v{k}": Counts(ballot=sides, votes=random.multinomial(257, [0.6, 0.2, 0.2])[None, :]) for k in range(40)}
    rated = {f"r{k}": ratings(random.multinomial(257, np.arange(1, 10) / 45)) for k in range(40)}
    start = time.process_time()
    for items, coding in ((votes, "half"), (rated, None)):
        found = multiverse(items, parse_rule("share(agree) >= 75%"), coding)
        assert len(found.items) == 40
    assert time.process_time() - start < 1


def test_items_with_and_without_an_equivocal_answer_stand_in_one_multiverse():
    def asked(options, worths, votes):
        ballot = Ballot(options=options, worths=worths, points=(None,) * len(options), commits=(True,) * len(options))
        return Counts(ballot=ballot, votes=np.array([votes]))

    items = {
        "plain": asked(("yes", "no"), (1.0, 0.0), [60, 40]),
        "doubted": asked(("yes", "equivocal", "no"), (1.0, 0.5, 0.0), [70, 20, 10]),
    }
    found = multiverse(items, parse_rule("share(agree) >= 75%"), "half")
    assert found.own.coding == "half"
    assert found.by_rule("plain")["majority"] == "in"
    assert found.by_rule("doubted")["own"] == "in"  # 70 and half of 20 are 80 of 100
    assert "as_no" in found.turning("doubted")["equivocal"]
    assert found.turning("plain")["rule"]


def test_a_rule_with_rounds_judges_each_item_in_the_round_that_decided():
    rule = parse_rule("share(7..9) >= 75%, in round 2: share(7..9) >= 60%, out in round 2 if share(1..3) >= 40%")
    row = [0, 6, 0, 0, 0, 0, 0, 14, 0]  # 70 % agree, 30 % don't
    items = {name: ratings(row) for name in ("first", "second", "unknown")}
    found = multiverse(items, rule, rules=(), rounds={"first": 1, "second": 2})
    own = {u.item: u.outcome for u in found.universes if u.choice.base is None}
    assert own == {"first": "no consensus", "second": "in", "unknown": "no consensus"}
