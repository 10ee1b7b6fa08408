"""Six real designs against R 4.2.2, survey 4.1.1: the data and R's results lie in the project's shared data.

`run.R` there made the numbers; survey is another author's program, none of whose code is used here.
"""

import json

import numpy as np
import pandas as pd
import pytest
from reference.cases import shared

from consensus.agreement.design import design_of
from consensus.agreement.design_intervals import design_share
from consensus.agreement.rao_scott import rao_scott, rao_scott_chi_squared
from consensus.agreement.weighted import means

METHODS = {"korn-graubard": "beta", "logit": "xlogit", "asin": "asin", "wald": "mean"}


def clus1(d):
    return {"clusters": d["dnum"].tolist(), "weights": d["pw"].tolist(), "population": int(d["fpc"].iloc[0])}


def clus2(d):
    first = {"clusters": d["dnum"].tolist(), "weights": d["pw"].tolist(), "population": int(d["fpc1"].iloc[0])}
    return {**first, "units": d["snum"].tolist(), "unit_population": d["fpc2"].tolist()}


def srs(d):
    return {"weights": d["pw"].tolist(), "population": int(d["fpc"].iloc[0])}


def strat(d):
    sizes = d.groupby("stype")["fpc"].first().astype(int).to_dict()
    return {"strata": d["stype"].tolist(), "weights": d["pw"].tolist(), "population": sizes}


SCHOOLS = {"clus1": clus1, "clus2": clus2, "srs": srs, "strat": strat}


def case(start):
    results = json.loads((shared("survey_design_api") / "expected_R_survey.json").read_text(encoding="utf-8"))
    return next(results[name] for name in results if name.startswith(f"{start}:"))


def same_mean(given, design, printed):
    found = means(given, design)
    assert found.df == printed["df"]
    assert (found.values[0], found.errors[0]) == pytest.approx((printed["mean"], printed["se"]), rel=1e-9)
    for ours, theirs in METHODS.items() if "intervals" in printed else ():
        e, limits = design_share(given, design, method=ours), printed["intervals"][theirs]
        assert (e.value, e.low, e.high) == pytest.approx((limits["p"], limits["low"], limits["high"]), rel=1e-9)


def same_test(found, printed):
    assert found.p == pytest.approx(printed["p"], rel=1e-9)
    degrees = [found.df] if found.df2 is None else [found.df, found.df2]
    assert [found.statistic, *degrees] == pytest.approx([printed["statistic"], *np.atleast_1d(printed["df"])], rel=1e-9)


@pytest.mark.parametrize("name", SCHOOLS)
def test_schools(name):
    data, printed = pd.read_csv(shared("survey_design_api") / f"api{name}.csv"), case(name)
    design = design_of(len(data), **SCHOOLS[name](data))
    wide = (data["sch.wide"] == "Yes").to_numpy(dtype=float)
    same_mean(data["api00"].to_numpy(dtype=float), design, printed["api00"])
    same_mean((data["awards"] == "Yes").to_numpy(dtype=float), design, printed["awards_yes"])
    same_mean(wide, design, printed["sch.wide_yes"])
    by = printed["sch.wide_by_stype"]
    for level, mean, se in zip(by["stype"], by["mean"], by["se"], strict=True):
        found = means(wide, design, subgroup=(data["stype"] == level).to_numpy())
        assert (found.values[0], found.errors[0]) == pytest.approx((mean, se), rel=1e-9)
    both = (wide.tolist(), data["stype"].tolist(), design)
    same_test(rao_scott(*both), printed["chisq_sch.wide_stype"]["F"])
    assert rao_scott_chi_squared(*both).p == pytest.approx(printed["chisq_sch.wide_stype"]["Chisq"]["p"], rel=1e-9)


def test_nhanes():
    data, printed = pd.read_csv(shared("survey_design_api") / "nhanes.csv"), case("nhanes")
    design = design_of(
        len(data),
        clusters=data["SDMVPSU"].tolist(),
        strata=data["SDMVSTRA"].tolist(),
        weights=data["WTMEC2YR"].tolist(),
    )
    cholesterol = data["HI_CHOL"].to_numpy(dtype=float)
    same_mean(cholesterol, design, printed["HI_CHOL"])
    answers = [None if np.isnan(v) else v for v in cholesterol]
    same_test(rao_scott(answers, data["race"].tolist(), design), printed["chisq_HI_CHOL_race"]["F"])


def test_yrbs():
    data, printed = pd.read_csv(shared("survey_design_api") / "yrbs.csv"), case("yrbs")
    design = design_of(
        len(data), clusters=data["psu"].tolist(), strata=data["stratum"].tolist(), weights=data["weight"].tolist()
    )
    answers = np.where(data["qn8"].isna(), np.nan, data["qn8"] == 2)
    same_mean(answers, design, printed["qn8_is_2"])
