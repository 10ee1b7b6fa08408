"""Sentences about how sure the shares are: hospitals, equivocal answers, those who did not answer; in Chinese."""

from __future__ import annotations

LIMITS = "医院聚集对区间的影响"
LIMITS_LEAD = "同一医院的医师有共同的习惯和师承，因此他们的回答所含的信息少于同样数目的互不相识者的回答。"
BY_DESIGN = "除按逐人抽取计算的区间外，另列按抽样设计计算的区间：以医院为群，并在研究有分层和权重时予以考虑（线性化方差，Korn-Graubard 区间）。"
WEIGHTED = "按设计计算的比例已加权；旁边的人数未加权。"
FEW_HOSPITALS = "医院数过少，区间只是粗略的。"
ONE_BY_ONE = "按逐人抽取"
DESIGN = "按抽样设计"
DESIGN_EFFECT = "设计效应"
LIMITS_CAPTION = "各标准的支持比例及其95%区间（%）"
LIMITS_FIGURE = "医院聚集使区间变宽多少"
LIMITS_AXIS = "认为该表现属于标准的比例，95%区间"
LIMITS_NOTE = "标记为比例，横线为其区间。虚线为规则所要求的比例。"
THRESHOLD = "规则"

LEANING = "态度不明确的回答可能改变什么"
LEANING_LEAD = "态度不明确既不是赞成也不是反对。曲线表示：若其中一部分倾向赞成、其余倾向反对，从没有到全部，各标准的支持比例如何变化。"
LEANING_CAPTION = "要使结论改变，需要多少人倾向哪一边"
LEANING_FIGURE = "支持比例随倾向赞成者的增加而变化"
LEANING_X = "态度不明确者中倾向赞成的部分"
LEANING_Y = "作答者中的支持比例"
LEANING_NOTE = "曲线与虚线相交处，结论改变。"
EQUIVOCAL = "态度不明确"
TO_ACCEPT = "其中多少人倾向赞成即被接受"
TO_REJECT = "其中多少人倾向反对即被否定"
NEVER = "即使全部倾向也不会"
ALREADY = "无需任何人"

SILENCE = "未作答者可能改变什么"
MORE_THAN_INVITED = "作答人数多于受邀人数，这不可能：两个数字中有一个有误。以下界限按假定的应答率计算。"
UNKNOWN_INVITED = (
    "受邀人数未知，因此没有应答率。以下界限按假定的应答率计算：下限为其余的人均不赞成，上限为其余的人均赞成。"
)
KNOWN_INVITED = "界限为全部受邀者中可能的最低和最高比例：其余的人均不赞成，或均赞成。"
FRAME = "任何应答率都不能说明邀请名单上是哪些人，上述界限也不超出该名单。"
RATES = {
    "RR1": "受邀者中完整作答的比例（AAPOR RR1，据记忆）",
    "RR2": "受邀者中完整或部分作答的比例（AAPOR RR2，据记忆）",
}
SILENCE_CAPTION = "各标准的完全支持比例及其可能的范围"
SILENCE_FIGURE = "无论其余的人如何回答，完全支持比例的界限"
SILENCE_AXIS = "完全支持的比例"
SILENCE_NOTE = "标记为作答者中的比例，横线从可能的最低比例到最高比例。"
OBSERVED = "作答者中"
AMONG_INVITED = "全部受邀者中"
NEEDED = "应答率达到多少，无论其余的人如何回答结论都成立"
BELOW = "已低于规则"
LATE = "较晚减较早的回答"
WAVES = "较晚作答的人可能更接近从未作答的人：作答较晚的一半减去较早的一半。"
BLANK = "留空"


def band(hospitals: str) -> str:
    """Return why there is a band and not one interval."""
    return (
        f"已知受访者来自{hospitals}家医院，但不知道谁属于哪一家。因此不给出单一区间，而给出一组区间："
        "每个合理的院内相关系数一个，并假定人员均匀分布于各医院。"
    )


def at_correlation(rho: str) -> str:
    """Return the name of a correlation within hospitals."""
    return f"相关系数{rho}"


def at_rate(rate: str) -> str:
    """Return the name of an assumed response rate."""
    return f"若应答率为{rate}"


def described(what: str, rows: list[str]) -> str:
    """Return what a figure shows, for those who don't see it."""
    return f"{what}：" + "".join(f"{row}。" for row in rows)


def row_of(label: str, parts: list[str]) -> str:
    """Return one row of a figure in words."""
    return f"{label}：{'，'.join(parts)}"


def ranged(series: str, value: str, limits: str) -> str:
    """Return a value with its limits, by how it was looked at."""
    return f"{series}{value}［{limits}］" if value and limits else f"{series}{value or limits}"


def fewest(votes: str, equivocal: str) -> str:
    """Return how many equivocal answers it takes."""
    return f"{equivocal}人中的{votes}人"


def weight_effect(effect: str) -> str:
    """Return what fitting weights to known margins costs."""
    return f"权重已按已知总数校正；权重不等使区间变宽，相当于设计效应{effect}（Kish）。"
