"""Sentences about who fails by which definition, and about one patient's course, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence

TITLE = "哪些患者符合哪些定义"
TOGETHER_TITLE = "患者所符合的定义组合"
TOGETHER_COUNT = "恰好符合以下定义的患者数"
TOGETHER_SIZES = "符合该定义的患者数"
COURSE_TITLE = "同一患者的治疗过程按各定义的判定"
COURSE_CAPTION = (
    "每条线为一个定义。实心圆表示该次治疗后出现了定义所要求的表现，空心圆表示未出现，问号表示记录不足以判定。"
    "粗线连接据以作出判定的各次治疗，菱形为符合该定义的日期。"
)
MARKS = {
    "yes": "据以判定",
    "other": "有该表现",
    "no": "无该表现",
    "open": "未记录",
    "met": "符合定义",
}


def together_caption(rest: str) -> str:
    """Return what the figure of combinations shows; `rest` patients have one that is not shown, empty for none."""
    left = f"另有{rest}例患者属于更少见的组合，未列出。" if rest else ""
    return f"每一列为一种定义组合，条形表示恰好符合这些定义的患者数。没有圆点的定义表示不符合或无法判定。{left}"


def combination(definitions: Sequence[str], share: str) -> str:
    """Return one combination in words."""
    return f"{'、'.join(definitions) if definitions else '不符合任何定义'}：{share}。"


def course_lead(patient: str) -> str:
    """Return why this course is shown; `patient` is empty where the name must not be told."""
    named = f"（示例数据中的患者 {patient}）" if patient else ""
    return f"以下是各定义判定差别最大的一例治疗过程{named}。天数自首次治疗起计算。"


def axis(session: str) -> str:
    """Return the name of the time axis."""
    return f"自首次{session}起的天数"


def met_at(session: str, days: str) -> str:
    """Return where a definition was met."""
    return f"第{session}次，第{days}天"


def course_row(definition: str, verdict: str) -> str:
    """Return one line of the timeline in words."""
    return f"{definition}：{verdict}。"
