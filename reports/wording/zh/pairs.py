"""Sentences about which criteria the same people support more than others, in Chinese."""

from __future__ import annotations

TITLE = "哪些标准得到更多支持"
CAPTION = "每项标准与支持程度次之的一项相比（限回答了全部标准者）"
NEXT = "次之的标准"
DIFFERENCE = "完全支持比例之差（百分点）"
P, HOLM = "p", "p（全部比较，Holm 校正）"
NO_TEST = "无法检验"
METHODS = {
    "cochran q": "Cochran Q 检验",
    "wald f": "按抽样设计的 Wald F 检验",
    "mcnemar, mid-p": "McNemar 检验（mid-p）",
    "paired t": "按抽样设计的配对差值 t 检验",
}


def lead(people: str, criteria: str) -> str:
    """Return whom the comparison is of."""
    return f"{people}人回答了全部{criteria}项标准，因此下列各差值均来自同一批人；完全支持计为赞成。"


def overall(method: str, p: str, differ: bool) -> str:
    """Return whether all are supported alike."""
    if differ:
        return f"他们对各项标准的支持程度不同（{METHODS[method]}，p {p}）。"
    return f"尚不能说明他们对某些标准的支持高于其他标准（{METHODS[method]}，p {p}）。"


def counted(apart: str, pairs: str, method: str) -> str:
    """Return how many pairs differ."""
    return f"在{pairs}对比较中，经全部比较校正后有{apart}对在5%水平上不同（{METHODS[method]}，Holm 校正）。"


def left_out(criteria: list[str]) -> str:
    """Return which criteria are not compared."""
    return f"以下标准因回答者不足半数而未作比较：{'、'.join(criteria)}。"
