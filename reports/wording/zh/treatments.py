"""Sentences about treatments and about answers that were chosen together, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence

CAPTION = "关于治疗的问题及回答"
TOGETHER_COUNT = "恰好选择以下组合的人数"
TOGETHER_SIZES = "选择该项的人数"


def together_title(question: str) -> str:
    """Return the title of a figure of combinations."""
    return f"同时选择的选项：{question}"


def together_caption(n: str, condition: str, rest: str) -> str:
    """Return of whom a figure of combinations is; `rest` have a combination that is not shown, empty for none."""
    whom = f"{n}名作答者（仅询问{condition}的人）" if condition else f"{n}名作答者"
    left = f"另有{rest}人选择了更少见的组合，未列出。" if rest else ""
    return f"每一列为一种选项组合，条形表示{whom}中恰好选择该组合的人数。{left}"


def combination(answers: Sequence[str], share: str) -> str:
    """Return one combination in words."""
    return f"{'、'.join(answers) if answers else '均未选择'}：{share}。"
