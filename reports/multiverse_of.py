"""The multiverse of rules of a study: its criteria as counts, held against every rule that fits them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from questionnaires.problems import ConsensusError

if TYPE_CHECKING:
    from consensus.agreement.agree import Agreement
    from consensus.provenance import Provenance
    from consensus.rules.ballots import Counts
    from consensus.rules.multiverse import Multiverse
    from reports.study import Study


def multiverse_of(study: Study) -> tuple[Multiverse, Provenance, bool]:
    """Return the multiverse of a study, what it was made from, and whether any answers are made up.

    Raises ConsensusError for a study without criteria or ratings that rules could be held against.
    """
    from reports.study import run_study

    if study.panel is not None:
        return _of_panel(study)
    results = run_study(study, scoring=False)
    if results.agreement is None:
        raise ConsensusError(f"{study.path or study.name}: has no answers that a rule could be held against.")
    found = multiverse_of_agreement(results.agreement)
    if not found.items:
        raise ConsensusError(f"{study.path or study.name}: asks about no criterion, and rates no statement.")
    return found, results.provenance, results.agreement.synthetic


def _of_panel(study: Study) -> tuple[Multiverse, Provenance, bool]:
    """Return the multiverse of the last answers to each statement of a panel."""
    from consensus.provenance import provenance
    from reports.study_panel import run_panel

    panel = run_panel(study)
    if panel is None:
        raise ConsensusError(
            f"{study.path}: no round is closed yet. consensus rounds close STUDY --round K closes one."
        )
    return panel.multiverse, provenance(study.name, list(panel.sources), seed=study.seed), panel.synthetic


def multiverse_of_agreement(agreement: Agreement) -> Multiverse:
    """Return the multiverse of the criteria and rated statements that people were asked about."""
    from consensus.rules.multiverse import multiverse

    return multiverse(items_of(agreement), agreement.rule, agreement.equivocal)


def items_of(agreement: Agreement) -> dict[str, Counts]:
    """Return the counts of each criterion, and of each statement rated on a scale, as far as they are known."""
    from consensus.rules.verdict import counts_of_tally

    items: dict[str, Counts] = {}
    for counted in agreement.tally.questions:
        question = agreement.instrument.question(counted.question)
        if question.multiple or not question.closed or question.role not in ("criterion", "rating"):
            continue
        counts = counts_of_tally(agreement.tally, question, None, {})
        if counts is not None:
            items[question.criterion or question.name] = counts
    return items
