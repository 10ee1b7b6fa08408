"""Which cells are small, which are hidden with them, and what may still be shown of a question."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from consensus.agreement.agree import agree
from questionnaires.instrument import Choice, Instrument, Labels, Question
from questionnaires.responses import read_responses
from reports.masking.document import METHOD, masked_rows
from reports.masking.hidden import hidden_rows
from reports.masking.questions import Thin
from reports.masking.small import covered, is_small
from reports.numbers_marked import NumberRow
from reports.numbers_told import measured


def share(question, option, count, n):
    name = f"share/{question}/{option}/answered"
    return NumberRow(id=name, value=count / n, base="answered", n=n, count=float(count))


def test_few_people_are_a_small_cell_and_so_are_few_others():
    rows = [share("q", "a", 3, 50), share("r", "a", 47, 50), share("s", "a", 25, 50), share("t", "a", 0, 50)]
    assert [is_small(row, 5) for row in rows] == [True, True, False, False]
    assert [is_small(share("q", "a", count, 4), 5) for count in (0, 2, 4)] == [True] * 3
    flow = NumberRow(id="panel-flow/round-2/all", value=27 / 28, base="invited", n=28, count=27)
    assert [is_small(replace(flow, count=count), 5) for count in (27, 3)] == [False, True]
    assert is_small(NumberRow(id="flags/speeding", value=2, method="count"), 5)
    assert not is_small(NumberRow(id="multiverse/a/in", value=2, method="count"), 5)
    assert hidden_rows(rows, None, 5) == {"share/q/a/answered", "share/r/a/answered"}


def test_a_difference_to_a_masked_share_and_what_is_made_of_a_masked_rating_are_masked():
    def row(name):
        return NumberRow(id=name, value=0.5, base="answered", n=60, count=30)

    rows = [share("a", "yes", 2, 60), share("a", "no", 58, 60), share("b", "yes", 30, 60)]
    told, hushed = ("difference/b/against=c", "aiken v/b"), ("difference/b/against=a", "aiken v/a")
    hidden = hidden_rows([*rows, *map(row, (*told, *hushed))], None, 5, items=("a", "b", "c"))
    assert hidden == {*hushed, "share/a/yes/answered", "share/a/no/answered"}


def test_a_hidden_row_keeps_its_name_alone():
    (row,) = masked_rows([share("q", "a", 3, 50)], frozenset({"share/q/a/answered"}))
    assert (row.id, row.value, row.n, row.count, row.method) == ("share/q/a/answered", None, None, None, METHOD)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=2, max_size=6), st.integers(2, 6))
def test_what_is_shown_leaves_each_small_cell_open_up_to_where_it_is_none(numbers, least):
    counts = {str(at): float(n) for at, n in enumerate(numbers)}
    hidden, total = covered(counts, least), sum(numbers)
    for name, count in counts.items():
        if 0 < count < least or 0 < total - count < least:
            assert name in hidden
    if not hidden or hidden == set(counts):
        return
    shown = sum(count for name, count in counts.items() if name not in hidden)
    for name in hidden:
        # the others hidden hold somebody each, since empty cells are hidden last
        others = sum(1 for other in hidden if other != name and counts[other])
        assert total - shown - others >= least


def test_support_that_nearly_everybody_or_nobody_gives_would_tell_who_was_equivocal():
    # 40 of 46 are for it and 6 against, of 5 options: the others could hold but 2 more
    thin = {n: Thin(question="q", least=5, answered=46, support=n, coding="half") for n in (True, False)}
    row = NumberRow(id="endorsement/q/half", value=0.87, base="answered", n=46, count=40)
    other = replace(row, id="endorsement/q/as_no")
    assert [thin[n].shows(one) for n in (True, False) for one in (row, other)] == [True, False, False, False]
    median = NumberRow(id="median/r", value=7.0, base="committed", n=12)
    of = {n: Thin(question="r", least=5, answered=n, numeric=True) for n in (9, 12, 14)}
    assert [one.shows(median) for one in of.values()] == [False, True, False]  # 14 less 12 would tell who had none


def test_a_few_people_without_a_group_hide_the_groups(tmp_path):
    # at `a` the groups x and y have 6 people each; two more answered it and belong to neither
    rows = [["x", "yes"]] * 6 + [["y", "no"]] * 6
    for few, wanted in ((0, False), (2, True), (6, False)):
        path = tmp_path / f"{few}.csv"
        lines = ["place,a", *(",".join(row) for row in [*rows, *[["", "yes"]] * few])]
        path.write_text("\n".join(lines), encoding="utf-8")
        agreement = agree(read_responses(path, instrument()), by=["place"])
        known = [row for m in agreement.measurements if (row := measured(m)).value is not None]
        hidden = hidden_rows(known, agreement, 5)
        assert {name for name in hidden if "place=" in name} == (
            {row.id for row in known if "place=" in row.id} if wanted else set()
        ), few


def instrument():
    def text(word):
        return Labels((("en", word),))

    places, votes = (tuple(Choice(name=n, label=text(n)) for n in names) for names in (("x", "y"), ("yes", "no")))
    return Instrument(
        id="small", title="small", languages=("en",),
        questions=(
            Question(name="place", type="select_one", label=text("place"), choices=places, role="demographic"),
            Question(name="a", type="select_one", label=text("a"), choices=votes, role="opinion"),
        ),
    )  # fmt: skip
