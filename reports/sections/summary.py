"""The summary: the honest result first, in plain words. Always there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers_told
from reports.document import Callout, Cell, Column, Prose, Section, Table, number_cell, text_cell
from reports.frames import rows_of
from reports.numbers_marked import mark
from reports.sections.cohort import judged
from reports.sections.comparison import rows_of as compared_rows
from reports.sections.proposals import reason_of
from reports.sections.question import against_text, support_text
from reports.sections.respondents import who_answered
from reports.sections.rounds import panel_summary

if TYPE_CHECKING:
    from consensus.agreement.agree import Agreement
    from consensus.rules.verdict import RuleVerdict
    from reports.document import Block
    from reports.earlier import Earlier
    from reports.material import Material


def summary(material: Material) -> Section:
    """Return the summary of whatever the study has."""
    blocks: list[Block] = []
    if material.panel is not None:
        blocks.append(panel_summary(material, material.panel))
    if material.agreement is not None:
        blocks.append(_result(material, material.agreement))
    if material.scores is not None:
        blocks.append(_patients(material))
    return Section(id="summary", title=material.words.page.SUMMARY, blocks=tuple(blocks))


def _result(material: Material, agreement: Agreement) -> Callout:
    say, own = material.words.summary, agreement.own_verdicts()
    standing = agreement.standing()
    accepted, rejected, between = (standing[name] for name in ("accepted", "rejected", "between"))
    told = [
        mark(numbers_told.counted(f"criteria/{name}", number), say.word(number, name == "rejected"))
        for name in ("accepted", "all", "rejected", "between")
        for number in (standing[name],)
    ]
    blocks: list[Prose | Table] = [
        Prose(text=say.first(accepted, len(own), agreement.rule.phrase(material.language), told[:2]), tone="lead")
    ]
    if others := say.others(rejected, between, told[2:]):
        blocks.append(Prose(text=others))
    blocks.append(Prose(text=who_answered(material)[0]))
    if own:
        blocks.append(_standings(material, agreement))
    blocks += [Prose(text=text) for text in _proposals(material)]
    blocks += [Prose(text=text) for earlier in material.earlier if (text := _beside(material, earlier))]
    return Callout(kind="result", title=say.TITLE, blocks=tuple(blocks))


def _standings(material: Material, agreement: Agreement) -> Table:
    say = material.words.summary
    rank = {"in": 0, "out": 1}
    own = sorted(agreement.own_verdicts(), key=lambda v: rank.get(v.outcome, 2))
    return Table(
        id="standings",
        caption=say.STANDINGS_CAPTION,
        columns=(
            Column(header=material.words.survey.CRITERION, head=True),
            Column(header=say.FOR, align="right"),
            Column(header=say.AGAINST, align="right"),
            Column(header=material.words.survey.STANDS),
        ),
        rows=tuple(_standing(material, verdict) for verdict in own),
        footnotes=_dependings(material, agreement, own),
    )


def _standing(material: Material, verdict: RuleVerdict) -> tuple[Cell, ...]:
    words = material.words.survey
    return (
        text_cell(material.criterion(verdict.criterion)),
        text_cell(support_text(material, verdict) or material.said(verdict.support.reason) or words.NOT_PRINTED),
        text_cell(against_text(verdict)),
        text_cell(words.OUTCOMES[verdict.outcome], sign=verdict.outcome),
    )


def _dependings(material: Material, agreement: Agreement, own: list[RuleVerdict]) -> tuple[str, ...]:
    """Return the criteria whose verdicts change with how equivocal answers count, then that the others do not."""
    told = [(verdict, _codings(agreement, verdict)) for verdict in own]
    told = [(verdict, codings) for verdict, codings in told if len(codings) > 1]
    turned = [(v, codings) for v, codings in told if any(c.outcome != v.outcome for c in codings)]
    notes = [_depending(material, verdict, codings) for verdict, codings in turned]
    if len(turned) < len(told):
        say = material.words.summary
        notes.append(say.OTHERS_STAND if turned else say.ALL_STAND)
    return tuple(notes)


def _codings(agreement: Agreement, own: RuleVerdict) -> list[RuleVerdict]:
    return [v for v in agreement.verdicts if v.question == own.question and v.support.value is not None]


def _depending(material: Material, own: RuleVerdict, codings: list[RuleVerdict]) -> str:
    """Return how far support goes under the other ways to count equivocal answers, and where the verdict changes."""
    words = material.words.survey
    low, high = (pick(codings, key=lambda v: v.support.value or 0) for pick in (min, max))
    limits = [numbers_told.percent(numbers_told.supported(v)) for v in (low, high)]
    other = [(words.CODINGS[v.coding], words.OUTCOMES[v.outcome]) for v in codings if v.outcome != own.outcome]
    criterion = material.criterion(own.criterion)
    return str(material.words.summary.depending(criterion, words.CODINGS[own.coding], *limits, other))


def _proposals(material: Material) -> list[str]:
    say, proposals = material.words.summary, material.proposals
    if proposals is None:
        return []
    chosen = proposals.chosen
    if chosen is None:
        return [reason_of(material, proposals.thresholded) or say.NO_DEFINITION]
    terms = [term.says.text(material.language) for term in chosen.terms]
    weaker = material.agreement is not None and proposals.thresholded.rule != material.agreement.rule
    second = () if proposals.alike is None else (say.SECOND_ALIKE if proposals.alike else say.SECOND_DIFFERS,)
    return [say.definition(terms, fallback=weaker), *second]


def _beside(material: Material, earlier: Earlier) -> str:
    """Return how many shared answers differ from an earlier survey beyond chance, and which differs most."""
    answers = earlier.comparison.compared
    if not answers:
        return ""
    name = f"compared/{earlier.name}"
    apart = earlier.comparison.differing
    counts = [
        numbers_told.number(numbers_told.counted(f"{name}/{what}", len(found)))
        for what, found in (("answers", answers), ("apart", apart))
    ]
    most = max(answers, key=lambda a: abs(a.difference.value or 0))
    now, then, _ = compared_rows(earlier, most)
    label = material.words.comparison.figure_label(
        material.question(most.question), material.option(most.question, most.option)
    )
    shares = numbers_told.percent(now), numbers_told.percent(then)
    return str(material.words.summary.beside(material.said(earlier.title), *counts, label, *shares))


def _patients(material: Material) -> Callout:
    say, scores = material.words.summary, material.scores
    assert scores is not None
    total, verdicts = len(scores.courses.patients), material.words.cohort.VERDICTS
    head = material.words.page.heading
    rows = tuple(
        (
            text_cell(material.definition(row.definition)),
            number_cell(int(row.met), numbers_told.of(met) if total else numbers_told.votes(met)),
            number_cell(int(row.unknown), numbers_told.of(unknown) if total else numbers_told.votes(unknown)),
        )
        for row in rows_of(scores.counts())
        for met, unknown, _ in (judged(row, total),)
    )
    table = Table(
        id="patients-summary",
        caption=say.PATIENTS_CAPTION,
        columns=(
            Column(header=material.words.cohort.DEFINITION, head=True),
            Column(header=head(verdicts["met"]), align="right"),
            Column(header=head(verdicts["unknown"]), align="right"),
        ),
        rows=rows,
    )
    title = say.patients_title(material.words.cohort.patients(total, _patients_number(total)), scores.courses.synthetic)
    return Callout(kind="card", title=title, blocks=(table,))


def _patients_number(total: int) -> str:
    return numbers_told.number(numbers_told.counted("patients", total))
