"""`consensus rounds`: workbooks out to a panel, answers back in, and the verdicts of a round."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reports.commands.console import HELP, faults_line, say, show, show_json, show_problems, show_table, steps, working

if TYPE_CHECKING:
    from consensus.rounds.answers import RoundAnswers
    from consensus.rounds.results import ItemResult
    from questionnaires.problems import Problems
    from reports.study_panel import StudyPanel

STUDY = click.argument("study")
ROUND = click.option("--round", "number", type=click.IntRange(min=1), required=True, help="The number of the round.")


@click.group(
    context_settings=HELP,
    name="rounds",
    help="""\b
Example:
  consensus rounds send study.toml --round 2
  consensus rounds collect study.toml --round 2
  consensus rounds collect study.toml --round 1 export.xlsx
  consensus rounds close study.toml --round 1

Run the rounds of a panel: a workbook for each panelist, or an export of a survey platform; what is collected may be
collected again until the round is closed.""",
)
def command() -> None:
    """Hold the commands on rounds."""


@command.command(
    name="send",
    help="""\b
Example:
  consensus rounds send study.toml --round 2

Write a workbook for each invited voter into rounds/K/sent: their last answer, what the panel and its larger groups
said, comments without names, and cells to answer in. All else is locked and signed with rounds/key: it stays here.""",
)
@STUDY
@ROUND
def send(study: str, number: int) -> None:
    """Write the workbooks of a round."""
    from consensus.rounds.sending import send_round
    from reports.study import read_study
    from reports.study_panel import panel_of

    found = read_study(study)
    panel = panel_of(found)
    panel.check_round(number)
    folder = panel.folder(number)
    feedback = panel.feedback(number)
    with steps("Writing workbooks", len(panel.people.voters(number))) as step:
        sent = send_round(folder, feedback, panel.people, panel.instrument(number), step)
    show(f"Round {number}: {len(sent)} workbooks for the invited voters in {folder.sent}.")
    new = ", ".join(item.item for item in feedback.items if item.item not in feedback.before)
    if new:
        say(f"Nothing is told of {new}: not asked before.")
    say(f"{folder.path / 'form.xlsx'} asks the same on a survey platform (XLSForm), with what the whole panel said.")
    say(f"{folder.key} signs them: keep it, and give it to nobody.")
    _say_deviations(panel, study)


@command.command(
    name="collect",
    help="""\b
Example:
  consensus rounds collect study.toml --round 2
  consensus rounds collect study.toml --round 1 export.xlsx

Read the answers of a round: the export FILE of a survey platform, or without it the workbooks in rounds/K/returned.
Writes rounds/K/answers.csv; what doesn't count is told in a line each.""",
)
@STUDY
@click.argument("file", type=click.Path(path_type=Path), required=False)
@ROUND
@click.option("--json", "as_json", is_flag=True, help="Write JSON for machines to stdout.")
@click.option("--strict", is_flag=True, help="Any fault in the files is fatal (exit code 3).")
def collect(study: str, file: Path | None, number: int, as_json: bool, strict: bool) -> None:
    """Collect the answers of a round."""
    from consensus.rounds.closing import keep_answers
    from consensus.rounds.results import results_of
    from questionnaires.problems import ConsensusError
    from reports.study import read_study
    from reports.study_panel import panel_of

    panel = panel_of(read_study(study))
    panel.check_round(number)
    with working("Reading answers"):
        found, problems = _collected(panel, number, file)
    for finding in found.findings:
        click.echo(finding.text, err=True)
    show_problems(problems, strict=strict)
    faults = sum(finding.fault for finding in found.findings)
    if strict and faults:
        raise ConsensusError(f"{faults} of the lines above are faults. --strict: nothing was written.")
    content = keep_answers(panel.folder(number), found, panel.people)
    results = results_of(
        panel.rule, found.answers, panel.people, panel.items, panel.instrument(number), number, panel.coding
    )
    if as_json:
        show_json(content | {"results": [result.to_dict() for result in results]})
        return
    read_as = f", read as {found.dialect}" if found.dialect else ""
    show(f"Round {number}: {content['answered']} of {content['invited']} invited voters answered{read_as}.")
    show(f"{len(found.answered)} panelists count; {panel.folder(number).answers} holds their answers.")
    if len(problems):
        say(faults_line(problems))


def _collected(panel: StudyPanel, number: int, file: Path | None) -> tuple[RoundAnswers, Problems]:
    from questionnaires.problems import Problems

    if file is None:
        from consensus.rounds.returned import collect_returned

        found = collect_returned(panel.folder(number), panel.people, panel.items, panel.instrument(number))
        return found, Problems()
    from consensus.rounds.export import collect_export
    from questionnaires.responses import read_responses

    export = read_responses(file, panel.instrument(number), round=number, columns=dict(panel.study.columns))
    made = collect_export(export, panel.people, panel.items, number, panel.study.corrections)
    return made.answers, made.problems


@command.command(
    name="close",
    help="""\b
Example:
  consensus rounds close study.toml --round 1

Hold the answers of a round against the rule and keep the verdicts in rounds/K/closed.json. A round is closed once.""",
)
@STUDY
@ROUND
@click.option("--json", "as_json", is_flag=True, help="Write JSON for machines to stdout.")
def close(study: str, number: int, as_json: bool) -> None:
    """Close a round."""
    from consensus.rounds.closing import close_round
    from reports.study import read_study
    from reports.study_panel import panel_of

    panel = panel_of(read_study(study))
    panel.check_round(number)
    closed = close_round(
        panel.folder(number), panel.rule, panel.people, panel.items, panel.instrument(number), panel.coding
    )
    if as_json:
        show_json({"round": number, "results": [result.to_dict() for result in closed.results]})
        return
    _show_results(closed.results)
    show(f"Open: {', '.join(closed.open_items) or 'nothing'}.")
    say(f"{panel.folder(number).closed} holds the verdicts by {panel.rule}.")
    _say_deviations(panel, study)


def _say_deviations(panel: StudyPanel, study: str) -> None:
    """Say what the study does otherwise than its locked protocol, so that it is amended before people ask."""
    from consensus.rounds.protocol import read_protocol
    from reports.telling_protocol import deviation_line

    line = deviation_line(read_protocol(panel.base), panel, study)
    if line:
        say(line)


def _show_results(results: tuple[ItemResult, ...]) -> None:
    names = list(dict.fromkeys(name for result in results for name, _ in result.numbers))
    names = [name for name in names if name not in ("mean", "sd")]
    rows = [
        (r.item, r.n, r.eligible, *(_shown(name, r.number(name)) for name in names), r.verdict, _sensitive(r))
        for r in results
    ]
    header = ("item", "n", "eligible", *(name.replace("_", " ") for name in names), "verdict", "")
    show_table(header, rows, right=tuple(range(1, 3 + len(names))))


def _shown(name: str, value: Any) -> str:
    if value is None:
        return "-"
    return f"{100 * value:.1f}%" if name.startswith("share") else f"{value:g}"


def _sensitive(result: ItemResult) -> str:
    other = [f"type {kind}: {outcome}" for kind, outcome in result.by_quantile if outcome != result.verdict]
    return f"by quantiles of {', '.join(other)}" if other else ""
