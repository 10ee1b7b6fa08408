"""Sentences about the space of all definitions, vignettes, schools, other settings and the next round, in Chinese."""

from __future__ import annotations

ATLAS_TITLE = "在所有可能的定义之中"
FRONT_CAPTION = "没有其他定义在各方面都更好的定义"
NO_BEST = "“从不判为失败”与任何定义一样吻合应答者的陈述，因此不据此提出定义。"
ON_FRONT = "前沿上的定义"
SHARES = {
    "given": "占全部陈述",
    "respondents": "完全吻合的应答者",
    "answers": "对标准的回答",
    "judgements": "对病例情景的判断",
    "met": "符合的患者",
}
WHICH = "建议定义"
FIGURE_TITLE = "各定义与应答者陈述的吻合程度（按总分）"
FIGURE_CAPTION = (
    "每个点代表总分相同、吻合程度相同的若干定义，点越大数目越多。折线连接每一总分下最好的定义；数字标出各建议定义。"
)
AXIS_POINTS = "最少整数分之和"
AXIS_GIVEN = "吻合的陈述比例"

VIGNETTES_TITLE = "病例情景说明什么"
VIGNETTES_CAPTION = "对每个病例情景的判断"
CASE = "病例"
SHOWS = "出现的标准"
NO_CRITERION = "无"
YES, EQUIVOCAL, NO = "失败", "态度不明确", "非失败"
RULES_CAPTION = "判断背后的规则，持有者最多者在前"
RULE = "作出如此判断的最简规则"
HELD = "全部判断均符合者"
NEAREST = "最接近者"
ALWAYS, NEVER = "一律判为失败", "一律不判为失败"
GROUP_CAPTION = "群体规则：每人有各自宽严程度的逻辑回归"
WEIGHT = "对数优势（标准误）"
GROUP_POINTS = "最少整数分"

SCHOOLS_TITLE = "不同观点的群体"
NO_SCHOOLS = "未发现不同观点的群体："
SCHOOLS_CAPTION = "各标准在每种观点中的支持率"
SCHOOLS_NOTE = "某种观点的定义若与前述定义不同，则列为上文的一个建议定义。"
SPLITS_CAPTION = "各种观点的成员来自何处"
ANSWER = "回答"
P_VALUE = "p值（Holm校正）"

WHAT_IF_TITLE = "如果改变设置"
WHAT_IF_CAPTION = "改变设置后建议定义一会作出不同判定的患者，以及其他建议定义判定不同的患者"
SETTING = "设置或建议定义"
RECLASSIFIED = "判定不同"
NEWLY = "新判为符合"
NO_LONGER = "不再符合"
PROPOSALS = {
    "weighted": "建议定义二",
    "atlas": "与应答者陈述吻合最多的定义",
    "vignettes": "由病例情景推出的群体规则",
}

NEXT_TITLE = "下一轮应当询问什么"
NEXT_CAPTION = "尚无定论之处，最不确定者在前"
ASK = "询问"
WHY = "原因"
NOTHING_OPEN = "推导中没有悬而未决之处。"


def atlas_lead(definitions: str, criteria: str, proved: bool) -> str:
    """Return what was searched, and whether that is all there is."""
    if proved:
        return f"由{criteria}条标准的分值与界值可以表达{definitions}个不同的定义，每一个都与应答者的陈述作了对照：不存在比下表所列更好的定义。"
    return f"{criteria}条标准可表达的定义过多，无法逐一检查。搜索共检查了{definitions}个，可能存在更好的定义。"


def best(definition: str, given: str) -> str:
    """Return the definition that gives most."""
    return f"与陈述吻合最多（{given}）的定义为：{definition}。"


def lettered(letter: str, criterion: str) -> str:
    """Return what a column's letter stands for."""
    return f"{letter}：{criterion}"


def cloud(points: str, share: str) -> str:
    """Return one point of the figure in words."""
    return f"总分为{points}时，最高{share}。"


def consistency(share: str, people: str, repeated: str, alike: str) -> str:
    """Return how consistent people are."""
    text = f"{people}人中，{share}对全部病例情景的判断与某个由这些标准构成的定义一致。"
    if repeated:
        text += f"出现相同标准的病例成对比较共{repeated}次，其中{alike}次判断相同。"
    return text


def group_rule(intercept: str, spread: str, cut_off: str) -> str:
    """Return the rest of the group's rule."""
    text = f"没有任何标准时对数优势为{intercept}；个人宽严程度的标准差为{spread}。"
    return f"{text}典型应答者将达到{cut_off}分者判为失败。" if cut_off else text


def unseen(criteria: str) -> str:
    """Return what no vignette shows."""
    return f"没有病例情景出现：{criteria}；因此无从得知。"


def cut_off(how: str, value: str, matched: str, total: str) -> str:
    """Return the cut-off that matches majorities best."""
    return f"按支持率（百分数）计，与多数判断最吻合的界值为{value}：{total}个情景中吻合{matched}个。"


def schools(number: int) -> str:
    """Return how many schools there are."""
    return f"{('', '一', '两', '三', '四')[number]}种观点比单一群体更能解释这些回答，且重新抽取应答者后仍能再次得出。"


def school(name: str, size: str, stability: str) -> str:
    """Return the heading of a school."""
    return f"{name}：{size}人（稳定性{stability}）"


def apart(criteria: str) -> str:
    """Return where schools are farthest apart."""
    return f"分歧最大的标准：{criteria}。"


def asked(why: str, share: str, votes: str, tips: str = "") -> str:
    """Return why something should be asked."""
    told = {
        "close": f"重新抽样会改变结论：在{share}的调查中成为条目",
        "never_asked": f"从未直接询问：{share}只是上限或间接指标",
        "equivocal": f"{votes}个态度不明确的回答如何计票决定结果" + (f"；其中{tips}计为“是”时即达多数" if tips else ""),
        "number": f"仅{share}的人会接受所取的数值",
        "case": f"重新抽样得到的定义对该情形判定不一：其中{share}判为失败",
        "no_finding": "有人投票，但病程记录无法显示：请说明记录如何体现",
    }
    return told[why]
