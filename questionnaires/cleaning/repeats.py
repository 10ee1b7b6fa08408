"""Forms that were probably sent twice: by the same person, or with the same answers throughout."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from questionnaires.cleaning.words import names_nobody
from questionnaires.privacy import is_personal_header
from questionnaires.reading.text import key_of, shown

if TYPE_CHECKING:
    from questionnaires.responses import Responses

_PLACES = re.compile(
    r"(?:^|\W|_|来自)ip(?:$|\W|_|-)|ip ?address|^ipaddress$|location|latitude|longitude|地址|adresse ip|"
    r"(?<!mail )(?<!mail_)(?<!mail-)address"
)
_PART_OF_A_NAME = re.compile(
    r"(?:^|[\W_])(?:first|last|given|family|sur)[\W_]*name|^name_(?:first|last)$|姓氏|名字$|location"
)
_TOO_MANY = 5
_CHANCE = 0.01
_FEWEST_ANSWERS = 3


def repeated_people(answers: Responses, *, but: frozenset[int]) -> Iterator[tuple[int, int, str]]:
    """Yield record, the earlier record of the same person, and the column that says so.

    Identifiers count within one event and repeat. An account shared by more than five rows names nobody. Records in
    `but` are left out.
    """
    found: dict[int, tuple[int, str]] = {}
    about = [answers.records[key].tolist() for key in ("event", "repeat", "instance")]
    for header, names in _naming(answers):
        rows: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for record, name in enumerate(names):
            if record not in but and name and not names_nobody(name):
                visit = (str(one[record]) for one in about)
                rows[key_of(name), *visit].append(record)
        for same in rows.values():
            if 1 < len(same) <= _TOO_MANY:
                first, *later = _in_time(answers, same)
                for record in later:
                    found.setdefault(record, (first, header))
    for record, (first, header) in sorted(found.items()):
        yield record, first, header


def _naming(answers: Responses) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the columns that name a person, as (header, texts): never internet addresses, places or half a name."""
    if answers.instrument.questions_of("respondent"):
        yield "the identifier", answers.identifiers
    for column in answers.source.columns:
        key = key_of(column.header)
        if is_personal_header(column.header) and not (_PLACES.search(key) or _PART_OF_A_NAME.search(key)):
            yield column.header, [shown(c).strip() for c in answers.source.cells(column)]


def repeated_answers(answers: Responses, *, but: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Yield record and the earlier record whose answers are all the same, where chance can hardly explain it.

    Under independence the expected number of others with one's answers is (n - 1) times the product of the shares of
    these answers; pairs are yielded only where that is under 0.01.
    """
    names = [q.name for q in answers.instrument.questions if q.role != "respondent"]
    told = {name: _told(answers, name) for name in names}
    records = [r for r in range(len(answers.values)) if r not in but]
    rows: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for record in records:
        rows[tuple(told[name][record] for name in names)].append(record)
    shares = {name: Counter(told[name][r] for r in records) for name in names}
    for vector, same in rows.items():
        if len(same) > 1 and _is_unlikely(vector, [shares[name] for name in names], len(records)):
            first, *later = _in_time(answers, same)
            for record in sorted(later):
                yield record, first


def _told(answers: Responses, name: str) -> list[object]:
    """Return the answers to a question as comparable values, None where there is none."""
    return [
        key_of(value) if isinstance(value, str) else value if kind == "answered" else None
        for value, kind in zip(answers.values[name], answers.kinds[name], strict=True)
    ]


def _is_unlikely(vector: tuple[object, ...], counts: Sequence[Counter[object]], records: int) -> bool:
    given = [(value, of) for value, of in zip(vector, counts, strict=True) if value is not None]
    if len(given) < _FEWEST_ANSWERS:
        return False
    expected = float(records - 1)
    for value, of in given:
        expected *= of[value] / records
    return expected < _CHANCE


def _in_time(answers: Responses, records: list[int]) -> list[int]:
    """Return records by the time when they were sent, by row where that is not known."""
    sent = answers.records["submitted"]
    known = bool(sent.iloc[records].notna().all())
    return sorted(records, key=lambda r: (sent[r], r)) if known else sorted(records)
