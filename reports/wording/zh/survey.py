"""Sentences about respondents, questions and what was agreed, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence

BASES = {
    "invited": "受邀者",
    "eligible": "符合条件者",
    "asked": "被问及者",
    "answered": "作答者",
    "committed": "明确表态者（不含态度不明确者）",
}
CODINGS = {
    None: "按原始投票计",
    "as_no": "态度不明确计为反对",
    "half": "态度不明确计为半票",
    "as_yes": "态度不明确计为支持",
    "drop": "态度不明确不计入",
    "middle": "态度不明确计为中间值",
}
OUTCOMES = {
    "in": "接受",
    "out": "经共识否定",
    "no consensus": "未达成共识",
    "uncertain": "不确定",
    "too few": "作答人数不足",
}
KINDS = {
    "vote": "直接询问。",
    "bound": "未直接询问。该标准的数字是从全部作答者中减去作出相反回答者后的余数，因此只是上限。",
    "proxy": "未直接询问：所问内容与该标准相近，因此这个数字只是间接指标，不是对该标准的投票。",
}
RECONSTRUCTED = "题干系根据已发表结果还原，未见原题。"
SOME_RECONSTRUCTED = "* 题干系根据已发表结果还原，未见原题。"
ALL_RECONSTRUCTED = "以下各题题干均系根据已发表结果还原，未见原题。"
TO = "至"
ANY_OF, ALL_OF = "，或", "，且"
NOT_PRINTED = "未公布"
NO_RESPONSE_RATE = "受邀人数未知，因此无法计算应答率。"


def who(answered: str) -> str:
    """Return whom the report is about where it is not known how many were invited."""
    return f"共{answered}人作答。"


def analyzed(read: str, analyzed: str) -> str:
    """Return how many answered and how many of them were analyzed."""
    return f"共{read}人作答，其中{analyzed}人纳入分析。"


def response(invited: str, answered: str, share: str) -> str:
    """Return the response rate."""
    return f"共邀请{invited}人，{answered}人作答，应答率为{share}。"


def analyzed_of_invited(invited: str, share: str) -> str:
    """Return the response rate where not everyone who answered was analyzed."""
    return f"共邀请{invited}人，纳入分析者占{share}。"


def published_only() -> str:
    """Return what a survey known by its printed counts can't tell."""
    return "该调查只公布了汇总计数，没有逐份答卷。因此无法分析亚组，无法得知哪些回答出自同一人，也无法判断同一医院的医师回答是否相近。"


def individual(n: str) -> str:
    """Return that single answers were analyzed."""
    return f"分析基于{n}名受访者的逐份答卷。"


def no_nonresponse() -> str:
    """Return that nobody left an asked question blank."""
    return "就现有计数而言，被问及的人全部作了回答。"


def base_of_all(n: str) -> str:
    """Return whom the percentages of a question are of that everyone was asked."""
    return f"百分比以{n}名作答者为分母。"


def base_routed(n: str, condition: str, of_all: str | None) -> str:
    """Return whom the percentages of a question are of that only some were asked."""
    part = f"，占全体的{of_all}" if of_all else ""
    return f"仅询问{condition}的人：百分比以这{n}人为分母{part}，而不是全体受访者。"


def condition(question: str, option: str) -> str:
    """Return a routing condition in words."""
    return f"对{quoted(question)}回答{quoted(option)}"


def other_condition(question: str, option: str) -> str:
    """Return a routing condition in words: any answer but one."""
    return f"对{quoted(question)}未回答{quoted(option)}"


def number_condition(question: str, sign: str, number: str) -> str:
    """Return a routing condition on a number in words."""
    than = {"<": "小于", "<=": "不超过", ">": "大于", ">=": "不少于", "=": ""}[sign]
    return f"对{quoted(question)}回答{than}{number}"


