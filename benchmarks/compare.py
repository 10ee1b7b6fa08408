"""The project's speed against named peers, as ratios in one run: `python benchmarks/compare.py [--quick] [--json]`.

Seconds are CPU seconds of all threads, the best of several turns, which alternate between the peers so that a busy
machine weighs on both. Before anything is timed, its result must equal that of the peer.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from cohort import DEFINITIONS, by_hand, cohort, must_equal
from patient_by_patient import by_apply
from whole_report import RESPONDENTS, whole_report
from workbook import answers_workbook, bare_read, instrument_of

FEW_PATIENTS = 500  # for what takes a patient at a time; its seconds are scaled to the whole


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """One comparison: our seconds over the peer's, and what the design allows where it says so."""

    work: str
    against: str
    ours: float
    theirs: float
    budget: str

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs


def command_line(turns: int) -> list[Ratio]:
    """Compare `consensus --help` with an interpreter that does nothing."""
    helped = [sys.executable, "-m", "reports.cli", "--help"]
    bare = [sys.executable, "-c", "pass"]

    def started(command: list[str]) -> Callable[[], object]:
        return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    ours, theirs = best(turns, started(helped), started(bare), children=True)
    return [Ratio(work="consensus --help", against="python -c pass", ours=ours, theirs=theirs, budget="at most 10")]


def scoring(patients: int) -> list[Ratio]:
    """Compare three definitions over a cohort with hand-written numpy and with `groupby.apply`."""
    from consensus import score
    from consensus.scoring.courses import Courses

    people, sessions = cohort(patients)
    few, theirs = people.head(FEW_PATIENTS), sessions[sessions["patient_id"].isin(people["patient_id"][:FEW_PATIENTS])]
    by_ours = score(Courses.from_frames(few, theirs), DEFINITIONS).to_frame()
    must_equal(by_ours, by_hand(few, theirs))
    must_equal(by_ours, by_apply(few, theirs))
    ours = seconds(lambda: score(Courses.from_frames(people, sessions), DEFINITIONS).to_frame())
    hand = min(seconds(lambda: by_hand(people, sessions)) for _ in range(3))
    apply = seconds(lambda: by_apply(few, theirs)) * len(people) / len(few)
    work = f"score {len(people):,} patients ({len(sessions):,} sessions), three definitions, frames in and out"
    return [
        Ratio(work=work, against="hand-written numpy", ours=ours, theirs=hand, budget="at most 5"),
        Ratio(work=work, against="groupby.apply (scaled)", ours=ours, theirs=apply, budget="at most 1/30"),
    ]


def reading(rows: int, questions: int) -> list[Ratio]:
    """Compare reading a workbook of answers with a bare read of its cells by calamine."""
    from questionnaires import read_responses

    instrument = instrument_of(questions)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers_SYNTHETIC.xlsx"
        answers_workbook(path, instrument, rows)
        answers = read_responses(path, instrument)
        assert answers.values.shape == (rows, questions)
        cells = bare_read(path)
        assert cells[1:] == answers.values.to_numpy().tolist(), "what was read is not what calamine reads"
        ours, theirs = best(2, lambda: read_responses(path, instrument), lambda: bare_read(path))
        peaks = [peak_of(statement, path, questions) for statement in (READ, BARE)]
    work = f"read a {rows:,} x {questions} workbook into Responses"
    memory = work.replace("read", "megabytes at most while reading", 1)
    return [
        Ratio(work=work, against="bare calamine", ours=ours, theirs=theirs, budget="at most 2"),
        Ratio(work=memory, against="bare calamine", ours=peaks[0], theirs=peaks[1], budget="at most 1.5"),
    ]


MEMORY = """
import re, sys
from pathlib import Path
from workbook import bare_read, instrument_of
from questionnaires import read_responses
path, questions = Path(sys.argv[1]), int(sys.argv[2])
{statement}
print(int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024)
"""
READ, BARE = "kept = read_responses(path, instrument_of(questions))", "kept = bare_read(path)"


def peak_of(statement: str, path: Path, questions: int) -> float:
    """Return the megabytes that a process of its own holds at most, the same modules loaded in each."""
    done = subprocess.run(
        [sys.executable, "-c", MEMORY.replace("{statement}", statement), str(path), str(questions)],
        cwd=Path(__file__).parent, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return float(done.stdout)


def reporting(turns: int) -> list[Ratio]:
    """Compare a whole report with the same imports and a bare loop that draws and saves its figures."""
    found = whole_report(turns)
    work = f"report on {RESPONDENTS} people with {found['figures']:.0f} figures as html, docx, xlsx"
    against = "the same imports and a bare loop over the figures"
    budget = "at most 1.3, and 1 s more"
    return [Ratio(work=work, against=against, ours=found["ours"], theirs=found["theirs"], budget=budget)]


def seconds(work: Callable[[], object], *, children: bool = False) -> float:
    """Return the CPU seconds of some work, of this process or of those that it starts."""
    clock = _children if children else time.process_time
    start = clock()
    work()
    return clock() - start


def best(
    turns: int, ours: Callable[[], object], theirs: Callable[[], object], *, children: bool = False
) -> list[float]:
    """Return the least seconds of each of two, which take turns."""
    times = [(seconds(ours, children=children), seconds(theirs, children=children)) for _ in range(turns)]
    return [min(column) for column in zip(*times, strict=True)]


def _children() -> float:
    import resource  # not there on Windows

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--patients", type=int, default=10_000, help="how many patients to score (the budget: 100000)")
    parser.add_argument("--rows", type=int, default=10_000, help="how many answers to read")
    parser.add_argument("--quick", action="store_true", help="small sizes: does it run, not how fast")
    parser.add_argument("--json", action="store_true", help="JSON for machines")
    options = parser.parse_args()
    patients, rows = (1_000, 500) if options.quick else (options.patients, options.rows)
    found = [
        *command_line(5 if options.quick else 20),
        *reading(rows, 60),
        *scoring(patients),
        *reporting(1 if options.quick else 3),
    ]
    if options.json:
        print(json.dumps([asdict(one) | {"ratio": one.ratio} for one in found], indent=2))
        return
    for one in found:
        unit = "MB" if "megabytes" in one.work else "s"
        seen = f"{one.ours:.3g} {unit} against {one.theirs:.3g} {unit} of {one.against}"
        print(f"{one.work}\n  {seen}: {one.ratio:.3g} ({one.budget})")


if __name__ == "__main__":
    main()
