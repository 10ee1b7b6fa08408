"""The answers of a round from a platform's export: whose they are, which count, and what was found on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from consensus.agreement.tally import ANSWERED
from consensus.rounds.answers import Answer, Finding, RoundAnswers
from consensus.rounds.experts import experts_of
from questionnaires.cleaning.applying import apply_corrections
from questionnaires.cleaning.corrections import read_corrections
from questionnaires.problems import ConsensusError, Problems, did_you_mean
from questionnaires.reading.text import key_of, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from consensus.rounds.items import Item, Items
    from consensus.rounds.panel import Panel, Panelist
    from questionnaires.responses import Responses

COMMENT = "_comment"


@dataclass(frozen=True, kw_only=True, slots=True)
class FromExport:
    """The answers of an export, and what was wrong with its cells and with the corrections."""

    answers: RoundAnswers
    problems: Problems


def collect_export(
    export: Responses, panel: Panel, items: Items, number: int, corrections: Path | None = None
) -> FromExport:
    """Return the answers of a round from the answers of an export.

    Of corrections those for this very file are applied. Raises ConsensusError where nothing was asked in the round, the
    instrument has no question of role `respondent`, or lacks an item's question.
    """
    asked = _asked(items, number, export)
    problems, told = export.problems, list[Finding]()
    rows: tuple[dict[str, str], ...] = ()
    if corrections is not None:
        export, rows, problems = _corrected(export, corrections, told)
    counted, by_person = list[Answer](), _by_person(export, panel)
    told += _strangers(export, panel, number)
    answered, records_counted = list[str](), list[int]()
    for person in (p for p in panel.people if p.asked_in(number) and p.votes):
        records = by_person.get(person.key, [])
        record = _one_record(export, person, records, asked, told)
        found = [] if record is None else list(_answers(export, record, person, asked, number, told))
        if any(answer.kind in ANSWERED for answer in found):
            answered.append(person.id)
            counted += found
            records_counted += [] if record is None else [record]
        elif record is not None and not any(a.kind == "invalid" for a in found):
            where = f"{export.name}, {export.records['address'][record]}"
            told.append(
                Finding(kind="empty", panelist=person.id, counts=False,
                        text=f"{where}: {person.id} opened the form and left it empty: no answer.")
            )  # fmt: skip
    return FromExport(
        problems=_of_round(problems, asked, export),
        answers=RoundAnswers(
            round=number,
            answers=tuple(counted),
            findings=tuple(told),
            answered=tuple(answered),
            sources=((export.name, export.sha256),),
            dialect=export.dialect,
            synthetic=export.synthetic or panel.synthetic,
            corrections=rows,
            experts=experts_of(export, records_counted),
        ),
    )


def _of_round(problems: Problems, asked: tuple[Item, ...], export: Responses) -> Problems:
    """Return the problems of a round: that a question of another round has no column is none."""
    mine = {item.name for item in asked} | {f"{item.name}{COMMENT}" for item in asked}
    others = {question.name for question in export.instrument.questions if question.role != "respondent"} - mine
    return Problems(tuple(p for p in problems if p.severity == "fault" or p.question not in others))


def _asked(items: Items, number: int, export: Responses) -> tuple[Item, ...]:
    asked = items.of_round(number)
    if not asked:
        rounds = ", ".join(map(str, items.rounds)) or "none"
        raise ConsensusError(f"{items.name}: nothing is asked in round {number}. It has the rounds {rounds}.")
    if not export.instrument.questions_of("respondent"):
        raise ConsensusError(
            f"{export.name}: no question has the role respondent, so nobody can be told from the panel. "
            "Expected it in the instrument, at the question that asks for the panelist's id."
        )
    names = [question.name for question in export.instrument.questions]
    for item in asked:
        if item.name not in names:
            hint = did_you_mean(item.name, names)
            raise ConsensusError(
                f"{items.name}: {item.item} is asked as {item.name} in round {number}, and the instrument has no such "
                f"question. {hint}".rstrip()
            )
    if not any(export.matched.of(item.name) for item in asked):
        raise ConsensusError(
            f"{export.name}: has none of the {len(asked)} questions of round {number} ({asked[0].name}, ...) "
            "as a column, so it is no export of this round. Nothing was written."
        )
    return asked


def _corrected(
    export: Responses, path: Path, told: list[Finding]
) -> tuple[Responses, tuple[dict[str, str], ...], Problems]:
    given = read_corrections(path)
    mine = replace(given, rows=tuple(row for row in given.rows if row.file_sha256.lower() == export.sha256))
    if not mine.rows:
        return export, (), export.problems
    changed, applied = apply_corrections(export, mine)
    rows = tuple(
        {
            key: str(getattr(row, key))
            for key in ("respondent", "question", "action", "old", "new", "reason", "by", "date")
        }
        for row in applied.rows
    )
    shown_rows = "; ".join(f"{r['respondent']}, {r['question']}: {r['old']} to {r['new']}" for r in rows)
    many = "1 correction" if len(rows) == 1 else f"{len(rows)} corrections"
    told.append(Finding(kind="correction", text=f"{path.name}: {many} applied ({shown_rows})."))
    return changed, rows, changed.problems + applied.problems


def _by_person(export: Responses, panel: Panel) -> dict[str, list[int]]:
    found = dict[str, list[int]]()
    for record, identifier in enumerate(export.identifiers):
        found.setdefault(key_of(identifier), []).append(record)
    return found


def _strangers(export: Responses, panel: Panel, number: int) -> Iterator[Finding]:
    """Yield who answered and doesn't count: strangers (near matches are only listed), no vote, not asked."""
    known = [person.id for person in panel.people]
    for record, identifier in enumerate(export.identifiers):
        where = f"{export.name}, {export.records['address'][record]}"
        person = panel.find(identifier)
        if person is None:
            hint = did_you_mean(identifier, known).replace("Did you mean", "Is it")
            who = f'"{identifier}" is nobody in {panel.name}' if identifier.strip() else "the row names nobody"
            yield Finding(kind="stranger", panelist=identifier, counts=False, fault=True,
                          text=f"{where}: {who}: not counted. {hint}".rstrip())  # fmt: skip
        elif not person.votes:
            yield Finding(kind="no_vote", panelist=person.id, counts=False,
                          text=f"{where}: {person.id} has no vote: not counted.")  # fmt: skip
        elif not person.asked_in(number):
            yield Finding(kind="not_invited", panelist=person.id, counts=False,
                          text=f"{where}: {person.id} was not invited to round {number}: not counted.")  # fmt: skip


