"""Sentences of the summary, in Chinese."""

from __future__ import annotations

from collections.abc import Sequence

from reports.wording.zh.survey import quoted

TITLE = "共识结果"
NO_DEFINITION = "不能得出定义：没有任何标准得到多数支持。"
NUMBERS = ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9")
STANDINGS_CAPTION = "各项标准与共识规则对照，n/N (%)"
FOR = "支持"
AGAINST = "反对"
PATIENTS_CAPTION = "各定义判为符合和无法判定的患者数，n/N (%)"


def word(number: int, begins: bool = False) -> str:
    """Return a small number as it stands in a sentence."""
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"


def first(accepted: int, criteria: int, rule: str, shown: Sequence[str]) -> str:
    """Return the honest result, first of all; `rule` as in *同意比例不低于75%*."""
    if not criteria:
        return "本次调查没有任何问题涉及对某项标准的支持或反对。"
    if not accepted:
        return f"按“{rule}”的规则，没有任何标准被接受。"
    return f"按“{rule}”的规则，{shown[1]}项标准中有{shown[0]}项被接受。"


def others(rejected: int, between: int, shown: Sequence[str]) -> str:
    """Return how many criteria are rejected and how many are between."""
    parts = []
    if rejected:
        parts.append(f"{shown[0]}项经共识被否定")
    if between:
        parts.append(f"{shown[1]}项未达成共识")
    return f"{'，'.join(parts)}。" if parts else ""


def depending(criterion: str, own: str, low: str, high: str, other: Sequence[tuple[str, str]]) -> str:
    """Return how much a criterion depends on equivocal answers; `other` are codings with another verdict."""
    text = f"{criterion}：此处{own}。若改用其他计法，支持比例在{low}至{high}之间"
    if other:
        text += "，判定结果随之改变：" + "；".join(f"{coding}时为“{outcome}”" for coding, outcome in other)
    return text + "。"


def definition(terms: Sequence[str], fallback: bool) -> str:
    """Return the definition that follows."""
    listed = "；或".join(term.rstrip(".。") for term in terms)
    if fallback:
        return f"按简单多数（低于共识规则的要求），可得出一个定义：{listed}。"
    return f"由此得出的定义：{listed}。"


OTHERS_STAND = "其余标准的判定不因态度不明确者的计法而改变。"
ALL_STAND = "各项判定均不因态度不明确者的计法而改变。"
SECOND_ALIKE = "另一个建议定义按票数给每项标准赋分，它对所有治疗过程的判定与前者完全一致。"
SECOND_DIFFERS = "另一个建议定义按票数给每项标准赋分，它的判定可能与前者不同。"


def patients_title(patients: str, synthetic: bool) -> str:
    """Return the heading over the counts of patients."""
    return f"各定义对{patients}的判定" + ("（SYNTHETIC，合成数据）" if synthetic else "")


def beside(title: str, answers: str, apart: str, label: str, now: str, then: str) -> str:
    """Return how this survey stands beside an earlier one, and the answer that differs most."""
    return f"与{quoted(title)}相比，{answers}个相同选项中有{apart}个差值的95%置信区间不含0（逐项比较）。差别最大的是：{label}，本次{now}，既往{then}。"
