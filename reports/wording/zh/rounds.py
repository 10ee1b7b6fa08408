"""Sentences about the rounds of a panel, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence

TITLE = "专家组与各轮咨询"
SUBTITLE = "专家组逐轮达成的共识及其稳固程度"
SUBTITLE_WITH_PATIENTS = "专家组逐轮达成的共识，以及各定义如何判定患者"
MARK = "SYNTHETIC（虚构数据）：专家及其回答均为虚构。"
OUTCOMES = {
    "in": "纳入",
    "out": "剔除",
    "no consensus": "未达成共识",
    "uncertain": "不确定",
    "too few": "人数过少",
}
CHANGES = {
    "same": "未变",
    "reworded": "改写",
    "split": "拆分",
    "merged": "合并",
    "new": "新增",
    "dropped": "删除",
}
ALL = "全体专家"
SUMMARY_TITLE = "各条目的结论"
RULE = "何为共识"
RULE_WRITTEN = "原文：{}"
FATE = "各条目的去向"
FATE_CAPTION = "各条目的最终结论及其稳固程度"
FATE_HEADERS = (
    "条目",
    "陈述",
    "轮次",
    "去向",
    "结论",
    "确定于",
    "改变结论所需的最少票数",
    "新专家组得到相同结论的概率",
)
FATE_NOTE = (
    "最少票数按选票移动的一切方式计数；括号内为移动方向以及拥有足够选票的组别。"
    "相同结论的概率：假定所见比例即为真实比例，同样人数的新专家组得出相同结论的概率。"
)
AT_MOST = "至多{}"
NEVER = "任何移动均不改变"
NONE_FOUND = "未找到，但未试遍所有移动"
RESULTS = "各轮结果"
RESULTS_HEADERS = ("条目", "n", "有资格者", "中位数", "Q1", "Q3", "四分位数间距", "结论")
RESULTS_NOTE = "n为给出评分的人数；有资格者为受邀、有投票权且未回避者。"
QUANTILES_LEAD = "以下结论会因分位数类型不同而改变："
NO_QUANTILES = "没有任何结论取决于分位数类型。"
STABILITY = "轮间稳定性"
STABILITY_CAPTION = "同一批专家在两轮中的回答"
STABILITY_HEADERS = (
    "条目", "轮次", "配对数", "未变者", "加权kappa", "符号秩检验p值", "McNemar检验p值", "对称性p值",
    "边际p值", "变异系数", "四分位数间距", "同意比例净变化 [90%]", "是否证实稳定",
)  # fmt: skip
STABILITY_NOTES = (
    "加权kappa：平方权重，以两轮为两名评分者；若仅一轮所有人回答相同则为0，两轮均如此则无定义，与是否稳定无关。",
    "符号秩、McNemar（mid-p）、对称性（Bowker）和边际（Stuart-Maxwell）检验的是差异：p值大什么也证明不了，更不能证明稳定。",
    "证实稳定：净变化的90%区间落在正负15个百分点之内（两个单侧5%检验）；已变化：95%区间不含0且变化超出该界限。30人及以下采用精确区间，更多时采用Tango计分区间，且“已变化”还须经精确McNemar检验。未表态者不成对；态度不明确的回答计入成对。",
    "将两轮分布视为两个样本的检验（Dajani）忽略了作答者为同一批人，仅列于工作簿中。",
)
NET_VERDICTS = {"stable": "是", "changed": "否，已变化", "not shown": "未能证实"}
SLOPES_TITLE = "各轮同意比例"
SLOPES_AXIS = "同意比例"
SLOPES_CAPTION = "各条目在历次询问中给出评分者的同意比例；措辞改变处断开。"
PEOPLE = "参与与退出"
FLOW_CAPTION = "各轮各组受邀有投票权者的作答情况"
FLOW_GROUP = "组别"
GONE_CAPTION = "退出者及某轮未作答者"
GONE_HEADERS = ("专家", "自第几轮", "组别", "原因")
SILENT = "本轮未作答"
BOUNDS_CAPTION = "若退出者和未作答者仍作答则会改变的结论"
BOUNDS_HEADERS = ("条目", "结论", "缺席人数", "沿用其最后回答", "全部取最低端", "全部取最高端")
NO_BOUNDS = "即使所有缺席者均取量表一端或沿用其最后回答，也没有结论会改变。"
DIFFERENT_CAPTION = "退出者的看法是否不同？第{}轮中后来退出者与留下者的同意比例"
DIFFERENT_HEADERS = ("条目", "后来退出者", "留下者", "相差百分点 [95%]")
NOT_DIFFERENT = "退出者中每个条目的作答者不足3人，无法判断其看法。"
ADVICE = "再进行一轮会有改变吗？"
ADVICE_CAPTION = "再进行一轮会改变结论的概率"
ADVICE_HEADERS = ("条目", "当前结论", "结论改变的概率", "得出结论的概率", "届时最可能的结论")
PROTOCOL = "方案与偏离"
NO_PROTOCOL = "首轮之前未锁定方案：规则何时确定，只有作者自己的说法。"
AS_PLANNED = "规则、分母、法定人数、分位数类型、终止条件与分析计划均与锁定时一致。"
DEPOSIT = "哈希值证明确定了什么，而不证明何时确定：只有在别处存档才能证明日期。"
ENTRIES_CAPTION = "方案的锁定与修订"
ENTRIES_HEADERS = ("日期", "记录", "理由", "改动", "SHA-256")
ENTRY = {"lock": "锁定", "amendment": "修订"}
KEYS = {
    "rule": "规则",
    "rule_in_words": "规则",
    "quorum": "法定人数",
    "quantile_type": "分位数类型",
    "bases": "分母",
    "equivocal": "态度不明确的回答",
    "rounds": "轮数",
    "stopping": "终止条件",
    "plan": "分析计划",
    "seed": "随机种子",
    "files": "文件",
}
CORRECTIONS_CAPTION = "经更正的回答"
CORRECTIONS_HEADERS = ("轮次", "专家", "题目", "原值", "新值", "理由", "更正人", "日期")
TAMPERED = "第{}轮的回答或结论已与关闭该轮时不同。"
OPERATING = "该规则在此规模的专家组中如何表现"
OPERATING_HEADERS = ("真实同意比例", "单个条目通过", "全部条目中至少一个通过")
OPERATING_CAPTION = "按真实同意比例计算的条目通过概率"


def summary(accepted: str, rejected: str, open_items: str, total: str, rounds: str) -> str:
    """Return how many statements are in, out and open."""
    return f"共{total}个条目，经{rounds}轮咨询，按专家组的规则{accepted}个纳入，{rejected}个剔除，{open_items}个未达成共识。"


def who(voters: str, groups: str, people: str) -> str:
    """Return who is on the panel."""
    of = f"，分属{groups}个利益相关者组别" if groups else ""
    return f"专家组共{people}人{of}；首轮{voters}人有投票权。"


def round_title(number: str | int) -> str:
    """Return the name of a round."""
    return f"第{number}轮"


def rounds_between(first: int, second: int) -> str:
    """Return a pair of rounds."""
    return f"第{first}与第{second}轮"


def results_caption(number: int) -> str:
    """Return the caption of a round's results."""
    return f"第{number}轮各条目的评分与结论"


