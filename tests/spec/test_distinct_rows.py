"""Distinct rows are those of numpy, in its order, whatever the columns hold and however many there are."""

import numpy as np
import pytest

from consensus.agreement.distinct import distinct_rows


@pytest.mark.parametrize("kind", [int, float, bool, np.uint8])
@pytest.mark.parametrize(("rows", "columns", "upto"), [(400, 3, 5), (300, 70, 2), (200, 9, 250), (1, 2, 3), (0, 3, 3)])
def test_they_are_those_of_numpy(kind, rows, columns, upto):
    table = np.random.default_rng(5).integers(0, upto, (rows, columns)).astype(kind)
    if kind is not bool and kind is not np.uint8:
        table = table * kind(3) - kind(2)
    if kind is float:
        table /= 7
    _, first, back, many = np.unique(table, axis=0, return_index=True, return_inverse=True, return_counts=True)
    found = distinct_rows(table.T)
    assert [part.tolist() for part in found] == [first.tolist(), back.ravel().tolist(), many.tolist()]
