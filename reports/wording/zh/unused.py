"""Sentences about definitions of the library that courses were not judged by, in Chinese."""

from __future__ import annotations

TITLE = "未采用的定义"
CAPTION = "内置的定义与评分中未用于这些患者者及其原因"
WHY = "未采用的原因"
HEAD = "未采用者及原因"
TO_ADD = "以 --definition ID 加入某一定义，以 --scores 加入评分。"
REASONS = {
    "recalled": "默认关闭：文本凭记忆，未核对原文",
    "sessions": "以治疗次数判定，而此处没有治疗记录",
    "off": "默认关闭：原因见 consensus definitions show {id}",
    "unsuitability": "判断治疗前是否不适合，而非是否失败",
    "predictor": "预测失败，本身不是失败的定义",
    "score": "评分：只有分级，没有判定",
    "named": "研究文件未列出该定义",
}


def reason(why: str, identifier: str) -> str:
    """Return why a definition was not used though the columns are there."""
    return REASONS[why].format(id=identifier)


def lacks(columns: list[str]) -> str:
    """Return the columns that are missing; one of several that suffice stands as *a or b*."""
    return f"缺少列：{'、'.join(columns)}"


def one_of(columns: list[str]) -> str:
    """Return columns one of which suffices."""
    return "或".join(columns)
