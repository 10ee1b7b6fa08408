"""Sentences about the proposed definitions and the votes behind them, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence

from reports.wording.zh.survey import quoted

LOGIC_ANY = "满足以下任一项，即符合该定义："
LOGIC_ONE = "满足以下条件，即符合该定义："
NONE_CHOSEN = "这些回答不能得出定义，因此没有写出定义。"
OTHERS_ONLY = "按规则或按票数赋分均不能得出定义，因此没有 definition.yaml。以其他方式得出的定义见下；consensus propose --out FOLDER 可将其写成文件。"
CHOSEN_FILE = "这就是 definition.yaml 中的定义。"
KINDS = {"vote": "直接投票", "bound": "上限", "proxy": "间接指标"}
POINTS_AXIS = "分值（支持该标准的票数）"
POINTS_TITLE = "各条目的分值与界值"
POINTS_CAPTION = "每个条目的分值等于支持它的票数。深色条单独即达到界值；斜线条为上限，因为该标准未被直接询问。"
TERM = "条目"
POINTS = "分值"
BEHIND = "依据哪个回答"
VOTES_OF = "票数，n/N (%)"
COUNT = "票数"
BASE = "分母"
KIND = "证据类型"
QUESTION = "问题"
ANSWER = "回答"
WHY = "未成为条目的原因"
AT_MOST = "至多"
STOP = "。"
VOTES_CAPTION = "各条目所依据的投票"
LEFT_OUT_CAPTION = "未成为条目的问题和标准及其原因"
LEFT_OUT_LEAD = "并非每一票都能成为定义的一部分。以下各项未能成为条目："
SENSITIVITY_TITLE = "两个建议定义有何不同，什么会改变它们？"
SENSITIVITY_CAPTION = "对态度不明确者采用不同计法时的建议定义二"
HOW_COUNTED = "计票方式"
CUT_OFF = "界值（分）"
LIGHTER = "其余较轻标准合计"
SUFFICES = "何者足以符合"
NUMBERED = (
    "建议定义一",
    "建议定义二",
    "建议定义三",
    "建议定义四",
    "建议定义五",
    "建议定义六",
    "建议定义七",
    "建议定义八",
)
SCHOOLS = ("第一种观点", "第二种观点", "第三种观点", "第四种观点")
FEWEST = "最少整数分"
LOGIC_ALL = "以下各条须全部满足："
OF_VIGNETTES = "对病例情景判断作逻辑回归，典型应答者更可能判为失败的情形，即为本定义。"


def logic_at_least(number: int) -> str:
    """Return that so many of the terms must be met."""
    return f"以下各条至少满足{number}条："


def of_atlas(definitions: str, given: str, proved: bool) -> str:
    """Return that a definition gives most of what people said."""
    space = f"在可用分值表示的全部{definitions}个定义中" if proved else f"在搜索到的{definitions}个定义中"
    end = "没有其他定义更高" if proved else "可能存在更好的定义"
    return f"{space}，它与应答者的陈述吻合最多：对各标准的回答和对病例情景的判断中{given}一致；{end}。"


def of_school(people: str, rule: str) -> str:
    """Return that a school of so many people holds a definition."""
    return f"为{people}人的一种观点所持，按其中“{rule}”得出。"


def says_percents(cut: str) -> str:
    """Return how a definition whose points are percents is used."""
    return f"因各题基数不同，每条标准按其支持率（百分数）计分；达到{cut}即符合定义。"


def says_fewest(cut: str) -> str:
    """Return how a definition of fewest whole points is used."""
    return f"分值为含义相同的最少整数分；达到{cut}即符合定义。"


def fewest_cut_off(cut_off: str) -> str:
    """Return from how many of the fewest points on the definition is met."""
    return f"最少整数分对任何治疗过程的判定都相同；按此达到{cut_off}即符合定义。"


def came_out(share: str, draws: str) -> str:
    """Return in how many resampled surveys the definition came out."""
    return f"按医院重新抽取的{draws}份调查中，{share}得出完全相同的定义（条目中的数值亦相同）。"


UNITS = {
    "times": "治疗次数",
    "days": "时间窗天数",
    "rise_percent": "升高百分比",
    "viable_percent": "存活百分比",
}


def number_in_term(term: str, unit: str, number: str, question: str, accepts: str, of: str) -> str:
    """Return where a number in a term is from."""
    return (
        f"{term}：{UNITS.get(unit, unit)}{number}，为“{question}”所得{of}个数值的中位数；给出数值者中{accepts}可接受。"
    )


def says_points(cut: str) -> str:
    """Return what a definition with points asks for."""
    return f"治疗过程中每出现过一项标准，即计入其分值；累计达到{cut}分即符合该定义。"


def cut_rule(rule: str) -> str:
    """Return where the cut-off comes from; `rule` as in *同意比例超过50%*."""
    return f"界值取“{rule}”的标准中分值最低者：多数人支持的标准单独即可符合，更轻的标准单独则不能。"


def majority_instead(study_rule: str, rule: str) -> str:
    """Return that the thresholded proposal falls back to a weaker rule."""
    return f"没有任何标准达到本研究的规则“{study_rule}”。按较弱的规则“{rule}”，可得出以下定义。它代表多数意见，而不是共识。"


def by_rule(study_rule: str) -> str:
    """Return that the proposal follows from the study's own rule."""
    return f"包含所有达到本研究规则“{study_rule}”的标准。"


