"""Instruments as XLSForm workbooks: reading with every fault, writing what KoboToolbox, ODK and others take."""

from __future__ import annotations

from pathlib import Path

from questionnaires.instrument import Instrument
from questionnaires.problems import ConsensusError, did_you_mean
from questionnaires.xlsform.reading import read_workbook
from questionnaires.xlsform.writing import write_instrument

__all__ = ["read_instrument", "write_instrument"]


def read_instrument(source: str | Path) -> Instrument:
    """Return the instrument of a workbook, or the bundled one of that name; faults in cells are in its `problems`.

    Raises ConsensusError where there is no such file or name, or where the file is not an instrument.
    """
    from questionnaires.library import entries, entry

    path = Path(source)
    if isinstance(source, Path) or path.suffix or path.exists() or len(path.parts) > 1:
        return read_workbook(path)
    known = [one.id for one in entries()]
    if source not in known:
        hint = did_you_mean(source, known) or f"The library has {', '.join(known)}."
        raise ConsensusError(f'"{source}" is neither a file nor an instrument of the library. {hint}')
    return read_workbook(entry(source).instrument)
