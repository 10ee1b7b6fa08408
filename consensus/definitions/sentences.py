"""Definition -> plain sentences in English or Chinese: its own wording first, then what is looked for and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from consensus.definitions.condition import Condition
from consensus.definitions.definition import AllOf, AnyOf, At, AtLeast, ByIntent, Definition, Points, Term
from consensus.definitions.expression import expression_sentence
from consensus.definitions.form_sentences import form_sentence
from consensus.definitions.reading import Reading
from consensus.definitions.readings import in_force, readings_of
from consensus.definitions.score_sentences import number, points, score_sentence

STANDINGS = {
    "en": {
        "verified": "text read in the source",
        "recalled": "RECALLED: nobody of this project has read the source",
        "derived": "derived from data",
        "choice": "a choice of this project",
        "example": "an example",
    },
    "zh": {
        "verified": "已核对原文",
        "recalled": "凭记忆：本项目无人核对过原文",
        "derived": "由数据得出",
        "choice": "本项目的选择",
        "example": "示例",
    },
}
KINDS = {
    "en": {
        "failure": "definition of failure",
        "proposal": "proposed definition of failure",
        "stopping_rule": "stopping rule, not a definition of failure",
        "end_point": "end point of a trial or cohort",
        "predictor": "predictor of an end point",
        "unsuitability": "unsuitability, judged before the first treatment",
        "score": "score: points and a class, no verdict and no reason to stop",
    },
    "zh": {
        "failure": "失败的定义",
        "proposal": "失败定义的建议",
        "stopping_rule": "停止规则，不是失败的定义",
        "end_point": "试验或队列的终点",
        "predictor": "终点的预测因素",
        "unsuitability": "首次治疗前判断的不适合",
        "score": "评分：给出分值与分级，不作判定，也不是停止治疗的理由",
    },
}


def sentences(definition: Definition, condition: Condition, language: str = "en") -> tuple[str, ...]:
    """Return a definition as lines: what it is, its criteria in its own words and what each looks for, its readings.

    `language` is `en` or `zh`; a text that is not there in it stands in another language.
    """
    zh = language == "zh"
    lines = [f"{definition.title.text(language) or definition.id} ({definition.id})", *_origin(definition, language)]
    lines += ["", *before_sentences(definition, condition, language)]
    lines += criteria_lines(definition, condition, language)
    if definition.explicitly_not:
        lines += ["", "明确不包括：" if zh else "Explicitly not a part of it:"]
        lines += [f"  - {text.text(language)}" for text in definition.explicitly_not]
    readings = [f"  - {text}" for text in reading_sentences(definition, condition, language)]
    if readings:
        lines += ["", "含糊之处的理解方式：" if zh else "How its ambiguous parts are understood:", *readings]
    if definition.notes:
        lines += ["", "说明：" if zh else "Notes:", *(f"  - {note.text(language)}" for note in definition.notes)]
    return tuple(lines)


def before_sentences(definition: Definition, condition: Condition, language: str = "en") -> tuple[str, ...]:
    """Return what must hold, and what must not, before the first session; nothing where neither is asked for."""
    zh, found = language == "zh", []
    if definition.entry is not None:
        said = expression_sentence(definition.entry, condition, language)
        found.append(
            f"仅用于首次治疗前符合下列条件者：{said}" if zh else f"Only where before the first session: {said}"
        )
    if definition.exclude is not None:
        said = expression_sentence(definition.exclude, condition, language)
        found.append(f"首次治疗前有下列情况者除外：{said}" if zh else f"Not where before the first session: {said}")
    return tuple(found)


def criteria_lines(definition: Definition, condition: Condition, language: str = "en") -> list[str]:
    """Return how the criteria combine, then two lines a criterion: its own words, and what is looked for."""
    lines = []
    looked_for = "     即：" if language == "zh" else "     Looked for: "
    for head, criteria in criteria_groups(definition, condition, language):
        lines.append(head)
        for at, (says, asks) in enumerate(criteria, start=1):
            lines += [f"  {at}. {says}", *([looked_for + asks] if asks else [])]
    return lines


def criteria_groups(
    definition: Definition, condition: Condition, language: str = "en"
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return the groups of criteria: how they combine, and of each its own words with its points and what it looks for.

    What is looked for is empty where the words say it already.
    """
    logic, zh = definition.logic, language == "zh"
    if not isinstance(logic, ByIntent):
        at = logic.at if isinstance(logic, Points) and logic.classes else definition.at
        return ((head_sentence(logic, language), _terms(logic.terms, condition, language, at)),)
    groups = []
    for choice, branch in logic.branches:
        head = head_sentence(branch, language)
        first = f"Where {logic.column} is {choice}: {_lower(head)}"
        if zh:
            called = condition.called(logic.column, language), condition.choice(logic.column, choice, language)
            first = f"{called[0]}为{called[1]}时，{head}"
        groups.append((first, _terms(branch.terms, condition, language)))
    return tuple(groups)


