"""`consensus rules`: what counts as consensus, by published rules or one's own words, and on a study all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reports.commands.console import HELP, envelope, say, show, show_json, show_table, working

if TYPE_CHECKING:
    from consensus.rules.multiverse import Multiverse
    from consensus.rules.named import NamedRule
    from consensus.rules.rule import Rule

LANGUAGES = click.Choice(["en", "zh"])
PANELS = (8, 10, 12, 15, 20, 30, 50)


@click.group(
    context_settings=HELP,
    name="rules",
    invoke_without_command=True,
    help="""\b
Example:
  consensus rules
  consensus rules explain RAND-UCLA
  consensus rules explain "share(7..9) >= 70% and share(1..3) < 15%"
  consensus rules try cci-2020

List the rules of published panels with their citation and standing. A rule is written in words that a clinician can
read; the study file takes any of these texts, or your own.""",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON for machines to stdout.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """List the named rules, unless a subcommand does something else."""
    if ctx.invoked_subcommand is not None:
        return
    from consensus.rules.named import named_rules

    rules = named_rules()
    if as_json:
        show_json({"rules": [_told(rule) for rule in rules]})
        return
    show_table(("rule", "family", "standing", "text"), [(r.id, r.family, r.standing, r.text) for r in rules])
    recalled = sum(rule.standing == "recalled" for rule in rules)
    say(f"{len(rules)} rules, {recalled} of them recalled: confirm those in their source before you rely on them.")


def _told(named: NamedRule) -> dict[str, object]:
    keys = ("id", "family", "standing", "text", "cite")
    return {key: getattr(named, key) for key in keys} | {"title": dict(named.title), "note": dict(named.note)}


@command.command(
    name="explain",
    help="""\b
Example:
  consensus rules explain RAND-UCLA
  consensus rules explain "median >= 7 and iqr <= 2, quorum 75% of eligible"

Say in words what a rule asks for. RULE is the name of a rule, of a family, or the text of one.""",
)
@click.argument("rule")
@click.option("--language", type=LANGUAGES, default="en", help="The language of the sentences.")
def explain(rule: str, language: str) -> None:
    """Explain a named rule, a family of them, or a text."""
    from consensus.rules.grammar import parse_rule
    from consensus.rules.named import find_rules

    if any(sign in rule for sign in "(<>="):
        _explain("", parse_rule(rule), language)
        return
    for at, named in enumerate(find_rules(rule)):
        if at:
            show()
        show(f"{named.id}: {named.titled(language)}")
        _explain("  ", named.rule(), language)
        show(f"  {named.standing}: {named.cite}")
        if named.noted(language):
            show(f"  {' '.join(named.noted(language).split())}")


def _explain(lead: str, rule: Rule, language: str) -> None:
    show(f"{lead}{rule}")
    show(f"{lead}{rule.sentence(language)}")
    if rule.threshold is not None:
        needed = ", ".join(f"{rule.needed(n)} of {n}" for n in PANELS)
        show(f"{lead}{'At least' if language == 'en' else '至少需要'}: {needed}")


@command.command(
    name="try",
    help="""\b
Example:
  consensus rules try cci-2020
  consensus rules try study.toml --json

Hold every criterion of STUDY against every rule that fits it, under every way to count equivocal answers, every base
and three types of quantiles: which verdicts hold whatever the choice, and which choice turns the others.""",
)
@click.argument("study")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for machines to stdout.")
def try_rules(study: str, as_json: bool) -> None:
    """Show the multiverse of rules of a study."""
    from reports.multiverse_of import multiverse_of
    from reports.study import read_study

    with working("Trying rules"):
        found, provenance, synthetic = multiverse_of(read_study(study))
    if as_json:
        rows = found.to_frame().astype(object)
        listed = rows.where(rows.notna(), None).to_dict("records")
        robustness = {item: found.robustness(item) for item in found.items}
        show_json(envelope(provenance, synthetic=synthetic) | {"robustness": robustness, "verdicts": listed})
        return
    _show(found)


def _show(found: Multiverse) -> None:
    from consensus.rules.deciding import OUTCOMES

    rows = []
    for item in found.items:
        tally = found.tally(item)
        turning = "; ".join(f"{word}: {', '.join(values)}" for word, values in found.turning(item).items())
        rows.append((item, found.robustness(item), *(tally[o] for o in OUTCOMES), turning))
    show(f"Rule of the study: {found.own.rule}")
    show_table(("item", "robustness", *OUTCOMES, "turned by"), rows, right=tuple(range(2, 2 + len(OUTCOMES))))
    say(f"{len(found.universes)} verdicts on {len(found.items)} items.")
