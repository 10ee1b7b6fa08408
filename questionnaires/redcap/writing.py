"""An `Instrument` as a REDCap data dictionary, and what of it has to be set by hand."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from questionnaires.files import write_text
from questionnaires.instrument import Choice, Instrument, Question
from questionnaires.problems import Problem, Problems
from questionnaires.redcap import columns
from questionnaires.redcap.logic import to_redcap
from questionnaires.scales import steps_of

Cells = dict[str, str]
RECORD_ID = {"field_name": "record_id", "field_type": "text", "field_label": "Record ID"}
LIMIT = re.compile(r"\.\s*(>=|<=)\s*(?:date\('([\d-]+)'\)|(-?\d+(?:\.\d+)?))")
WRITTEN_AS = {"select_one": "radio", "select_multiple": "checkbox", "calculate": "calc", "note": "descriptive"}
LONG_TEXT = ("comments", "free_text")
METADATA = ("start", "end", "today", "deviceid", "username", "audit")


def write_dictionary(instrument: Instrument, path: str | Path, *, language: str = "") -> Problems:
    """Write the data dictionary in one language; return what REDCap can't hold and has to be set by hand."""
    rows, by_hand = dictionary(instrument, language=language)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns.COLUMNS.values())
    writer.writerows([row.get(column, "") for column in columns.COLUMNS] for row in rows)
    write_text(Path(path), text.getvalue())
    return by_hand


def dictionary(instrument: Instrument, *, language: str = "") -> tuple[tuple[Cells, ...], Problems]:
    """Return the rows of the data dictionary, by column, and what has to be set by hand."""
    language = language or instrument.default_language or (instrument.languages or ("",))[0]
    writer = _Writer(instrument, language)
    first = next((q for q in instrument.questions if q.type not in METADATA), None)
    rows: list[Cells] = []
    if first is None or first.role != "respondent" or first.type != "text":
        rows.append(RECORD_ID | {"form_name": writer.form(first) if first else "form"})
    for question in instrument.questions:
        if question.type not in METADATA:
            rows += writer.rows(question)
    return tuple(rows), Problems(tuple(writer.by_hand))


class _Writer:
    def __init__(self, instrument: Instrument, language: str) -> None:
        self.instrument, self.language = instrument, language
        self.several = frozenset(q.name for q in instrument.questions if q.multiple)
        self.by_hand: list[Problem] = []

    def form(self, question: Question) -> str:
        """Return the form of a question: its outermost group, else the instrument."""
        name = question.groups[0] if question.groups else self.instrument.id
        plain = re.sub(r"[^a-z0-9_]+", "_", name.lower()).strip("_") or "form"
        return plain if any(q.name == plain for q in self.instrument.questions) else plain.removesuffix("_form")

    def rows(self, question: Question) -> list[Cells]:
        """Return the rows of one question: one, but as many as it has options where they are ranked."""
        kept = dict(question.further)
        cells = {column: kept[column] for column in (*columns.KEPT, *columns.KEPT_LIMITS) if column in kept}
        cells |= {
            "field_name": question.name,
            "form_name": self.form(question),
            "field_label": question.label.text(self.language),
            "field_note": question.hint.text(self.language),
            "required_field": "y" if question.required else "",
            "branching_logic": kept.get(columns.KEPT_LOGIC) or self.logic(question),
        }
        if question.type == "rank":
            return self.ranked(question, cells)
        return [cells | self.limits(question) | self.typed(question, kept)]

    def typed(self, question: Question, kept: dict[str, str]) -> Cells:
        """Return the cells of the type, the options and the validation."""
        kind = kept.get(columns.KEPT_TYPE) or WRITTEN_AS.get(question.type, "text")
        if question.type == "range":
            return self.range(question, kept)
        if question.type in ("file", "image"):
            kind = {"file": "file", "image": "signature"}[question.type]
        if kind == "text" and question.type == "text" and question.role in LONG_TEXT:
            kind = "notes"
        cells = {"field_type": kind}
        if kind in ("radio", "dropdown", "checkbox"):
            cells[columns.CHOICES] = self.options(question.choices)
        elif kind == "calc":
            cells[columns.CHOICES] = question.calculation or ""
        elif question.type in columns.VALIDATIONS or columns.KEPT_VALIDATION in kept:
            cells[columns.VALIDATION] = kept.get(columns.KEPT_VALIDATION) or columns.VALIDATIONS[question.type]
        return cells

    def range(self, question: Question, kept: dict[str, str]) -> Cells:
        """Return a slider for 0 to 100, else a scale of as many options as there are steps."""
        if question.parameters == columns.SLIDER:
            cells = {"field_type": "slider", columns.CHOICES: kept.get(columns.CHOICES, "")}
            return cells | {columns.VALIDATION: kept.get(columns.KEPT_VALIDATION, "")}
        return {"field_type": "radio", columns.CHOICES: " | ".join(f"{n}, {n}" for n in steps_of(question))}

    def ranked(self, question: Question, cells: Cells) -> list[Cells]:
        places = " | ".join(f"{n}, {n}" for n in range(1, len(question.choices) + 1))
        ranked = {"matrix_group_name": question.name, "matrix_ranking": "y", "field_type": "radio"}
        header = {"section_header": cells["field_label"]}
        return [
            cells
            | ranked
            | (header if at == 0 else {})
            | {
                "field_name": f"{question.name}_{choice.name}",
                "field_label": choice.label.text(self.language),
                columns.CHOICES: places,
            }
            for at, choice in enumerate(question.choices)
        ]

    def options(self, choices: tuple[Choice, ...]) -> str:
        return " | ".join(f"{c.name}, {c.label.text(self.language).replace('|', '/')}" for c in choices)

    def limits(self, question: Question) -> Cells:
        """Return smallest and largest value; a constraint that says more has to be set by hand."""
        if question.constraint is None:
            return {}
        found = LIMIT.findall(question.constraint)
        rest = LIMIT.sub("", question.constraint).replace("and", "").strip()
        if rest or len({operator for operator, _, _ in found}) != len(found):
            self.tell(question, f"its constraint {question.constraint}")
            return {}
        limits = {">=": columns.KEPT_LIMITS[0], "<=": columns.KEPT_LIMITS[1]}
        return {limits[operator]: date or number for operator, date, number in found}

    def logic(self, question: Question) -> str:
        condition = self.instrument.asked_if(question)
        if condition is None:
            return ""
        told = to_redcap(condition, self.several)
        if told is None:
            self.tell(question, f"its condition {condition}")
        return told or ""

    def tell(self, question: Question, what: str) -> None:
        """Note what a data dictionary can't hold."""
        where = f"{self.instrument.id}, {question.name}"
        got, hint = f"REDCap has no words for {what}", "Set it by hand in REDCap."
        self.by_hand.append(Problem(where=where, got=got, hint=hint, question=question.name, severity="warning"))
