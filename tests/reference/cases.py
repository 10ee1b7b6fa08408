"""Where the reference cases lie, and the project's shared data, which a clone may be without."""

import json
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SHARED = HERE.parents[1].parent / "shared" / "data"


def expected(case):
    return json.loads((HERE / case / "expected.json").read_text(encoding="utf-8"))


def shared(name):
    """Return a file or folder of the shared data, or skip the test where it is absent."""
    found = SHARED / name
    if not found.exists():
        pytest.skip(f"{name} is in the project's shared data, which this clone is without")
    return found
