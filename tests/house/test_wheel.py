"""The wheel holds the three packages with all their data, and nothing else."""

import os
import subprocess
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("questionnaires", "consensus", "reports")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Return the wheel that `.ci/run` has built (BUILT_WHEEL), or build one here where hatchling is installed."""
    built = os.environ.get("BUILT_WHEEL")
    if built is not None:
        return Path(built)
    builders = pytest.importorskip(
        "hatchling.builders.wheel", reason="hatchling is not installed, and no wheel is built"
    )
    return Path(next(iter(builders.WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("dist"))))))


@pytest.mark.slow
def test_the_wheel_holds_what_the_clone_holds(wheel):
    listed = subprocess.run(["git", "ls-files", "-z", *PACKAGES], cwd=ROOT, capture_output=True, check=True).stdout
    tracked = {name for name in listed.decode("utf-8").split("\0") if name and (ROOT / name).is_file()}
    assert {Path(name).suffix for name in tracked} >= {".py", ".yaml", ".xlsx", ".html", ".css", ".csv", ".md"}
    with zipfile.ZipFile(wheel) as packed:
        held = {name for name in packed.namelist() if ".dist-info/" not in name}
        assert tracked - held == set()
        assert {name.split("/")[0] for name in held} == set(PACKAGES)
        differing = [name for name in tracked if packed.read(name) != (ROOT / name).read_bytes()]
    assert differing == []
