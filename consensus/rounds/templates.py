"""Empty files of a panel with one example each, which is refused until a panel's own stand in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

EXAMPLE_FILL = PatternFill("solid", fgColor="FFF2CC")
WIDE = 26
PANEL = (
    ("panelist", "EXAMPLE-1", "An id that is no name; the same in every round.\n代号（不用姓名），各轮相同。"),
    ("group", "EXAMPLE group", "The stakeholder group; empty where there are none.\n利益相关方组别；没有则留空。"),
    ("invited_1", "yes", "yes or no: invited to round 1. Add invited_2 and so on.\n是否受邀参加第1轮；以后各轮加列。"),
    ("votes", "yes", "no for whoever answers without a vote.\n作答但无投票权者填no。"),
    ("recused", "", "Items that somebody does not judge, with commas.\n回避的条目，以逗号分隔。"),
    (
        "left",
        "",
        "Round from which on somebody is no longer asked, and why: 2: no time.\n退出轮次与原因，如 2: no time。",
    ),
)
ITEMS = (
    ("item", "EXAMPLE-1", "The statement's id; it stays when the words change.\n条目编号，措辞改变时不变。"),
    ("round", 1, "One row a statement and round in which it is asked.\n每条目每轮一行。"),
    ("name", "s01", "The question in that round's form.\n该轮问卷中的题名。"),
    ("text", "EXAMPLE: a statement that is rated", "The words in that round.\n该轮的措辞。"),
    ("came_from", "", "The item or items that it came from.\n由哪些条目而来。"),
    ("change", "new", "same, reworded, split, merged, new or dropped, since the round before.\n与上一轮相比的变化。"),
    ("comment", "", "Whatever else is to be known.\n备注。"),
)
SURVEY = (
    ("type", "name", "label::English (en)", "label::中文 (zh)", "required", "role"),
    ("text", "panelist", "Your panel id", "您的专家编号", "yes", "respondent"),
    ("select_one rating9", "s01", "EXAMPLE: a statement that is rated", "EXAMPLE：待评分的条目", "", "rating"),
    ("text", "s01_comment", "Comment", "意见", "", "free_text"),
)
ENDS = {1: ("1 (not at all)", "1（完全不同意）"), 9: ("9 (entirely)", "9（完全同意）")}


def panel_template() -> Workbook:
    """Return `panel.xlsx` with notes in its header and one example."""
    return _noted("panel", PANEL)


def items_template() -> Workbook:
    """Return `items.xlsx` with notes in its header and one example."""
    return _noted("items", ITEMS)


def form_template() -> Workbook:
    """Return the form of round 1: the panelist's id, and one example that is rated from 1 to 9 and commented on."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    _rows(sheet, SURVEY)
    for cell in sheet[3]:
        cell.fill = EXAMPLE_FILL
    choices = [("rating9", n, *ENDS.get(n, (str(n), str(n))), n, "") for n in range(1, 10)]
    unable = ("rating9", 99, "Unable to judge", "无法判断", "", "dont_know")
    heads = ("list_name", "name", "label::English (en)", "label::中文 (zh)", "score", "missing")
    _rows(book.create_sheet("choices"), (heads, *choices, unable))
    settings = (("form_title", "form_id", "version", "default_language"), ("A panel", "panel", "1", "English (en)"))
    _rows(book.create_sheet("settings"), settings)
    return book


def _noted(title: str, columns: Sequence[tuple[str, object, str]]) -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    _rows(sheet, ([name for name, _, _ in columns], [value for _, value, _ in columns]))
    for at, (_, _, note) in enumerate(columns, start=1):
        sheet.cell(1, at).comment = Comment(note, "clinical-consensus", height=90, width=300)
        sheet.cell(2, at).fill = EXAMPLE_FILL
    return book


def _rows(sheet: Worksheet, rows: Iterable[Sequence[object]]) -> None:
    for row in rows:
        sheet.append([None if value == "" else value for value in row])
    for at, cell in enumerate(sheet[1], start=1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = WIDE
    sheet.freeze_panes = "A2"
