"""A panel's report with small cells masked: statements with few at a rating, groups of few, and nobody listed."""

import csv

import pytest

from reports.masking.document import METHOD
from tests.spec.panel_maker import make, run

LEAST = 5


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("panel")
    path, ids = make(folder / "study", people=14, statements=3)
    path.write_text(
        path.read_text(encoding="utf-8") + f'[report]\nformats = ["md"]\nsmall_cells = {LEAST}\n', encoding="utf-8"
    )
    done = run("report", path, "--out", folder / "out")
    assert done.exit_code == 0, done.output
    return folder / "out", ids, done


def test_no_row_counts_few_panelists(written):
    with (written[0] / "numbers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    masked = {row["id"] for row in rows if row["method"] == METHOD}
    # three patients are a small group, also where all of them answered
    assert "panel-flow/round-1/patients" in masked
    assert "panel-flow/round-1/all" not in masked
    # the whole panel less its other groups would tell the small one
    groups = {row["id"] for row in rows if row["id"].startswith("panel-flow/")} - {"panel-flow/round-1/all"}
    assert len(groups) == 3
    assert groups <= masked
    for row in rows:
        if row["count"] and row["base"] == "committed":
            count, n = float(row["count"]), float(row["n"])
            assert not any(0 < few < LEAST for few in (count, n - count)), row
    told = {row["id"]: row["value"] for row in rows if row["value"]}
    assert [name for name in told if name.startswith("median/")]


def test_nobody_is_listed_and_single_answers_are_not_written(written):
    out, ids, done = written
    text = (out / "report.md").read_text(encoding="utf-8")
    assert not any(who in text for who in ids)
    assert "This part is left out, for what it says of other ways to count would narrow down masked numbers." in text
    assert not (out / "answers_tidy.csv").exists()
    assert "answers_tidy.csv, recheck.R" in done.stderr
