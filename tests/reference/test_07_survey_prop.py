"""Design-based estimates against R 4.2.2, survey 4.1.1, reference/07_survey_prop/run.R.

survey::svymean, svyciprop, svyby, svytotal, svyttest, svyglm, oldsvyquantile (T. Lumley) are another author's program,
none of whose code is used here.
"""

import numpy as np
import pandas as pd
import pytest
from reference.cases import HERE, expected
from scipy import special

from consensus.agreement.design import design_of
from consensus.agreement.design_intervals import design_share
from consensus.agreement.group_tests import group_difference, logistic_regression
from consensus.agreement.profile_likelihood import Profile, profiled_limits, root_limits
from consensus.agreement.weighted import means, total, weighted_quantile

CASE = expected("07_survey_prop")
DATA = pd.read_csv(HERE / "07_survey_prop" / "survey.csv")
HOSPITALS, STRATA = DATA["hospital"].tolist(), DATA["stratum"].tolist()
WEIGHTS = DATA["weight"].tolist()
TOTAL = int(DATA["N_total"].iloc[0])
IN_STRATUM = DATA.groupby("stratum")["N_hosp"].first().astype(int).to_dict()
OPTIONS = {
    "srs_unweighted": {},
    "cluster_unweighted": {"clusters": HOSPITALS},
    "cluster_weighted": {"clusters": HOSPITALS, "weights": WEIGHTS},
    "cluster_unweighted_fpc": {"clusters": HOSPITALS, "population": TOTAL},
    "cluster_weighted_fpc": {"clusters": HOSPITALS, "weights": WEIGHTS, "population": TOTAL},
    "strat_cluster_weighted": {"clusters": HOSPITALS, "strata": STRATA, "weights": WEIGHTS},
    "strat_cluster_weighted_fpc": {
        "clusters": HOSPITALS,
        "strata": STRATA,
        "weights": WEIGHTS,
        "population": IN_STRATUM,
    },
}
DESIGNS = {name: design_of(len(DATA), **options) for name, options in OPTIONS.items()}
ITEMS = ("new_lesions", "pvtt", "ehs", "limit3", "rare", "near_all")
METHODS = {"korn-graubard": "beta", "logit": "xlogit", "asin": "asin", "wald": "mean"}


def column(name):
    return DATA[name].to_numpy(dtype=float)


@pytest.mark.parametrize("name", OPTIONS)
@pytest.mark.parametrize("item", ITEMS)
def test_shares_errors_and_limits_equal_those_of_r(name, item):
    """R: survey::svymean, confint and svyciprop (beta, xlogit, asin, mean, logit), Lumley's recursion over stages."""
    printed, found = CASE[name][item], means(column(item), DESIGNS[name])
    assert (found.answered, found.df) == (printed["n"], CASE[name]["degf"])
    assert (found.values[0], found.errors[0]) == pytest.approx((printed["mean"], printed["se"]), rel=1e-9)
    assert found.effects[0] == pytest.approx(printed["deff_replace"], rel=1e-9)
    for ours, theirs in METHODS.items():
        e, limits = design_share(column(item), DESIGNS[name], method=ours), printed["svyciprop"][theirs]
        assert (e.value, e.low, e.high) == pytest.approx((limits["p"], limits["lower"], limits["upper"]), rel=1e-9)
    wald = design_share(column(item), DESIGNS[name], method="wald")
    assert (wald.low, wald.high) == pytest.approx(printed["ci_t"], rel=1e-9)
    reach = float(special.ndtri(0.975)) * found.errors[0]
    assert (found.values[0] - reach, found.values[0] + reach) == pytest.approx(printed["ci_normal"], rel=1e-9)
    # R stops its iterations early
    limits, e = printed["svyciprop"]["logit"], design_share(column(item), DESIGNS[name], method="logit")
    assert (e.low, e.high) == pytest.approx((limits["lower"], limits["upper"]), rel=1e-5)
    if printed["deff"] is None:
        assert found.finite_effects[0] is None
    else:
        assert found.finite_effects[0] == pytest.approx(printed["deff"], rel=1e-9)


def profile_of(item, name):
    design, found = DESIGNS[name], means(column(item), DESIGNS[name])
    weight = found.weight / design.weights.mean()
    t = float(special.stdtrit(found.df, 0.975))
    p, se = float(found.values[0]), float(found.errors[0])
    return Profile(p=p, se=se, t=t, n=found.answered, weight=weight)


@pytest.mark.parametrize("item", ITEMS)
@pytest.mark.parametrize("name", OPTIONS)
def test_limits_by_likelihood_equal_those_of_r(item, name):
    """R: survey::svyciprop(method = "likelihood"), which fits a quasibinomial svyglm and profiles it by refitting."""
    limits = CASE[name][item]["svyciprop"]["likelihood"]
    e = design_share(column(item), DESIGNS[name], method="likelihood")
    assert (e.low, e.high) == pytest.approx((limits["lower"], limits["upper"]), rel=1e-5)


