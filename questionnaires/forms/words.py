"""Conditions in words: `${new_lesions} = 'no'` as `question 13 is answered "No"`, in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping

from questionnaires.instrument import Instrument, Question

NOT_FIELDED = frozenset({"calculate", "hidden", "start", "end", "today", "deviceid", "username", "audit", "note"})
CHINESE = {
    "one": "单选",
    "several": "可多选",
    "rank": "排序：请填写名次，1为最重要",
    "scale": "请圈选一个数字",
    "only_if": "仅在以下情况回答：{}",
    "is": "第{}题选择“{}”",
    "is_not": "第{}题未选择“{}”",
    "and": "且",
    "or": "或",
    "question": "第{}题",
    "number": "（请填写数字）",
    "date": "（请填写日期，如2026-05-04）",
    "choose": "请选择",
    "required": "必答",
    "optional": "选答",
}
ENGLISH = {
    "one": "one answer",
    "several": "several answers possible",
    "rank": "order: write 1 beside the weightiest, then 2, and so on",
    "scale": "circle one number",
    "only_if": "Only if {}",
    "is": 'question {} is answered "{}"',
    "is_not": 'question {} is not answered "{}"',
    "and": " and ",
    "or": " or ",
    "question": "question {}",
    "number": "(a number)",
    "date": "(a date such as 2026-05-04)",
    "required": "required",
    "optional": "optional",
    "choose": "Choose",
}
_CLAUSE = re.compile(
    r"(?P<not>not\(\s*)?selected\(\s*\$\{(?P<several>\w+)\}\s*,\s*['\"](?P<option>[^'\"]*)['\"]\s*\)(?(not)\s*\))"
    r"|\$\{(?P<name>\w+)\}\s*(?P<operator>!?=)\s*['\"](?P<value>[^'\"]*)['\"]"
)
_NAME = re.compile(r"\$\{(\w+)\}")
BETWEEN = re.compile(r"^\.\s*>=\s*(-?\d+(?:\.\d+)?)\s+and\s+\.\s*<=\s*(-?\d+(?:\.\d+)?)$")


def fielded(instrument: Instrument) -> tuple[Question, ...]:
    """Return the questions that people see, in their order."""
    return tuple(question for question in instrument.questions if question.type not in NOT_FIELDED)


def numbered(instrument: Instrument) -> dict[str, int]:
    """Return the number of each question that people see, by its name."""
    return {question.name: number for number, question in enumerate(fielded(instrument), start=1)}


def words_of(language: str) -> Mapping[str, str]:
    """Return the few words of a form in a language; English where it has none of its own."""
    return CHINESE if language.split("-")[0] == "zh" else ENGLISH


def in_words(condition: str, instrument: Instrument, language: str) -> str:
    """Return a condition with numbers of questions and texts of options; what has no words stays as it is written."""
    words, numbers = words_of(language), numbered(instrument)
    questions = {question.name: question for question in instrument.questions}

    def clause(found: re.Match[str]) -> str:
        name = found["several"] or found["name"]
        option = found["option"] if found["several"] else found["value"]
        if name not in numbers:
            return found[0]
        label = next((c.label.text(language) for c in questions[name].choices if c.name == option), option)
        negative = bool(found["not"]) or found["operator"] == "!="
        return words["is_not" if negative else "is"].format(numbers[name], label)

    told, at = "", 0
    for found in _CLAUSE.finditer(condition):
        told += _between(condition[at : found.start()], words, numbers) + clause(found)
        at = found.end()
    return _plain(told + _between(condition[at:], words, numbers))


def _between(text: str, words: Mapping[str, str], numbers: Mapping[str, int]) -> str:
    text = re.sub(r"\s*\b(and|or)\b\s*", lambda word: words[word[1]], text)
    return _NAME.sub(lambda found: words["question"].format(numbers.get(found[1], found[1])), text)


def _plain(text: str) -> str:
    """Leave out brackets around a single clause."""
    while (plain := re.sub(r"\(([^()]*)\)", r"\1", text)) != text and " or " not in text and "或" not in text:
        text = plain
    return " ".join(text.split())


def own_condition(question: Question, instrument: Instrument) -> str | None:
    """Return the condition of a question without that of consent, which is told once for all."""
    outer = [instrument.group(name).relevant for name in question.groups]
    consent = consent_conditions(instrument)
    told = [condition for condition in (*outer, question.relevant) if condition and condition not in consent]
    if len(told) < 2:
        return told[0] if told else None
    return " and ".join(f"({condition})" for condition in told)


def consent_conditions(instrument: Instrument) -> tuple[str, ...]:
    """Return the conditions of groups that depend on nothing but consent, each once."""
    consent = {question.name for question in instrument.questions_of("consent")}
    conditions = dict.fromkeys(group.relevant for group in instrument.groups if group.relevant)
    return tuple(c for c in conditions if c is not None and consent and set(_NAME.findall(c)) <= consent)
