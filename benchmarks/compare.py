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
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from engines_compared import growing, scoring
from timing import Ratio, best
from whole_report import RESPONDENTS, whole_report
from workbook import answers_workbook, bare_read, instrument_of


def command_line(turns: int) -> list[Ratio]:
    """Compare `consensus --help` with an interpreter that does nothing."""
    helped = [sys.executable, "-m", "reports.cli", "--help"]
    bare = [sys.executable, "-c", "pass"]

    def started(command: list[str]) -> Callable[[], object]:
        return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    ours, theirs = best(turns, started(helped), started(bare), children=True)
    return [Ratio(work="consensus --help", against="python -c pass", ours=ours, theirs=theirs, budget="at most 10")]


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


PARTS = ("help", "reading", "scoring", "sizes", "report")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--patients", type=int, default=10_000, help="how many patients to score (the budget: 100000)")
    parser.add_argument("--sizes", action="store_true", help="also how the cost grows from 10,000 to 300,000 patients")
    parser.add_argument("--rows", type=int, default=10_000, help="how many answers to read")
    parser.add_argument("--quick", action="store_true", help="small sizes: does it run, not how fast")
    parser.add_argument("--only", choices=PARTS, help="one part alone")
    parser.add_argument("--json", action="store_true", help="JSON for machines")
    options = parser.parse_args()
    patients, rows = (1_000, 500) if options.quick else (options.patients, options.rows)
    parts: dict[str, Callable[[], list[Ratio]]] = {
        "help": lambda: command_line(5 if options.quick else 20),
        "reading": lambda: reading(rows, 60),
        "scoring": lambda: scoring(patients, turns=1 if options.quick else 3),
        "sizes": lambda: growing(10_000, 300_000) if options.sizes or options.only == "sizes" else [],
        "report": lambda: reporting(1 if options.quick else 3),
    }
    found = [one for name, part in parts.items() if options.only in (None, name) for one in part()]
    if options.json:
        print(json.dumps([asdict(one) | {"ratio": one.ratio} for one in found], indent=2))
        return
    for one in found:
        unit = "MB" if "megabytes" in one.work else "s"
        seen = f"{one.ours:.3g} {unit} against {one.theirs:.3g} {unit} of {one.against}"
        print(f"{one.work}\n  {seen}: {one.ratio:.3g} ({one.budget})")


if __name__ == "__main__":
    main()
