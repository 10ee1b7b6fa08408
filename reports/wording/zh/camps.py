"""Sentences about groups and camps of people, and about agreement beyond chance, in Chinese."""

from __future__ import annotations

GROUPS = "哪些人的回答不同"
GROUPS_LEAD = "各组的比例旁边列出向全体靠拢的收缩比例：小组的比例会因偶然而波动，收缩比例在各组自身差异允许的范围内予以修正，从不单独列出。"
GROUPS_FIGURE = "各组的完全支持比例"
GROUPS_AXIS = "完全支持的比例，95%区间"
GROUPS_NOTE = "标记为比例，横线为其区间。"
GROUP = "组别"
SHRUNKEN = "收缩比例"
TESTS_CAPTION = "各组是否不同？全部标准的检验，合并校正"
TEST = "检验"
P, HOLM, BH = "p", "p（Holm 校正）", "p（Benjamini-Hochberg 校正）"
NO_TEST = "无法检验"
TESTS_NOTE = "多项检验中单个 p 值说明不了多少：请看对整组检验都成立的 p 值。"
METHODS = {
    "rao-scott": "Rao-Scott 检验（按抽样设计）",
    "pearson": "Pearson 卡方检验",
    "fisher": "Fisher 确切概率法",
    "permutation of people": "置换检验（按人）",
    "permutation of clusters": "置换检验（按医院）",
    "cochran-armitage": "趋势检验（Cochran-Armitage）",
    "trend, t": "按抽样设计的趋势检验（t 检验）",
}
ODDS_CAPTION = "支持某标准的优势，各分组变量同时纳入"
AGAINST = "参照组"
ODDS = "比值比"
MODELS = {"logistic": "完全支持", "ordinal": "支持程度高一级"}
MODEL = "结局"

CAMPS = "总体比例背后的阵营"
CAMPS_FIGURE = "各阵营怎么说"
CAMPS_AXIS = "完全支持的比例，95%区间"
CAMPS_NOTE = "标记为各阵营的比例，横线为其区间。"
CAMPS_CAPTION = "各阵营对每项标准的完全支持比例"
CAMP = "阵营"
NOT_NAMED = "把对全部标准的回答放在一起看，可分出事先未命名的阵营（潜在类别分析，类别数按贝叶斯信息准则选定）。阵营正是由这些回答分出的，其间的差距部分出于偶然，区间未计入这一点。"
NOTHING_FOUND = "把全部回答放在一起看，分不出阵营：一个群体最能解释这些回答。总体比例没有掩盖对立的两边。"
NO_SPLIT = "没有任何一项标准上，两个阵营相差达到量表的一半。"
ALL = "全体"

CHANCE = "超出偶然的一致性"
CHANCE_LEAD = "比例说明有多少人支持某项标准；一致性说明随机选出的两个人对全部标准回答相同的频率，系数则扣除仅凭偶然就会出现的部分。"
CHANCE_FIGURE = "各一致性系数并列"
CHANCE_AXIS = "一致性，按人重抽样的95%区间"
CHANCE_NOTE = "标记为估计值，横线为其区间。零为偶然水平，一为完全一致。"
CHANCE_NO_LIMITS = "标记为估计值；计算区间需要逐份答卷。零为偶然水平，一为完全一致。"
CHANCE_AXIS_PLAIN = "一致性"
RATINGS_BLOCK = "全部评分"
CHANCE_CAPTION = "一致性与超出偶然的一致性"
COEFFICIENT = "系数"
ESTIMATE = "估计值"
NO_LIMITS = "需要逐份答卷"
UNLIMITED = "无法计算"
CHANCE_UNLIMITED = "标记为估计值；此处无法计算区间。零为偶然水平，一为完全一致。"
PARADOX = (
    "这里多数两两回答一致，kappa 却远低于 AC1，或无法计算：回答越偏向同一边，kappa 归于偶然的一致就越多（患病率悖论）。"
    "AC1 不受此影响；两者应并列阅读，切勿只看 kappa。"
)
NAMES = {
    "percent agreement": "两两一致的比例",
    "ac1": "Gwet AC1 系数",
    "ac2": "Gwet AC2（平方权重）",
    "fleiss": "Fleiss kappa 系数",
    "conger": "Conger kappa 系数",
    "brennan-prediger": "Brennan-Prediger 系数",
    "alpha": "Krippendorff alpha（名义）",
    "alpha_ordinal": "Krippendorff alpha（有序）",
    "alpha_interval": "Krippendorff alpha（等距）",
    "cohen": "Cohen kappa 系数",
    "cohen_linear": "Cohen kappa（线性权重）",
    "cohen_quadratic": "Cohen kappa（平方权重）",
    "kendall_w": "Kendall 协同系数 W",
    "icc": "组内相关系数（绝对一致）",
}
CRITERIA_BLOCK = "全部标准"
BLOCK_TESTS = {
    "cohen kappa against chance": "一致性与偶然相比（Cohen）",
    "stuart-maxwell": "两人各选项使用频率是否相同（Stuart-Maxwell）",
    "bowker": "两人差异是否对称（Bowker）",
    "friedman": "Friedman 卡方检验",
    "legendre f": "Legendre F 检验",
}


def split(criterion: str, pooled: str, high: str, high_camp: str, low: str, low_camp: str) -> str:
    """Return a criterion on which two camps lie apart."""
    return f"{criterion}：全体的{pooled}掩盖了{high}（{high_camp}）与{low}（{low_camp}）的对立。"


def certain(part: str) -> str:
    """Return how surely people belong to the camps found."""
    return f"每个人属于所归阵营的平均概率为{part}。"


def camp(name: str, size: str) -> str:
    """Return a camp that was found, with its size."""
    return f"阵营{name}（{size}人）"


def by(question: str) -> str:
    """Return the title of the groups of one question."""
    return f"按“{question}”分组"


def adds(pairs: str, ac1: str) -> str:
    """Return what agreement beyond chance adds to the shares, in one sentence."""
    return f"随机选出的两个人在{pairs}的情形下回答相同；扣除偶然后，达到可能程度的{ac1}（AC1）。"


def tested(test: str, p: str) -> str:
    """Return a test with its p value."""
    return f"{test}：p {p}"


def of_two(tests: list[str]) -> str:
    """Return the tests of two people who rated the same."""
    return f"恰有两人评分，故 Cohen kappa 为这两人之间的系数，区间按所评条目计算。检验：{'；'.join(tests)}。"


def ordered(tests: list[str]) -> str:
    """Return the tests of whether people put items into one order."""
    return f"Kendall 协同系数 W 是否超出偶然（假定各人相互独立）：{'；'.join(tests)}。"


def reason(text: str) -> str:
    """Return why a number can't be had."""
    known = {
        "all ratings are alike": "所有回答相同：偶然一致性为一，无法定义超出偶然的一致性",
        "no unit has two ratings": "没有任何一题有两个回答，无从比较",
        "agreement needs two raters": "一致性至少需要两个人",
        "the scale has one category": "量表只有一个选项，无从不一致",
        "the base is empty": "无人作答",
        "fewer than two groups": "可比较的组少于两个",
        "clusters show no variation": "医院之间没有差异，无法检验",
    }
    return next((told for start, told in known.items() if text.startswith(start)), "无法计算")
