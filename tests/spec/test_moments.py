"""Dates in cells: what is read, and what is not guessed."""

import datetime as dt

import pytest

from questionnaires.reading.moments import is_moment, moment_of, moments_of, order_in


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("2026/3/1 9:00", "2026-03-01 09:00:00"),
        ("2026年3月1日 9时37分", "2026-03-01 09:37:00"),
        ("2026-03-01T09:00:05Z", "2026-03-01 09:00:05"),
        ("2026/03/01 1:05:00 PM GMT+2", "2026-03-01 13:05:00"),
        ("2026/03/01 12:05 AM", "2026-03-01 00:05:00"),
        ("2026/3/1 下午3:05", "2026-03-01 15:05:00"),
        ("4 May 2026", "2026-05-04 00:00:00"),
        ("04-May-2026 08:10", "2026-05-04 08:10:00"),
        ("May 4th, 2026 8:10 p.m.", "2026-05-04 20:10:00"),
        (dt.date(2026, 5, 4), "2026-05-04 00:00:00"),
    ],
)
def test_a_moment_is_read_as_it_is_written(cell, said):
    assert str(moment_of(cell)) == said


@pytest.mark.parametrize("cell", ["3/4/2026", "13/13/2026", "2026-13-01", "May", "4 Foo 2026", "", None, 46000.0])
def test_nothing_is_guessed(cell):
    assert moment_of(cell) is None


def test_a_column_tells_the_order_by_one_of_its_cells():
    assert [m and m.month for m in moments_of(["5/10/18 4:01", "5/31/18 4:01", ""])] == [5, 5, None]
    assert [m and m.month for m in moments_of(["5/10/2018", "31/5/2018"])] == [10, 5]
    assert [m and m.month for m in moments_of(["5.10.2018"])] == [10]
    assert order_in(["5/31/2018", "31/5/2018"]) is None
    assert moments_of(["5/10/18", "5/11/18"]) == [None, None]
    assert is_moment("5/10/18")
