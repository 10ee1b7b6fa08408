"""An instrument as the text that Wenjuanxing (问卷星) takes, what is to be set by hand, and which number is what."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from questionnaires.forms.words import BETWEEN, consent_conditions, fielded, in_words, numbered, own_condition
from questionnaires.instrument import Instrument, Question
from questionnaires.problems import ConsensusError
from questionnaires.scales import steps_of

TAGS = {"select_one": "单选题", "select_multiple": "多选题", "range": "量表题", "rank": "排序题"}
OPEN = "填空题"
PARAGRAPH = "段落说明"
VALIDATION = {"integer": "整数", "decimal": "数字", "date": "日期", "time": "时间", "dateTime": "日期时间"}


def questionnaire_text(instrument: Instrument, language: str) -> str:
    """Return the text to paste: the title, then a block for each question, `1. 题干[单选题]`, one option a line."""
    blocks, shown = [_line(instrument.title)], set[str]()
    for number, question in enumerate(fielded(instrument), start=1):
        for name in question.groups:
            heading = _line(instrument.group(name).label.text(language))
            if heading and name not in shown:
                blocks.append(f"{heading}[{PARAGRAPH}]")
            shown.add(name)
        blocks.append("\n".join(_block(question, number, language)))
    return "\n\n".join(blocks) + "\n"


def _block(question: Question, number: int, language: str) -> list[str]:
    stem, hint = _line(question.label.text(language)), _line(question.hint.text(language))
    tag = TAGS.get(question.type, OPEN)
    options = steps_of(question) if question.type == "range" else [c.label.text(language) for c in question.choices]
    return [f"{number}. {stem}{f'（{hint}）' if hint else ''}[{tag}]", *map(_line, options)]


def _line(text: str) -> str:
    """Return a text in one line, its square brackets widened, which otherwise would be read as a tag."""
    return " ".join(text.split()).replace("[", "［").replace("]", "］")


def set_by_hand(instrument: Instrument, language: str) -> str:
    """Return the numbered list of what the pasted text can't hold: routing, limits, what need not be answered."""
    lines = _consent(instrument, language)
    for number, question in enumerate(fielded(instrument), start=1):
        condition = own_condition(question, instrument)
        if condition:
            told = in_words(condition, instrument, language)
            lines.append(f"第{number}题（{question.name}）：设置关联逻辑，仅当{told}时显示")
        if question.type in VALIDATION:
            limits = _limits(question.constraint)
            lines.append(f"第{number}题（{question.name}）：属性验证设为{VALIDATION[question.type]}{limits}")
        elif question.constraint:
            lines.append(f"第{number}题（{question.name}）{_limits(question.constraint)}")
        if not question.required:
            lines.append(f"第{number}题（{question.name}）：取消必答")
    head = "导入文本后，请在问卷星中逐条设置 / After pasting the text, set these in Wenjuanxing by hand:"
    return "\n".join([head, "", *(f"{at}. {line}" for at, line in enumerate(lines, start=1))]) + "\n"


def _consent(instrument: Instrument, language: str) -> list[str]:
    """Say once, for all questions, that who doesn't consent is asked nothing more."""
    numbers, lines = numbered(instrument), []
    for condition in consent_conditions(instrument):
        routed = [numbers[q.name] for q in fielded(instrument) if condition in (instrument.asked_if(q) or "")]
        told = in_words(condition, instrument, language)
        lines.append(f"第{routed[0]}～{routed[-1]}题：仅当{told}时作答，否则结束答卷")
    return lines


def _limits(constraint: str | None) -> str:
    between = BETWEEN.match(constraint or "")
    if between:
        return f"，最小值{between[1]}，最大值{between[2]}"
    return f"，限制条件 {constraint}" if constraint else ""


def question_numbers(instrument: Instrument) -> str:
    """Return `question_numbers.csv`: which question has which number in the headers of the export."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("number", "question"))
    writer.writerows((number, name) for name, number in numbered(instrument).items())
    return text.getvalue()


def read_question_numbers(path: Path) -> dict[int, str]:
    """Return the name of each question by its number; ConsensusError for a line that doesn't say both."""
    numbers: dict[int, str] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            number, name = (row.get("number") or "").strip(), (row.get("question") or "").strip()
            if not (number.isdigit() and name) or int(number) in numbers:
                raise ConsensusError(
                    f'{path.name}: the number "{number}" of "{name}" can\'t be used. Expected the columns number and '
                    "question, each number once, as consensus forms writes them."
                )
            numbers[int(number)] = name
    return numbers