OF_NUMBERS = (
    "没有人被直接问到这一表现是否提示失败，只问了达到几次才算。多数人给出的次数代替该标准，因此这些票只是间接指标。"
)


def title(kind: str, rule: str, number: int, school: int | None = None) -> str:
    """Return the heading of a proposal's card; `number` is its place among all."""
    what = {
        "thresholded": f"所有“{rule}”的标准",
        "weighted": "所有有数字的标准，按票数赋分",
        "numbers": "多数人给出的次数",
        "atlas": "与应答者陈述吻合最多的定义",
        "vignettes": "由病例情景推出的群体规则",
        "school": f"{SCHOOLS[(school or 1) - 1]}的定义",
    }
    return f"{NUMBERED[number - 1]}：{what[kind]}"


def short(kind: str, rule: str, number: int, school: int | None = None) -> str:
    """Return what a proposal is called among other definitions."""
    what = {
        "thresholded": rule,
        "weighted": "按票数赋分",
        "numbers": "按次数",
        "atlas": "与陈述吻合最多",
        "vignettes": "由病例情景推出",
        "school": SCHOOLS[(school or 1) - 1],
    }
    return f"{NUMBERED[number - 1]}（{what[kind]}）"


def weighs_there(reason: str) -> str:
    """Return the reason of a vote that is in no term of the first proposal, but in one of the second."""
    return f"{reason}；在建议定义二中计分"


def behind(option: str, question: str) -> str:
    """Return the answer that the votes were given to."""
    return f"{quoted(question)}一题中回答{quoted(option)}"


def with_equivocal(number: str, coding: str) -> str:
    """Return how equivocal answers add to the votes for a criterion."""
    return {"half": f"，另计{number}份态度不明确回答的一半", "as_yes": f"，另计{number}份态度不明确的回答"}[coding]


def cut(points: str) -> str:
    """Return the cut-off in words."""
    return f"{points}分及以上即符合"


def weight_row(term: str, points: str, bound: bool) -> str:
    """Return one bar of the figure in words."""
    return f"{term}：{'至多' if bound else ''}{points}分。"


def same(yes: bool) -> str:
    """Return whether both proposals judge alike."""
    if yes:
        return "两个建议定义对每个治疗过程的判定都相同：无论患者出现哪些标准的组合，结果一致。"
    return "两个建议定义的判定可能不同：有些标准组合，其中一个判为符合，另一个则不然。"


def never_reach(cut: str, sums: Sequence[tuple[str, str]]) -> str:
    """Return that the lighter criteria can't reach the cut-off together: (sum, coding or empty)."""
    listed = "，".join(f"{total}（{coding}）" if coding else total for total, coding in sums)
    return f"建议定义二中其余较轻标准的分值合计最多为{listed}，始终达不到界值{cut}：它们不会改变判定。"


def reach_together(coding: str, cut: str, sets: Sequence[str]) -> str:
    """Return that lighter criteria reach the cut-off together."""
    how = f"{coding}且界值仍为{cut}时" if coding else f"界值为{cut}时"
    return f"{how}，较轻的标准合起来即可符合：{or_list(sets)}。"


def chosen_anew(coding: str, cut: str, own_cut: str, alone: Sequence[str]) -> str:
    """Return what a cut-off chosen anew under another coding would let suffice."""
    also = f"，此时单独即可符合的还有：{or_list(alone)}" if alone else ""
    return f"{coding}并重新选取界值时，界值为{cut}，而不是{own_cut}{also}。"


def cut_off_is(cut: str, *, kept: bool, anew: bool) -> str:
    """Return a cut-off and where it comes from."""
    if not cut:
        return "无：没有标准得到多数支持"
    how = "沿用或重新选取" if kept and anew else "沿用" if kept else "重新选取"
    return f"{cut}（{how}）"


def points_of(criterion: str) -> str:
    """Return the heading of a criterion's points."""
    return f"分值：{criterion}"


def together(labels: Sequence[str], total: str) -> str:
    """Return several criteria that reach a sum together."""
    return f"{' + '.join(labels)}（合计{total}）"


def combinations(number: str) -> str:
    """Return how many combinations suffice together."""
    return f"其余标准的{number}种组合之一"


def or_list(sets: Sequence[str]) -> str:
    """Return alternatives in one line."""
    return "；或".join(sets) if sets else "无"
