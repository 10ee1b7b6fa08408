"""The conventions of Chinese Delphi studies, against a published panel of 16 experts in two rounds."""

import pytest

from consensus.rounds.chinese import authority, positivity


def test_a_published_authority():
    # BMJ Open, 16 experts, round 1: Ca 15.1 / 16 = 0.944, Cs 0.775, Cr 0.860
    judgment = {"experience": (16, 0, 0), "theory": (7, 9, 0), "literature": (3, 11, 2), "intuition": (2, 8, 6)}
    found = authority(judgment, (1, 12, 3, 0, 0))
    assert (round(found.judgment, 3), round(found.familiarity, 3)) == (0.944, 0.775)
    assert found.coefficient == pytest.approx(0.859375)


def test_the_sum_that_was_printed_too_large():
    # its second round prints Ca 0.963 for a sum that is 15.3 / 16 = 0.956
    judgment = {"experience": (16, 0, 0), "theory": (9, 7, 0), "literature": (3, 11, 2), "intuition": (2, 8, 6)}
    assert round(authority(judgment, (4, 10, 2, 0, 0)).judgment, 3) == 0.956


@pytest.mark.parametrize(
    ("judgment", "familiarity"),
    [
        ({"guess": (1, 0, 0)}, (1, 0, 0, 0, 0)),
        ({"theory": (1, 1, 0)}, (1, 0, 0, 0, 0)),
        ({}, (0, 0, 0, 0, 0)),
        ({}, (1,)),
    ],
)
def test_impossible_panels(judgment, familiarity):
    with pytest.raises(ValueError, match=r"basis|experts|familiarity"):
        authority(judgment, familiarity)


def test_positivity():
    assert positivity(27, 30) == 0.9
    with pytest.raises(ValueError, match="is no share"):
        positivity(3, 2)
