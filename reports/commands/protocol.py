"""`consensus protocol`: rule and plan frozen before the data, and changed openly after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reports.commands.console import HELP, say, show, show_json, show_table

if TYPE_CHECKING:
    from consensus.rounds.protocol import Protocol

STUDY = click.argument("study")


@click.group(
    context_settings=HELP,
    name="protocol",
    help="""\b
Example:
  consensus protocol lock study.toml
  consensus protocol amend study.toml --reason "S09 split after round 1"
  consensus protocol show study.toml

Freeze what was decided before the data: the rule with its bases, quorum and type of quantiles, how equivocal answers
count, stopping and plan, and the files of the panel by their hash.""",
)
def command() -> None:
    """Hold the commands on the protocol."""


@command.command(
    name="lock",
    help="""\b
Example:
  consensus protocol lock study.toml

Write protocol.lock.json beside the study file: dated, with a SHA-256. It is written once; changes are amendments.""",
)
@STUDY
def lock_protocol(study: str) -> None:
    """Lock a protocol."""
    from consensus.rounds.protocol import DEPOSIT, LOCK_FILE, lock
    from reports.study import read_study
    from reports.study_panel import panel_of

    panel = panel_of(read_study(study))
    made = lock(panel.base, panel.frozen(), _today())
    show(f"Locked on {made.current.date}, SHA-256 {made.current.sha256}")
    show(f"Rule: {made.current.frozen['rule']}")
    show(f"      {made.current.frozen['rule_in_words']}")
    say(f"{panel.base / LOCK_FILE} holds it. {DEPOSIT}")


@command.command(
    name="amend",
    help="""\b
Example:
  consensus protocol amend study.toml --reason "S09 split after round 1"

Append a dated amendment to the lock: what the study says now, and why. What was locked before stays in the file.""",
)
@STUDY
@click.option("--reason", required=True, help="What was changed and why, in a sentence.")
def amend_protocol(study: str, reason: str) -> None:
    """Amend a protocol."""
    from consensus.rounds.protocol import DEPOSIT, amend
    from reports.study import read_study
    from reports.study_panel import panel_of

    panel = panel_of(read_study(study))
    made = amend(panel.base, panel.frozen(), _today(), reason)
    many = len(made.amendments)
    show(f"{many} amendment{'' if many == 1 else 's'}; the last on {made.current.date}: {reason.strip()}")
    show(f"SHA-256 {made.current.sha256}")
    _show_changes(made)
    say(DEPOSIT)


def _show_changes(made: Protocol) -> None:
    changed = made.changed()
    fixed = [name for key, name in _FIXED.items() if key not in changed]
    moved = [name for key, name in _FIXED.items() if key in changed]
    before, after = made.entries[-2].frozen, made.current.frozen
    for key, name in _FIXED.items():
        if key in changed:
            show(f"Changed: {name}, from {before.get(key)} to {after[key]}")
    files = [name for name, digest in after["files"].items() if before["files"].get(name) != digest]
    if files:
        show(f"Changed: {', '.join(files)}")
    if not moved:
        show("Unchanged: " + ", ".join(fixed))
    elif fixed:
        show(f"Unchanged: {', '.join(fixed)}")


@command.command(
    name="simulate",
    help="""\b
Example:
  consensus protocol simulate study.toml
  consensus protocol simulate study.toml --panel 20 --items 30

Say before any data what the rule does in a panel of this size: how often an item passes by how many truly agree, how
often at least one of all items does, how many verdicts a second panel would change, and what panel size is needed.""",
)
@STUDY
@click.option("--panel", "size", type=click.IntRange(min=1), help="The size of the panel; else that of panel.xlsx.")
@click.option("--items", "many", type=click.IntRange(min=1), help="The number of items; else that of the first round.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for machines to stdout.")
def simulate_protocol(study: str, size: int | None, many: int | None, as_json: bool) -> None:
    """Show the operating characteristics of a protocol."""
    from consensus.rounds.operating import operating_table
    from consensus.rounds.results import ballot_of
    from consensus.rules.fragility import provable
    from reports.study import read_study
    from reports.study_panel import panel_of

    found = read_study(study)
    panel = panel_of(found)
    first = min(panel.items.rounds)
    asked = panel.items.of_round(first)
    n, items = size or len(panel.people.voters(first)), many or len(asked)
    ballot = ballot_of(panel.instrument(first).question(asked[0].name))
    table = operating_table(panel.rule, n, items, ballot, seed=found.seed)
    if as_json:
        keys = ("agreement", "passes", "any_item", "repeats")
        rows = [{key: getattr(row, key) for key in keys} for row in table.rows]
        told = {"rule": str(panel.rule), "panel": n, "items": items, "rows": rows, "error": table.error}
        show_json(told | {"needed": table.needed, "provable": provable(n)})
        return
    show(f"Rule: {panel.rule}")
    show(f"A panel of {n} who all answer, {items} items that are judged independently of each other:")
    show_table(
        ("true agreement", "passes", "at least one passes", "verdicts that a second panel would change"),
        [
            (f"{row.agreement:.0%}", f"{row.passes:.3f}", f"{row.any_item:.3f}", f"{table.flips(row.agreement):.1f}")
            for row in table.rows
        ],
        right=(0, 1, 2, 3),
    )
    show(f"Even if all {n} agreed, that would prove (95%, one-sided) no more than that {provable(n):.1%} do.")
    wanted = "pass a true agreement of 85% in four of five cases and one of 60% in at most one of twenty"
    enough = "no panel up to 300 is enough" if table.needed is None else f"{table.needed} people are needed"
    show(f"To {wanted}, {enough}.")
    if table.error:
        drawn = f"4,000 panels were drawn each (standard error at most {table.error:.3f})"
        say(f"{drawn}, from ratings with a spread that is assumed.")


_FIXED = {
    "rule": "rule",
    "quorum": "quorum",
    "quantile_type": "quantile type",
    "bases": "bases",
    "equivocal": "how equivocal answers count",
    "rounds": "number of rounds",
    "stopping": "stopping",
    "plan": "plan",
}


@command.command(
    name="show",
    help="""\b
Example:
  consensus protocol show study.toml

Show the lock with its amendments, and what the study says differently now.""",
)
@STUDY
def show_protocol(study: str) -> None:
    """Show a protocol."""
    from consensus.rounds.protocol import DEPOSIT, LOCK_FILE, read_protocol
    from questionnaires.problems import ConsensusError
    from reports.study import read_study
    from reports.study_panel import panel_of
    from reports.telling_protocol import deviation_line

    panel = panel_of(read_study(study))
    known = read_protocol(panel.base)
    if known is None:
        raise ConsensusError(f"{panel.base / LOCK_FILE}: is not there. consensus protocol lock STUDY makes it.")
    for entry in known.entries:
        show(f"{entry.date} {entry.kind} {entry.sha256}{f': {entry.reason}' if entry.reason else ''}")
    show(deviation_line(known, panel, study) or "The study is as locked.")
    say(DEPOSIT)


def _today() -> str:
    import datetime as dt

    return dt.date.today().isoformat()
