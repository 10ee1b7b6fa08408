"""33 hostile and broken workbooks, where their maker lies beside the clone: refused, told of or read."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from questionnaires import read_responses

SHARED = Path(__file__).resolve().parents[3] / "shared"
BAD = SHARED / "tools" / "make_bad_workbooks.py"


@pytest.fixture(scope="module")
def bad_files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bad")
    subprocess.run([sys.executable, str(BAD), str(folder)], check=True, capture_output=True)
    return [(folder / row["file"], row) for row in json.loads((folder / "expected.json").read_text(encoding="utf-8"))]


WATCHED = """
import json, re, sys, time
from pathlib import Path
from click.testing import CliRunner
from reports.cli import main
seen = {}
for path in [sys.argv[1], *sys.argv[1:]]:  # the first one twice: what it loads is start-up
    start = time.process_time()
    done, strict = (CliRunner().invoke(main, ["check", path, *more]) for more in ([], ["--strict"]))
    seen[path] = [done.exit_code, strict.exit_code, done.stdout, done.stderr, time.process_time() - start]
print(json.dumps([seen, int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1])]))
"""


@pytest.mark.skipif(not BAD.is_file(), reason="the maker of bad workbooks does not lie beside this clone")
@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="memory is measured as Linux tells it")
def test_hostile_and_broken_files_are_refused_told_of_or_read(bad_files):
    """`consensus check` on each: exit code, one sentence for a refusal, under 2 s and 500 MB."""
    assert len(bad_files) == 33
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, *(str(path) for path, _ in bad_files)],
        check=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    seen, kilobytes = json.loads(done.stdout)
    assert kilobytes < 500 * 1024
    for path, row in bad_files:
        code, strict, out, err, seconds = seen[str(path)]
        assert seconds < 2 * 2, path.name
        if row["expect"] == "refuse":
            assert (code, strict, out) == (3, 3, ""), path.name
            assert re.fullmatch(rf"{re.escape(path.name)}: [^\n]+[.?]\n", err), err
        else:
            assert code == 0, path.name
            assert err.strip().endswith(("faults.", "fault.", "remarks.", "remark.")), err
            assert strict == (3 if row["expect"] == "warn" else 0), path.name


@pytest.mark.skipif(not BAD.is_file(), reason="the maker of bad workbooks does not lie beside this clone")
@pytest.mark.parametrize(
    ("name", "where", "got"),
    [
        ("formula_no_cache.xlsx", "Answers!C2", "a formula without its result"),
        ("formula_no_cache.xlsx", "Answers!C3", "a formula without its result"),
        ("error_cells.xlsx", "Answers!B2", "the error #N/A"),
        ("error_cells.xlsx", "Answers!B3", "the error #DIV/0!"),
        ("date_1_3.xlsx", "Answers!D2", "a date, 2020-03-01"),
        ("date_1_3.xlsx", "Answers!D5", "a date, 2020-03-01"),
        ("merged_and_hidden.xlsx", "_meta", "the sheet is hidden"),
        ("merged_and_hidden.xlsx", "Answers", "1 hidden row (4)"),
        ("merged_and_hidden.xlsx", "Answers!B1", "1 x 3 cells are merged"),
        ("lookalike_text.xlsx", "Answers", '2 columns have the header "rating" (B1, C1)'),
        ("wide_1024.xlsx", "survey", "reaches over 1,024 columns and only the first 16"),
        ("header_only.xlsx", "Sheet", "has a header and no answers"),
        ("nul_bytes.csv", "nul_bytes.csv, B3", "NUL byte"),
        ("ragged.csv", "row 2", "has 2 cells and the header 3"),
        ("ragged.csv", "row 3", "has 4 cells and the header 3"),
    ],
)
def test_what_is_odd_in_a_file_is_told_with_its_place(bad_files, name, where, got):
    found = read_responses(next(path for path, _ in bad_files if path.name == name))
    assert [p for p in found.problems if p.where.endswith(where) and got in p.got], [str(p) for p in found.problems]
