"""Sentences about the way of respondents into the analysis and about who they are, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence

FLOW_TITLE = "答卷纳入分析的流程"
FLOW_CAPTION = "实线框为每一步后保留的人数，虚线框为排除的人数及原因。"
STEPS = {
    "invited": "受邀{number}人",
    "not_returned": "{number}人未作答",
    "read": "{number}人作答",
    "corrected": "更正后{number}人",
    "analyzed": "纳入分析{number}人",
}
WHY = {"test entry": "测试答卷", "repeat": "重复提交", "no reason given": "未说明原因"}
PEOPLE_TITLE = "受访者构成"
PEOPLE_CAPTION = "根据受访者自己的填写。百分比以回答该题者为分母。"
AXIS = "占作答者的比例"
OTHERS = "其余各项合计"


def excluded(number: str, why: str) -> str:
    """Return who was left out, and why."""
    return f"排除{number}人：{why}"


def not_eligible(number: str, conditions: Sequence[str], unknown: str) -> str:
    """Return who is not eligible; `unknown` of them because an answer is missing, empty for none."""
    missing = f"，其中{unknown}人因未填写" if unknown else ""
    return f"{number}人不符合纳入条件（纳入：{'且'.join(conditions)}{missing}）"


def between(low: float, high: float) -> str:
    """Return a class of numbers."""
    return f"{low:g}" if low == high else f"{low:g}～{high:g}"


def row(question: str, answer: str, share: str) -> str:
    """Return one bar in words."""
    return f"{question}{answer}：{share}。"


def ended(text: str) -> str:
    """Return a text as a sentence."""
    return f"{text}。"