def share_header(low: str, high: str) -> str:
    """Return the header of a share of ratings."""
    return f"评{low}至{high}分，n (%)"


def sensitive(item: str, number: int, own: str, kind: int, others: Sequence[str]) -> str:
    """Return that a verdict depends on the type of quantiles."""
    return f"{item}，第{number}轮：按第{kind}型分位数为{own}，但{'、'.join(others)}。"


def by_type(outcome: str, kind: int) -> str:
    """Return a verdict under a type of quantiles."""
    return f"按第{kind}型为{outcome}"


def answered(number: int, answered: str, invited: str) -> str:
    """Return how many answered a round."""
    return f"第{number}轮：受邀有投票权者{invited}人，作答{answered}人。"


def moves(votes: str, origin: str, target: str, becomes: str, groups: Sequence[str]) -> str:
    """Return the fewest votes that turn a verdict."""
    of = f"，{'或'.join(groups)}组内即可" if groups else ""
    return f"{votes}（由{origin}改为{target}：{becomes}{of}）"


def mixed(votes: str, becomes: str) -> str:
    """Return the fewest votes where several moves are needed."""
    return f"{votes}（需多处移动：{becomes}）"


def advice(worth_it: bool, moves: str, loss: str) -> str:
    """Return whether another round is worth it."""
    lead = (
        "再进行一轮可能使未决条目得出结论" if worth_it else "再进行一轮几乎不会得出新的结论：没有未决条目的概率超过5%"
    )
    return (
        f"{lead}。概率来自4000次模拟，依据措辞相同、两轮均作答的{moves}次回答的变化；"
        f"每轮作答者中有{loss}在下一轮缺席。反馈之后的变化会逐轮减小，因此这些概率偏大。"
    )


def deviations(keys: Sequence[str]) -> str:
    """Return what deviates from the lock without an amendment."""
    return f"与锁定不一致且未修订：{'、'.join(dict.fromkeys(keys))}。"


def amendments(count: str) -> str:
    """Return how many amendments there are."""
    return f"方案锁定后修订{count}次，逐一列出。"


def corrected(number: int, count: str) -> str:
    """Return how many answers were corrected."""
    return f"更正了{count}个回答。"


def recheck(files: Sequence[str]) -> str:
    """Return what the tidy answers hold."""
    return f"去除标识的编码回答见{'、'.join(files)}。"


def operating(n: str, items: str, rule: str) -> str:
    """Return what the operating characteristics are of."""
    return f"若从同意比例一定的人群中随机抽取{n}人，单个条目通过规则（{rule}）的概率以及{items}个条目中至少一个通过的概率如下。专家组报告通过的条目时，也报告了其中侥幸通过者。"


def provable(n: str, share: str) -> str:
    """Return what a panel of this size could prove at all."""
    return f"即使{n}人全部同意，也只能（95%，单侧）证明此类人群中至少{share}同意。"


def slopes_description(rows: Sequence[str]) -> str:
    """Return the figure of slopes in words."""
    return "各轮同意比例：" + "；".join(rows) + "。"


def slope_row(item: str, shares: Sequence[str]) -> str:
    """Return one statement's shares."""
    return f"{item}依次为{'、'.join(shares)}"


TO = "至"


def agreement_on(low: str, high: str, agree: str, disagree: str) -> str:
    """Return which ratings are agreement on a scale whose options don't say it."""
    return f"在{low}至{high}分的量表上，评{agree}分为同意，评{disagree}分为不同意。"
