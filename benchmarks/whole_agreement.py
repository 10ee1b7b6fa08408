"""Everything that `agree` says of 257 made-up people and 34 questions: `python benchmarks/whole_agreement.py`.

Hospitals, a stratum, margins to rake to, three groupings with tests and regressions, criteria with equivocal answers,
ratings from 1 to 9, opinions and questions with several answers. The budget is 3 CPU seconds, without the imports.
"""

from __future__ import annotations

import csv
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from consensus.agreement.agree import Agreement, agree
from consensus.agreement.sampling import Sampling
from questionnaires.instrument import Choice, Criterion, Instrument, Labels, Question
from questionnaires.responses import Responses, read_responses

PEOPLE, HOSPITALS, SEED = 257, 184, 20261123
VOTES = (("yes", 1.0), ("equivocal", 0.5), ("no", 0.0))
GROUPS = {
    "specialty": ("ir", "surgery", "oncology", "hepatology"),
    "volume": ("low", "middle", "high"),
    "tier": ("a", "b"),
}


def label(text: str) -> Labels:
    return Labels((("en", text),))


def questions() -> list[Question]:
    votes = tuple(Choice(name=name, label=label(name), endorses=worth) for name, worth in VOTES)
    points = tuple(Choice(name=str(p), label=label(str(p)), score=float(p)) for p in range(1, 10))
    several = tuple(Choice(name=f"o{p}", label=label(f"o{p}")) for p in range(6))
    found = [_closed(f"c{i}", "votes", votes, role="criterion", criterion=f"criterion{i}") for i in range(10)]
    found += [_closed(f"r{i}", "nine", points, role="rating") for i in range(12)]
    found += [_closed(f"m{i}", "six", several, type="select_multiple", role="treatment") for i in range(2)]
    found += [_closed(f"p{i}", "yes", votes, role="opinion") for i in range(5)]
    for name, names in GROUPS.items():
        groups = tuple(Choice(name=n, label=label(n)) for n in names)
        found.append(_closed(name, name, groups, role="demographic"))
    found += [Question(name="years", type="integer", label=label("years"), role="demographic")]
    return [*found, Question(name="hospital", type="text", label=label("hospital"), role="cluster")]


def _closed(name: str, scale: str, choices: tuple[Choice, ...], **told: Any) -> Question:
    return Question(
        **{"name": name, "type": "select_one", "label": label(name), "list_name": scale, "choices": choices} | told
    )


def answered(folder: Path) -> Responses:
    """Write and read the answers of people in hospitals, SYNTHETIC."""
    rng, asked = np.random.default_rng(SEED), questions()
    hospitals = np.concatenate([np.arange(HOSPITALS), rng.integers(0, HOSPITALS, PEOPLE - HOSPITALS)])
    pull = rng.normal(0, 0.7, HOSPITALS)[hospitals]
    columns: dict[str, list[str]] = {}
    for question in asked:
        columns[question.name] = _column(question, rng, pull, hospitals)
    path = folder / "answers_SYNTHETIC.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
    criteria = tuple(Criterion(name=q.criterion, label=label(q.criterion)) for q in asked if q.criterion)
    return read_responses(path, Instrument(id="made", title="SYNTHETIC", questions=tuple(asked), criteria=criteria))


def _column(question: Question, rng: np.random.Generator, pull: np.ndarray, hospitals: np.ndarray) -> list[str]:
    if question.name == "hospital":
        return [f"h{h}" for h in hospitals]
    if question.name == "years":
        return [str(v) for v in rng.integers(1, 30, PEOPLE)]
    names = [c.name for c in question.choices]
    if question.multiple:
        return [" ".join(n for n in names if rng.random() < 0.4) for _ in range(PEOPLE)]
    cuts = np.sort(rng.normal(0, 1, len(names) - 1))
    at = np.searchsorted(cuts, rng.normal(0, 1, PEOPLE) + (0 if question.role == "demographic" else pull))
    return [names[i] if rng.random() > 0.03 or question.role == "demographic" else "" for i in at]


def whole(answers: Responses) -> Agreement:
    half = PEOPLE * 2
    sampling = Sampling(cluster="hospital", invited=300, margins=(("tier", (("a", half * 0.5), ("b", half * 0.5))),))
    return agree(answers, sampling=sampling, by=list(GROUPS))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        answers = answered(Path(folder))
    start = time.process_time()
    whole(answers)
    first, start = time.process_time() - start, time.process_time()
    agreement = whole(answers)
    again = time.process_time() - start
    print(f"{PEOPLE} people x {len(answers.instrument.questions)} questions: {len(agreement.measurements):,} estimates")
    print(f"{again:.2f} CPU s (budget 3), {first:.2f} with the imports of the regressions")


if __name__ == "__main__":
    main()
