"""One patient's course explained on a terminal, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence

from reports.wording.zh import cohort as _cohort

OPEN = "分级未定"
NO_READINGS = "无需选择理解方式"
NO_POINTS = "分值无法计算"
UNCOUNTABLE = "分值超出可计范围"
ROUND = "未测第二径的病灶按圆形计算（dimension_conversion=isotropic）"


def patient(name: str, sessions: int) -> str:
    """Return the line above a course."""
    return f"患者 {name}：共{sessions}次治疗"


def session(number: int, word: str, date: str, days: str, assessment: str, seen: str, further: Sequence[str]) -> str:
    """Return a session with the dates of its assessments; `seen` is empty where there is none."""
    by = f"；{assessment}：{seen}" if seen else ""
    more = f"，此后又于{'、'.join(further)}复查" if further else ""
    return f"第{number}次{word}：{date}（第{_days(days)}天）{by}{more}"


def called(title: str, marked: str) -> str:
    """Return a definition: its title and its id, marked where it is recalled."""
    return f"{title}（{marked}）"


def verdict(called: str, verdict: str) -> str:
    """Return a definition with its verdict."""
    return f"{called}：{_cohort.VERDICTS[verdict]}"


def at_session(number: int, date: str, days: str, criterion: str) -> str:
    """Return when and by which criterion a definition was met."""
    return f"，见于第{number}次治疗后（{date}，距首次治疗{_days(days)}天），依据：{criterion}"


def by_criterion(criterion: str) -> str:
    """Return by which criterion a definition was met before any session."""
    return f"，依据：{criterion}"


def for_want(cause: str) -> str:
    """Return what keeps a whole definition open."""
    return f"，原因：{cause}"


def points_between(low: str, high: str) -> str:
    """Return the points of a definition behind its verdict."""
    return f"（{low}分）" if low == high else f"（{low}至{high}分）"


def class_and_points(called: str, name: str, points: str) -> str:
    """Return what a score says: its class (empty where it is open) and its points."""
    return f"{called}：{f'分级 {name}' if name else OPEN}，{points}"


def at_least(points: str) -> str:
    """Return the points of a score without an upper end."""
    return f"分值不低于{points}"


def between(low: str, high: str) -> str:
    """Return the points of a score, or the two ends between which they lie."""
    return f"分值 {low}" if low == high else f"分值 {low}至{high}"


def reading(label: str, says: str, name: str, value: str) -> str:
    """Return a reading in force."""
    return f"{label}：{says}（{name}={value}）"


def readings(each: Sequence[str]) -> list[str]:
    """Return the readings, a line each under their heading."""
    return ["理解方式：", *(f"  {one}" for one in each)]


def term(name: str, says: str, points: str) -> str:
    """Return a criterion with its points, where it has some."""
    return f"{says}（{name}{f'，{points}分' if points else ''}）"


def with_value(term: str, says: str) -> str:
    """Return a criterion that is judged at one moment, and what it says."""
    return f"{term}：{says}"


def said(value: bool | None, because: Sequence[str]) -> str:
    """Return what a criterion says; where it is open, because of what."""
    if value is None:
        return f"无法判定，因{'、'.join(because)}"
    return "符合" if value else "不符合"


def step(number: int, says: str, alone: str, used: Sequence[str], scans: str) -> str:
    """Return what a criterion says at a session: `alone` of its finding, by which cells, by which scan."""
    cells = f"［{'；'.join(used)}］" if used else ""
    return f"第{number}次：{says}{alone}{cells}{scans}"


def alone(value: bool | None) -> str:
    """Return what the finding of a session says where the whole criterion says otherwise."""
    return f"；仅就本次所见：{'无法判定' if value is None else '符合' if value else '不符合'}"


def scans(judged_by: str, others: Sequence[tuple[str, str]], assessment: str) -> str:
    """Return which scan judged a session, and which did not: (date, days after the session)."""
    passed = "、".join(f"{day}（治疗后{_days(days)}天）" for day, days in others)
    return f"；以{judged_by}的{assessment}为准，未采用{passed}"


def cell(label: str, header: str, value: str, unit: str, before: bool) -> str:
    """Return a cell that was looked at: what it is called, the user's header and what it says."""
    shown = "%" if unit == "percent" else f" {unit}" if unit else ""
    return f"{'前次' if before else ''}{column(label, header)}：{value}{shown if value[-1:].isdigit() else ''}"


def flag(yes: bool, seen: bool) -> str:
    """Return a cell of yes and no in words; `seen` where it tells what imaging shows."""
    return ("有" if yes else "无") if seen else ("是" if yes else "否")


def column(label: str, header: str) -> str:
    """Return a column by its name and the user's header."""
    return header if label == header else f"{label}（{header}）"


def either(columns: Sequence[str]) -> str:
    """Return columns of which any would tell."""
    return "或".join(columns)


def empty(column: str) -> str:
    """Return that a cell is empty."""
    return f"{column}无记录"


def bound(column: str) -> str:
    """Return that only a bound is known."""
    return f"{column}仅知界限"


def untold(column: str) -> str:
    """Return that there is no session that tells."""
    return f"无治疗记录可提供{column}"


def leaves_open(column: str) -> str:
    """Return that what is recorded leaves something open."""
    return f"现有的{column}不足以判定"


def otherwise(column: str, reason: str) -> str:
    """Return why a recorded column does not tell."""
    return f"{column}{reason}"


def by_lesion(lesion: str, number: int) -> str:
    """Return by which of several lesions a definition was judged."""
    return f"按病灶 {lesion} 判定（共{number}个病灶），存活比例为该病灶的比例"


def _days(text: str) -> str:
    return text.replace(" to ", "至")
