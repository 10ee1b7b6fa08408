"""Instruments as XLSForm workbooks: reading with every fault, writing what KoboToolbox, ODK and others take."""

from __future__ import annotations

from pathlib import Path

from questionnaires.instrument import Instrument
from questionnaires.problems import ConsensusError, did_you_mean
from questionnaires.xlsform.reading import read_workbook
from questionnaires.xlsform.writing import write_instrument

KNOWN_NOT_IMPORTED = {
    ".lss": "a LimeSurvey structure (.lss)",
    ".qsf": "a Qualtrics survey (.qsf)",
    ".xml": "a project or survey in XML, such as REDCap and LimeSurvey write",
}

__all__ = ["read_instrument", "write_instrument"]


def read_instrument(source: str | Path) -> Instrument:
    """Return the instrument of a workbook, a REDCap data dictionary, or the bundled one of that name.

    Faults in cells are in its `problems`.

    Raises ConsensusError where there is no such file or name, or where the file is not an instrument.
    """
    from questionnaires.library import entries, entry

    path = Path(source)
    if isinstance(source, Path) or path.suffix or path.exists() or len(path.parts) > 1:
        return _read_file(path)
    known = [one.id for one in entries()]
    if source not in known:
        hint = did_you_mean(source, known) or f"The library has {', '.join(known)}."
        raise ConsensusError(f'"{source}" is neither a file nor an instrument of the library. {hint}')
    return read_workbook(entry(source).instrument)


def refuse_known_formats(path: Path) -> None:
    """Raise ConsensusError for the formats of other programs that are recognized and not imported."""
    said = KNOWN_NOT_IMPORTED.get(path.suffix.lower())
    if said is not None and path.is_file():
        raise ConsensusError(
            f"{path.name}: is {said}, a format that is known and not imported. Expected an XLSForm workbook or a "
            "REDCap data dictionary (.csv)."
        )


def _read_file(path: Path) -> Instrument:
    from questionnaires.redcap import is_dictionary, read_dictionary

    refuse_known_formats(path)
    if path.suffix.lower() == ".csv":
        if path.exists() and not is_dictionary(path):
            raise ConsensusError(
                f"{path.name}: is not a REDCap data dictionary: its header lacks Variable / Field Name, Form Name, "
                "Field Type or Field Label. Expected an XLSForm workbook or a data dictionary."
            )
        if path.exists():
            return read_dictionary(path)
    return read_workbook(path)
