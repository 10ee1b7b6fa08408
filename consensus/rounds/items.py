"""What was asked in which round: each statement under its name in that round's form, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from consensus.rounds.examples import refuse_examples
from consensus.rounds.sheet import read_sheet
from questionnaires.problems import ConsensusError, did_you_mean, one_of
from questionnaires.reading.text import key_of

if TYPE_CHECKING:
    from pathlib import Path

    from consensus.rounds.sheet import Row

REQUIRED = ("item", "round")
KNOWN = ("name", "text", "came_from", "change", "comment")
CHANGES = ("same", "reworded", "split", "merged", "new", "dropped")
BREAKS = ("reworded", "split", "merged", "new")


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A statement in one round: `name` is its question there, `change` what became of it since the round before."""

    item: str
    round: int
    name: str = ""
    text: str = ""
    came_from: str = ""
    change: str = "same"
    comment: str = ""

    @property
    def asked(self) -> bool:
        """Whether it was asked in that round."""
        return self.change != "dropped"


@dataclass(frozen=True, kw_only=True, slots=True)
class Items:
    """All statements of a panel, a row a statement and round; `name` and `sha256` are of the file."""

    rows: tuple[Item, ...]
    name: str = ""
    sha256: str = ""

    @property
    def rounds(self) -> tuple[int, ...]:
        """The rounds in which anything was asked; they may skip numbers."""
        return tuple(sorted({row.round for row in self.rows if row.asked}))

    @property
    def names(self) -> tuple[str, ...]:
        """The statements, in the order in which they first appear."""
        return tuple(dict.fromkeys(row.item for row in self.rows))

    def of_round(self, number: int) -> tuple[Item, ...]:
        """Return what was asked in a round."""
        return tuple(row for row in self.rows if row.round == number and row.asked)

    def find(self, item: str, number: int) -> Item | None:
        """Return a statement as it was asked in a round; None where it wasn't."""
        return next((row for row in self.of_round(number) if row.item == item), None)

    def asked_in(self, item: str) -> tuple[int, ...]:
        """Return the rounds in which a statement was asked."""
        return tuple(row.round for row in sorted(self.rows, key=lambda r: r.round) if row.item == item and row.asked)

    def broken(self, item: str, first: int, second: int) -> str | None:
        """Return why answers to a statement in two rounds are no answers to the same words; None where they are."""
        for row in sorted(self.rows, key=lambda r: r.round):
            if row.item == item and first < row.round <= second and row.change in BREAKS:
                return f"{row.change} in round {row.round}"
        if self.find(item, first) is None:
            return f"not asked in round {first}"
        return None if self.find(item, second) is not None else f"not asked in round {second}"


def read_items(path: Path) -> Items:
    """Read `items.xlsx`: `item, round, name, text, came_from, change, comment`.

    A row without a name is asked under its item's own. Raises ConsensusError with a line for each cell that can't be
    understood, each statement that stands twice in a round, and for the example of the template.
    """
    sheet = read_sheet(path, "items", REQUIRED, KNOWN)
    refuse_examples(sheet.rows, "item", "statements")
    faults = list[str]()
    rows = [_item(row, faults) for row in sheet.rows]
    for what in ("item", "name"):
        seen = dict[tuple[str, int], str]()
        for row, item in zip(sheet.rows, rows, strict=True):
            key = (key_of(str(getattr(item, what))), item.round)
            if key in seen and item.asked:
                faults.append(
                    f"{row.where(what)}: {getattr(item, what)} stands in round {item.round} twice, {seen[key]} too."
                )
            seen.setdefault(key, row.where(what))
    if faults:
        raise ConsensusError("\n".join(faults))
    return Items(rows=tuple(rows), name=sheet.name, sha256=sheet.sha256)


def _item(row: Row, faults: list[str]) -> Item:
    change = key_of(row.text("change")) or "same"
    if change not in CHANGES:
        hint = did_you_mean(change, CHANGES)
        faults.append(f'{row.where("change")}: "{change}" is no change. Expected {one_of(CHANGES)}. {hint}'.rstrip())
    if not row.text("item"):
        faults.append(f"{row.where('item')}: is empty. Expected the statement's id.")
    number = row.text("round")
    if not number.isdigit() or not int(number):
        faults.append(f'{row.where("round")}: "{number}" is no round. Expected a number from 1 on.')
    return Item(
        item=row.text("item"),
        round=int(number) if number.isdigit() else 0,
        name=row.text("name") or row.text("item"),
        text=row.text("text"),
        came_from=row.text("came_from"),
        change=change,
        comment=row.text("comment"),
    )
