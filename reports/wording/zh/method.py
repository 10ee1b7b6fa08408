"""Sentences about methods and limitations, in Chinese: each states a choice made or a thing that can't be known."""

from __future__ import annotations

SHARES = (
    "比例为计数除以所注明的分母。区间为95% Wilson计分区间；态度不明确计为半票时，因半票不服从二项分布，改用正态近似。"
    "计算区间时视各受访者相互独立。"
)
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
LIMIT_COMPLEMENT = "有些标准未被直接询问。其数字是未作相反回答者的总数，只是上限，其中可能包括态度不明确者。"
LIMIT_PROXY = "有些问题所问的只是与标准相近的内容。其数字是间接指标，不是对该标准的投票。"
LIMIT_WORDING = "题干系根据已发表结果还原；实际看到不同措辞的人，回答可能不同。"
LIMIT_MARGINS = "只有已发表的汇总数：无法说明亚组情况，也无法说明哪些回答出自同一人。"
LIMIT_SYNTHETIC_ANSWERS = (
    "答卷为SYNTHETIC（合成数据）。其总数可能是真实的，但各回答之间的关联只反映模拟程序，不反映真实人群。"
)
LIMIT_SYNTHETIC_PATIENTS = "患者为SYNTHETIC（合成数据）：这些计数只展示报告的内容，不能作为支持或反对任何定义的证据。"
LIMIT_INDEPENDENT = "同一医院的医师回答可能相近。区间按相互独立计算，可能偏窄。"
LIMIT_FEW = "患者人数少：各定义之间相差几例，可能只是偶然。"
LIMIT_AGREEMENT = "临床医师的共识不等于证据，不能说明某个定义可以预测患者的预后。"


def rule(sentence: str) -> str:
    """Return the study's rule in words."""
    return f"本研究事先确定的规则：{sentence}"


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
