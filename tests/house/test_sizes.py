"""One idea a file, and a function that checks, computes, returns: the sizes that keep them so."""

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("questionnaires", "consensus", "reports")
CODE = sorted(
    p for folder in (*PACKAGES, "tests", "benchmarks", "examples", "tools") for p in (ROOT / folder).rglob("*.py")
)
# Codebooks are generated from their workbooks and as long as these.
DATA = sorted(
    p for package in PACKAGES for end in ("yaml", "toml", "css", "html") for p in (ROOT / package).rglob(f"*.{end}")
)
FILE, DATA_FILE, LONG, SHORT, SHARE_SHORT = 300, 400, 60, 30, 0.9
# Kept byte for byte as their author wrote them.
NOT_OURS = ("tests/stories/2-delphi/",)


def own(path):
    return not path.relative_to(ROOT).as_posix().startswith(NOT_OURS)


@pytest.mark.parametrize(("files", "most"), [(CODE, FILE), (DATA, DATA_FILE)], ids=["code", "data"])
def test_no_file_is_long(files, most):
    assert len(files) > 5
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files if own(path)}
    assert {p.relative_to(ROOT).as_posix(): n for p, n in lengths.items() if n > most} == {}


def functions():
    """Return each function of the packages with its lines, the docstring and decorators not counted."""
    found = []
    for path in (p for p in CODE if p.relative_to(ROOT).parts[0] in PACKAGES):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                said = node.body[0] if ast.get_docstring(node) is not None else None
                quoted = said.end_lineno - said.lineno + 1 if said is not None else 0
                found.append(
                    (f"{path.relative_to(ROOT).as_posix()}: {node.name}", node.end_lineno - node.lineno + 1 - quoted)
                )
    return found


def test_no_function_is_long_and_nine_in_ten_are_short():
    sizes = functions()
    assert len(sizes) > 100
    assert [(name, lines) for name, lines in sizes if lines > LONG] == []
    assert sum(lines < SHORT for _, lines in sizes) / len(sizes) >= SHARE_SHORT


def test_each_module_says_what_is_in_it():
    silent = [
        path.relative_to(ROOT).as_posix() for path in CODE if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def calls(path, names):
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [n.func.id for n in nodes if isinstance(n, ast.Call) and getattr(n.func, "id", None) in names]


def test_nothing_below_reports_prints_and_nothing_evaluates_text():
    below = [p for p in CODE if p.relative_to(ROOT).parts[0] in ("questionnaires", "consensus")]
    assert [p.name for p in below if calls(p, {"print", "input", "breakpoint"})] == []
    packages = [p for p in CODE if p.relative_to(ROOT).parts[0] in PACKAGES]
    assert [p.name for p in packages if calls(p, {"eval", "exec", "compile", "__import__"})] == []


def tracked():
    """Return what git tracks; where this is no clone (a source archive) all files that are not hidden."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        names = [name for name in listed.decode("utf-8").split("\0") if name]
    else:
        names = [p.relative_to(ROOT).as_posix() for p in ROOT.rglob("*") if p.is_file()]
    return [n for n in names if (ROOT / n).is_file() and not any(part.startswith(".") for part in n.split("/")[:-1])]


def test_nothing_tracked_names_a_machine_or_a_registry():
    words = [
        "/wo" + "rk/",
        "/ro" + "ot/",
        "/tm" + "p/",
        "/ho" + "me/",
        "pypi." + "org",
        "python" + "hosted.org",
        "index" + "-url",
    ]
    found = []
    for name in tracked():
        text = (ROOT / name).read_bytes().decode("utf-8", "replace")
        found += [(name, word) for word in words if word in text]
    assert found == []


@pytest.mark.parametrize("ending", [".py", ".md"])
def test_our_spelling_is_american(ending):
    british = (
        "tumo" + "ur",
        "colo" + "ur",
        "behavio" + "ur",
        "cent" + "re",
        "analy" + "se ",
        "randomi" + "sed",
        "licen" + "ce",
    )
    found = []
    for name in tracked():
        if name.endswith(ending) and not name.startswith(("tests/reference/", *NOT_OURS)):
            text = (ROOT / name).read_text(encoding="utf-8").casefold()
            found += [(name, word) for word in british if word in text]
    assert found == []
