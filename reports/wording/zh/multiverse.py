"""Sentences about verdicts under other rules, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence

ROBUST = {
    "robustly in": "稳健纳入",
    "robustly out": "稳健剔除",
    "robustly open": "稳健未决",
    "fragile": "不稳固",
}
MULTIVERSE = "其他规则下的结论"
MULTIVERSE_LEAD = (
    "将各条目最后一轮的作答逐一套用所有适用的已发表规则，并变换分母和三种分位数类型。"
    "“稳健”指凡能作出该判断的规则均得出同一结论；将条目彼此比较的规则仅列出，不参与判断。"
)
MULTIVERSE_LEAD_SURVEY = (
    "将各标准的作答逐一套用所有适用的已发表规则，并变换态度不明确的回答的计数方式和分母。"
    "“稳健”指凡能作出该判断的规则均得出同一结论；将标准彼此比较的规则仅列出，不参与判断。"
)
MULTIVERSE_TITLE = "各规则下的结论"
MULTIVERSE_CAPTION = "每行一个条目，每列一条规则（采用其通常的分母和分位数类型）；首列为本研究的规则。"
MULTIVERSE_CAPTION_SURVEY = "每行一项标准，每列一条规则（采用其通常的分母）；首列为本研究的规则。"
MULTIVERSE_HEADERS_SURVEY = (
    "标准", "稳健性", "接受", "经共识否定", "未达成共识", "不确定", "作答人数不足", "单独改变结论的规则",
)  # fmt: skip
MULTIVERSE_HEADERS = ("条目", "稳健性", "纳入", "剔除", "未达成共识", "不确定", "人数过少", "单独改变结论的规则")
LIST = "、"
MULTIVERSE_TABLE = "在全部规则和计数方式下各结论出现的次数"
OWN = "本研究规则"


def multiverse_description(rows: Sequence[str]) -> str:
    """Return the grid in words."""
    return "各条目在各规则下的结论。" + "；".join(rows) + "。"


def fragile(criteria: Sequence[str]) -> str:
    """Return which verdicts hang on the rule, and where it stands how many votes each is short of."""
    return f"不稳固（换用某一规则或计法即改变结论）的标准：{'；'.join(criteria)}。按本研究的规则，各判定还差多少票或系于几票，见上文各项标准。"


def named(called: str, rule: str) -> str:
    """Return a rule by what it is called, and its id where that is another."""
    return called if called == rule else f"{called}（{rule}）"


def multiverse_row(item: str, robustness: str, accepted: str, total: str) -> str:
    """Return one statement's standing over all rules."""
    return f"{item}：{robustness}，{total}种中{accepted}种纳入"
