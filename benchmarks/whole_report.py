"""A whole report (HTML, DOCX, XLSX) beside the same imports and a bare loop that draws and saves the same figures.

Each is a process of its own, so that imports count; what is timed is CPU seconds of all its threads. The report is that
of the command, `consensus report`. The bare loop needs the figures' data: the time of making these is not counted, nor
what their objects cost the collector of garbage. To draw one of these figures is to lay it out: labels are wrapped and
rows are as high as they need by measured width, once. `python benchmarks/whole_report.py`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

RESPONDENTS = 257
WHOLE = """
import sys, time
from reports.cli import main
try:
    main(["--quiet", "report", sys.argv[1], "--formats", "html,docx,xlsx", "--out", sys.argv[2]], prog_name="consensus")
except SystemExit as end:
    assert not end.code, end.code
print(time.process_time())
print(*[name for name in sys.modules if not name.startswith("_")])
"""
BARE = """
import gc, importlib, io, sys, time, warnings
for name in sys.stdin.read().split():
    try:
        importlib.import_module(name)
    except ImportError:
        pass
imported = time.process_time()
import matplotlib
from reports.compose import compose
from reports.document import Figure
from reports.figures.canvas import style
from reports.study import read_study, run_study
from reports.write import material_of
document = compose(material_of(run_study(read_study(sys.argv[1]))))
figures = [block for block in document.walk() if isinstance(block, Figure)]
gc.freeze()
start = time.process_time()
with matplotlib.rc_context(style()), warnings.catch_warnings():
    warnings.simplefilter("ignore")
    for figure in figures:
        drawn = figure.draw()
        drawn.savefig(io.BytesIO(), format="svg")
        drawn.savefig(io.BytesIO(), format="png", dpi=200)
print(imported + time.process_time() - start)
print(len(figures), imported)
"""


def whole_report(turns: int = 3) -> dict[str, float]:
    """Return the CPU seconds of the report and of the bare loop, the least of some turns, and how many figures."""
    with tempfile.TemporaryDirectory() as folder:
        study = Path(folder) / "study"
        made = [sys.executable, "-m", "reports.cli", "--quiet", "new", str(study), "--simulate", str(RESPONDENTS)]
        subprocess.run(made, check=True, capture_output=True)
        times = [_turn(study / "study.toml", Path(folder) / "out") for _ in range(turns)]
    keys = ("ours", "theirs", "figures", "imports")
    return {key: min(one[at] for one in times) for at, key in enumerate(keys)}


def _turn(study: Path, out: Path) -> tuple[float, float, float, float]:
    seconds, modules = _ran(WHOLE, str(study), str(out))
    bare, rest = _ran(BARE, str(study), said=modules)
    figures, imports = rest.split()
    return float(seconds), float(bare), float(figures), float(imports)


def _ran(script: str, *arguments: str, said: str = "") -> tuple[str, str]:
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, input=said, check=True, capture_output=True, text=True)
    first, second = done.stdout.strip().splitlines()[-2:]
    return first, second


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="JSON for machines")
    options = parser.parse_args()
    found = whole_report(options.turns)
    if options.json:
        print(json.dumps(found))
        return
    ratio, rest = found["ours"] / found["theirs"], found["ours"] - found["theirs"]
    print(f"report of {RESPONDENTS} SYNTHETIC respondents with {found['figures']:.0f} figures as html, docx, xlsx")
    print(f"  {found['ours']:.3g} s against {found['theirs']:.3g} s of the same imports ({found['imports']:.3g} s)")
    print(f"  and a bare loop over the figures: {ratio:.3g} (at most 1.3); all else {rest:.3g} s (at most 1)")


if __name__ == "__main__":
    main()
