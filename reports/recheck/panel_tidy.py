"""The coded answers of a panel's rounds as rows of answers_tidy.csv, without ids: a running number a person."""

from __future__ import annotations

import csv
import hashlib
import io
from typing import TYPE_CHECKING

from consensus.agreement.tally import COUNTED
from reports.recheck.tidy import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from consensus.rounds.panel_results import PanelResults


def panel_tidy_csv(panel: PanelResults) -> str:
    """Return the answers of all closed rounds as CSV; a question is called `ITEM@round-K`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(panel))
    return out.getvalue()


def running_numbers(panel: PanelResults) -> dict[str, int]:
    """Return a number for each panelist that says nothing of the id or of the place on the list."""
    ids = sorted((p.id for p in panel.people.people), key=lambda who: hashlib.sha256(who.encode("utf-8")).hexdigest())
    return {who: number for number, who in enumerate(ids, start=1)}


def _rows(panel: PanelResults) -> Iterator[tuple[object, ...]]:
    numbers = running_numbers(panel)
    for closed in panel.rounds:
        ballots = {result.item: result.counts.ballot for result in closed.results}
        rows = []
        for answer in closed.answers:
            ballot = ballots.get(answer.item)
            if ballot is None or answer.panelist not in numbers:
                continue
            question = f"{answer.item}@round-{closed.number}"
            told: tuple[object, ...] = ("", "", "", "", 0)
            if answer.answer in ballot.options:
                at = ballot.options.index(answer.answer)
                point, worth = ballot.points[at], ballot.worths[at]
                side = ballot.commits[at] and answer.kind in COUNTED
                score = "" if point is None else f"{float(point):g}"
                told = (answer.answer, 1, score, "" if worth is None else worth, int(side))
            rows.append((answer.item, numbers[answer.panelist], (question, answer.kind, *told)))
        order = {item: place for place, item in enumerate(ballots)}
        for _, person, rest in sorted(rows, key=lambda row: (order[row[0]], row[1])):
            yield (person, *rest)
