"""How long proposals take, in CPU seconds of all threads: the whole derivation, and the atlas against many vignettes.

    python benchmarks/proposals.py

The survey is `tace-failure` (51 questions) answered by 257 SYNTHETIC people in some 150 hospitals. The peer of the
resampling is the same derivation done survey by survey through `agree` and the thresholded proposal, which is scaled
from a few to 10,000.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import numpy as np

from consensus import agree, propose
from consensus.definitions.condition import read_condition
from consensus.proposals.atlas import atlas
from consensus.proposals.candidates import candidates_of
from consensus.proposals.evidence import Evidence, Shown, fit_of
from consensus.proposals.first_two import thresholded
from consensus.proposals.front import front
from consensus.proposals.opinions import opinions_of
from consensus.proposals.resampled import resampled
from questionnaires import read_instrument, read_responses
from questionnaires.simulation import simulate, write_answers

PEOPLE, REPLICATES, PEERS = 257, 10_000, 5


def seconds(work):
    """Return the CPU seconds of a call, and what it gave."""
    start = time.process_time()
    given = work()
    return time.process_time() - start, given


def survey_by_survey(answers, condition):
    """Derive the thresholded proposal of resampled people, one survey after the other."""
    rng = np.random.default_rng(1)
    for _ in range(PEERS):
        drawn = agree(answers.only(sorted(rng.integers(0, PEOPLE, PEOPLE).tolist())))
        thresholded(drawn, candidates_of(drawn, condition)[0], condition)


def vignettes_of(people, courses):
    """Return made-up verdicts of people on courses that show five criteria in every way."""
    rng = np.random.default_rng(2)
    profiles = rng.integers(0, 32, courses)
    judged = rng.choice([0.0, 1.0, np.nan], size=(people, courses))
    stated = rng.choice([0.0, 1.0, np.nan], size=(people, 5))
    return Evidence(stated=stated, judged=judged, vignettes=Shown(low=profiles, high=profiles))


def main():
    """Time everything and print the table."""
    condition, instrument = read_condition("tace-failure"), read_instrument("tace-failure")
    made = simulate(instrument, PEOPLE, 1, truth={"consent": {"agree": 1.0}})
    with tempfile.TemporaryDirectory() as folder:
        answers = read_responses(write_answers(made, Path(folder) / "answers_SYNTHETIC.xlsx"), instrument)
    agreement = agree(answers)
    propose(agreement, condition=condition, replicates=10)  # the atlas is made once a process
    whole, _ = seconds(lambda: propose(agreement, condition=condition, replicates=REPLICATES))
    candidates, _ = candidates_of(agreement, condition)
    opinions, times = opinions_of(answers, candidates), [getattr(c.form, "times", None) for c in candidates]
    drawn, _ = seconds(lambda: resampled(opinions, agreement.rule, "half", default_times=times, replicates=REPLICATES))
    peer, _ = seconds(lambda: survey_by_survey(answers, condition))
    evidence, five = vignettes_of(PEOPLE, 1000), atlas(5)
    held, _ = seconds(lambda: front(fit_of(five.tables, evidence), five.totals))
    made_new, _ = seconds(lambda: atlas.__wrapped__(5))
    made_six, _ = seconds(lambda: atlas.__wrapped__(6))
    scaled = peer / PEERS * REPLICATES
    print("| work | CPU s | budget, or beside the peer |\n|---|---|---|")
    print(f"| propose, 257 people, 51 questions, 10,000 draws, everything | {whole:.2f} | under 10 |")
    print(
        f"| of that the resampled derivation | {drawn:.2f} | survey by survey (scaled): {scaled / drawn:,.0f} times |"
    )
    what = "atlas of five criteria against 257 people's verdicts on 1,000 courses, and its front"
    print(f"| {what} | {held:.2f} | under 3 |")
    print(f"| making the atlas of five, of six criteria | {made_new:.3f}, {made_six:.2f} | |")


if __name__ == "__main__":
    main()
