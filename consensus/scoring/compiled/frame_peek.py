"""A look at sessions before the work is planned, where that costs little: what does not occur is not provided for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import narwhals as nw

from consensus.definitions.column import SESSION_DATE, SESSION_NO, Column
from consensus.scoring.compiled.frame_cells import DATED, WHITE, Expr, Frame, has_blank, read_text
from consensus.scoring.compiled.frame_numbers import is_plain, plain_whole
from consensus.scoring.compiled.frames import PATIENT
from consensus.scoring.compiled.kinds import Kind, fetched, peeked, some_twice
from consensus.scoring.compiled.month_cells import months_of
from consensus.scoring.compiled.vocabulary import different_texts
from consensus.scoring.months import Month

Columns: TypeAlias = Mapping[str, tuple[str, Column]]  # header and column by name


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of sessions.

    `doubled`: some may stand twice; `numbered`: each has a number; `texts`: the different ones of columns with few;
    `complete`: columns without an empty cell; `months`: the texts of dates that are only a month.
    """

    doubled: bool
    numbered: bool = False
    texts: dict[str, tuple[str | None, ...]] = field(default_factory=dict)
    complete: frozenset[str] = frozenset()
    months: dict[str, dict[str, Month]] = field(default_factory=dict)


def known_of(raw: Frame, frame: Frame, columns: Columns, same: Iterable[str], kind: Kind) -> Known:
    """Return what a look at sessions tells: as they came, and with the patients' ids.

    `same` are the columns of which it matters whether a cell is empty.
    """
    # what a text of a date says decides how all dates are told, so that these are looked at in any frame
    months = months_of(raw, {n: (h, c) for n, (h, c) in columns.items() if c.type == "date"}, DATED)
    if not peeked(kind):
        return Known(True, months=months)
    schema = raw.collect_schema()
    spoken = {n: h for n, (h, c) in columns.items() if c.type in ("text", "choice") and schema[h] == nw.String}
    texts = different_texts(raw, spoken)
    same = [name for name in same if name in columns]
    unknown = [name for name in same if name not in texts]
    gaps = {name: (~there(columns[name][0], schema[columns[name][0]])).max() for name in unknown}
    number, of_file = columns.get(SESSION_NO, ("", None))
    if of_file is not None and is_plain(schema[number]):
        gaps["unnumbered "] = (plain_whole(nw.col(number), schema[number], of_file) < 0).max()
    some = dict(zip(gaps, fetched(raw.select(**gaps))[0], strict=True)) if gaps else {}
    numbered = some.pop("unnumbered ", None) is False
    told = [n for n in same if n in texts and None not in texts[n] and all(t and t.strip(WHITE) for t in texts[n])]
    complete = frozenset([*told, *(name for name, gap in some.items() if gap is False)])
    return Known(_doubled(frame, columns, kind), numbered, texts, complete, months)


def written_plainly(frame: Frame, header: str, kind: Kind) -> bool:
    """Return whether no text of a column has a blank in it, where the frame may be looked at."""
    if frame.collect_schema()[header] != nw.String or not peeked(kind):
        return False
    return fetched(frame.select(blank=has_blank(nw.col(header)).max())) == [(False,)]


def there(header: str, dtype: Any) -> Expr:
    """Return where a column as it came has something in its cells."""
    filled = ~nw.col(header).is_null()
    if dtype.is_float():
        return filled & ~nw.col(header).is_nan().fill_null(True)
    return filled & (read_text(nw.col(header), dtype) != "").fill_null(False) if dtype == nw.String else filled


def _doubled(frame: Frame, columns: Columns, kind: Kind) -> bool:
    """Return whether two sessions of a patient may have one number, or one day where they have none."""
    schema = frame.collect_schema()
    day, number = columns[SESSION_DATE][0], columns.get(SESSION_NO, ("", None))[0]
    if not number:
        return some_twice(frame, [PATIENT, day], kind)
    unnumbered = nw.when(there(number, schema[number])).then(None).otherwise(nw.col(day))
    return some_twice(frame.select(PATIENT, number, unnumbered=unnumbered), [PATIENT, number, "unnumbered"], kind)
