"""The workbooks of a round, written for each invited voter into `sent/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.rounds.folder import signing_key
from consensus.rounds.form import round_form
from consensus.rounds.returned import files_in, workbook_name
from questionnaires.files import write_bytes
from questionnaires.forms.round_workbook import round_workbook
from questionnaires.problems import ConsensusError
from questionnaires.workbooks import workbook_bytes
from questionnaires.xlsform.writing import write_instrument

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from consensus.rounds.feedback import Feedback
    from consensus.rounds.folder import RoundFolder
    from consensus.rounds.panel import Panel
    from questionnaires.instrument import Instrument

FORM_FILE = "form.xlsx"


def send_round(
    folder: RoundFolder,
    feedback: Feedback,
    panel: Panel,
    instrument: Instrument,
    step: Callable[[], None] = lambda: None,
) -> tuple[Path, ...]:
    """Write a workbook for each invited voter and return their paths; `step` is called after each.

    Beside `sent/` stands the same round as one form for survey platforms (XLSForm), for those who run it there.

    Raises ConsensusError where the round is closed, nobody is invited, or workbooks came back already: those that were
    sent would no longer be what they are compared with.
    """
    number = folder.number
    voters = panel.voters(number)
    if not voters:
        raise ConsensusError(f"{panel.name}: nobody with a vote is invited to round {number}. Fill invited_{number}.")
    if folder.closed.is_file():
        raise ConsensusError(f"{folder.closed}: round {number} is closed; nothing is sent any more.")
    if folder.returned.is_dir() and files_in(folder.returned):
        raise ConsensusError(
            f"{folder.returned}: workbooks of round {number} came back already, so they are not written again."
        )
    names = dict[str, str]()
    for person in voters:
        name = workbook_name(person.id, number)
        if name.casefold() in names:
            raise ConsensusError(
                f"{panel.name}: {names[name.casefold()]} and {person.id} would get one file, {name}. "
                "Give them ids that differ in letters or digits."
            )
        names[name.casefold()] = person.id
    key = signing_key(folder, make=True)
    assert key is not None
    written = []
    for person in voters:
        book = round_workbook(feedback.form(person), key)
        written.append(write_bytes(folder.sent / workbook_name(person.id, number), workbook_bytes(book)))
        step()
    write_instrument(round_form(instrument, feedback), folder.path / FORM_FILE, fielding=True)
    return tuple(written)
