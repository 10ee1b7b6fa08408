"""The stories, worked courses and reference values in this clone are those that the project shares, byte for byte."""

from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
SHARED = TESTS.parents[1] / "shared"
OWN = (".py", ".pyc")  # the tests themselves stand beside the truth
# Left out on purpose; tests/reference/THIS_COPY.md says why.
LEFT_OUT = {"reference": ("15_survfit", "16_time_dependent")}
# A story's commands may be bettered with its expectations carried over: such README files are listed here.
CHANGED: dict[str, tuple[str, ...]] = {"stories": ()}
ADDED = {"reference": ("THIS_COPY.md",)}


def files_in(folder: Path, left_out: tuple[str, ...] = ()) -> dict[str, Path]:
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {
        name: path
        for name, path in found.items()
        if not name.startswith(tuple(f"{part}/" for part in left_out)) and "__pycache__" not in name
    }


@pytest.mark.parametrize("part", ["stories", "conformance", "reference"], ids=["people", "worked", "from R"])
def test_truth_is_equal_to_what_is_shared(part):
    if not (SHARED / part).is_dir():
        pytest.skip("the shared truth does not lie beside this clone")
    theirs = files_in(SHARED / part, LEFT_OUT.get(part, ()))
    ours = files_in(TESTS / part)
    changed = CHANGED.get(part, ())
    differing = [
        name
        for name, path in theirs.items()
        if name not in changed and (name not in ours or ours[name].read_bytes() != path.read_bytes())
    ]
    assert differing == []
    further = [n for n in ours if n not in theirs and not n.endswith(OWN) and n not in ADDED.get(part, ())]
    assert further == []
