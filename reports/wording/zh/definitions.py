"""Sentences about what definitions ask for, and about the cells that would settle unknown verdicts, in Chinese."""

from __future__ import annotations

TITLE = "各定义的要求"
MATRIX_CAPTION = "各项标准对照"
MATRIX_NOTE = "空白：该定义不要求此项。"
CRITERION = "标准"
LOOKED_FOR = "即："
EXPLICITLY_NOT = "明确不包括："
READ_AS = "含糊之处在此的理解方式："
NOTES = "关于原文的说明："
WARNING = "默认不启用，因指名而使用："

WORKLIST_TITLE = "值得查阅补录的内容"
WORKLIST_CAPTION = "仅补一格即可使无法判定者得以判定的空白单元格，按列统计"
COLUMN = "记录中的列"
CELLS = "单元格数"
SETTLES = "可使其得以判定的判定数"


def lettered(letter: str, title: str) -> str:
    """Return the heading of a definition's column in the matrix, explained below it."""
    return f"{letter}：{title}"


def worklist_lead(cells: str, verdicts: str) -> str:
    """Return how far the records could be completed, the numbers as texts."""
    return (
        f"补录{cells}个单元格，每格单独即可使至多{verdicts}个无法判定的结果得以判定（存在可作出判定的取值）。"
        "scores.xlsx的worklist表列出每个单元格及其患者，最有用者在前。"
    )
