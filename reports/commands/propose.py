"""`consensus propose`: the definitions that follow from the votes, as files and as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reports.commands.console import envelope, faults_line, say, show, show_json, show_problems, show_table, working

if TYPE_CHECKING:
    from consensus.proposals.propose import Proposals
    from reports.study import Results


@click.command(
    name="propose",
    help="""\b
Example:
  consensus propose cci-2020 --out proposals
  consensus propose study.toml --json

Derive the definitions that follow from the votes of STUDY (a study file or a name of the library): the criteria that
pass the rule, and all criteria weighed by their votes. With --out each becomes a YAML file for consensus score.""",
)
@click.argument("study")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="The folder to write the definitions into."
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON for machines to stdout.")
@click.option("--strict", is_flag=True, help="Any fault in the files is fatal (exit code 3).")
def command(study: str, out: Path | None, as_json: bool, strict: bool) -> None:
    """Show and write a study's proposals."""
    from questionnaires.problems import ConsensusError
    from reports.study import read_study, run_study

    with working("Proposing"):
        results = run_study(read_study(study), scoring=False)
    show_problems(results.problems, strict=strict, remarks=5)
    if results.proposals is None and results.study.panel is not None:
        show("No criterion of this panel's form names a finding, so there is nothing to propose.")
        return
    if results.proposals is None:
        raise ConsensusError(
            f"{study}: has no answers to propose from. Add [[responses]], or name an instrument with published counts."
        )
    if as_json:
        show_json(envelope(results.provenance, synthetic=_synthetic(results)) | results.proposals.to_json_dict())
    else:
        _show(results.proposals)
    if out is not None:
        _write(results.proposals, out)
    if len(results.problems):
        say(faults_line(results.problems))


def _synthetic(results: Results) -> bool:
    return results.agreement is not None and results.agreement.synthetic


def _show(proposals: Proposals) -> None:
    from reports import numbers

    for proposal in proposals:
        show(f"{proposal.kind}: {proposal.definition.title.text('en') if proposal.definition else 'none'}")
        if proposal.reason:
            show(f"  {proposal.reason}")
        for term in proposal.definition.terms if proposal.definition else ():
            points = f"{numbers.points(term.points)} points: " if term.points is not None else ""
            votes = term.votes
            behind = (
                f" ({votes.question} {votes.option}: {numbers.of(votes.count, votes.base)}, {votes.kind})"
                if votes
                else ""
            )
            show(f"  {points}{term.says.text('en')}{behind}")
        show()
    show("Votes that became no term")
    rows = [
        (o.question, o.criterion or "", "" if o.count is None or not o.base else numbers.of(o.count, o.base), o.reason)
        for o in proposals.left_out
    ]
    show_table(("question", "criterion", "votes", "why"), rows)


def _write(proposals: Proposals, out: Path) -> None:
    from consensus.definitions.definition_file import write_definition

    written = 0
    for number, proposal in enumerate(proposals, start=1):
        if proposal.definition is not None:
            path = out / f"{number}-{proposal.kind}.yaml"
            write_definition(proposal.definition, path)
            say(f"Wrote {path}")
            written += 1
    if not written:
        say("No definition follows from these answers, so none was written.")
