"""The house has one direction, questionnaires, consensus, reports, and one inside of consensus."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("questionnaires", "consensus", "reports")  # from the lowest to the highest
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))

# What each part of consensus may look at, beside itself and BASICS, which know nothing of any of them.
BELOW = {
    "agreement": set(),
    "rules": {"agreement"},
    "rounds": {"agreement", "rules"},
    "definitions": set(),
    "scoring": {"definitions"},
    "proposals": {"agreement", "rules", "rounds", "definitions", "scoring"},
    "validation": {"definitions", "scoring"},
}
BASICS = {"provenance", "combinations"}
# The front of agreement puts estimates and verdicts together: this one file looks up to the rules.
FRONTS = {"consensus/agreement/agree.py": {"rules"}}
# Libraries that belong to a higher layer: statistics to consensus, pictures, pages and the command line to reports.
NOT_FOR = {
    "questionnaires": {"scipy", "statsmodels", "matplotlib", "seaborn", "jinja2", "click", "rich"},
    "consensus": {"matplotlib", "seaborn", "jinja2", "click", "rich", "docx"},
    "reports": set(),
}


def imports_of(path):
    """Return the full names of the modules that a file imports, also inside functions and for types alone."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports are absolute"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_module":
            names |= {part.value for part in node.args if isinstance(part, ast.Constant)}
    return names


@pytest.mark.parametrize("package", PACKAGES)
def test_no_package_looks_up(package):
    higher = set(PACKAGES[PACKAGES.index(package) + 1 :])
    modules = [path for path in MODULES if path.relative_to(ROOT).parts[0] == package]
    assert len(modules) > 5
    up = [(path.name, name) for path in modules for name in imports_of(path) if name.split(".")[0] in higher]
    assert up == []


@pytest.mark.parametrize("package", PACKAGES)
def test_libraries_stay_in_their_layer(package):
    modules = [path for path in MODULES if path.relative_to(ROOT).parts[0] == package]
    found = [(path.name, n) for path in modules for n in imports_of(path) if n.split(".")[0] in NOT_FOR[package]]
    assert found == []


def test_inside_consensus_there_is_one_direction():
    upward = []
    for path in (ROOT / "consensus").rglob("*.py"):
        name = path.relative_to(ROOT).as_posix()
        parts = path.relative_to(ROOT / "consensus").parts
        if len(parts) == 1:
            continue
        allowed = BELOW[parts[0]] | FRONTS.get(name, set()) | {parts[0], *BASICS}
        seen = {module.split(".")[1] for module in imports_of(path) if module.startswith("consensus.")}
        upward += [(name, part) for part in sorted(seen - allowed)]
    assert upward == []


def test_public_names_have_one_home():
    homes = {"questionnaires": 2, "consensus": 5, "reports": 1}
    for package, number in homes.items():
        tree = ast.parse((ROOT / package / "__init__.py").read_text(encoding="utf-8"))
        (names,) = [
            ast.literal_eval(node.value)
            for node in tree.body
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__"
        ]
        assert len(names) == number
        module = __import__(package)
        assert {getattr(module, name).__module__.split(".")[0] for name in names} == {package}
