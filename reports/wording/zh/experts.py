"""Words about the authority and the positivity of experts, the conventions of Chinese Delphi studies, in Chinese."""

from __future__ import annotations

TITLE = "专家积极系数与权威程度"
LEAD = "按国内德尔菲研究的惯例：专家积极系数为问卷回收率；权威系数Cr为判断依据系数（Ca）与熟悉程度系数（Cs）的均值，均由专家自评。"
CAPTION = "专家积极系数与权威系数"
HEADERS = ("轮次", "积极系数", "判断依据Ca", "熟悉程度Cs", "权威系数Cr", "全部自评的专家数")
RECALLED = (
    "上述惯例凭记忆列出，未查阅原文；仅实践经验与理论分析影响程度最大时的权重、国内外文献与直觉的权重，"
    "以及熟悉程度1至0.6的取值见于已发表的表格。通常认为权威系数不低于0.70可以接受（凭记忆）。"
)
OWN_WORD = "专家的自评并不能衡量其实际水平。"
LEVELS_CAPTION = "专家自评：各等级人数，由高到低"
LEVELS_HEADERS = ("自评内容", "轮次", "各等级专家数")
FAMILIARITY = "熟悉程度"
BASES = {
    "experience": "实践经验",
    "theory": "理论分析",
    "literature": "国内外文献",
    "intuition": "直觉",
}
SURVEY = "本次调查"
LEVELS_MASKED = "部分等级人数过少，故不列出各等级的专家数。"
