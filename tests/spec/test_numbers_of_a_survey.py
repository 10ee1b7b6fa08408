"""A survey with corrections, conditions and an earlier study beside it: its rows of numbers.csv are those of --json."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from spec import numbers_said as says

from reports.cli import main
from reports.compose import compose
from reports.numbers_file import rows_of_report
from reports.study import read_study, run_study
from reports.write import material_of

STORY = Path(__file__).parents[1] / "stories" / "1-second-survey"
FAMILIES = {"corrections", "flow", "flags", "missing", "difference", "compared", "cci-2020", "checklist", "limits"}


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("story")
    shutil.copytree(STORY, folder, dirs_exist_ok=True)
    for name in ("study.toml", "corrections.csv"):
        text = (folder / "filled" / name).read_text(encoding="utf-8-sig")
        (folder / name).write_text(text.replace("../", ""), encoding="utf-8")
    return str(folder / "study.toml")


def invoke(*arguments):
    done = CliRunner().invoke(main, ["--quiet", *arguments, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_each_row_is_what_agree_and_propose_say(study):
    material = material_of(run_study(read_study(study)))
    rows = {row.id: row for row in rows_of_report(compose(material), material.agreement)}
    assert {name.split("/")[0] for name in rows} >= FAMILIES
    agreed, proposed = invoke("agree", study), invoke("propose", study)
    said = dict(says.placed(proposed, "propose")) | dict(says.proposed(proposed))
    for part in (says.agreed_in, says.people, says.parted, says.earlier):
        said |= dict(part(agreed))
    # the support in the reason of what was left out is that of a verdict
    known = {name for name in rows if not (name.startswith("left-out/") and name.endswith("/support"))}
    assert sorted(known - set(said)) == []
    for name in known:
        for part, wanted in said[name].items():
            shown = getattr(rows[name], part)
            assert shown == (pytest.approx(wanted, abs=1e-12) if isinstance(wanted, float) else wanted), (name, part)
