"""Sentences on what the numbers can't tell, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence

from reports.wording.zh.survey import quoted

COMPLEMENT = "有些标准未被直接询问。其数字是未作相反回答者的总数，只是上限，其中可能包括态度不明确者。"
PROXY = "有些问题所问的只是与标准相近的内容。其数字是间接指标，不是对该标准的投票。"
WORDING = "题干系根据已发表结果还原；实际看到不同措辞的人，回答可能不同。"
MARGINS = "只有已发表的汇总数：无法说明亚组情况，也无法说明哪些回答出自同一人。"
SYNTHETIC_ANSWERS = (
    "答卷为SYNTHETIC（合成数据）。其总数可能是真实的，但各回答之间的关联只反映模拟程序，不反映真实人群。"
)
SYNTHETIC_PATIENTS = "患者为SYNTHETIC（合成数据）：这些计数只展示报告的内容，不能作为支持或反对任何定义的证据。"
INDEPENDENT = "同一医院的医师回答可能相近。区间按相互独立计算，可能偏窄。"
FEW = "患者人数少：各定义之间相差几例，可能只是偶然。"
AGREEMENT = "临床医师的共识不等于证据，不能说明某个定义可以预测患者的预后。"
UNLINKED = "各轮之间没有可对应的参与者标识：无法判断是否为同一人，因此不能说明谁改变了回答、谁中途退出。"
NO_FRAME = "受邀人数未知，因此没有应答率，也无从得知未作答者会如何回答。"
EARLIER = "既往调查以不同的方式询问了不同的人：两者的差别不一定意味着变化。"


def one_sided(answer: str, share: str, question: str) -> str:
    """Return that most respondents are of one kind."""
    return f"受访者以同一类人为主：{quoted(question)}一题中{share}回答{quoted(answer)}。结果主要反映他们的看法，其他人可能有不同看法。"


def blank(question: str, share: str) -> str:
    """Return that many left a question blank."""
    return f"{quoted(question)}一题，被问及者中{share}未作答。结果只代表作答者。"


def careless(people: str) -> str:
    """Return how many of the analyzed may have answered carelessly."""
    return f"纳入分析者中有{people}人作答过快、全部选同一答案或未通过注意力检测题。他们仍保留在分析中，因为凡排除者须在 corrections.csv 中有记录。"


def unknown(definition: str, share: str) -> str:
    """Return that many verdicts are unknown by a definition."""
    return f"记录不足使许多患者无法判定：按{definition}，{share}的患者无法判定，其计数可能因此变动同样多。"


def recalled(definitions: Sequence[str]) -> str:
    """Return which definitions' texts were not read in print."""
    return f"以下定义凭记忆引用，未核对原文：{'；'.join(definitions)}。"
