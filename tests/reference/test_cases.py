"""Every reference case is whole, and each of its tests names the function of R and why that is independent."""

import ast
import hashlib
import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FOLDERS = sorted(path.name for path in HERE.glob("[0-9]*_*") if path.is_dir())
MANIFEST = {
    name.removeprefix("./"): digest
    for digest, name in (line.split("  ") for line in (HERE / "MANIFEST.sha256").read_text().splitlines())
}
LEFT_OUT = ("15_survfit", "16_time_dependent")


def files_of(folder):
    return sorted(HERE.glob(f"test_{folder.split('_')[0]}_*.py"))


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_case_is_whole(folder):
    files = {name: digest for name, digest in MANIFEST.items() if name.startswith(f"{folder}/")}
    assert files
    found = {name: hashlib.sha256((HERE / name).read_bytes()).hexdigest() for name in files}
    assert found == files


def test_all_cases_but_survival_are_here():
    assert sorted({name.split("/")[0] for name in MANIFEST if "/" in name} - set(LEFT_OUT)) == FOLDERS


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_case_has_its_numbers_tested(folder):
    assert files_of(folder)


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_test_of_a_case_names_the_function_of_r_or_says_why_there_is_none(folder):
    for path in files_of(folder):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert f"reference/{folder}/run.R" in (ast.get_docstring(tree) or ""), path
        for test in tree.body:
            if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
                said = ast.get_docstring(test) or ""
                assert re.match(r"R: .*[a-z]|No R: .*[a-z]", said), (path.name, test.name)
