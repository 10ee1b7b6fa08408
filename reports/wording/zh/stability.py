"""Words about verdicts under every reading that a definition's text leaves open, in Chinese."""

from __future__ import annotations

TITLE = "换一种理解，判定是否仍成立"
LEAD = (
    "定义的文字留有未定之处，例如何为连续、空白单元格意味着什么。每个定义均按其未定之处的全部理解组合加以应用；"
    "各种理解均给出同一判定者为稳定。"
)
RANGES_CAPTION = "各定义在全部理解下符合的患者，n/N（%）"
RANGES_NOTE = "最低与最高取自全部组合；无法判定者计入患者总数，不计入符合者。"
COMBINATIONS = "理解组合数"
OWN = "按现行理解符合"
LOWEST = "最低"
HIGHEST = "最高"
STABLE = "各种理解判定相同"
FLIPS_CAPTION = "因某一未定理解而可能改变判定的患者"
READING = "未定之处"
LIST = "；"
VALUES = "取值"


def with_id(words: str, name: str) -> str:
    """Return words with the id that stands for them in files."""
    return words if words == name else f"{words}（{name}）"
