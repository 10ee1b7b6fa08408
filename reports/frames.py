"""Rows of small data frames, one object each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a frame, columns as attributes (but `count` and `index`: these are methods of a tuple)."""
    yield from frame.itertuples(index=False)
