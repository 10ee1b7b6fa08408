"""Write the blank forms of an instrument for one program, for paper or as a workbook to fill."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from questionnaires.files import write_bytes, write_text
from questionnaires.instrument import Instrument
from questionnaires.problems import ConsensusError, Problems, one_of

Kind = Literal["wenjuanxing", "xlsform", "redcap", "docx", "workbook"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """The files that were written, and what none of them can hold and has to be set by hand."""

    files: tuple[Path, ...]
    problems: Problems = field(default_factory=Problems)


def write_forms(instrument: Instrument, kind: str, folder: str | Path, *, language: str | None = None) -> Written:
    """Write the forms of one kind into a folder; the same instrument gives the same bytes.

    Without `language`, documents are written in each language, a text for Wenjuanxing in Chinese where there is some,
    anything else in the instrument's own. Raises ConsensusError for a kind or language that there is not.
    """
    if kind not in KINDS:
        raise ConsensusError(f'"{kind}" is no kind of form. Expected {one_of(KINDS)}.')
    if language is not None and language not in instrument.languages:
        there = ", ".join(instrument.languages) or "no language"
        raise ConsensusError(f'{instrument.id}: has no texts in the language "{language}". It has {there}.')
    target, stem = Path(folder), _stem(instrument)
    own = language or instrument.default_language or next(iter(instrument.languages), "")
    if kind == "wenjuanxing":
        return _wenjuanxing(instrument, target, stem, language or ("zh" if "zh" in instrument.languages else own))
    if kind == "docx":
        return _documents(instrument, target, stem, (language,) if language else instrument.languages or ("",))
    if kind == "redcap":
        return _redcap(instrument, target / f"{stem}.dictionary.csv", own)
    if kind == "xlsform":
        from questionnaires.xlsform import write_instrument

        return Written(files=(write_instrument(instrument, target / f"{stem}.xlsform.xlsx", fielding=True),))
    from questionnaires.forms.workbook import form_workbook
    from questionnaires.workbooks import write_workbook

    return Written(files=(write_workbook(target / f"{stem}.answers.xlsx", form_workbook(instrument, own)),))


def _stem(instrument: Instrument) -> str:
    plain = "".join(c if c.isalnum() or c in "-_." else "_" for c in instrument.id).strip(".")
    return plain or "instrument"


def _wenjuanxing(instrument: Instrument, folder: Path, stem: str, language: str) -> Written:
    from questionnaires.forms.wenjuanxing import question_numbers, questionnaire_text, set_by_hand

    return Written(
        files=(
            write_text(folder / f"{stem}.wenjuanxing.txt", questionnaire_text(instrument, language)),
            write_text(folder / f"{stem}.set_by_hand.txt", set_by_hand(instrument, language)),
            write_text(folder / "question_numbers.csv", question_numbers(instrument), bom=True),
        )
    )


def _documents(instrument: Instrument, folder: Path, stem: str, languages: tuple[str, ...]) -> Written:
    from questionnaires.forms.document import document_bytes

    documents = [(language, document_bytes(instrument, language)) for language in languages]
    return Written(
        files=tuple(
            write_bytes(folder / (f"{stem}.{language}.docx" if language else f"{stem}.docx"), content)
            for language, content in documents
        )
    )


def _redcap(instrument: Instrument, path: Path, language: str) -> Written:
    from questionnaires.redcap import write_dictionary

    by_hand = write_dictionary(instrument, path, language=language)
    return Written(files=(path,), problems=by_hand)
