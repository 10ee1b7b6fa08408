"""`consensus agree`: what people agree on, as a table or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reports.commands.console import envelope, faults_line, say, show, show_json, show_problems, show_table, working

if TYPE_CHECKING:
    from consensus.agreement.agree import Agreement


@click.command(
    name="agree",
    help="""\b
Example:
  consensus agree cci-2020
  consensus agree study.toml --json > agree.json

Say how far people agree on each question of STUDY (a study file or a name of the library), with named bases and
intervals, and where each criterion stands against the rule under each way to count equivocal answers.""",
)
@click.argument("study")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for machines to stdout.")
@click.option("--strict", is_flag=True, help="Any fault in the files is fatal (exit code 3).")
def command(study: str, as_json: bool, strict: bool) -> None:
    """Show the agreement of a study."""
    from questionnaires.problems import ConsensusError
    from reports.study import read_study, run_study

    with working("Counting"):
        results = run_study(read_study(study), scoring=False)
    show_problems(results.problems, strict=strict)
    if results.agreement is None:
        raise ConsensusError(
            f"{study}: has no answers. Add [[responses]], or name an instrument with published counts."
        )
    if as_json:
        show_json(
            envelope(results.provenance, synthetic=results.agreement.synthetic) | results.agreement.to_json_dict()
        )
    else:
        _show(results.agreement)
    if len(results.problems):
        say(faults_line(results.problems))


def _show(agreement: Agreement) -> None:
    from reports import numbers

    if agreement.synthetic:
        show("SYNTHETIC answers")
    rows = []
    for m in agreement.measurements:
        e = m.estimate
        if m.measure != "share":
            continue
        if e.value is None or e.n is None or m.count is None:
            rows.append((m.question, m.option or "", "", e.base, "", e.reason or ""))
            continue
        limits = numbers.interval(e.low, e.high, e.n)
        rows.append(
            (
                m.question,
                m.option or "",
                f"{numbers.count(m.count)}/{e.n}",
                e.base,
                numbers.percent(e.value, e.n),
                limits,
            )
        )
    show_table(("question", "option", "n/N", "of those", "share", "95% interval"), rows, right=(2, 4))
    show()
    show(f"Rule: {agreement.rule.sentence('en')}")
    show_table(
        ("criterion", "equivocal", "support", "outcome", "votes that would change it"),
        _verdict_rows(agreement),
        right=(2,),
    )


def _verdict_rows(agreement: Agreement) -> list[tuple[str, ...]]:
    from reports import numbers

    rows: list[tuple[str, ...]] = []
    for v in agreement.verdicts:
        share = v.support.reason or "" if v.support.value is None else numbers.percent(v.support.value, v.support.n)
        flips = "; ".join(f"{f.votes} from {f.from_option} to {f.to_option}: {f.becomes}" for f in v.flips)
        coding = (v.coding or "") + (" *" if v.coding == agreement.equivocal else "")
        rows.append((v.criterion, coding, share, v.outcome, flips))
    return rows
