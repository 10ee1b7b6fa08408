"""Sentences on what rounds know of checklists, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence

CHECKLISTS_LEAD = "以下逐节列出这些轮次的数据能够回答ACCORD和DELPHISTAR的哪些内容。本软件未读其条目原文，仅列出章节和条目数；请将稿件与已发表的清单逐条核对。"
FEEDBACK = (
    "后续轮次之前，每位专家均收到自己上次的回答、专家组的中位数、四分位数间距与分布、5人及以上组别的结果以及匿名意见。"
)
ANONYMITY = "所有输出中专家均使用化名，且不向他人显示不足5人的组别。"
TABLES = "每轮以表格列出各条目的n、中位数、四分位数、比例与结论，并以有资格者为分母。"
STABILITY = "对措辞未变的条目报告轮间稳定性；无法得到者说明理由。"


def standing(cite: str) -> str:
    """Return where a checklist is from, and that its wording was not read."""
    return f"{cite}。章节与条目数依据其摘要；未读条目原文。"


def rounds(rounds: str, items: str) -> str:
    """Return how many rounds there were, and how many items each asked."""
    return f"共关闭{rounds}轮，各轮询问的条目数为{items}。"


def items(changes: Sequence[str]) -> str:
    """Return what became of items between rounds."""
    return f"轮间条目有改动（{'、'.join(changes)}）。"


def protocol(date: str, amendments: str) -> str:
    """Return when the protocol was locked, and how often it was amended."""
    return f"规则于{date}锁定，此后修订{amendments}次。"


def gone(left: str, turned: str) -> str:
    """Return how many left, and how many verdicts hang on them."""
    return f"退出者{left}人；若其未退出则会改变的结论有{turned}个。"


def fragile(fragile: str, total: str) -> str:
    """Return how many verdicts other rules would turn."""
    return f"{total}个结论中，其他已发表规则会改变{fragile}个。"
