"""The panel of a study: its people, its statements by round, the forms they were asked with, and the rounds closed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from questionnaires.problems import ConsensusError

if TYPE_CHECKING:
    from consensus.rounds.closing import ClosedRound
    from consensus.rounds.feedback import Feedback
    from consensus.rounds.folder import RoundFolder
    from consensus.rounds.items import Items
    from consensus.rounds.panel import Panel
    from consensus.rounds.panel_results import PanelResults
    from consensus.rules.rule import Rule
    from questionnaires.instrument import Instrument
    from reports.panel_files import PanelFiles
    from reports.study import Study


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class StudyPanel:
    """What the commands on rounds are made from; `base` is the folder of the study file."""

    study: Study
    files: PanelFiles
    base: Path
    people: Panel
    items: Items
    rule: Rule

    def folder(self, number: int) -> RoundFolder:
        """Return the folder of a round."""
        from consensus.rounds.folder import RoundFolder

        return RoundFolder(self.base, number)

    def instrument(self, number: int) -> Instrument:
        """Return the form that a round was asked with."""
        from consensus.rounds.examples import refuse_example_questions
        from questionnaires.xlsform import read_instrument

        source = dict(self.files.instruments).get(number, self.study.instrument)
        if source is None:
            raise ConsensusError(
                f"{self.study.path}: names no form. Expected [instrument] with file, or [panel] with instruments."
            )
        form = read_instrument(source)
        refuse_example_questions(form, str(source))
        return form

    def closed_rounds(self) -> tuple[ClosedRound, ...]:
        """Return the rounds that were closed, in their order."""
        from consensus.rounds.closing import read_closed

        return tuple(
            read_closed(self.folder(n), self.people, self.items, self.instrument(n), self.coding)
            for n in self.items.rounds
            if self.folder(n).closed.is_file()
        )

    def feedback(self, number: int) -> Feedback:
        """Return what panelists are told before a round."""
        from consensus.rounds.feedback import feedback_for

        return feedback_for(
            number,
            self.closed_rounds(),
            self.people,
            self.items,
            self.instrument(number),
            title=self.study.title or self.study.name,
            study=self.study.name,
            language=self.study.language,
        )

    @property
    def coding(self) -> Any:
        """How equivocal answers count."""
        return self.study.equivocal

    def check_round(self, number: int) -> None:
        """Raise ConsensusError for a round in which nothing is asked."""
        if number not in self.items.rounds:
            rounds = ", ".join(map(str, self.items.rounds)) or "none"
            raise ConsensusError(f"{self.items.name}: nothing is asked in round {number}. It has the rounds {rounds}.")

    def frozen(self) -> dict[str, Any]:
        """Return what a lock of the protocol freezes."""
        from consensus.rounds.answers import file_sha256
        from consensus.rounds.protocol import frozen_of

        forms = [form for _, form in self.files.instruments]
        forms += [self.study.instrument] if isinstance(self.study.instrument, Path) else []
        files = {self.files.items.name: self.items.sha256, self.files.people.name: self.people.sha256}
        files |= {form.name: file_sha256(form) for form in forms}
        return frozen_of(
            self.rule,
            equivocal=self.study.equivocal,
            seed=self.study.seed,
            files=files,
            stopping=self.files.stopping,
            plan=self.files.plan,
            rounds=self.files.rounds,
        )


def panel_of(study: Study) -> StudyPanel:
    """Return the panel of a study; ConsensusError where it names none, or a file of it can't be read."""
    from consensus.rounds.items import read_items
    from consensus.rounds.panel import read_panel
    from consensus.rules.grammar import parse_rule

    if study.panel is None or study.path is None:
        raise ConsensusError(
            f'{study.path or study.name}: names no panel. Expected [panel] with file = "panel.xlsx" and '
            'items = "items.xlsx".'
        )
    people, items = read_panel(study.panel.people), read_items(study.panel.items)
    _check_recusals(people, items)
    return StudyPanel(
        study=study,
        files=study.panel,
        base=study.path.parent,
        people=people,
        items=items,
        rule=parse_rule(study.rule),
    )


def panel_lines(study: Study) -> list[str]:
    """Return what a check says of a panel; ConsensusError where a round asks what its form doesn't have."""
    panel = panel_of(study)
    lines = [f"A panel of {len(panel.people.people)} people in {len(panel.people.groups)} groups."]
    for number in panel.items.rounds:
        names = {question.name for question in panel.instrument(number).questions}
        missing = [item.name for item in panel.items.of_round(number) if item.name not in names]
        if missing:
            raise ConsensusError(
                f"{panel.items.name}: round {number} asks {', '.join(missing)}, and its form has no such question."
            )
        voters, asked = len(panel.people.voters(number)), len(panel.items.of_round(number))
        state = "closed" if panel.folder(number).closed.is_file() else "not closed"
        lines.append(f"Round {number}: {voters} invited voters, {asked} items, {state}.")
    return lines


def run_panel(study: Study) -> PanelResults | None:
    """Return what the closed rounds of a study's panel gave; None where no round is closed yet."""
    from consensus.rounds.panel_results import panel_results
    from consensus.rounds.protocol import read_protocol

    panel = panel_of(study)
    rounds = panel.closed_rounds()
    if not rounds:
        return None
    protocol = read_protocol(panel.base)
    deviations = protocol.deviations(panel.frozen()) if protocol is not None else ()
    return panel_results(
        panel.people,
        panel.items,
        panel.rule,
        rounds,
        coding=panel.coding,
        seed=study.seed,
        protocol=protocol,
        deviations=deviations,
    )


def _check_recusals(people: Panel, items: Items) -> None:
    """Raise ConsensusError where somebody is recused from an item that is nowhere asked."""
    from questionnaires.problems import did_you_mean
    from questionnaires.reading.text import key_of

    known = {key_of(item): item for item in items.names}
    faults = [
        f"{people.name}: {person.id} is recused from {item.upper()}, which {items.name} doesn't have. "
        f"{did_you_mean(item.upper(), list(known.values()))}".rstrip()
        for person in people.people
        for item in sorted(person.recused - set(known))
    ]
    if faults:
        raise ConsensusError("\n".join(faults))
