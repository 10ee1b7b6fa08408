"""The Chinese words of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.rules.terms import number, percent

if TYPE_CHECKING:
    from consensus.rules.terms import Options, Term

BETWEEN = ""
BASES = {
    "invited": "受邀者",
    "eligible": "有资格投票者",
    "asked": "被询问者",
    "answered": "作答者",
    "committed": "明确表态者",
}
OTHERWISE_UNCERTAIN = "两者均不满足者为不确定。"
SETTLED = "此前轮次已有结论的条目维持其结论。"
MIRRORED = "反对的比例达到同样水平"
HOW = {">=": "不低于", ">": "超过", "<=": "不超过", "<": "低于", "=": "等于"}
MEASURES = {
    "median": "中位数",
    "mean": "均数",
    "sd": "标准差",
    "iqr": "四分位数间距",
    "cv": "变异系数",
    "riqr": "四分位数间距与中位数之比",
    "di": "分歧指数（IPR/IPRAS）",
    "outside": "落在中位数所在三分区间之外的评分数",
    "n": "作答人数",
    "apmo": "全部条目的多数意见平均百分比（APMO）",
}
BOUNDARIES = {
    "mean": "均数的界值（全部条目均数的均数减标准差）",
    "top": "满分比的界值（全部条目满分比的均数减标准差）",
    "cv": "变异系数的界值（全部条目变异系数的均数加标准差）",
}
TOLD = {
    ("disagreement", "classic"): "分歧（评1至3分者与评7至9分者均约占专家组的三分之一或以上，8至10人时为各不少于3人）",
    ("disagreement", "ipras"): "分歧（IPR大于IPRAS，IPRAS = 2.35 + 1.5 × 不对称指数）",
    ("agreement", "classic"): "一致（落在中位数所在三分区间之外者不足专家组的约三分之一，8至10人时为不超过2人）",
}


def accepted(when: str, rejected: str | None) -> str:
    """Return when a criterion is in and when it is out."""
    if rejected is None:
        return f"{when}即接受该标准；本规则不作否定结论。"
    return f"{when}即接受该标准；{rejected}即由共识否定该标准。"


def in_round(number: int, when: str) -> str:
    """Return the condition of later rounds."""
    return f"自第{number}轮起，{when}即接受该标准。"


def out_in_round(number: int, when: str) -> str:
    """Return what rejects in later rounds."""
    return f"自第{number}轮起，{when}即由共识否定该标准。"


def doubtful(when: str) -> str:
    """Return when an item is uncertain whatever else holds."""
    return f"{when}则为不确定。"


def for_choices(when: str) -> str:
    """Return the condition of questions whose options are no scale."""
    return f"选项不构成量表的题目，{when}即有结论。"


def quorum(count: int | None, share: str, of: str) -> str:
    """Return the smallest number of answers that is judged."""
    return f"作答人数少于{f'{count}人' if count is not None else f'{of}的{share}'}时，人数过少，不作判断。"


def quantiles(kind: int) -> str:
    """Return the type of quantiles."""
    return f"分位数按第{kind}型（Hyndman-Fan）计算。"


def agreement(comparison: str, share: str) -> str:
    """Return a threshold of agreement as a phrase."""
    return f"同意比例{HOW[comparison]}{share}"


def doing(options: Options) -> str:
    """Return what those do who choose some options."""
    if options.word is not None:
        words = {
            "agree": "支持某一标准",
            "disagree": "反对",
            "top": "评最高分",
            "bottom": "评最低分",
            "most": "选择同一选项",
        }
        return words[options.word]
    if options.low is not None and options.high is not None:
        return f"评{number(options.low)}至{number(options.high)}分"
    return "评" + "或".join(map(number, options.points)) + "分"


def people(comparison: str, limit: str, whom: str, doing: str, measure: str) -> str:
    """Return that so many people do something."""
    whom = f"{whom}中" if whom else ""
    return f"{whom}{doing}的{'比例' if measure == 'share' else '人数'}{HOW[comparison]}{limit}"


def measure(term: Term) -> str:
    """Return the name of a measure."""
    of = f"{BASES[term.base]}中" if term.base else ""
    if term.bound is not None and term.options is not None:
        end = "下限" if term.bound == "low" else "上限"
        return f"{of}{doing(term.options)}的比例的95%置信{end}"
    if term.options is not None:
        return (
            f"{of}{doing(term.options)}的"
            + {
                "share": "比例",
                "count": "人数",
                "chance": "人数仅凭猜测达到或超过的概率",
                "kstar": "比例经机遇校正的内容效度（k*）",
            }[term.measure]
        )
    if term.at is not None:
        if term.measure == "quantile":
            return f"{percent(term.at)}分位数"
        return f"与中位数相差不超过{number(term.at)}分的评分比例"
    return BOUNDARIES[term.of or "mean"] if term.measure == "boundary" else MEASURES[term.measure]


def compared(left: str, comparison: str, right: str) -> str:
    """Return that one thing is above, below or equal to another."""
    return f"{left}{HOW[comparison]}{right}"


def added(words: str, sign: int, shown: str) -> str:
    """Return a sum with one more part."""
    return f"{words}{'加' if sign > 0 else '减'}{shown}"


def told(word: str, way: str) -> str:
    """Return that the panel agrees or disagrees."""
    return f"存在{TOLD[word, way]}"


def not_told(word: str, way: str) -> str:
    """Return that there is no agreement or disagreement."""
    return f"不存在{TOLD[word, way]}"


def negated(words: str) -> str:
    """Return that a condition doesn't hold."""
    return f"并非{words}"


def in_groups(words: str, least: str | int, by: str) -> str:
    """Return a condition within groups."""
    which = {"each": "每个", "any": "至少一个"}.get(str(least), f"至少{least}个")
    return f"在{which}{by}组别中，{words}"


def bracketed(words: str) -> str:
    """Return a condition set apart from those that it is joined with."""
    return f"（{words}）"


def joined(word: str, parts: list[str]) -> str:
    """Return conditions joined by and, or."""
    return ("，且" if word == "and" else "，或").join(parts)