def _one_record(
    export: Responses, person: Panelist, records: list[int], asked: tuple[Item, ...], told: list[Finding]
) -> int | None:
    """Return the record of a person; None, told as a fault, where several differ."""
    if len(records) < 2:
        return records[0] if records else None
    answers = [tuple(shown(export.values[item.name][record]) for item in asked) for record in records]
    filled = [(record, given) for record, given in zip(records, answers, strict=True) if any(given)]
    where = " and ".join(f"{export.name}, {export.records['address'][record]}" for record in records)
    if len({given for _, given in filled}) <= 1:
        told.append(Finding(kind="twice", panelist=person.id,
                            text=f"{where}: {person.id} answered twice, alike: counted once."))  # fmt: skip
        return filled[-1][0] if filled else records[0]
    differ = [item.item for at, item in enumerate(asked) if len({given[at] for _, given in filled}) > 1]
    told.append(Finding(kind="twice", panelist=person.id, counts=False, fault=True,
                        text=f"{where}: {person.id} answered twice and differently ({', '.join(differ)}): neither "
                        "counts until corrections.csv excludes one."))  # fmt: skip
    return None


def _answers(
    export: Responses, record: int, person: Panelist, asked: tuple[Item, ...], number: int, told: list[Finding]
) -> Iterator[Answer]:
    for item in asked:
        value, kind = export.values[item.name][record], str(export.kinds[item.name][record])
        comment = f"{item.name}{COMMENT}"
        text = export.values[comment][record] if comment in export.values else None
        if not person.eligible(item.item, number):
            if kind in ANSWERED or kind == "invalid":
                got = export.written(record, item.name)
                told.append(Finding(kind="recused", panelist=person.id, counts=False,
                                    text=f"{export.where(record, item.name)}: {person.id} is recused from {item.item}: "
                                    f"{got} is not counted."))  # fmt: skip
            value, kind = None, "recused"
        yield Answer(
            panelist=person.id,
            group=person.group,
            item=item.item,
            name=item.name,
            answer="" if value is None else shown(value),
            kind=kind,
            comment="" if text is None else str(text),
        )
