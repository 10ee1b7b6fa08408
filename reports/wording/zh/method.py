"""Sentences about methods and limitations, in Chinese: each states a choice made or a thing that can't be known."""

from __future__ import annotations

from collections.abc import Sequence

SHARES = (
    "比例为计数除以所注明的分母。区间为95% Wilson计分区间；态度不明确计为半票时，因半票不服从二项分布，改用正态近似。"
    "无人或全部作答者给出某一回答时，其唯一的界限为精确的单侧95%界限。"
)
INDEPENDENT = "计算区间时视各受访者相互独立。"
SIMULTANEOUS = (
    "除各选项单独的区间外，consensus agree --json 还给出对同一题全部选项同时成立的区间（Goodman法），这种区间更宽。"
)
BEYOND_CHANCE = (
    "超出偶然的一致性以多个系数表示，其区别在于何为偶然：Fleiss（1971）、Conger（1980）、Gwet（AC1 与 AC2，2008）、"
    "Brennan 与 Prediger（1981）、Krippendorff（alpha）。有逐份答卷时，区间由对人重抽样得到，已知所属单位时按单位整体抽取；同一人的重复不计为一致。"
)
COMPARED_CRITERIA = {
    "cochran q": (
        "各标准在回答了全部标准的人中比较：总体用 Cochran Q 检验（1950），两两比较用 McNemar 检验（mid-p），并给出 Newcombe 配对区间（1998）；"
        "p 值按全部比较校正（Holm 1979）。"
    ),
    "wald f": (
        "各标准在回答了全部标准的人中按抽样设计比较：总体用 Wald F 检验，两两比较用配对差值的 t 检验；p 值按全部比较校正（Holm 1979）。"
    ),
}
GROUPED = (
    "各组用 Fisher 确切概率法、Pearson 卡方检验比较，按抽样设计时用 Rao 与 Scott 校正检验（1984）。回答或单位太少、近似法不适用时，"
    "将人（或整个单位）在各组间随机置换。p 值在每族检验内校正（Holm 1979；Benjamini 与 Hochberg 1995）。"
)
RELEVANCE = (
    "内容效度：认为条目相关的专家比例及其 Wilson 区间、修正 kappa（Polit、Beck 与 Owen 2007）、Lawshe 内容效度比（1975）"
    "及猜测可达到的值（确切二项分布）、Aiken V 系数及得分区间（Penfield 与 Giacobbi 2004）。"
)
PUBLISHED = "所用计数为已刊出的数字，均注明出处。未刊出计数的选项为其余选项剩下的人数。"
UNCORRECTED = "未作任何更正，也未排除任何人：没有 corrections.csv。"
EVERYONE = "全部作答者均纳入分析。"
MISSING = "空单元格分别处理：未显示（按跳转规则跳过）者不计入该题的任何分母，空白者不计入作答者。未作任何填补。"
COMPARED = "两次调查的比例以差值比较，置信区间采用Newcombe第10法。"
WINDOWS = "定义规定了影像检查时间的，分别给出按该时间限制和取消该限制的结果。"
SEEDED = "每个随机步骤都有种子（列于下文）；相同的输入得到相同的报告。"
ROUNDING = "百分比四舍五入：分母不少于100时保留一位小数，不足100时取整数。"
CODING = (
    "态度不明确的回答既不是支持也不是反对。常用的各种计法都已计算，并分别给出判定：计为反对、计为半票、计为支持、"
    "不计入（此时分母仅为明确表态者）。本研究采用：{coding}。"
)
OUT = "某项标准的反对比例达到同一规则时，即为经共识否定；这与未达成共识不同，后者是支持与反对都未达到。"
FIRMNESS = "判定的稳固程度：至少有多少人从一个选项改到另一个选项才会改变判定，对每一对选项精确求得。"
PROPOSALS = (
    "建议定义一由规则所接受的标准组成，满足任一项即符合；若没有标准被接受，则由得到简单多数支持的标准组成。"
    "建议定义二给每项既有对应表现又有数字的标准赋分，分值等于支持它的票数；界值取得到简单多数支持的标准中分值最低者。"
    "由余数得来的数字只是上限，并已标明。"
)
VERDICTS = (
    "每个定义对每个治疗过程按三值逻辑判定：符合、不符合或无法判定。缺失值从不当作“否”，也从不抹去已经确定的结论。"
    "措辞有多种理解时，采用该定义的默认理解方式。"
)


def rule(sentence: str) -> str:
    """Return the study's rule in words."""
    return f"本研究事先确定的规则：{sentence}"


PLATFORMS = {
    "googleforms": "Google Forms的导出文件",
    "kobo": "KoboToolbox的导出文件",
    "limesurvey": "LimeSurvey的导出文件",
    "msforms": "Microsoft Forms的导出文件",
    "qualtrics": "Qualtrics的导出文件",
    "redcap": "REDCap的导出文件",
    "surveymonkey": "SurveyMonkey的导出文件",
    "wenjuanxing": "问卷星的导出文件",
    "plain": "普通表格",
}


def export(platform: str) -> str:
    """Return what the answers were read from."""
    return PLATFORMS.get(platform, f" {platform} 类型的导出文件")


def read(platform: str) -> str:
    """Return what kind of export the answers are from."""
    return f"答卷读自{export(platform)}；无法识别的单元格已在上文列出，按缺失处理。"


def corrected(excluded: str, changed: str, merged: str) -> str:
    """Return what the file of corrections did."""
    return f"按 corrections.csv，排除{excluded}人，改正{changed}个回答，合并{merged}种单位名称写法，均注明原因。此外未作任何改动。"


def eligible(conditions: Sequence[str]) -> str:
    """Return who was analyzed; judged after corrections."""
    return f"纳入分析者须符合：{'且'.join(conditions)}，在更正之后判断；该题空白者视为不符合。"


def designed(named: Sequence[str], weighted: bool) -> str:
    """Return by what the design-based intervals group people."""
    weights = "并加权" if weighted else ""
    return (
        f"受访者按{'和'.join(named)}分组{weights}。Wilson区间视其相互独立；此外列出基于抽样设计的区间"
        "（线性化方差；比例用Korn与Graubard 1998年的方法），已考虑同组者回答相近。"
    )


def banded(clusters: str) -> str:
    """Return that it is known how many groups people are of, but not who is of which."""
    return (
        f"已知受访者来自{clusters}个单位，但不知谁属于哪个单位：以区间带表示从组内毫无相似到最为相似时区间可能的宽度。"
    )


def readings(chosen: Sequence[str]) -> str:
    """Return which readings the study chose for all definitions."""
    return f"本研究对所有适用的定义统一采用的理解方式：{'；'.join(chosen)}。"


def problems(faults: int) -> str:
    """Return how faults in the files were handled."""
    if not faults:
        return "所读取的文件中没有发现错误。"
    return f"所读取的文件中发现{faults}处错误。有错误的单元格按缺失处理，没有作任何猜测。"


PROBLEM_HEADERS = ("位置", "发现的内容", "应为", "提示", "类别")
SEVERITIES = {"fault": "错误", "warning": "警告", "note": "说明"}
FILE = "文件"
PROGRAM = "程序"
VERSION = "版本"
SEED = "随机步骤的种子"
PROBLEMS_CAPTION = "错误与说明及其位置"
INPUTS_CAPTION = "读取的文件"
VERSIONS_CAPTION = "读取和计算所用的程序"
AGAIN = "用相同的输入和相同的版本，可逐字节重现本报告。"
