"""The workbooks of a round that came back: whose they are, which count, and what happened to them on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from consensus.agreement.tally import ANSWERED
from consensus.rounds.answers import Answer, Finding, RoundAnswers
from consensus.rounds.folder import signing_key
from consensus.rounds.results import ballot_of
from questionnaires.forms.round_workbook import read_round_workbook
from questionnaires.problems import ConsensusError
from questionnaires.reading.text import is_empty, key_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from consensus.rounds.folder import RoundFolder
    from consensus.rounds.items import Items
    from consensus.rounds.panel import Panel, Panelist
    from questionnaires.forms.round_workbook import Returned
    from questionnaires.instrument import Instrument, Question

SKIPPED = re.compile(r"^(~\$.*|\.DS_Store|Thumbs\.db|\..*|desktop\.ini)$", re.IGNORECASE)


def files_in(folder: Path) -> tuple[Path, ...]:
    """Return the files of a folder, without what file managers and open spreadsheet programs leave behind."""
    return tuple(sorted(p for p in folder.iterdir() if p.is_file() and not SKIPPED.match(p.name)))


def collect_returned(folder: RoundFolder, panel: Panel, items: Items, instrument: Instrument) -> RoundAnswers:
    """Return the answers of a round from the workbooks in `returned/`, each checked against what was sent.

    Raises ConsensusError where there is no such folder.
    """
    if not folder.returned.is_dir():
        raise ConsensusError(
            f"{folder.returned}: is not there. Put the workbooks that came back into it, or name a platform's export."
        )
    work = _Work(folder, panel, items, instrument)
    for path in files_in(folder.returned):
        work.take(path)
    return work.done()


@dataclass(slots=True)
class _Mine:
    """What came back from one panelist."""

    books: list[Returned] = field(default_factory=list)


class _Work:
    """Workbooks being read: by panelist, with what was found."""

    def __init__(self, folder: RoundFolder, panel: Panel, items: Items, instrument: Instrument) -> None:
        self.folder, self.panel, self.items = folder, panel, items
        self.questions = {item.item: instrument.question(item.name) for item in items.of_round(folder.number)}
        self.names = {item.item: item.name for item in items.of_round(folder.number)}
        self.key = signing_key(folder, make=False)
        self.mine: dict[str, _Mine] = {}
        self.told: list[Finding] = []
        self.sources: list[tuple[str, str]] = []
        if self.key is None:
            self._say(
                "no_key", f"{folder.key}: is not there, so no signature can be checked; answers count all the same."
            )

    def _say(self, kind: str, text: str, panelist: str = "", *, counts: bool = True, fault: bool = False) -> None:
        self.told.append(Finding(kind=kind, panelist=panelist, text=text, counts=counts, fault=fault))

    def take(self, path: Path) -> None:
        """Read one file, and say why it doesn't count where it doesn't."""
        try:
            book = read_round_workbook(path, self.key)
        except ConsensusError as error:
            self._say("unreadable", f"{error} It is not counted.", counts=False, fault=True)
            return
        if book is None:
            text = (
                f"{path.name}: is no workbook that was sent: it has no sheet _meta that says whose it is. Not counted."
            )
            self._say("stranger", text, counts=False, fault=True)
            return
        self.sources.append((path.name, book.sha256))
        person = self.panel.find(book.panelist)
        refused = self._refused(book, person)
        if refused[0] or person is None:
            self._say(refused[0], f"{path.name}: {refused[1]} Not counted.", book.panelist, counts=False, fault=True)
            return
        self._look(book, person)
        self.mine.setdefault(person.id, _Mine()).books.append(book)

    def _refused(self, book: Returned, person: Panelist | None) -> tuple[str, str]:
        """Return why a workbook can't count, as a kind and a sentence; empty where it can."""
        if person is None:
            return "stranger", f'"{book.panelist}" is nobody in {self.panel.name}.'
        if book.round != self.folder.number:
            return "other_round", f"{person.id}'s workbook is of round {book.round}, not of round {self.folder.number}."
        if book.signed is False:
            return "unsigned", f"{person.id}'s workbook has a signature that doesn't fit: its sheet _meta was changed."
        if not person.asked_in(self.folder.number):
            return "not_invited", f"{person.id} was not invited to round {self.folder.number}."
        return ("", "") if person.votes else ("no_vote", f"{person.id} has no vote.")

    def _look(self, book: Returned, person: Panelist) -> None:
        """Tell of a renamed file and of locked cells that were changed; the unlocked answers count all the same."""
        sent = self._sent(person)
        if sent is not None and key_of(re.sub(r"\s*(\(\d+\)|- copy)$", "", book.path.stem, flags=re.I)) != key_of(
            sent.stem
        ):
            text = f"{book.path.name}: was sent to {person.id} as {sent.name} and renamed; its answers count."
            self._say("renamed", text, person.id)
        if book.untouched:
            return
        changed = ", ".join(self._changed(book, sent)) or "which can't be told: the copy in sent/ is gone"
        text = f"{book.path.name}: {person.id} changed a locked cell ({changed}); the answers in unlocked cells count."
        self._say("edited", text, person.id, fault=True)

    def _sent(self, person: Panelist) -> Path | None:
        path = self.folder.sent / workbook_name(person.id, self.folder.number)
        return path if path.is_file() else None

    def _changed(self, book: Returned, sent: Path | None) -> Iterator[str]:
        """Yield the addresses of locked cells that are not as they were sent."""
        original = read_round_workbook(sent, self.key) if sent is not None else None
        if original is None:
            return
        for address in sorted({*book.locked, *original.locked}):
            before, after = original.locked.get(address, ""), book.locked.get(address, "")
            if before != after:
                yield f'{address}: "{_short(before)}" became "{_short(after)}"'

    def done(self) -> RoundAnswers:
        """Return what counts: one workbook a panelist, none where two differ until a person decides."""
        answers, answered = list[Answer](), list[str]()
        for person in self.panel.voters(self.folder.number):
            book = self._one(person)
            if book is None:
                continue
            found = list(self._answers(book, person))
            if any(answer.kind in ANSWERED for answer in found):
                answered.append(person.id)
                answers += found
            else:
                self._say("empty", f"{book.path.name}: {person.id} left every rating empty: no answer.", person.id)
        return RoundAnswers(
            round=self.folder.number,
            answers=tuple(answers),
            findings=tuple(self.told),
            answered=tuple(answered),
            sources=tuple(self.sources),
            synthetic=self.panel.synthetic,
        )

    def _one(self, person: Panelist) -> Returned | None:
        books = self.mine[person.id].books if person.id in self.mine else []
        if not books:
            self._say("not_returned", f"{person.id}: not returned.", person.id, counts=False)
            return None
        given = [{item: (shown(rating), text) for item, rating, text, _ in book.cells} for book in books]
        differ = [item for item in given[0] if any(other.get(item) != given[0][item] for other in given[1:])]
        if len(books) == 1 or not differ:
            if len(books) > 1:
                names = " and ".join(book.path.name for book in books)
                self._say("twice", f"{names}: {person.id} returned the same answers twice: counted once.", person.id)
            return books[0]
        names = " and ".join(book.path.name for book in books)
        text = f"{names}: {person.id} returned twice and differently ({', '.join(differ)}): neither counts until one"
        self._say("twice", f"{text} is deleted.", person.id, counts=False, fault=True)
        return None

    def _answers(self, book: Returned, person: Panelist) -> Iterator[Answer]:
        given = {item: (rating, text, where) for item, rating, text, where in book.cells}
        for item, question in self.questions.items():
            rating, text, where = given.get(item, (None, "", ""))
            answer, kind = option_of(question, rating)
            if not person.eligible(item, self.folder.number):
                answer, kind = "", "recused"
            if kind == "invalid":
                said = f'{where}: "{shown(rating)}" is no answer to {item}; it counts as missing.'
                self._say("invalid", said, person.id, fault=True)
            yield Answer(
                panelist=person.id,
                group=person.group,
                item=item,
                name=self.names[item],
                answer=answer,
                kind=kind,
                comment=text,
            )


def workbook_name(panelist: str, number: int) -> str:
    """Return the name of a panelist's workbook: without characters that a file system or a mail program minds."""
    return f"{re.sub(r'[^0-9A-Za-z_.@-]+', '_', panelist)}_round_{number}.xlsx"


def option_of(question: Question, cell: object) -> tuple[str, str]:
    """Return the option that a cell of a drop-down holds, and the kind of answer it is."""
    if is_empty(cell):
        return "", "blank"
    key = key_of(shown(cell))
    if not question.closed:
        options = ballot_of(question).options
        return (key, "answered") if key in options or not options else ("", "invalid")
    for choice in question.choices:
        texts = {choice.name, *(text for _, text in choice.label.texts)}
        if key in {key_of(text) for text in texts}:
            return choice.name, choice.missing or "answered"
    return "", "invalid"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
