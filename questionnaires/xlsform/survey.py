"""The sheet `survey`: questions in their groups, each fault with its cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from questionnaires.instrument import Choice, Group, Labels, Question
from questionnaires.problems import Problem, did_you_mean, one_of
from questionnaires.xlsform import names
from questionnaires.xlsform.choices import Lists
from questionnaires.xlsform.sheets import Row, Sheet

KNOWN = frozenset(
    {
        "type",
        "name",
        "relevant",
        "constraint",
        "required",
        "calculation",
        "parameters",
        "role",
        "criterion",
        "direction",
        "parameter",
        "evidence",
        "same_as",
        "vignette",
        "reconstructed",
        "note",
    }
)
ALIASES = {"relevance": "relevant", "calculate": "calculation", "command": "type"}
YES = frozenset({"yes", "true", "true()", "1"})
NO = frozenset({"no", "false", "false()", "0"})
LOOSE_NAMES = frozenset({"start", "end", "today", "deviceid", "username", "audit", "note"})


OTHER = {"en": "Other", "zh": "其他"}
WHICH_OTHER = {"en": "Other: which?", "zh": "其他，请注明："}


@dataclass(slots=True)
class Survey:
    """What is found on the way down the sheet."""

    lists: Lists
    criteria: frozenset[str] | None
    problems: list[Problem]
    questions: list[Question] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    open: list[tuple[Row, str, str]] = field(default_factory=list)
    seen: dict[str, Row] = field(default_factory=dict)

    def fault(
        self, row: Row, column: str, got: str, expected: str = "", hint: str = "", *, warning: bool = False
    ) -> None:
        """Note one fault of a cell, or a warning."""
        self.problems.append(
            Problem(
                where=row.where(column),
                got=got,
                expected=expected,
                hint=hint,
                question=row.get("name"),
                severity="warning" if warning else "fault",
            )
        )


def read_survey(sheet: Sheet, lists: Lists, criteria: frozenset[str] | None, problems: list[Problem]) -> Survey:
    """Return the questions and groups of the sheet; `criteria` are the known ones, None where no sheet lists them."""
    survey = Survey(lists=lists, criteria=criteria, problems=problems)
    for row in sheet.rows:
        _read_row(survey, row)
    for row, kind, name in survey.open:
        survey.fault(row, "type", f'the {kind} "{name}" has no end', f"a row end_{kind} below it")
    return survey


def _read_row(survey: Survey, row: Row) -> None:
    text = row.get("type")
    if text is None:
        if row.get("name") is not None:
            survey.fault(row, "type", "the cell is empty", "a type such as select_one, integer or text")
        return
    words = " ".join(text.replace("_", " ").split()).lower()
    if words in names.BEGIN:
        _begin(survey, row, names.BEGIN[words])
    elif words in names.END:
        if survey.open:
            survey.open.pop()
        else:
            survey.fault(row, "type", f"{text} without a beginning", "a row begin_group above it")
    else:
        _question(survey, row, text)


def _begin(survey: Survey, row: Row, kind: str) -> None:
    name = row.get("name") or f"{kind}_{row.number}"
    survey.open.append((row, kind, name))
    if not _free(survey, row, name):
        return
    further = row.further(KNOWN - {"constraint", "required", "calculation", "parameters"})
    survey.groups.append(
        Group(
            name=name,
            label=row.labels("label"),
            relevant=row.get("relevant"),
            repeat=kind == "repeat",
            further=tuple(pair for pair in further if pair[0] not in ALIASES),
        )
    )


def _question(survey: Survey, row: Row, text: str) -> None:
    kind, list_name, with_other = _type(survey, row, text)
    name = row.get("name")
    if name is None:
        if kind in LOOSE_NAMES:
            name = kind if kind not in survey.seen else f"{kind}_{row.number}"
        else:
            survey.fault(row, "name", "the cell is empty", "a name for each question")
            return
    if not _free(survey, row, name):
        return
    choices = _choices(survey, row, kind, list_name)
    if with_other and not any(choice.name == "other" for choice in choices):
        choices, list_name = (*choices, _other(choices)), f"{list_name}_or_other"
    question = Question(
        name=name,
        type=kind,
        label=row.labels("label"),
        list_name=list_name,
        choices=choices,
        hint=row.labels("hint"),
        relevant=row.get("relevant") or row.get("relevance"),
        constraint=row.get("constraint"),
        required=_flag(survey, row, "required", empty_else=True),
        calculation=row.get("calculation") or row.get("calculate"),
        parameters=row.get("parameters") or "",
        reconstructed=_flag(survey, row, "reconstructed", empty_else=False),
        same_as=row.get("same_as"),
        vignette=row.get("vignette"),
        note=row.get("note") or "",
        groups=tuple(group for _, _, group in survey.open),
        further=(*(pair for pair in row.further(KNOWN) if pair[0] not in ALIASES), *_required_if(row)),
    )
    survey.questions.append(_with_meaning(survey, row, question))
    if with_other:
        survey.questions.append(_which_other(question))


def _with_meaning(survey: Survey, row: Row, question: Question) -> Question:
    def word(column: str, known: Iterable[str]) -> str | None:
        text = row.get(column)
        if text is None or text in known:
            return text
        survey.fault(row, column, f'"{text}"', one_of(known), did_you_mean(text, known))
        return None

    criterion = row.get("criterion")
    if criterion is not None and survey.criteria is not None:
        criterion = word("criterion", sorted(survey.criteria))
    return replace(
        question,
        role=word("role", names.ROLES),  # type: ignore[arg-type]
        direction=word("direction", names.DIRECTIONS) or "endorse",  # type: ignore[arg-type]
        evidence=word("evidence", names.EVIDENCE) or "vote",  # type: ignore[arg-type]
        criterion=criterion,
        parameter=row.get("parameter"),
    )


def _other(choices: tuple[Choice, ...]) -> Choice:
    return Choice(name="other", label=_in_languages(OTHER, choices[0].label if choices else Labels()))


def _in_languages(words: dict[str, str], beside: Labels) -> Labels:
    languages = beside.languages or (names.DEFAULT_LANGUAGE,)
    return Labels(tuple((code, words.get(code, words["en"])) for code in languages))


def _which_other(question: Question) -> Question:
    return Question(
        name=f"{question.name}_other",
        type="text",
        label=_in_languages(WHICH_OTHER, question.label),
        relevant=f"selected(${{{question.name}}}, 'other')",
        role="free_text",
        groups=question.groups,
    )


def _type(survey: Survey, row: Row, text: str) -> tuple[str, str | None, bool]:
    """Return the type in its own spelling, the name of its list, and whether `or_other` stands behind it."""
    words = text.split()
    with_other = len(words) > 2 and " ".join(words[-2:]).lower().replace(" ", "_").endswith("or_other")
    if with_other:
        words = words[: -1 if words[-1].lower() == "or_other" else -2]
    head = " ".join(words[:-1]).lower() if len(words) > 1 else ""
    head = names.TYPE_ALIASES.get(head.replace("_", " "), names.TYPE_ALIASES.get(head, head))
    if head in names.WITH_LIST or head in names.FROM_FILE:
        return head, words[-1], with_other
    whole = text.strip()
    whole = names.TYPE_ALIASES.get(whole.lower(), whole)
    if whole not in names.OPAQUE:
        known = [*names.WITH_LIST, *names.OPAQUE]
        expected = "a type such as select_one LIST, select_multiple LIST, integer, decimal, text, date or note"
        if whole in names.WITH_LIST:
            survey.fault(row, "type", f'"{text}" names no list of options', f"{whole} LIST, LIST being in choices")
        else:
            survey.fault(row, "type", f'"{text}" is not a type of question', expected, did_you_mean(whole, known))
    return whole, None, False


def _choices(survey: Survey, row: Row, kind: str, list_name: str | None) -> tuple[Choice, ...]:
    if list_name is None or kind in names.FROM_FILE:
        return ()
    if list_name not in survey.lists:
        hint = did_you_mean(list_name, survey.lists)
        survey.fault(row, "type", f'the list "{list_name}" is not in choices', one_of(survey.lists), hint)
        return ()
    choices = survey.lists[list_name]
    broken = [choice.name for choice in choices if re.search(r"\s", choice.name)]
    if kind == "select_multiple" and broken:
        got = f'the list "{list_name}" has the option name "{broken[0]}" with a blank'
        survey.fault(row, "type", got, "names without blanks where several options may be chosen")
    return choices


def _free(survey: Survey, row: Row, name: str) -> bool:
    """Return whether a name can be taken: well formed (a fault, but usable, where not) and not there yet."""
    if not names.NAME.fullmatch(name):
        expected = "letters, digits and _ without blanks, with a letter first"
        fieldable = names.FIELDED_NAME.fullmatch(name) is not None
        got = f'"{name}" is not a name that every program can use'
        survey.fault(row, "name", got, expected, warning=fieldable)
    earlier = survey.seen.get(name.casefold())
    if earlier is not None:
        got = f'"{name}" is there already, in {earlier.where("name").rsplit("!", 1)[-1]}'
        survey.fault(row, "name", got, "each name once (capitals don't count)")
        return False
    survey.seen[name.casefold()] = row
    return True


def _required_if(row: Row) -> tuple[tuple[str, str], ...]:
    """Keep a condition in the column `required`, which says more than yes or no."""
    text = row.get("required")
    return (("required", text),) if text is not None and text.lower() not in YES | NO else ()


def _flag(survey: Survey, row: Row, column: str, *, empty_else: bool) -> bool:
    text = (row.get(column) or "no").lower()
    if text in YES or text in NO:
        return text in YES
    if empty_else:
        return True  # a condition such as ${x} = 'yes': required at times
    survey.fault(row, column, f'"{row.get(column)}"', "yes or no")
    return False
