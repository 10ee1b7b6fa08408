"""Sentences about definitions side by side, without any patient, in Chinese."""

from __future__ import annotations

TITLE = "各定义对照"
LEAD = "本节不涉及任何患者，只说明各定义本身的要求。"
MATRIX_TITLE = "各定义要求哪些表现、需要几次"
MATRIX_CAPTION = "每一列为一个定义，每一行为一种表现。单元格说明该表现须出现几次；列下方说明须满足其中几项。黄色为一段时间内的次数，深色为连续次数，浅色为任意一次。"
COMBINED = {"any": "任一项", "all": "全部"}
OWN_THEN_OTHER = "符合建议定义者，是否必符合该定义？"
OTHER_THEN_OWN = "符合该定义者，是否必符合建议定义？"
ALWAYS = "是，任意次数的病程均符合"
UNSETTLED = "尚无定论：未找到两者判定不同的病程"
IMPLIED_NOTE = "对任意次数、记录完整的治疗过程逐一追踪，直至两个定义无从再有差别。判定不同时，所列数字为最短的此类治疗过程的治疗次数。"


def branch(title: str, choice: str) -> str:
    """Return the title of a definition, or of its branch for one choice."""
    return f"{title}：{choice}" if choice else title


def term(definition: str, finding: str, form: str) -> str:
    """Return one cell of the matrix in words."""
    return f"{definition}：{finding}，{form}。"


def with_points(form: str, points: str) -> str:
    """Return a cell of a definition with points."""
    return f"{form}（{points}分）"


def from_points(points: str) -> str:
    """Return how the terms of a definition with points are combined."""
    return f"{points}分"


def at_least(number: str) -> str:
    """Return that so many of the terms must hold."""
    return f"至少{number}项"


def implied_caption(own: str) -> str:
    """Return the caption of the table of implications."""
    return f"definition.yaml 中的定义与其他定义的关系：{own}"


def differs(sessions: int, shown: str) -> str:
    """Return that there is a course on which two definitions differ."""
    return f"否：{shown}次治疗的过程即可不同"
