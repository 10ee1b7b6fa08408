"""Laws of instruments as workbooks: what is written is read back; our columns change nothing in the field."""

import warnings
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from laws.instrument_strategies import instruments

from questionnaires.xlsform import read_instrument, write_instrument

NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)  # of a whole instrument it takes minutes
QUIET = settings(
    max_examples=40, phases=NO_SHRINKING, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@QUIET
@given(instrument=instruments())
def test_what_is_written_is_read_back(instrument, tmp_path):
    for fielding in (False, True):
        again = read_instrument(write_instrument(instrument, tmp_path / "i.xlsx", fielding=fielding))
        assert again == instrument
        assert not again.problems.faults


@QUIET
@given(instrument=instruments())
def test_the_same_instrument_gives_the_same_bytes(instrument, tmp_path):
    first = write_instrument(instrument, tmp_path / "a.xlsx").read_bytes()
    assert write_instrument(instrument, tmp_path / "b.xlsx").read_bytes() == first


@settings(parent=QUIET, max_examples=25)
@given(instrument=instruments())
def test_our_columns_do_not_change_the_fielded_form(instrument, tmp_path):
    plain = replace(instrument, questions=tuple(map(without_meaning, instrument.questions)), criteria=(), vignettes=())
    plain = replace(plain, attention=(), condition=None)
    forms = [fielded(write_instrument(one, tmp_path / "i.xlsx", fielding=True)) for one in (instrument, plain)]
    assert forms[0] == forms[1]


def without_meaning(question):
    bare = tuple(replace(c, endorses=None, score=None, missing=None) for c in question.choices)
    return replace(
        question,
        choices=bare,
        role=None,
        criterion=None,
        direction="endorse",
        parameter=None,
        evidence="vote",
        same_as=None,
        vignette=None,
        reconstructed=False,
        note="",
    )


def fielded(path):
    convert = pytest.importorskip("pyxform.xls2xform").convert
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return convert(path).xform
