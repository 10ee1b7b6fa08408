"""What the page says around its sections, in Chinese."""

from __future__ import annotations

CONTENTS = "目录"
TABLE = "表"
FIGURE = "图"
DATA_BEHIND = "图中数据"
SCROLL = "左右滑动查看全图"
FOOTER = "由 clinical-consensus 生成。本软件的任何输出都不构成医疗建议：它只说明受访者如何作答、某个定义如何判定病历，不说明应当如何处理某位患者。"
BETWEEN = ""
LIST = "；"
STOP = "。"

NO_FIGURE = "图“{figure}”已省略：其中含有已遮蔽的数字。"
MASKED = "已遮蔽"
TABLE_LEFT_OUT = "表“{table}”已省略：其中的数字都过小，或可由此推算出过小的数字。"
SENTENCES_LEFT_OUT = "此处省略了含有过小数字、或可由此推算出过小数字的句子。"
SECTION_LEFT_OUT = "此部分已省略：其中关于其他计数方式的说明会缩小已遮蔽数字的可能范围。"
SINGLE_LEFT_OUT = "此列表已省略：其每一行都涉及个人。"
SUMMARY = "摘要"
RESPONDENTS = "调查对象与应答情况"
CRITERIA = "各项标准的共识情况"
OVERVIEW = "全部标准与共识规则对照"
OTHERS = "其他问题"
PROPOSALS = "由此得出的定义"
LEFT_OUT = "未能成为定义条目的投票"
TREATMENTS = "后续治疗的选择"
COMPARISON = "与既往调查的比较"
COHORT = "用各定义判定患者"
DATA = "数据情况"
PROBLEMS = "文件中发现的问题"
METHODS = "数据如何得出"
LIMITATIONS = "这些数据不能说明什么"
CHECKLISTS = "报告清单"
PROVENANCE = "数据来源"
NUMBERS = "全部数字"
NUMBERS_LEAD = "本报告中的每个数字都对应随附文件 numbers.csv 中的一行；正文中的数字均链接到下表的相应行。比例以0至1表示，未经四舍五入。"
NUMBERS_CAPTION = "本报告显示的数字"
NUMBERS_HEADERS = ("数字", "数值", "下限", "上限", "分母", "n", "方法")


def title(study_title: str) -> str:
    """Return the report's title."""
    return study_title


def heading(text: str) -> str:
    """Return a word as the heading of a column."""
    return text


def continued(title: str) -> str:
    """Return the title of a further part of a figure."""
    return f"{title}（续）"


def pair(what: str, value: str) -> str:
    """Return a thing with its value."""
    return f"{what}：{value}"


def caption_after(text: str) -> str:
    """Return a caption as it follows its number: *表 1*　标题."""
    return f"\N{IDEOGRAPHIC SPACE}{text}"


def subtitle(has_survey: bool, has_cohort: bool) -> str:
    """Return the line under the title."""
    if has_survey and has_cohort:
        return "临床医师达成了哪些共识，由此得出怎样的定义，以及该定义如何判定患者"
    return "临床医师达成了哪些共识，由此得出怎样的定义" if has_survey else "各定义如何判定患者"


def mark(survey: str | None, patients: str | None, survey_synthetic: bool, patients_synthetic: bool) -> str | None:
    """Return the first line of a report in which anything is synthetic, naming what is and what is not."""
    invented = None if patients is None else f"{patients}例示例患者均为虚构"
    if survey_synthetic and patients_synthetic and patients is not None:
        return f"SYNTHETIC（合成数据）：答卷为模拟生成，{invented}。以下内容均不是关于真实人群的结论。"
    if survey_synthetic:
        return "SYNTHETIC（合成数据）：答卷为模拟生成。以下内容均不代表临床医师的真实看法。"
    if patients_synthetic and invented is not None:
        kept = f"调查的计数与{survey}一致。" if survey is not None else ""
        return f"SYNTHETIC（合成患者）：{invented}，不对应任何真实患者。{kept}"
    return None


MARKED_BY_TITLE = "SYNTHETIC（合成数据）：本研究标明其数据为合成数据。以下内容均不是关于真实人群的结论。"
PUBLISHED = "公开发表的数据"
ANSWERED = "原始答卷"

MONTHS = tuple(f"{month}月" for month in range(1, 13))


def day(year: int, month: int, day: int) -> str:
    """Return a date."""
    return f"{year}年{month}月{day}日"


def sentences(parts: list[str]) -> str:
    """Return sentences as one text."""
    return BETWEEN.join(parts)


def masked_note(least: str) -> str:
    """Return that small cells are masked; `least` people are enough to be shown."""
    return (
        f"本报告遮蔽了人数（或患者数）不足{least}但不为0的数字，以及可由此推算出这类数字的其他数字。各题的作答人数照常显示，"
        "即使由此可知有少数人未作答。"
    )


def files_left_out(names: tuple[str, ...]) -> str:
    """Return which files are not written beside a report with masked numbers."""
    text = f"以下文件涉及个人或会泄露已遮蔽的数字，因此未随报告写出：{'、'.join(names)}。"
    if "scores.xlsx" in names:
        text += "consensus score 加 --out 可为有权查看者写出每位患者的判定。"
    return text
