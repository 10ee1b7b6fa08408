"""Is a definition that people hold found again? Seeded simulations through the whole chain, all people SYNTHETIC.

    python benchmarks/recovery.py --runs 100

Each run makes the answers of 257 people, writes them as a workbook, reads it back, tallies, and proposes at the usual
rule (75 %, equivocal half). The instrument is the bundled `tace-failure`, with five of its votes, the number of
sessions and its eight vignettes. Everybody answers by a definition of their own; one answer in twenty is equivocal.

one definition   90 % hold "three insufficient responses in a row, or Child-Pugh C"; the others hold any at random
two schools      60 % hold that, 40 % "new lesions, rising markers or vascular invasion"
combination      90 % hold "Child-Pugh C, or rising markers with vascular invasion", which no single vote can say
random           every answer is drawn with equal chances
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from consensus import agree, propose
from consensus.definitions.condition import read_condition
from consensus.definitions.definition import Consecutive
from consensus.proposals.atlas import atlas
from consensus.proposals.candidates import candidates_of
from consensus.proposals.points import table_over
from consensus.proposals.shows import shown_by_vignettes
from questionnaires import read_instrument, read_responses
from questionnaires.simulation import simulate, write_answers

PEOPLE, EQUIVOCAL = 257, 0.05
CRITERIA = ("insufficient_response", "new_lesions", "marker_rise", "pvtt_branch", "liver_function")
FIRST, SECOND = {"insufficient_response", "liver_function"}, {"new_lesions", "marker_rise", "pvtt_branch"}
WHOLE = (1 << len(CRITERIA)) - 1
NEEDED = {"one definition": 95, "two schools": 90, "combination": None, "random": 95}


@lru_cache
def instrument():
    """Return the bundled instrument with the questions that these simulations answer."""
    whole = read_instrument("tace-failure")
    wanted = {
        "consent",
        "hospital",
        "specialty",
        "insufficient_times",
        "viability",
        *CRITERIA,
        *(f"judge_v{n}" for n in range(1, 9)),
    }
    votes = tuple(c for c in whole.criteria if c.name in CRITERIA)
    # the criteria that nobody is asked about here would be left open by every vignette
    return replace(whole, questions=tuple(q for q in whole.questions if q.name in wanted), criteria=votes, attention=())


def any_of(names):
    """Return the truth table of a definition that each of some criteria meets alone."""
    mask = sum(1 << k for k, name in enumerate(CRITERIA) if name in names)
    return np.array([bool(p & mask) for p in range(WHOLE + 1)])


def combined():
    """Return the truth table of "Child-Pugh C, or rising markers and vascular invasion together"."""
    markers, invasion, liver = (1 << CRITERIA.index(n) for n in ("marker_rise", "pvtt_branch", "liver_function"))
    return np.array([bool(p & liver) or bool(p & markers and p & invasion) for p in range(WHOLE + 1)])


@lru_cache
def vignette_profiles():
    """Return which criteria each vignette shows, with three responses in a row of more than 25 % viable asked for."""
    asked = instrument()
    agreed = {"consent": {"agree": 1.0}, "insufficient_times": {"3": 1.0}, "viability": {"v25": 1.0}}
    made = simulate(asked, 30, 1, truth=agreed)
    with tempfile.TemporaryDirectory() as folder:
        answers = read_responses(write_answers(made, Path(folder) / "a_SYNTHETIC.xlsx"), asked)
    candidates, _ = candidates_of(agree(answers), read_condition("tace-failure"))
    named = {v.name: v for v in asked.vignettes}
    order = [q for q in asked.questions if q.role == "vignette"]
    shown = shown_by_vignettes(candidates, [named[q.vignette] for q in order], read_condition("tace-failure"))
    assert [c.id for c in candidates] == list(CRITERIA)
    return dict(zip((q.name for q in order), shown.low.tolist(), strict=True))


def held(scenario, chance):
    """Return the definition that one person holds, as a truth table; None for answers at random."""
    if scenario == "random":
        return None
    if scenario == "two schools":
        return any_of(FIRST if chance.random() < 0.6 else SECOND)
    if chance.random() < 0.9:
        return combined() if scenario == "combination" else any_of(FIRST)
    tables = atlas(len(CRITERIA)).tables
    return tables[chance.randrange(2, len(tables))]


def answers_of(scenario, seed, folder):
    """Return the answers of one run, written and read again."""
    asked, chance = instrument(), random.Random(f"{scenario} {seed}")
    made = simulate(asked, PEOPLE, seed, truth={"consent": {"agree": 1.0}}, blank=0.0)
    values, profiles = made.values, vignette_profiles()
    columns = {name: [] for name in (*CRITERIA, *profiles, "insufficient_times", "viability")}
    for _ in range(PEOPLE):
        table = held(scenario, chance)
        cases = {name: 1 << k for k, name in enumerate(CRITERIA)} | profiles
        for name, profile in cases.items():
            answer = chance.choice(("yes", "no", "equivocal")) if table is None else ("no", "yes")[int(table[profile])]
            columns[name].append("equivocal" if chance.random() < EQUIVOCAL else answer)
        firm = scenario != "random" and chance.random() < 0.9
        columns["insufficient_times"].append("3" if firm else chance.choice("1234"))
        columns["viability"].append("v25" if firm else chance.choice(("v25", "v50", "v75", "sd_pd")))
    for name, given in columns.items():
        values[name] = given
    return read_responses(write_answers(made, folder / f"{seed}_SYNTHETIC.xlsx"), asked)


def recovered(scenario, seed):
    """Return what one run gave: whether the truth was found, and the number of schools."""
    with tempfile.TemporaryDirectory() as folder:
        agreement = agree(answers_of(scenario, seed, Path(folder)), rule="share(agree) >= 75%")
    found = propose(agreement, replicates=200, seed=seed)
    schools = found.schools.schools
    if scenario == "two schools":
        return len(schools) == 2 and [set(s.terms) for s in schools] == [FIRST, SECOND], len(schools)
    if scenario == "random":
        claimed = any(v.outcome == "in" for v in agreement.own_verdicts() if v.criterion in CRITERIA)
        return not claimed and not schools, len(schools)
    if scenario == "combination":
        best = next((p.definition for p in found if p.kind == "atlas"), None) or found.chosen
        return best is not None and bool((table_over(best, CRITERIA) == combined()).all()), len(schools)
    own = found.thresholded
    forms = {t.id: t.form for t in own.definition.terms} if own.definition else {}
    asked = Consecutive(finding="insufficient_response above 25", times=3)
    right = not own.reason and set(forms) == FIRST and forms["insufficient_response"] == asked
    return right, len(schools)


def one(task):
    """Return the result of one task, a pair of a scenario and a seed."""
    return task[0], *recovered(*task)


def main():
    """Run all simulations and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--processes", type=int, default=2)
    told = parser.parse_args()
    tasks = [(scenario, seed) for scenario in NEEDED for seed in range(1, told.runs + 1)]
    with ProcessPoolExecutor(told.processes) as pool:
        results = list(pool.map(one, tasks, chunksize=5))
    print("| what people hold | found again | needed | runs by number of schools |\n|---|---|---|---|")
    failed = False
    for scenario, needed in NEEDED.items():
        mine = [(right, schools) for name, right, schools in results if name == scenario]
        hits, numbers = sum(right for right, _ in mine), sorted(Counter(s for _, s in mine).items())
        schools = ", ".join(f"{k}: {n}" for k, n in numbers)
        print(f"| {scenario} | {hits} of {len(mine)} | {'' if needed is None else f'{needed} %'} | {schools} |")
        failed |= needed is not None and 100 * hits < needed * len(mine)
    sys.exit(failed)


if __name__ == "__main__":
    main()
