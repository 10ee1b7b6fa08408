"""A draft of `corrections.csv` from the flags: what might be corrected, each row left for a person to decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from questionnaires.cleaning.corrections import Correction
from questionnaires.cleaning.flags import SAME_ANSWERS, SAME_PERSON, TEST_ENTRY, UNREADABLE
from questionnaires.cleaning.grouping import near_names
from questionnaires.cleaning.words import number_in
from questionnaires.problems import did_you_mean
from questionnaires.reading.text import key_of

if TYPE_CHECKING:
    from questionnaires.cleaning.cleaned import Cleaned
    from questionnaires.cleaning.flags import Flag
    from questionnaires.responses import Responses

_NUMERIC = ("integer", "decimal", "range")


def propose_corrections(cleaned: Cleaned, *, cluster: str | None = None) -> tuple[Correction, ...]:
    """Return the rows of a draft: people to leave out, answers to set, spellings to join; `action` is empty in each.

    A row without `question` would leave someone out, one with a question and a respondent would set an answer, one
    without respondent joins two spellings of `cluster` (by default the questions of role `cluster`). What was corrected
    already is not proposed again.
    """
    answers, flags = cleaned.read, cleaned.flags
    people = sorted(_people(answers, flags), key=lambda pair: pair[0])
    cells = _cells(answers, flags)
    names = [cluster] if cluster is not None else [q.name for q in answers.instrument.questions_of("cluster")]
    groups = (row for name in names if name in answers.values for row in _groups(answers, name))
    done = {_about(row) for row in cleaned.corrections.rows} if cleaned.corrections is not None else set()
    return tuple(row for row in (*(row for _, row in people), *cells, *groups) if _about(row) not in done)


def _about(row: Correction) -> tuple[str, str, str]:
    return row.respondent, row.question, key_of(row.old)


def _people(answers: Responses, flags: tuple[Flag, ...]) -> Iterator[tuple[int, Correction]]:
    told: dict[int, list[str]] = {}
    for flag in flags:
        if flag.kind in (TEST_ENTRY, SAME_PERSON, SAME_ANSWERS):
            told.setdefault(flag.record, []).append(flag.got)
    addresses = answers.records["address"]
    for record, why in told.items():
        yield (
            record,
            Correction(
                file_sha256=answers.sha256, respondent=str(addresses[record]), reason="exclude? " + "; ".join(why)
            ),
        )


def _cells(answers: Responses, flags: tuple[Flag, ...]) -> Iterator[Correction]:
    for flag in flags:
        if flag.kind == UNREADABLE and flag.question is not None:
            old = answers.written(flag.record, flag.question)
            yield Correction(
                file_sha256=answers.sha256,
                respondent=flag.address,
                question=flag.question,
                old=old,
                new=_meant(answers, flag.question, old),
                reason=f"set? {flag.got}",
            )


def _meant(answers: Responses, name: str, old: str) -> str:
    """Return what was probably meant, empty where that can't be told."""
    question = answers.instrument.question(name)
    if question.type in _NUMERIC:
        number = number_in(old)
        return number if question.type != "integer" or number.isdigit() else ""
    labels = [text for choice in question.choices for _, text in choice.label.texts]
    hint = did_you_mean(old, labels)
    return hint.split('"')[1] if hint else ""


def _groups(answers: Responses, name: str) -> Iterator[Correction]:
    written = [str(v) for v, k in zip(answers.values[name], answers.kinds[name], strict=True) if k == "answered"]
    for joined in near_names(written):
        yield Correction(
            file_sha256=answers.sha256,
            question=name,
            old=joined.old,
            new=joined.new,
            reason=f"merge_group? {joined.why}, written {joined.old_count} and {joined.new_count} times",
        )
