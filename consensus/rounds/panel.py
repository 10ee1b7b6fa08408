"""The panel: who was invited when, who votes, who is recused from what, and who left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from consensus.rounds.examples import refuse_examples
from consensus.rounds.sheet import read_sheet
from questionnaires.problems import ConsensusError
from questionnaires.reading.text import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from consensus.rounds.sheet import Row

REQUIRED = ("panelist",)
KNOWN = ("group", "invited_1", "invited_2", "votes", "recused", "left")
YES, NO = frozenset({"yes", "y", "1", "true", "x", "是"}), frozenset({"no", "n", "0", "false", "", "否"})
_INVITED = re.compile(r"invited_(\d+)")
_LEFT = re.compile(r"(\d+)\s*[:：,，]\s*(.*)")
SMALLEST_GROUP = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Panelist:
    """One person of a panel: the rounds invited to, whether the vote counts, the items recused from, when they left.

    `left_round` is the first round that they were no longer asked in.
    """

    id: str
    group: str = ""
    invited: frozenset[int] = frozenset()
    votes: bool = True
    recused: frozenset[str] = frozenset()
    left_round: int | None = None
    left_reason: str = ""

    @property
    def key(self) -> str:
        """What ids are compared by: case and blanks don't matter."""
        return key_of(self.id)

    def asked_in(self, number: int) -> bool:
        """Return whether they were asked in a round."""
        return number in self.invited and (self.left_round is None or number < self.left_round)

    def eligible(self, item: str, number: int) -> bool:
        """Return whether their answer to an item counts in a round: asked, voting, not recused."""
        return self.asked_in(number) and self.votes and key_of(item) not in self.recused


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """The people of a panel in their order; `name` and `sha256` are of the file."""

    people: tuple[Panelist, ...]
    name: str = ""
    sha256: str = ""
    synthetic: bool = False

    def __repr__(self) -> str:
        return f"Panel({len(self.people)} people, {len(self.groups)} groups)"

    @property
    def groups(self) -> tuple[str, ...]:
        """The stakeholder groups, in the order in which they appear."""
        return tuple(dict.fromkeys(person.group for person in self.people if person.group))

    @property
    def rounds(self) -> tuple[int, ...]:
        """The rounds that anybody was invited to."""
        return tuple(sorted({number for person in self.people for number in person.invited}))

    def find(self, identifier: str) -> Panelist | None:
        """Return who goes by an id, compared by the text key; None where nobody does."""
        key = key_of(identifier)
        return next((person for person in self.people if person.key == key), None)

    def voters(self, number: int) -> tuple[Panelist, ...]:
        """Return who was asked in a round and has a vote."""
        return tuple(person for person in self.people if person.asked_in(number) and person.votes)

    def eligible(self, item: str, number: int) -> tuple[Panelist, ...]:
        """Return whose answer to an item counts in a round."""
        return tuple(person for person in self.people if person.eligible(item, number))


def read_panel(path: Path) -> Panel:
    """Read `panel.xlsx`: `panelist, group, invited_1, invited_2, ..., votes, recused, left`.

    Raises ConsensusError with a line for each cell that can't be understood and each id that stands twice, and for the
    example of the template.
    """
    sheet = read_sheet(path, "panel", REQUIRED, KNOWN)
    refuse_examples(sheet.rows, "panelist", "panelists")
    numbers = [int(found[1]) for name in sheet.columns if (found := _INVITED.fullmatch(name))]
    faults = list[str]()
    people = [_person(row, numbers, faults) for row in sheet.rows]
    seen = dict[str, str]()
    for row, person in zip(sheet.rows, people, strict=True):
        if person.key in seen:
            faults.append(
                f"{row.where('panelist')}: {person.id} stands in {seen[person.key]} already. One row a person."
            )
        seen.setdefault(person.key, row.where("panelist"))
    if faults:
        raise ConsensusError("\n".join(faults))
    if not people:
        raise ConsensusError(f"{sheet.name}: names nobody. Expected one row a panelist.")
    return Panel(people=tuple(people), name=sheet.name, sha256=sheet.sha256, synthetic=sheet.synthetic)


def _person(row: Row, numbers: list[int], faults: list[str]) -> Panelist:
    if not row.text("panelist"):
        faults.append(f"{row.where('panelist')}: is empty. Expected the panelist's id.")
    invited = {number for number in numbers if _said(row, f"invited_{number}", faults)}
    left = _LEFT.fullmatch(row.text("left"))
    if row.text("left") and left is None:
        faults.append(
            f'{row.where("left")}: "{row.text("left")}" can\'t be read. Expected ROUND: REASON, such as 2: no time.'
        )
    return Panelist(
        id=row.text("panelist"),
        group=row.text("group"),
        invited=frozenset(invited or ({1} if not numbers else set())),
        votes=not row.text("votes") or _said(row, "votes", faults),
        recused=frozenset(_listed(row.text("recused"))),
        left_round=int(left[1]) if left else None,
        left_reason=left[2].strip() if left else "",
    )


def _said(row: Row, column: str, faults: list[str]) -> bool:
    word = key_of(row.text(column))
    if word not in YES | NO:
        faults.append(f'{row.where(column)}: "{row.text(column)}" is neither yes nor no.')
    return word in YES


def _listed(text: str) -> Iterator[str]:
    for part in re.split(r"[,;，；、\n]", text):
        if part.strip():
            yield key_of(part)
