"""`consensus agree`: what people agree on, as a table or as JSON."""

from __future__ import annotations

import click

from reports.commands.console import HELP, envelope, faults_line, say, show_json, show_problems, speak, working


@click.command(
    context_settings=HELP,
    name="agree",
    help="""\b
Example:
  consensus agree cci-2020
  consensus agree study.toml --by specialty
  consensus agree study.toml --json > agree.json

Say how far people agree on each question of STUDY (a study file or a name of the library), with named bases and
intervals, and where each criterion stands against the rule under each way to count equivocal answers.""",
)
@click.argument("study")
@click.option("--by", multiple=True, metavar="QUESTION", help="Tell people apart by this question; may be given again.")
@click.option("--language", help="The language of tables and messages: en or zh; else that of the study.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for machines to stdout.")
@click.option("--strict", is_flag=True, help="Any fault in the files is fatal (exit code 3).")
def command(study: str, by: tuple[str, ...], language: str | None, as_json: bool, strict: bool) -> None:
    """Show the agreement of a study."""
    from questionnaires.problems import ConsensusError
    from reports.agreement_json import agreement_json
    from reports.study import read_study, run_study
    from reports.study_language import messages_in
    from reports.telling_agreement import show_agreement

    speak(messages_in(study, language))
    with working("Counting"):
        results = run_study(read_study(study), scoring=False, proposing=False, by=by)
    show_problems(results.problems, strict=strict, remarks=5)
    if results.agreement is None and results.study.panel is not None:
        raise ConsensusError(
            f"{study}: its answers are those of rounds. consensus rounds close tells what a panel agrees "
            "on, and consensus report STUDY all of it."
        )
    if results.agreement is None:
        raise ConsensusError(
            f"{study}: has no answers. Add [[responses]], or name an instrument with published counts."
        )
    if as_json:
        begins = envelope(results.provenance, synthetic=results.agreement.synthetic)
        show_json(begins | agreement_json(results, results.agreement))
    else:
        show_agreement(results.agreement)
    if len(results.problems):
        say(faults_line(results.problems))
