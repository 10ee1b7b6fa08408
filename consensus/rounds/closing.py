"""The end of a round: its results kept in `closed.json`, and read back with the answers that they were made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from consensus.rounds.answers import file_sha256, read_answers, write_answers
from consensus.rounds.folder import read_json, write_json
from consensus.rounds.results import results_of
from consensus.rules.grammar import parse_rule
from questionnaires.problems import ConsensusError

if TYPE_CHECKING:
    from consensus.agreement.estimate import Coding
    from consensus.rounds.answers import Answer, RoundAnswers
    from consensus.rounds.folder import RoundFolder
    from consensus.rounds.items import Items
    from consensus.rounds.panel import Panel
    from consensus.rounds.results import ItemResult
    from consensus.rules.rule import Outcome, Rule
    from questionnaires.instrument import Instrument


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class ClosedRound:
    """A round that is over: the answers that count and what they gave, and what was told while they were collected."""

    number: int
    answers: tuple[Answer, ...]
    results: tuple[ItemResult, ...]
    rule: Rule
    collected: dict[str, Any]
    tampered: bool = False

    @property
    def open_items(self) -> tuple[str, ...]:
        """The items that are not settled: neither in nor out."""
        return tuple(r.item for r in self.results if r.verdict not in ("in", "out"))


def keep_answers(folder: RoundFolder, found: RoundAnswers, panel: Panel) -> dict[str, Any]:
    """Write `answers.csv` and `collected.json` of a round and return the latter; ConsensusError once it is closed."""
    if folder.closed.is_file():
        raise ConsensusError(
            f"{folder.closed}: round {folder.number} is closed, so nothing was changed. What came later is late; to "
            "count it, delete closed.json, collect and close again, and amend the protocol with the reason."
        )
    content: dict[str, Any] = {
        "round": folder.number,
        "answers_sha256": write_answers(folder.answers, found.answers),
        "invited": len(panel.voters(folder.number)),
        "answered": len(found.answered),
        "silent": [p.id for p in panel.voters(folder.number) if p.id not in found.answered],
        "dialect": found.dialect,
        "sources": [{"name": name, "sha256": digest} for name, digest in found.sources],
        "synthetic": found.synthetic,
        "corrections": list(found.corrections),
        "findings": [finding.to_dict() for finding in found.findings],
    }
    if found.experts is not None:
        content["experts"] = found.experts.to_dict()
    write_json(folder.collected, content)
    return content


def close_round(
    folder: RoundFolder, rule: Rule, panel: Panel, items: Items, instrument: Instrument, coding: Coding
) -> ClosedRound:
    """Hold the collected answers of a round against the rule, keep the results in `closed.json` and return them.

    Raises ConsensusError where nothing was collected, answers changed since, or the round is closed already.
    """
    hint = f"consensus rounds collect STUDY --round {folder.number} [FILE] makes it."
    if folder.closed.is_file():
        raise ConsensusError(f"{folder.closed}: round {folder.number} is closed already; nothing was changed.")
    collected = read_json(folder.collected, hint)
    answers = read_answers(folder.answers, hint)
    if file_sha256(folder.answers) != collected.get("answers_sha256"):
        raise ConsensusError(
            f"{folder.answers}: was changed since it was collected. An answer is changed by corrections.csv alone: "
            f"collect round {folder.number} again."
        )
    results = results_of(rule, answers, panel, items, instrument, folder.number, coding)
    content = {
        "round": folder.number,
        "rule": str(rule),
        "answers_sha256": collected["answers_sha256"],
        "panel_sha256": panel.sha256,
        "items_sha256": items.sha256,
        "invited": collected["invited"],
        "answered": collected["answered"],
        "results": [result.to_dict() for result in results],
    }
    write_json(folder.closed, content)
    return ClosedRound(number=folder.number, answers=answers, results=results, rule=rule, collected=collected)


def read_closed(folder: RoundFolder, panel: Panel, items: Items, instrument: Instrument, coding: Coding) -> ClosedRound:
    """Return a round that was closed, its results made again from the answers by the rule that it was closed by.

    `tampered` says that the answers, or the results kept, are no longer those of the closing.
    """
    hint = f"consensus rounds close STUDY --round {folder.number} makes it."
    closed = read_json(folder.closed, hint)
    collected = read_json(folder.collected, hint)
    rule = parse_rule(str(closed.get("rule", "")))
    answers = read_answers(folder.answers, hint)
    results = results_of(rule, answers, panel, items, instrument, folder.number, coding)
    kept = {row["item"]: row.get("verdict") for row in closed.get("results", [])}
    same = file_sha256(folder.answers) == closed.get("answers_sha256")
    return ClosedRound(
        number=folder.number,
        answers=answers,
        results=results,
        rule=rule,
        collected=collected,
        tampered=not same or kept != {r.item: r.verdict for r in results},
    )


def final_verdicts(rounds: tuple[ClosedRound, ...], items: Items) -> dict[str, tuple[int, Outcome]]:
    """Return for each item the round that settled it and its verdict: that of the last round that it was asked in.

    Where the rule says that settled items stay, the first round that settled it counts. Statements that were split,
    merged or dropped without being settled have no verdict of their own.
    """
    found: dict[str, tuple[int, Outcome]] = {}
    for closed in sorted(rounds, key=lambda r: r.number):
        for result in closed.results:
            before = found.get(result.item)
            if before is not None and closed.rule.settled and before[1] in ("in", "out"):
                continue
            found[result.item] = (closed.number, result.verdict)
    gone = {row.item for row in items.rows if row.change == "dropped"}
    return {item: told for item, told in found.items() if item not in gone or told[1] in ("in", "out")}
