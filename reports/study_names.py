"""What a study file names beside its files: the rule, columns of the design, definitions and earlier studies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from questionnaires.problems import ConsensusError
from reports import study_keys

if TYPE_CHECKING:
    from consensus.definitions.condition import Condition
    from questionnaires.published import PublishedCounts
    from questionnaires.responses import Responses
    from reports.study import Study


def refuse_unknown_names(
    study: Study, condition: Condition | None, answers: Responses | PublishedCounts | None
) -> None:
    """Raise ConsensusError with one line for each rule, column, definition or earlier study that can't be had.

    What is refused here would stop `agree`, `score` or `report` later, or be passed over by them.
    """
    lines = []
    for key, read in _named(study, condition, answers):
        try:
            read()
        except ConsensusError as error:
            at = study_keys.located(study.path, key) if study.path is not None else study.name
            lines += [f"{at}: {line}" for line in str(error).split("\n")]
    if lines:
        raise ConsensusError("\n".join(lines))


def _named(
    study: Study, condition: Condition | None, answers: Responses | PublishedCounts | None
) -> Iterator[tuple[str, Callable[[], object]]]:
    from consensus.agreement.sampling import column_of
    from consensus.definitions.definition_file import read_definition
    from consensus.rules.grammar import parse_rule
    from questionnaires.responses import Responses
    from reports.study import read_study

    yield "consensus.rule", partial(parse_rule, study.rule)
    if isinstance(answers, Responses):
        for what, name in (("cluster", study.cluster), ("stratum", study.stratum), ("weight", study.weight)):
            if name is not None:
                yield f"design.{what}", partial(column_of, answers, name, what)
    for definition in study.definitions:
        yield "compare.definitions", partial(read_definition, definition, condition)
    for earlier in study.earlier:
        yield "compare.studies", partial(read_study, earlier)
