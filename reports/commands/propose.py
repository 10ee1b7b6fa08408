"""`consensus propose`: the definitions that follow from the votes, as files and as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reports.commands.console import (
    HELP,
    envelope,
    faults_line,
    say,
    show,
    show_json,
    show_problems,
    speak,
    told,
    working,
)

if TYPE_CHECKING:
    from consensus.proposals.proposal import Proposals
    from consensus.scoring.courses import Courses
    from reports.study import Results


@click.command(
    context_settings=HELP,
    name="propose",
    help="""\b
Example:
  consensus propose cci-2020 --out proposals
  consensus propose study.toml --json
  consensus propose cci-2020 --what-if "rule=share(agree) >= 60%" --courses tace-failure

Derive the definitions that follow from the votes of STUDY (a study file or a name of the library): the criteria that
pass the rule, all criteria weighed by their votes, and where single answers are known those that follow from all
possible definitions, from vignettes and from schools of thought, with how sure each is and what to ask next. With --out
each becomes a YAML file for consensus score, best first. With --what-if only what another setting would change is
told: rule, equivocal, weighting or cut_off; with --courses also which patients are judged otherwise.""",
)
@click.argument("study")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="The folder to write the definitions into."
)
@click.option("--what-if", "what_ifs", multiple=True, metavar="KEY=VALUE", help="Set something otherwise; repeatable.")
@click.option("--courses", metavar="COURSES", help="Patients to try proposals on; without it, those of STUDY.")
@click.option("--weighting", default="share", metavar="SCHEME", help="share, log_odds, consensus_discounted, ratings, "
              "borda or plackett_luce.")  # fmt: skip
@click.option("--reference", metavar="COLUMN", help="A column of the patients that says failure (1) or none (0).")
@click.option("--specificity", type=click.FloatRange(0, 1), default=0.9, show_default=True,
              help="The floor for a cut-off by --reference.")  # fmt: skip
@click.option(
    "--keep", metavar="DEFINITION", help="Keep its entry, exclusion and sufficient criteria in every proposal."
)
@click.option("--language", help="The language of tables and messages: en or zh; else that of the study.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for machines to stdout.")
@click.option("--strict", is_flag=True, help="Any fault in the files is fatal (exit code 3).")
def command(
    study: str,
    out: Path | None,
    what_ifs: tuple[str, ...],
    courses: str | None,
    weighting: str,
    reference: str | None,
    specificity: float,
    keep: str | None,
    language: str | None,
    as_json: bool,
    strict: bool,
) -> None:
    """Show and write a study's proposals."""
    from consensus.proposals.propose import nothing_to_propose
    from questionnaires.problems import ConsensusError
    from reports.study import read_study, run_study
    from reports.study_language import messages_in

    speak(messages_in(study, language))
    if reference is not None and courses is None:
        raise click.UsageError("--reference names a column of --courses COURSES.")
    with working("Proposing"):
        results = run_study(read_study(study), scoring=False)
        cohort = _courses(courses, results) if courses is not None else results.courses
    show_problems(results.problems, strict=strict, remarks=5)
    if results.instrument is not None and (why := nothing_to_propose(results.instrument)):
        nothing = envelope(results.provenance, synthetic=_synthetic(results)) | {"proposals": [], "nothing": why}
        show_json(nothing) if as_json else show(told(why))
        return
    if results.agreement is None or results.proposals is None:
        raise ConsensusError(
            f"{study}: has no answers to propose from. Add [[responses]], or name an instrument with published counts."
        )
    if what_ifs:
        _what_if(results, what_ifs, cohort, as_json=as_json)
        return
    proposals = results.proposals
    if courses is not None or weighting != "share" or keep is not None:
        from consensus.definitions.definition_file import read_definition
        from consensus.proposals.propose import propose

        proposals = propose(
            results.agreement,
            condition=results.condition,
            weighting=weighting,
            courses=cohort,
            reference=reference,
            specificity=specificity,
            keep=read_definition(keep, results.condition) if keep is not None else None,
        )
    _tell(results, proposals, cohort, out, as_json=as_json)


def _tell(results: Results, proposals: Proposals, cohort: Courses | None, out: Path | None, *, as_json: bool) -> None:
    from reports.telling_proposals import show_proposals

    if as_json:
        said = proposals.to_json_dict() | {"implied": _implied(results, proposals, cohort)}
        show_json(envelope(results.provenance, synthetic=_synthetic(results)) | said)
    elif results.agreement is not None:
        show_proposals(proposals, results.agreement.instrument)
    if out is not None:
        _write(proposals, out)
    if len(results.problems):
        say(faults_line(results.problems))


def _implied(results: Results, proposals: Proposals, courses: Courses | None) -> list[dict[str, object]]:
    """Return how the chosen proposal relates to the definitions that the study compares; nothing without patients."""
    from consensus.proposals.implied import implied_of
    from reports.study import definitions_of

    own = proposals.chosen
    if own is None or courses is None:
        return []
    mine = [p.definition for p in proposals if p.definition is not None]
    others = [*mine, *definitions_of(results.study, results.condition, courses)]
    return [way for one in implied_of(own, others, courses.condition) for way in one.to_list()]


def _courses(source: str, results: Results) -> Courses:
    from consensus.scoring.courses import read_courses
    from reports.study import read_courses_of, read_study

    if Path(source).suffix == ".toml":
        return read_courses_of(read_study(source), results.condition)
    return read_courses(source, results.condition)


def _what_if(results: Results, texts: tuple[str, ...], cohort: Courses | None, *, as_json: bool) -> None:
    from consensus.proposals.what_if import what_if
    from reports.telling_proposals import show_what_if

    assert results.agreement is not None
    found = what_if(results.agreement, texts, condition=results.condition, courses=cohort)
    if as_json:
        show_json(envelope(results.provenance, synthetic=_synthetic(results)) | {"what_if": found.to_dict()})
    else:
        show_what_if(found)


def _synthetic(results: Results) -> bool:
    return results.agreement is not None and results.agreement.synthetic


NO_CONDITION = (
    "The study names no condition, so what is proposed can judge no patients yet. In its file write [condition], "
    'and below it library = "tace-failure" (or folder = a folder of your own).'
)


def tell_unnamed(proposals: Proposals) -> None:
    """Say how proposals come to judge patients where their study names no condition."""
    if any(proposal.definition is not None and not proposal.definition.condition for proposal in proposals):
        say(NO_CONDITION)


def _write(proposals: Proposals, out: Path) -> None:
    from consensus.definitions.definition_file import write_definition

    written = 0
    for number, proposal in enumerate(proposals, start=1):
        if proposal.definition is not None:
            kind = proposal.kind if proposal.school is None else f"school-{proposal.school}"
            path = out / f"{number}-{kind}.yaml"
            write_definition(proposal.definition, path)
            say(f"Wrote {path}")
            written += 1
    tell_unnamed(proposals)
    if not written:
        say("No definition follows from these answers, so none was written.")
