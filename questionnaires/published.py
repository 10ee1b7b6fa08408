"""A survey that is known only by its printed tables: counts with their bases, never single answers."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from questionnaires.absent import no_such_file
from questionnaires.instrument import Instrument
from questionnaires.problems import ConsensusError, Problem, Problems, did_you_mean, one_of

if TYPE_CHECKING:
    import pandas as pd

BaseWord = Literal["invited", "asked", "answered", "committed"]
BASES = ("invited", "asked", "answered", "committed")
RESPONSE = "response"
COLUMNS = (
    "survey",
    "question",
    "option",
    "count",
    "base",
    "base_is",
    "asked_if",
    "printed_percent",
    "source",
    "note",
)
Faults = list[Problem]


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedCount:
    """One printed count: so many of `base` chose `option`. `printed_percent` is None where none was printed."""

    survey: str
    question: str
    option: str
    count: int | None
    base: int | None
    base_is: BaseWord
    asked_if: str | None = None
    printed_percent: Decimal | None = None
    source: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class PublishedCounts:
    """The printed counts of a survey with its instrument.

    `response` is (answered, invited) where that was printed; `name` and `sha256` tell of the file. `synthetic` is
    always False: what was printed was counted on people.
    """

    instrument: Instrument
    rows: tuple[PublishedCount, ...]
    response: tuple[int, int] | None
    name: str
    sha256: str
    problems: Problems = field(default_factory=Problems)
    synthetic: bool = False

    def __repr__(self) -> str:
        return f"PublishedCounts({self.instrument.id!r}, {len(self.rows)} counts)"

    def to_frame(self) -> pd.DataFrame:
        """Return one row a count, with the columns of the file."""
        import pandas as pd

        rows = [[getattr(row, column) for column in COLUMNS] for row in self.rows]
        return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def read_published(source: str | Path, instrument: Instrument | str | Path | None = None) -> PublishedCounts:
    """Return the printed counts of a bundled survey (by its name), or those of a CSV file with their instrument.

    A row with a fault is left out and listed in `problems`. Raises ConsensusError where the file is missing, has not
    the columns of a file of printed counts, or no instrument is given for it.
    """
    from questionnaires.library import entry
    from questionnaires.xlsform import read_instrument

    path = Path(source)
    if not isinstance(source, Path) and not path.suffix and not path.exists():
        bundled = entry(source).published
        if bundled is None:
            raise ConsensusError(f"{source}: no counts of this survey are bundled.")
        path, instrument = bundled, instrument if instrument is not None else source
    if instrument is None:
        raise ConsensusError(f"{path.name}: printed counts need the instrument that they belong to.")
    asked = instrument if isinstance(instrument, Instrument) else read_instrument(instrument)
    content = _content(path)
    faults = Faults()
    rows = tuple(row for row in _rows(path.name, content, asked, faults) if row is not None)
    response = next(((r.count, r.base) for r in rows if r.question == RESPONSE), None)
    return PublishedCounts(
        instrument=asked,
        rows=rows,
        response=None if response is None or None in response else (response[0] or 0, response[1] or 0),
        name=f"{asked.id}/{path.name}",
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        problems=Problems(tuple(faults)),
    )


def _content(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise no_such_file(path) from None
    except OSError as error:
        raise ConsensusError(f"{path}: can't be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ConsensusError(f"{path.name}: is not UTF-8 text. Save it as CSV UTF-8.") from None


def _rows(file: str, content: str, instrument: Instrument, faults: Faults) -> list[PublishedCount | None]:
    reader = csv.DictReader(io.StringIO(content, newline=""))
    header = reader.fieldnames or []
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        raise ConsensusError(f"{file}: has no column {', '.join(missing)}. Expected {', '.join(COLUMNS)}.")
    return [_row(f"{file}, line {reader.line_num}", cells, instrument, faults) for cells in reader]


def _row(where: str, cells: dict[str, str], instrument: Instrument, faults: Faults) -> PublishedCount | None:
    found = len(faults)
    question, option = cells["question"] or "", cells["option"] or ""
    _check_names(where, question, option, instrument, faults)
    base_is = cells["base_is"] or ""
    if base_is not in BASES:
        hint = did_you_mean(base_is, BASES)
        faults.append(Problem(where=where, got=f'base_is "{base_is}"', expected=one_of(BASES), hint=hint))
    count, base = (_whole(where, name, cells[name] or "", faults) for name in ("count", "base"))
    if count is not None and base is not None and count > base:
        faults.append(Problem(where=where, got=f"count {count} of base {base}", expected="a count within its base"))
    percent = _percent(where, cells["printed_percent"] or "", faults)
    if len(faults) > found:
        return None
    return PublishedCount(
        survey=cells["survey"] or "",
        question=question,
        option=option,
        count=count,
        base=base,
        base_is=base_is,  # type: ignore[arg-type]
        asked_if=cells["asked_if"] or None,
        printed_percent=percent,
        source=cells["source"] or "",
        note=cells["note"] or "",
    )


def _check_names(where: str, question: str, option: str, instrument: Instrument, faults: Faults) -> None:
    if question == RESPONSE:
        return
    known = {q.name: q for q in instrument.questions}
    if question not in known:
        hint = did_you_mean(question, known)
        faults.append(
            Problem(
                where=where, got=f'question "{question}" is not in {instrument.id}', expected=one_of(known), hint=hint
            )
        )
        return
    options = [choice.name for choice in known[question].choices]
    if option not in options:
        hint = did_you_mean(option, options)
        got = f'option "{option}" is not an answer to {question}'
        faults.append(Problem(where=where, got=got, expected=one_of(options), hint=hint, question=question))


def _whole(where: str, column: str, text: str, faults: Faults) -> int | None:
    if not text.strip():
        return None
    if text.strip().isascii() and text.strip().isdigit():
        return int(text)
    faults.append(Problem(where=where, got=f'{column} "{text}"', expected="a whole number, or nothing if not printed"))
    return None


def _percent(where: str, text: str, faults: Faults) -> Decimal | None:
    if not text.strip():
        return None
    try:
        percent = Decimal(text.strip())
    except InvalidOperation:
        percent = Decimal(-1)
    if 0 <= percent <= 100:
        return percent
    faults.append(
        Problem(
            where=where, got=f'printed_percent "{text}"', expected="a number from 0 to 100, or nothing if not printed"
        )
    )
    return None
