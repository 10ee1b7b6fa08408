"""Sentences about answers that part into for and against, and about ratings, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence

LEVELS = {
    "against": "反对",
    "equivocal": "态度不明确",
    "for": "支持",
    "rest": "其他回答，未公布细目",
    "opted_out": "未表态",
}
SIDES_TITLE = "支持与反对的分布"
RATINGS_TITLE = "评分分布"
RATING_HEADERS = ("项目", "n", "中位数", "下四分位数", "上四分位数", "均数", "均数的95%置信区间")
AXIS = "占作答者的比例"
CAPTION = "条形以量表中点为界：竖线左侧为反对，右侧为支持。粗体数字为两侧合计；被竖线平分的中间选项不计入任何一侧。"
RATINGS_CAPTION = "条形以量表中点为界：竖线左侧为低于中点的评分，右侧为高于中点的评分。粗体数字为两侧合计；被竖线平分的中间评分不计入任何一侧。均数最高者在前。"
ASIDE_CAPTION = "最右侧的点纹条为不属于量表的回答，仍计入分母。"


def row(label: str, parts: Sequence[tuple[str, str]]) -> str:
    """Return one row of the figure in words: (level, share)."""
    return f"{label}：{'，'.join(f'{level}{share}' for level, share in parts)}。"