@pytest.mark.parametrize("item", ITEMS)
@pytest.mark.parametrize("name", OPTIONS)
def test_limits_of_r_tend_to_the_root_of_the_likelihood_as_its_steps_get_finer(item, name):
    """R: survey::svyciprop reads its limits off a spline through a dozen points, up to 5e-4 off: the root is right.

    With finer steps (`del`) survey's own confint comes to 0.0047997361 for `rare` under srs_unweighted, where svyciprop
    prints 0.0047987315 and the root is 0.0047997369: run once with survey 4.1.1.
    """
    profile, (low, high) = profile_of(item, name), root_limits(profile_of(item, name))
    e = design_share(column(item), DESIGNS[name], method="likelihood root")
    assert (e.low, e.high) == (low, high)
    wanted = profile.reach**2
    assert [profile.z(float(special.logit(q))) ** 2 for q in (low, high)] == pytest.approx([wanted, wanted], rel=1e-11)
    # the error of linear reading between places falls with the square of the step: to a hundredth at a tenth
    off = [np.abs(np.divide(profiled_limits(profile, finer=k), (low, high)) - 1).max() for k in (1, 10)]
    assert off[1] < max(off[0] / 10, 1e-7)
    assert off[1] < 5e-6


@pytest.mark.parametrize("name", OPTIONS)
def test_nobody_and_everybody_get_exact_bounds_where_r_has_none(name):
    """R: survey::svyciprop gives NaN here; the right value is the closed form 1 - alpha^(1/n), worked by hand."""
    design = DESIGNS[name]
    assert CASE[name]["none"]["svyciprop"]["beta"]["upper"] is None
    none, everyone = design_share(column("none"), design), design_share(column("all"), design)
    assert (none.value, none.low, everyone.value, everyone.high) == (0, 0, 1, 1)
    assert none.high == pytest.approx(1 - 0.05 ** (1 / design.cluster_count))
    assert everyone.low == pytest.approx(1 - none.high)
    assert none.method == "exact one-sided"


@pytest.mark.parametrize("name", OPTIONS)
def test_a_named_subgroup_has_the_degrees_of_freedom_of_its_clusters(name):
    """R: survey::svyciprop on subset() and svyby, where Lumley drops rows; ours keeps them as zeros."""
    printed, oncologists = CASE[name], (DATA["specialty"] == "ONC").to_numpy()
    for method, key in (("logit", "domain_ciprop_ONC"), ("korn-graubard", "domain_ciprop_ONC_beta")):
        e = design_share(column("limit3"), DESIGNS[name], subgroup=oncologists, method=method)
        tolerance = 1e-5 if method == "logit" else 1e-9
        assert (e.low, e.high) == pytest.approx((printed[key]["lower"], printed[key]["upper"]), rel=tolerance)
        assert e.n == 28
    by = printed["by_specialty"]
    for level, mean, se in zip(by["level"], by["mean"], by["se"], strict=True):
        found = means(column("limit3"), DESIGNS[name], subgroup=(DATA["specialty"] == level).to_numpy())
        assert (found.values[0], found.errors[0]) == pytest.approx((mean, se), rel=1e-9)


@pytest.mark.parametrize("name", OPTIONS)
def test_shares_of_one_question_have_their_covariance(name):
    """R: vcov of survey::svymean of a factor."""
    printed = CASE[name]["choice"]
    found = means(np.stack([DATA["choice"] == level for level in printed["levels"]], axis=1), DESIGNS[name])
    assert found.values == pytest.approx(printed["mean"], rel=1e-9)
    assert found.covariance.ravel() == pytest.approx(np.ravel(printed["cov"]), rel=1e-9)


@pytest.mark.parametrize("name", OPTIONS)
def test_totals_means_and_quantiles_equal_those_of_r(name):
    """R: survey::svytotal, svymean and svyquantile (rule math), Lumley's program."""
    printed, design = CASE[name], DESIGNS[name]
    assert total(column("limit3"), design) == pytest.approx(
        (printed["total_limit3"]["total"], printed["total_limit3"]["se"]), rel=1e-9
    )
    years = means(column("years"), design)
    assert (years.values[0], years.errors[0]) == pytest.approx(
        (printed["years"]["mean"], printed["years"]["se"]), rel=1e-9
    )
    assert [weighted_quantile(column("years"), design, q) for q in (0.25, 0.5, 0.75)] == printed["years_quantile_math"]


@pytest.mark.parametrize("name", OPTIONS)
def test_two_groups_and_a_regression_equal_those_of_r(name):
    """R: survey::svyttest and svyglm, which go through stats::glm; ours solves the score equations itself."""
    printed, design = CASE[name], DESIGNS[name]
    test = group_difference(column("limit3"), (DATA["specialty"] == "IR").to_numpy(), design)
    wanted = printed["svyttest"]
    assert (test.difference, test.statistic, test.df, test.p) == pytest.approx(
        (wanted["diff"], wanted["t"], wanted["df"], wanted["p"]), rel=1e-7
    )
    levels = [(DATA["specialty"] == level).to_numpy(dtype=float) for level in ("IR", "ONC", "SURG")]
    fitted = logistic_regression(column("limit3"), np.stack([*levels, column("years")], axis=1), design)
    assert fitted.coefficients == pytest.approx(printed["svyglm"]["coef"], rel=1e-5)  # both iterate
    assert fitted.errors == pytest.approx(printed["svyglm"]["se"], rel=1e-5)
