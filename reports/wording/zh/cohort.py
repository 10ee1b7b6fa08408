"""Sentences about patients scored by definitions, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence

NO_BREAK = "\N{NO-BREAK SPACE}"
VERDICTS = {"met": "符合", "not_met": "不符合", "unknown": "无法判定"}
COUNTS_CAPTION = "各定义判定的患者数，n/N (%)"
PATIENTS_TITLE = "各定义的判定：符合、无法判定、不符合"
PATIENTS_AXIS = "患者数"
PATIENTS_CAPTION = "“无法判定”不等于“不符合”：该定义所需的某项信息没有记录，因此不能判定。本报告没有作任何猜测。"
RECLASSIFIED_TITLE = "哪些患者的判定不同"
RECLASSIFIED_CAPTION = "按行中定义符合、而按列中定义不符合的患者数"
RECLASSIFIED_NOTE = "两者中任一定义无法判定的患者不计在内。"
CAUSES_TITLE = "为什么无法判定"
CAUSES_CAPTION = "无法判定的病例缺少哪些信息，最常见者在前"
CAUSES_LEAD = "记录不足以得出结论时，判定为“无法判定”。同一患者可能同时缺少几项信息。"
WINDOW_TITLE = "规定了影像检查时间的定义"
BASELINE = (
    "不得把失败日期当作治疗开始时就已知道：活得越久，越有时间发生失败。生存分析中不可将“曾经失败”作为基线协变量。"
)

DEFINITION = "定义"
MISSING = "缺少的信息（记录中的列）"
MET_BY = "符合"
NOT_MET_BY = "不符合"
SAME = "\N{EN DASH}"


STANDING = {
    "verified": "已核对原文",
    "recalled": "凭记忆引用，未核对原文",
    "derived": "由本研究的投票得出",
    "choice": "本研究的选择",
    "example": "示例",
}


def marked_recalled(title: str) -> str:
    """Return the title of a definition whose text was not read in print, marked."""
    return f"{title}［凭记忆］"


def source(cite: str, standing: str) -> str:
    """Return where a definition comes from and how sure its text is."""
    return f"出处：{cite}（{standing}）。"


def counts_row(title: str, met: str, unknown: str, not_met: str) -> str:
    """Return one row of the figure in words."""
    return f"{title}：符合{met}例，无法判定{unknown}例，不符合{not_met}例。"


def patients(number: int, shown: str) -> str:
    """Return a number of patients, `shown` as text."""
    return f"{shown}例患者"


def sessions(number: int, shown: str, word: str) -> str:
    """Return a number of sessions, called what the condition calls them."""
    return f"{shown}次{word}"


def definitions(number: int, shown: str) -> str:
    """Return a number of definitions, `shown` as text."""
    return f"{shown}个定义"


def lead(patients: str, sessions: str, definitions: str, synthetic: bool) -> str:
    """Return what was scored."""
    invented = (
        "这些患者为SYNTHETIC（合成数据），仅用于展示报告内容，不能作为支持或反对任何定义的证据。" if synthetic else ""
    )
    return f"用{definitions}判定了{patients}的治疗过程（共{sessions}）。{invented}"


def window(assessment: str, own: Sequence[tuple[str, str]]) -> str:
    """Return why some definitions have a row of their own without their window: (title, window in words)."""
    stated = "；".join(f"{title}：{days}" for title, days in own)
    return (
        f"有的定义规定了用于判定的{assessment}必须在何时进行（{stated}）。没有第二行的定义未作此规定。"
        "定义之间的差异可能有一部分仅来自这一点，因此第二行给出取消时间限制后的结果。"
    )


def column(called: str, name: str) -> str:
    """Return a column in words, its name in brackets."""
    return called if called == name else f"{called}（{name}）"


def missing(columns: Sequence[str], reason: str) -> str:
    """Return which column is missing, or why a recorded one doesn't tell."""
    return "或".join(columns) + (f"：{reason}" if reason else "")


def days(value: str) -> str:
    """Return a window that has no words of its own."""
    return f"治疗后{value.replace('-', '至')}天"


def without_window(title: str) -> str:
    """Return the label of a definition counted without its window."""
    return f"{title}，取消时间限制"
