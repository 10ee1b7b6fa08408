"""Sentences about this survey beside an earlier one, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence

from reports.wording.zh.survey import quoted

FRAMES_CAPTION = "两次调查各询问了哪些人"
NOW = "本次调查"
THEN = "既往调查"
SURVEY = "调查"
PEOPLE = "作答人数"
INVITED = "受邀人数"
ELIGIBLE = "纳入分析者"
KIND = "数据"
REMARKS = "备注"
UNKNOWN = "未知"
ANSWERS_CAPTION = "相同题目的结果对照，n/N (%)"
SHEET_HEADERS = ("本次人数", "本次分母", "既往人数", "既往分母", "相差百分点")
DIFFERENCE = "本次减既往（百分点）"
INTERVAL = "95%置信区间"
METHOD = (
    "差值以百分点表示，95%置信区间采用Newcombe第10法（由两个比例的Wilson区间求得）。计算时视两次调查的受访者互不相同且相互独立；"
    "两次都作答的人被计算两次。"
)
READ_WITH_CARE = (
    "两次调查结果的差别并不等于看法改变：询问的是不同的人，方式不同，部分题目的措辞也不同。"
    "区间不含0只说明，在这样的人群中，如此大的差别不大可能仅由偶然造成。"
)
SAME_WORDING = "相同题目的措辞和选项均一致。"
WORDINGS_CAPTION = "措辞或选项不同之处"
WORDING_HEADERS = ("本次题干", "本次选项", "既往题干", "既往选项")
RECONSTRUCTED_MARK = "*"
RECONSTRUCTED = "* 题干系根据已发表结果还原，未见原题。"
FIGURE_TITLE = "相同题目：既往与本次"
FIGURE_AXIS = "占作答者的比例"
FIGURE_DIFFERENCE = "相差百分点 [95%置信区间]"
FIGURE_CAPTION = "空心圆为既往调查，实心菱形为本次调查；两者之间的连线即差值，数值标于右侧。"


def lead(title: str) -> str:
    """Return what the section sets side by side."""
    return f"以下将本次调查与{quoted(title)}中相同的题目并列对照。首先说明两次调查各询问了哪些人："


def nothing_shared(title: str, survey: str) -> str:
    """Return that no item is shared, and how one would be marked."""
    return f"本次调查没有任何题目标明与{quoted(title)}中的题目相同。请在问卷工作簿的 same_as 列中标明，例如 {survey}:QUESTION。"


def eligible(conditions: Sequence[str]) -> str:
    """Return who was analyzed."""
    return f"符合 {' 且 '.join(conditions)} 者" if conditions else "全部作答者"


def kind(synthetic: bool, printed: bool) -> str:
    """Return what kind of data a survey is known by."""
    known = "公开发表的汇总计数" if printed else "逐份答卷"
    return f"SYNTHETIC（合成）{known}" if synthetic else known


def uncounted(question: str, why: str) -> str:
    """Return why a shared item is not in the table."""
    return f"{quoted(question)}未列入表中：{why}。"


def routed(question: str, condition: str) -> str:
    """Return of whom the percentages of a routed question are."""
    return f"{quoted(question)}仅询问{condition}的人。"


def options(labels: Sequence[str]) -> str:
    """Return the answers that could be given."""
    return "；".join(labels)


def figure_label(question: str, answer: str) -> str:
    """Return the label of one answer of one question."""
    return f"{question}——{answer}"


def figure_row(label: str, now: str, then: str) -> str:
    """Return one row of the figure in words."""
    return f"{label}：既往{then}，本次{now}。"