def counted(coding: str | None) -> str:
    """Return how votes count, with the base where it is not everyone who answered."""
    return CODINGS[coding] + ("（以明确表态者为分母）" if coding == "drop" else "")


def printed_in(sources: Sequence[str]) -> str:
    """Return where counts were printed."""
    return f"数据出处：{'；'.join(sources)}。"


def forest_row(what: str, share: str, outcome: str) -> str:
    """Return one row of the forest in words."""
    return f"{what}：{share}，{outcome}。"


def quoted(text: str) -> str:
    """Return a text in quotation marks; marks inside it become single ones."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def criteria_lead(rule: str) -> str:
    """Return what the section on criteria shows."""
    return f"{rule}支持与反对都不够强时，即为未达成共识；这与被否定不是一回事。"


def own_choice(how: str) -> str:
    """Return the study's own way to count equivocal answers, marked."""
    return f"{how}（本研究采用）"


def of_what(caption: str, what: str) -> str:
    """Return a caption that says of what its table is: it may stand alone."""
    return f"{caption}：{what}"


def answers_caption(several: bool) -> str:
    """Return the caption of a table of answers."""
    return "回答情况（可多选，百分比之和可超过100%）" if several else "回答情况"


NO_FIGURE = "该题未公布数字。"
ANSWER = "回答"
OF_ANSWERED = "n/N (%)，占作答者"
COUNT = "人数"
BASE = "分母"
SHARE_PERCENT = "百分比"
INTERVAL = "95%置信区间（%）"
INTERVAL_PLAIN = "95%置信区间"
CRITERION = "标准"
STANDS = "判定"
STANDS_CAPTION = "该标准与共识规则对照，n/N (%)"
HOW_COUNTED = "计票方式"
SUPPORT = "支持"
AGAINST = "反对"
AT_MOST = "至多"
FOREST_TITLE = "各项标准的支持比例与共识规则对照"
FOREST_AXIS = "认为该表现可作为标准者的比例，95%置信区间"
FOREST_ACCEPTED = "接受"
FOREST_REJECTED = "否定"
HOW = "，"
FOREST_MARKS = "符号为比例，横线为其95%置信区间。"
FOREST_LINES = "位于右侧虚线以右者被接受，位于左侧虚线以左者经共识被否定，介于两线之间者未达成共识。"
FOREST_NEITHER = (
    "位于右侧虚线以右者被接受。位于左侧虚线以左者，只有反对比例也达到规则时才经共识被否定：既非支持也非反对的回答（如“无法判断”）"
    "计入分母而不计入任何一方。以右侧所注判定为准。"
)
FOREST_WORDS = "右侧注明按规则得出的判定。"
FOREST_CODINGS = "实心符号采用本研究对态度不明确者的计法，空心符号采用其他计法。"


def forest_description(rule: str, rows: Sequence[str]) -> str:
    """Return what the forest figure shows, for those who don't see it."""
    return f"每行为一项标准的一种计票方式及其支持比例。{rule}" + "".join(rows)


QUESTION = "问题"
OF_WHOM = "分母是谁"
OTHERS_CAPTION = "其他问题及回答"
SEVERAL = "可多选"


def of_all(n: str) -> str:
    """Return the base of a question that everyone was asked."""
    return f"全部{n}名作答者"


def of_some(n: str, condition: str) -> str:
    """Return the base of a routed question."""
    return f"{condition}的{n}人"


def with_several(whom: str) -> str:
    """Return a base with the remark that several answers were possible."""
    return f"{whom}；{SEVERAL}"


def share_with_count(share: str, count: str, n: str) -> str:
    """Return a share with what it is made of."""
    return f"{share}（{n}人中{count}票）"


def remarks(texts: Sequence[str]) -> str:
    """Return what the instrument and the sources remark on a question."""
    return f"备注：{''.join(texts)}"


def remark(question: str, text: str) -> str:
    """Return a remark on one question of several."""
    return f"{quoted(question)}：{text}"
