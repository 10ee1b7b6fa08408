"""Definitions on a terminal: as sentences, and side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reports.telling_scores import marked_names
from reports.wording.messages import said

if TYPE_CHECKING:
    from consensus.definitions.condition import Condition
    from consensus.definitions.definition import Definition
    from questionnaires.problems import Problems


def read_with_condition(source: str, folder: Path | None) -> tuple[Definition, Condition]:
    """Return a definition by its id or file, and its condition: the folder's, else the one that it names."""
    from consensus.definitions.condition import conditions, read_condition
    from consensus.definitions.definition_file import read_definition

    if folder is not None:
        condition = read_condition(folder)
        return read_definition(source, condition), condition
    found = read_definition(source)
    if found.condition in conditions():
        return found, read_condition(found.condition)
    return found, read_condition(Path(source).resolve().parent.parent)


def sentences_of(definition: Definition, condition: Condition, language: str) -> tuple[str, ...]:
    """Return a definition as lines of plain sentences."""
    from consensus.definitions.sentences import sentences

    source = replace(definition.source, cite=said(definition.source.cite, language))
    return sentences(replace(definition, source=source), condition, language)


def examples_line(definition: Definition, problems: Problems) -> str:
    """Return how many examples of a definition's file were judged, and whether all are as written."""
    number = len(definition.examples)
    if not number:
        return "0 examples in the file: add some under `examples`, and each check judges them."
    several = "1 example" if number == 1 else f"{number} examples"
    wrong = len({problem.where for problem in problems.faults})
    return f"{several} judged, {'as written' if not wrong else f'{wrong} not as written'}."


def matrix_table(
    definitions: Sequence[Definition], condition: Condition, language: str
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the headers and rows of the criteria side by side."""
    from consensus.definitions.matrix import matrix

    head = "标准" if language == "zh" else "criterion"
    rows = [(row.says, *row.cells) for row in matrix(definitions, condition, language)]
    return (head, *marked_names(definitions).values()), rows
