"""The expressions of an instrument: whether each can be read, and whether what it speaks of is there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from questionnaires.instrument import Group, Question
from questionnaires.problems import Problem, did_you_mean, one_of
from questionnaires.routing import ExpressionError, parse_expression
from questionnaires.xlsform.sheets import Row
from questionnaires.xlsform.survey import Survey
from questionnaires.xpath import FUNCTIONS

REFERENCE = re.compile(r"\$\{([^}]*)\}")
CALLED = re.compile(r"([A-Za-z][\w:.-]*)\s*\(")
IN_QUOTES = re.compile(r"'[^']*'|\"[^\"]*\"")
PATH = re.compile(r"(^|[\s(=<>!+*,-])(\.\.|current\(\)|/?[\w-]*)/[\w./-]+")
OPERATORS = frozenset({"and", "or", "div", "mod"})
EVALUATED = tuple(FUNCTIONS)
# Functions that survey programs know; whoever fields the form needs them, so they are no fault of the workbook.
FIELDED = frozenset(
    (  # noqa: SIM905
        "abs acos area asin atan atan2 base64-decode boolean-from-string ceiling checklist choose concat cos count "
        "count-non-empty current current-date current-time date-time decimal-date-time decimal-time digest distance "
        "endswith exp exp10 floor format-date format-date-time indexed-repeat instance intersects jr:choice-name "
        "jr:itext join last local-name log log10 lowercase lower-case normalize-space now once area pi position pow "
        "property pulldata randomize random regex sin sqrt substring substring-after substring-before tan thousandsep "
        "today translate upper-case uuid version weighted-checklist"
    ).split()
)


def check_expressions(survey: Survey) -> Iterator[Problem]:
    """Yield a fault for each expression that can't be read and a note for each that is not evaluated here."""
    known = [*(q.name for q in survey.questions), *(g.name for g in survey.groups)]
    things: list[Group | Question] = [*survey.groups, *survey.questions]
    for thing in things:
        row = survey.seen.get(thing.name.casefold())
        for column in ("relevant", "constraint", "calculation"):
            text = getattr(thing, column, None)
            if text and row is not None:
                yield from _unknown_names(row, column, text, known)
                yield from _unreadable(row, column, text)


def _unknown_names(row: Row, column: str, text: str, known: Iterable[str]) -> Iterator[Problem]:
    names_there = list(known)
    for name in dict.fromkeys(REFERENCE.findall(text)):
        if name.strip() not in names_there:
            yield Problem(
                where=row.where(column),
                got=f'"{text}" speaks of {name}, which is no question',
                expected=one_of(names_there),
                hint=did_you_mean(name, names_there),
                question=row.get("name"),
            )


def _unreadable(row: Row, column: str, text: str) -> Iterator[Problem]:
    where, question = row.where(column), row.get("name")
    used = not_evaluated(text)
    if used:
        yield Problem(
            where=where,
            got=f'"{text}" uses {", ".join(used)}, which {"is" if len(used) == 1 else "are"} not evaluated here',
            hint="Empty answers under it stay of unknown kind." if column == "relevant" else "It is not checked.",
            question=question,
            severity="note",
        )
        return
    try:
        parse_expression(text)
    except ExpressionError as error:
        yield Problem(
            where=where,
            got=f'"{text}" can\'t be read from character {error.at} on: {error.got}',
            expected=error.expected,
            question=question,
        )


def not_evaluated(text: str) -> tuple[str, ...]:
    """Return what an expression uses that survey programs evaluate and this one does not, each once."""
    bare = REFERENCE.sub("x", IN_QUOTES.sub("", text))
    called = [name for name in CALLED.findall(bare) if name not in FUNCTIONS and name.lower() not in OPERATORS]
    found = [f"{name}()" for name in called if name in FIELDED]
    paths = ["a path"] if PATH.search(bare) else []
    return tuple(dict.fromkeys(found + paths))
