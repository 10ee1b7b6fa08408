"""Measures of ordinal consensus against the R package agrmt 1.42.12 (D. Ruedin), whose printed values stand here.

agrmt (github.com/cran/agrmt @ 776c60cb) was run once; the table is that of the methods page. None of its code is used.
"""

import pytest

from consensus.agreement.ordinal import agreement_toward, ordinal_consensus

NAMES = ("agreement_a", "consensus", "leik", "blair_lacy", "iov", "cov", "reardon")
TABLE = [
    ((42, 94, 121), (0.3073929961, 0.3731658858, 0.6342412451, 0.4777760153, 0.7717417636, 0.5222362127, 0.8199899334)),
    (
        (30, 40, 210, 130, 530, 50, 10),
        (0.6113333333, 0.7256876140, 0.2866666667, 0.7728734265, 0.4026666667, 0.2271265735, 0.4667508072),
    ),
    (
        (0, 1, 0, 2, 3, 4, 6, 3, 1),
        (0.4982142857, 0.7255951832, 0.3250000000, 0.7449832213, 0.4450000000, 0.2550167787, 0.5090312713),
    ),
    ((10, 0, 0, 0, 10), (-1, 0, 1, 0, 1, 1, 1)),
    ((4, 4, 4, 4, 4), (0, 0.4339850003, 0.6, 0.4472135955, 0.8, 0.5527864045, 0.8464393447)),
    ((5, 0, 0, 0, 0, 0, 0, 0, 15), (0, 0.1887218755, 0.5, 0.5, 0.75, 0.5, 0.8112781245)),
    ((0, 0, 10, 10, 0), (0.75, 0.8073549221, 0.25, 0.8660254038, 0.25, 0.1339745962, 0.25)),
]


@pytest.mark.parametrize(("counts", "printed"), TABLE)
@pytest.mark.parametrize("name", NAMES)
def test_measures_equal_those_of_agrmt(counts, printed, name):
    assert ordinal_consensus(counts, name).value == pytest.approx(printed[NAMES.index(name)], abs=1e-10)


def test_polarization_is_agreement_turned_round():
    assert ordinal_consensus((10, 0, 0, 0, 10), "polarization").value == 1
    assert ordinal_consensus((0, 9, 0), "polarization").value == 0


def test_rwg_and_entropy_by_hand():
    # five answers 1 to 5: variance 2.5 against 2 of even guessing on five points
    assert ordinal_consensus((1, 1, 1, 1, 1), "rwg").value == pytest.approx(1 - 2.5 / 2)
    assert ordinal_consensus((1, 1, 1, 1), "entropy").value == pytest.approx(1)
    assert ordinal_consensus((0, 7, 0, 0), "entropy").value == 0


def test_agreement_toward_an_end_that_all_chose():
    assert agreement_toward((0, 0, 8), 2).value == 1
    assert agreement_toward((8, 0, 0), 2).value == pytest.approx(0)


def test_what_is_too_little_gives_reasons():
    assert ordinal_consensus((0, 0, 0)).reason == "the base is empty"
    assert ordinal_consensus((3, 4), "agreement_a").reason == "agreement_a needs a scale of 3 points or more"
    for measure in ("rwg", "iov", "cov"):
        assert ordinal_consensus((0, 1), measure).reason == "one answer has no variance"
