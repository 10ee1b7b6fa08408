"""Every reference case is whole, and says which part will be tested against it where that part is not built yet."""

import hashlib
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FOLDERS = sorted(path.name for path in HERE.glob("[0-9]*_*") if path.is_dir())
MANIFEST = {
    name.removeprefix("./"): digest
    for digest, name in (line.split("  ") for line in (HERE / "MANIFEST.sha256").read_text().splitlines())
}
LEFT_OUT = ("15_survfit", "16_time_dependent")
WAITING = {
    "01_nominal_complete": "agreement beyond chance: Fleiss, Conger, AC1, alpha (issue 6)",
    "03_ordinal_1to9": "ordinal agreement and quantiles by type (issue 6)",
    "04_kendall_w": "Kendall's W (issue 6)",
    "06_two_raters": "weighted kappas of two raters (issue 6)",
    "07_survey_prop": "design-based intervals (issue 6)",
    "09_raking": "raking and post-stratification (issue 6)",
    "11_mcnemar_cochranq": "tests of paired answers (issue 6)",
    "14_cluster_bootstrap": "the cluster bootstrap (issue 6)",
    "19_p_adjust": "multiplicity (issue 6)",
    "22_rand_ucla": "RAND/UCLA rules (issue 8)",
    "23_rounds": "stability between rounds (issue 8)",
}


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
    number = folder.split("_")[0]
    if not list(HERE.glob(f"test_{number}_*.py")):
        pytest.skip(f"waits for {WAITING[folder]}")
