"""The form of a round for survey platforms: its statements alone, each with what the panel said in its hint."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from consensus.rounds.experts import expert_questions
from consensus.rounds.export import COMMENT
from consensus.rounds.feedback import spread_of
from consensus.rounds.results import value
from consensus.rules.measures import measure, median_of
from consensus.rules.rule import QUANTILE_TYPE
from consensus.rules.terms import Term
from questionnaires.instrument import Labels

if TYPE_CHECKING:
    from consensus.rounds.feedback import Feedback
    from consensus.rounds.results import ItemResult
    from questionnaires.instrument import Instrument, Question

TOLD = {
    "en": "Last round: median {median}, IQR {iqr}, {n} ratings: {spread}",
    "zh": "上一轮：中位数{median}，四分位数间距{iqr}，评分{n}人：{spread}",
}


def round_form(instrument: Instrument, feedback: Feedback) -> Instrument:
    """Return the instrument of a round: who answers, what they say of themselves as experts, its statements, comments.

    A form is the same for everybody, so it tells what the whole panel said: the own answer and the groups are in the
    workbooks alone.
    """
    names = {item.name: item for item in feedback.items}
    wanted = {*names, *(f"{name}{COMMENT}" for name in names)}
    wanted |= {question.name for question in expert_questions(instrument).values()}
    questions = []
    for question in instrument.questions:
        if question.role in ("respondent", "consent"):
            questions.append(question)
        elif question.name in wanted:
            item = names.get(question.name)
            known = feedback.before.get(item.item) if item is not None else None
            questions.append(question if known is None else _with_hint(question, known[0], feedback.language))
    return replace(
        instrument,
        questions=tuple(questions),
        id=f"{instrument.id}_round_{feedback.round}",
        groups=(),
    )


def _with_hint(question: Question, result: ItemResult, language: str) -> Question:
    text = TOLD.get(language, TOLD["en"]).format(
        median=_shown(value(median_of(result.counts))),
        iqr=_shown(value(measure(Term(measure="iqr"), result.counts, QUANTILE_TYPE))),
        n=int(result.counts.committed[0]),
        spread=spread_of(result.counts),
    )
    own = question.hint.texts
    code = next((code for code, _ in question.label.texts if code == language), None)
    code = code or (question.label.texts[0][0] if question.label.texts else "default")
    before = dict(own).get(code, "")
    told = f"{before}\n{text}" if before else text
    others = tuple(pair for pair in own if pair[0] != code)
    return replace(question, hint=Labels(((code, told), *others)), groups=())


def _shown(number: float | None) -> str:
    return "-" if number is None else f"{number:g}"
