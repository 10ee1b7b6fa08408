"""Weights that fit margins, and errors under them, against R 4.2.2, survey 4.1.1, reference/09_raking/run.R.

survey::rake, postStratify, calibrate and trimWeights (T. Lumley) are another author's program, none of whose code is
used here.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from reference.cases import HERE, expected

from consensus.agreement.design import design_of
from consensus.agreement.design_intervals import kish_effect
from consensus.agreement.weighted import means
from consensus.agreement.weighting import calibrate, rake, trim
from questionnaires.problems import ConsensusError

CASE, FOLDER = expected("09_raking"), HERE / "09_raking"
DATA = pd.read_csv(FOLDER / "survey.csv")
DESIGN = design_of(len(DATA), clusters=DATA["hospital"].tolist(), weights=DATA["weight"].tolist())
MARGINS = {
    name: (DATA[name].tolist(), pd.read_csv(FOLDER / f"margin_{name}.csv").set_index(name)["Freq"].to_dict())
    for name in ("stratum", "specialty")
}


def same_as(design, key):
    printed, found = CASE[key], means(DATA["limit3"].to_numpy(dtype=float), design)
    assert design.weights == pytest.approx(printed["weights"], rel=1e-8)
    assert found.values[0] == pytest.approx(printed["limit3"]["mean"], rel=1e-8)
    assert found.errors[0] == pytest.approx(printed["limit3"]["se"], rel=1e-8)


def test_raked_weights_with_errors_of_either_kind():
    """R: survey::rake, by repeated postStratify, and calibrate(calfun = "raking"), by Newton's method."""
    same_as(rake(DESIGN, MARGINS, sweep=True), "rake")
    # ours: the residuals of calibration, which R's calibrate(calfun = "raking") has with the same weights
    same_as(rake(DESIGN, MARGINS), "calibrate_raking")


def test_post_stratified_weights_are_raked_to_one_margin():
    """R: survey::postStratify, which has no iterations."""
    same_as(rake(DESIGN, {"specialty": MARGINS["specialty"]}), "poststratify_specialty")


@pytest.mark.parametrize("distance", ["linear", "raking", "logit"])
def test_calibrated_weights(distance):
    """R: survey::calibrate with calfun linear, raking, logit: Lumley's grake."""
    same_as(calibrate(DESIGN, MARGINS, distance, bounds=(0.2, 3)), f"calibrate_{distance}")


def test_weights_taken_as_fixed_have_too_large_an_error():
    """R: survey::svymean with the final weights as design weights (README of the case): the wrong value, told apart."""
    fixed = replace(rake(DESIGN, MARGINS), adjustment=None)
    assert means(DATA["limit3"].to_numpy(dtype=float), fixed).errors[0] == pytest.approx(0.0410368, abs=5e-8)


def test_trimmed_weights_and_the_design_effect_of_weights():
    """R: survey::trimWeights(strict = TRUE); Kish's effect is typed in base R."""
    weights = np.array(CASE["rake"]["weights"])
    assert trim(weights, 4, 25) == pytest.approx(CASE["trim_25_4_strict"], rel=1e-8)
    assert kish_effect(weights) == pytest.approx(CASE["kish_deff"], rel=1e-10)
    assert len(weights) / kish_effect(weights) == pytest.approx(CASE["kish_neff"], rel=1e-10)


def test_margins_that_cannot_hold_are_told_by_name():
    """No R: messages of ours, where survey::rake stops without the margin's name."""
    levels, there = MARGINS["specialty"]
    with pytest.raises(ConsensusError, match="margin specialty: nobody who answered is NURSE"):
        rake(DESIGN, {"specialty": (levels, {**there, "NURSE": 5})})
    with pytest.raises(ConsensusError, match="margin specialty: has no number for ONC"):
        rake(DESIGN, {"specialty": (levels, {k: v for k, v in there.items() if k != "ONC"})})
    with pytest.raises(ConsensusError, match="margins: their sums differ"):
        rake(DESIGN, {**MARGINS, "specialty": (levels, {**there, "ONC": 1})})
    with pytest.raises(ConsensusError, match="leaves no room for the excess"):
        trim(np.array([1.0, 9.0]), 6, 7)
