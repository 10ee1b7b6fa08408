"""Sentences about content validity, in Chinese."""

from __future__ import annotations

TITLE = "评分条目的内容效度"
CAPTION = "专家认为相关的条目"
NOTE = (
    "修正 kappa 扣除了仅凭猜测的部分。CVR 为 Lawshe 内容效度比：无人认为相关为-1，半数为0，全部为1；旁列的是猜测达到的概率不超过5%的最低比值。"
    "Aiken V 表示均值在量表上的位置，取值0至1。区间为95%，并假定专家相互独立；全部或无人认为条目相关时，I-CVI 的区间为单侧。"
)
ITEM = "条目"
RELEVANT = "认为相关（I-CVI）"
KAPPA = "修正 kappa"
CVR, NEEDED = "CVR", "CVR 临界值"
AIKEN = "Aiken V 系数"
NO_VALUE = "-"


def lead(least: str, highest: str) -> str:
    """Return which ratings call an item relevant."""
    if least == highest:
        return f"专家评为最高分{highest}分的条目计为相关。"
    return f"专家评为{least}至{highest}分的条目计为相关。"


def whole(mean: str, unanimous: str) -> str:
    """Return what the items make together."""
    return f"在这些条目上，认为相关的专家比例平均为{mean}（S-CVI/Ave）；{unanimous}的条目被全部评分专家认为相关（S-CVI/UA）。"