def _origin(definition: Definition, language: str) -> Iterator[str]:
    words = language if language in KINDS else "en"
    standing = STANDINGS[words][definition.source.standing]
    zh = words == "zh"
    yield ("；" if zh else "; ").join((KINDS[words][definition.kind], definition.source.cite, standing))
    if not definition.enabled:
        yield "默认不启用：仅在指名时使用。" if zh else "Off by default: used only when it is asked for by name."
    if str(definition.warning):
        yield ("警告：" if zh else "Warning: ") + definition.warning.text(language)


def head_sentence(logic: AnyOf | AllOf | AtLeast | Points, language: str = "en") -> str:
    """Return how criteria are combined, as the line above their list."""
    zh = language == "zh"
    match logic:
        case Points(classes=(_, *_)):
            return score_sentence(logic, language)
        case Points():
            cut = number(logic.failure_at)
            if zh:
                return f"至今出现过的每项标准计其分值，总分达到{cut}分即为失败："
            return f"Each criterion that has held so far counts its points; the cut-off is {points(logic.failure_at)}:"
        case AtLeast():
            return f"至今至少满足{logic.number}项：" if zh else f"Met when {logic.number} of these have held:"
        case AllOf():
            return "至今全部满足：" if zh else "Met when all of these have held:"
        case AnyOf(terms=(_,)):
            return "满足以下一项：" if zh else "Met when this holds:"
        case _:
            return "满足以下任一项：" if zh else "Met as soon as one of these holds:"


def _terms(
    terms: tuple[Term, ...], condition: Condition, language: str, at: At = "sessions"
) -> tuple[tuple[str, str], ...]:
    zh = language == "zh"
    found = []
    for term in terms:
        says, asks = term.says.text(language) or term.id, form_sentence(term.form, condition, language, at)
        worth = ""
        if term.points is not None:
            worth = f"（{number(term.points)}分）" if zh else f" ({points(term.points)})"
        # a criterion in the words of its finding needs no second sentence
        openings = (f"{says}，任一次", f"{says}，首次") if zh else (f"{says}, at any ", f"{says}, before the first ")
        plain = asks.casefold().startswith(tuple(opening.casefold() for opening in openings))
        found.append((says + worth, "" if plain else asks))
    return tuple(found)


def reading_sentences(
    definition: Definition, condition: Condition, language: str = "en", chosen: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Return one sentence a reading: its name and value, what that means, and whether the text leaves it open."""
    known: dict[str, Reading] = {reading.name: reading for reading in readings_of(definition, condition)}
    own, open_, mine = dict(definition.readings), dict(definition.open), dict(chosen or {})
    zh, found = language == "zh", list[str]()
    for name, value in in_force(definition, condition, mine).items():
        reading = known[name]
        others = [other for other in open_.get(name, ()) if other != value]
        how = "chosen" if name in mine else "own" if name in own else "open" if others else ""
        if zh:
            found.append(_chinese_reading(reading, value, others, how))
            continue
        more = {
            "chosen": " (chosen here)",
            "own": " (stated by the definition)",
            "open": f" (left open; also {', '.join(others)})",
        }.get(how, "")
        found.append(f"{name} = {value}: {value_words(reading, value, language)}{more}")
    return tuple(found)


def value_words(reading: Reading, value: str, language: str) -> str:
    """Return what a value of a reading means, as far as there are words for it."""
    words = dict(reading.values)
    said = words[value].text(language) if value in words else value
    if said != value or not value.replace("-", "").isdigit():
        return said
    # a number of days has no words of its own
    return f"{value.replace('-', '至')}天" if language == "zh" else f"{value.replace('-', ' to ')} days"


def _chinese_reading(reading: Reading, value: str, others: list[str], how: str) -> str:
    """Return a reading in Chinese; ids stand in brackets, for who looks them up in a file."""
    told = [value_words(reading, v, "zh") + (f"（{v}）" if v in dict(reading.values) else "") for v in (value, *others)]
    more = {"chosen": "，由使用者选择", "own": "，为定义本身规定"}.get(how, "")
    if how == "open":
        more = f"；原文未定，也可理解为：{'；'.join(told[1:])}"
    return f"{reading.label.text('zh') or reading.name}（{reading.name}）：{told[0]}{more}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
