"""Groups exchanged at random where cells are few: by people, by whole hospitals, and in what agree() tells."""

import answers_made as made
import numpy as np
import pytest
from scipy import stats

from consensus.agreement import permuted_tables
from consensus.agreement.agree import agree
from consensus.agreement.design import design_of
from consensus.agreement.permuted_tables import permuted_clusters, permuted_people
from consensus.agreement.sampling import Sampling
from consensus.agreement.tables import pearson

SMALL = np.array([[7, 1, 0], [2, 3, 4]])


def exact_p(table):
    """The p value over all tables with the same margins, each by its hypergeometric probability, of 2 x 3 answers."""
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    observed, total = pearson(table).statistic, 0.0
    for a in range(columns[0] + 1):
        for b in range(columns[1] + 1):
            c = rows[0] - a - b
            if 0 <= c <= columns[2]:
                other = np.array([[a, b, c], columns - [a, b, c]])
                chance = stats.random_table(rows, columns).pmf(other)
                total += chance * (pearson(other).statistic >= observed * (1 - 1e-12))
    return total


def people_of(table):
    answers, groups = [], []
    for (i, j), n in np.ndenumerate(table):
        answers += [f"a{i}"] * n
        groups += [f"g{j}"] * n
    return answers, groups


def test_people_exchanged_give_the_exact_p_value_up_to_chance():
    wanted = exact_p(SMALL)
    found = permuted_people(SMALL, replicates=40_000)
    assert found.p == pytest.approx(wanted, abs=4 * (wanted * (1 - wanted) / 40_000) ** 0.5)
    assert found.statistic == pytest.approx(pearson(SMALL).statistic)
    assert pearson(SMALL).p < 0.85 * wanted  # the approximation is bold here, or there would be no need


def test_hospitals_of_one_person_are_people(monkeypatch):
    answers, groups = people_of(SMALL)
    design = design_of(len(answers))
    found = permuted_clusters(answers, groups, design, replicates=20_000)
    assert found.p == pytest.approx(exact_p(SMALL), abs=0.006)
    again = permuted_clusters(answers[::-1], groups[::-1], design, replicates=20_000)
    assert again == found
    monkeypatch.setattr(permuted_tables, "MOST_NUMBERS", 1000)
    assert permuted_clusters(answers, groups, design, replicates=20_000) == found


def test_hospitals_that_answer_as_one_are_one_answer_each():
    answers, groups = people_of(SMALL)
    thrice = [f"h{at}" for at in range(len(answers))] * 3
    together = permuted_clusters(answers * 3, groups * 3, design_of(3 * len(answers), clusters=thrice))
    apart = permuted_clusters(answers * 3, groups * 3, design_of(3 * len(answers)))
    assert together.method == "permutation of clusters"
    assert together.p == pytest.approx(exact_p(SMALL), abs=0.02)
    assert apart.p < together.p / 5


def test_hospitals_with_people_of_two_groups_and_strata_can_not_be_exchanged():
    answers, groups = people_of(SMALL)
    hospitals = [f"h{at % 6}" for at in range(len(answers))]
    assert permuted_clusters(answers, groups, design_of(len(answers), clusters=hospitals)) is None
    strata = ["north", "south"] * 8 + ["north"]
    assert permuted_clusters(answers, groups, design_of(len(answers), strata=strata)) is None
    assert permuted_clusters(["yes", "no"] * 2, ["a", "a", "b", "b"], design_of(4)) is None
    assert permuted_clusters(["yes"] * 4, ["a", "a", "b", "b"], design_of(4)).reason
    assert permuted_people(np.array([[3, 0], [4, 0]])).reason


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    columns = {
        "a": ["yes"] * 8 + ["equivocal"] * 4 + ["no"] * 5,
        "r": [str(1 + at % 9) for at in range(17)],
        "team": (["x"] * 7 + ["z"] * 2 + ["y"] + ["x"] * 3 + ["y"] * 4),
        "hospital": [f"h{at}" for at in range(17)],
    }
    questions = [made.voted("a"), made.rated("r"), made.grouped("team", ("x", "y", "z"))]
    return made.answers(tmp_path_factory.mktemp("made"), questions, columns)


def test_agree_exchanges_groups_where_cells_are_few(few):
    plain, designed = (
        agree(few, by=["team"], sampling=s).further.tests for s in (Sampling(), Sampling(cluster="hospital"))
    )
    assert {t.question: t.test.method for t in plain} == {"a": "permutation of people", "r": "permutation of people"}
    assert {t.test.method for t in designed} == {"permutation of clusters"}
    assert all(t.note.endswith("groups were exchanged at random") for t in (*plain, *designed))
    assert plain[0].test.p == pytest.approx(designed[0].test.p, abs=0.03)
    assert all(t.holm >= t.test.p for t in plain)


def test_of_two_groups_the_mean_of_a_rating_is_compared(tmp_path):
    columns = {"r": ["1", "2", "2", "3", "9", "8", "9", "7"], "team": ["x"] * 4 + ["y"] * 4}
    questions = [made.rated("r"), made.grouped("team", ("a", "x", "y"))]
    columns = {"r": [*columns["r"], ""], "team": [*columns["team"], "a"]}  # of a third group nobody answered
    (test,) = agree(made.answers(tmp_path, questions, columns), by=["team"]).further.tests
    turned = {name: cells[::-1] for name, cells in columns.items()}
    assert agree(made.answers(tmp_path, questions, turned), by=["team"]).further.tests == (test,)
    assert test.test.statistic == pytest.approx(2 - 8.25)
    assert test.test.method == "permutation of people"
    assert test.test.p == pytest.approx(2 / 70, abs=0.01)  # of 70 ways to part eight people, two are as far out
