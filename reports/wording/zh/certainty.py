"""Sentences about how sure the proposals are, and what they weigh by other schemes, in Chinese."""

from __future__ import annotations

TITLE = "建议定义的稳定程度"
CRITERION = "标准"
ACCEPTED = "被接受"
REJECTED = "被否定"
TERM = "进入建议定义一"
SUPPORT = "支持率，95%界限"
POINTS = "最少整数分，95%界限"
CAPTION = "重新抽样的调查中，各标准按本研究规则被接受、被否定以及进入建议定义一的比例"
DEFINITIONS_CAPTION = "建议定义一在重新抽样的调查中得到的结果，最常见者在前"
DEFINITION = "定义"
SHARE = "占重新抽样调查的比例"
NONE_SUFFICES = "没有充分条件"
SETTINGS_TITLE = "改变规则或计法"
SETTINGS_CAPTION = "若改变其中一项设置，建议定义一将包含的标准"
SETTING = "设置"
TERMS = "标准（每条单独即充分）"
FELL_BACK = "没有标准达到规则，改由简单多数决定"
SAME, DIFFERENT = "相同", "不同"
AGAINST = "与建议定义一相比"
MAJORITY = "规则：简单多数"
OWN = "（本研究）"
NOTHING = "无"
NOT_JOINT = "仅有公开计数，不知道哪些回答属于同一人：各题单独抽样，按个人逐一抽取，因此无法说明整个定义出现的频率。"
FEW = "医院数目少，界限不可靠。"
WEIGHTS_TITLE = "改变赋权方法"
WEIGHTS_CAPTION = "各赋权方法给予每条标准的权重，以及由此得出的界值：简单多数支持的标准中最低的权重"
ALONE = "* "
ALONE_NOTE = (
    "*：单独即充分。方括号内为重新抽样所得的95%界限（Plackett-Luce取前1,000份调查）。空白：该方法没有此标准的数据。"
)
CUT_OFF = "界值"
SCHEMES = {
    "share": "支持率",
    "log_odds": "支持率的对数优势",
    "consensus_discounted": "按分歧折减的支持率",
    "ratings": "平均评分",
    "borda": "排序（Borda）",
    "plackett_luce": "排序（Plackett-Luce）",
}
PARAMETERS_TITLE = "标准中的数值"
PARAMETERS_CAPTION = "给出数值者认为应取的值；中位数界限为无分布假设的95%界限"
QUESTION = "问题"
MEDIAN = "中位数"
LIMITS = "界限"
MODE = "最常见"
ACCEPTS = "可接受中位数者"
UNIT = "单位"
PARAMETER_UNITS = {"times": "次治疗", "days": "天", "rise_percent": "%", "viable_percent": "%"}
NO_NUMBER = "未给出数值"
IN_TERM = "用于条目"
YES = "是"
BESIDE = {
    "no_majority": "否：多数人未给出数值",
    "no_term": "否：该标准未成为条目",
    "no_place": "否：定义中没有可容纳它的位置",
}
TO = "至"
OR, AND = "；或", " + "


def lead(replicates: str, clusters: str) -> str:
    """Return how the derivation was done again; without hospitals, question by question."""
    if clusters:
        return f"将整个推导过程在{replicates}份调查上重做：每次重新抽取{clusters}家医院，抽中的医院连同其全部应答者。"
    return f"将推导过程在由公开计数抽出的{replicates}份调查上重做。"


def coding(how: str) -> str:
    """Return the setting of equivocal answers."""
    return how


def rule(phrase: str) -> str:
    """Return the setting of a rule."""
    return f"规则：{phrase}"


def at_least(threshold: str) -> str:
    """Return a rule by its threshold."""
    return f"规则：同意比例不低于{threshold}"


def hospitals(same: str, total: str) -> str:
    """Return how many hospitals can each be left out without changing the terms."""
    return f"每次去掉一家医院，{total}家中有{same}家不改变建议定义一的标准。"


def changed(terms: str, hospitals: str) -> str:
    """Return what would follow without some hospital."""
    return f"去掉另外{hospitals}家中的任何一家，标准将为：{terms}。"


def fell_back(terms: str) -> str:
    """Return criteria that follow by a simple majority, since nothing passes the rule."""
    return f"{terms}（{FELL_BACK}）"


def times(name: str, number: str) -> str:
    """Return a criterion with its number of sessions."""
    return f"{name}（{number}次）"


UNITS = {"days": "天", "rise_percent": "%升高", "viable_percent": "%存活"}


def with_number(name: str, unit: str, number: str) -> str:
    """Return a criterion with another number."""
    return f"{name}（{number}{UNITS.get(unit, unit)}）"


def stands_for(option: str, criteria: str) -> str:
    """Return for which criteria an option of a ranking stands."""
    return f"“{option}”的排序代表：{criteria}。"
