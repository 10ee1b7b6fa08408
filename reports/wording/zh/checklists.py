"""Sentences about reporting checklists, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence

from reports.wording.zh.survey import quoted

LEAD = (
    "以下逐节列出数据能够回答报告清单的哪些部分。编写本软件时未阅读清单各条目的原文：这里仅凭记忆列出其章节与编号。"
    "投稿前请对照已发表的清单原文逐条核对。"
)
OPEN = "待作者填写："
SECTION = "章节"
KNOWN = "数据已知的内容"
LEFT = "尚待完成"
NOTHING = "无"
PARTLY = "其余部分请对照清单原文核对"
FOR_AUTHORS = "待作者填写"
QUESTIONNAIRE = "完整问卷即问卷工作簿；可用 consensus forms 输出为附录。"
INVITED_UNKNOWN = "受邀人数未知。"
UNWEIGHTED = "答卷未加权。"
WEIGHTED = "答卷已加权，区间已将其计入。"
PRIVACY = "可识别个人的列未写入任何输出，受访者以代号表示。"
SENSITIVITY = "对态度不明确回答的每一种计法，均给出判定。"


def standing(cite: str) -> str:
    """Return where a checklist is from, and that its wording was not read."""
    return f"{cite}。凭记忆引用：仅章节与编号，未阅读条目原文。"


LANGUAGES = {"en": "英文", "zh": "中文"}
LIST = "、"


def instrument(questions: str, criteria: str, languages: str) -> str:
    """Return how large the questionnaire is."""
    spoken = f"，语言：{languages}" if languages else ""
    return f"问卷共{questions}题，涉及{criteria}项标准{spoken}。"


def routing(questions: str) -> str:
    """Return how many questions were asked only of some."""
    return f"其中{questions}题根据先前的回答只询问部分人。"


def invited(people: str) -> str:
    """Return how many people were invited."""
    return f"共邀请{people}人。"


def eligible(conditions: Sequence[str]) -> str:
    """Return who is eligible."""
    return f"纳入分析者须符合：{'且'.join(conditions)}。"


def sampling(named: Sequence[str]) -> str:
    """Return what people are grouped by in the design."""
    return f"受访者按{'和'.join(named)}分组，另列出已计入分组的区间。"


def platform(name: str) -> str:
    """Return which platform's export was read."""
    return f"答卷读自{name}。"


def dates(first: str, last: str) -> str:
    """Return when the answers were sent."""
    return f"答卷提交时间为{first}至{last}。"


def multiple(tests: str, repeats: str) -> str:
    """Return who was left out as a test or a repeat."""
    return f"排除测试答卷{tests}份、重复提交{repeats}份。重复答卷按账号和相同答案查找；凡排除者在 corrections.csv 中均有记录。"


def consent(question: str) -> str:
    """Return that consent was asked for."""
    return f"已询问知情同意：{quoted(question)}。"


def missing(complete: str, asked: str) -> str:
    """Return how complete the answers are."""
    return f"{asked}题中有{complete}题得到全部被问及者的回答。空白不计入分母，未作填补。"


def timestamps(fast: str) -> str:
    """Return how many answered too fast."""
    return f"标记为作答过快者{fast}人，并未因此排除。"


def see(section: str) -> str:
    """Return in which section of the report it stands."""
    return f"见{quoted(section)}一节。"
