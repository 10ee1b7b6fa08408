"""Sentences about the respondents' characteristics, missing answers, corrections, and the codebook, in Chinese."""

from __future__ import annotations

CHARACTERISTICS = "应答者特征"
CHARACTERISTIC, VALUE = "特征", "n/N（%）或中位数（四分位数）"
NUMBER, BASE, PERCENT = "n", "N", "%"
MEDIAN, MISSING_ROW, GROUPS = "中位数（四分位数），范围", "未作答", "不同名称数"
CHARACTERISTICS_NOTE = "百分比以回答该题者为分母；数值以中位数和四分位数（第7型）表示。"
GROUPS_NOTE = "名称由应答者手工填写；corrections.csv 中合并的写法计为一个。"
MISSING = "缺失的回答"
MISSING_LEAD = "“被询问”指该题曾向其显示者；“缺失”指被询问而未作答。“不清楚”等选项属于回答。"
NOTHING_MISSING = "每个问题均由全部被询问者作答。"
MISSING_CAPTION = "各问题的缺失回答（纳入分析者）"
MISSING_HEADERS = ("问题", "被询问", "已作答", "缺失，n/N（%）")
KINDS = {
    "blank": "留空",
    "not_reached": "未到达",
    "invalid": "无法识别",
    "lost": "文件中已丢失",
    "unknown": "原因不明",
    "not_shown": "未显示",
    "dont_know": "不清楚",
    "refused": "不愿回答",
    "not_applicable": "不适用",
    "recused": "回避",
    "withdrawn": "撤回",
}
CORRECTIONS = "更正记录"
CORRECTIONS_CAPTION = "corrections.csv 中生效的各行"
CORRECTIONS_HEADERS = ("行", "文件中的行", "问题", "处理", "原内容", "现内容", "理由", "处理人", "日期")
ACTIONS = {"exclude": "排除", "set": "更改回答", "merge_group": "合并名称"}
FLAGS = "需要查看之处"
FLAGS_LEAD = "标记不会排除任何人：只有 corrections.csv 中的一行或纳入条件才会排除。"
FLAGS_CAPTION = "对提交时答卷的标记"
FLAGS_HEADERS = ("标记", "行数", "定义")
FLAG_NAMES = {
    "test entry": "测试答卷",
    "same person": "同一人重复提交",
    "same answers": "全部回答相同",
    "speeding": "作答过快",
    "straight line": "整组题选同一答案",
    "attention": "未通过注意力检查题",
    "answered though not shown": "回答了未显示的问题",
    "not readable": "无法识别的单元格",
}
FLAG_DEFINITIONS = {
    "test entry": "自由文本、姓名或单位写明是测试（测试、试填、test），或平台标记为预览",
    "same person": "识别码或平台记录的账号在前面的行中已出现；不指明任何人的名称（N/A、群聊）和同事共用的地址不计",
    "same answers": "全部回答与前面某一行相同，且若各回答相互独立，偶然出现这样一对的期望次数小于0.01",
    "speeding": "用时少于中位数的三分之一，或平均每题少于两秒；已知用时少于十份时不判断",
    "straight line": "对相邻且选项相同的至少五道题选择了同一答案",
    "attention": "注意力检查题的回答与题目要求不同",
    "answered though not shown": "回答了按跳转逻辑不应显示的问题；不计入",
    "not readable": "单元格不是该题的有效回答或超出范围；按缺失处理",
}
CODEBOOK = "编码表"
CODEBOOK_LEAD = "各问题及其在数据中的名称、选项和计分方式。"
CODEBOOK_CAPTION = "问题与选项"
CODEBOOK_HEADERS = ("名称", "问题", "类型", "选项", "文字", "计为", "显示条件")
WORTH = {1.0: "同意", 0.5: "态度不明确", 0.0: "不同意"}
TYPES = {
    "select_one": "单选",
    "select_multiple": "多选",
    "rank": "排序",
    "integer": "整数",
    "decimal": "数值",
    "range": "量表",
    "text": "文本",
    "date": "日期",
    "dateTime": "日期和时间",
    "time": "时间",
    "calculate": "计算",
    "note": "说明",
    "file": "文件",
    "image": "图片",
}


def corrected(people: str, answers: str, names: str) -> str:
    """Return how many people were left out, answers set and names joined."""
    return f"排除答卷：{people}份；更改回答：{answers}处；合并名称写法：{names}种。"


def finished(share: str) -> str:
    """Return how many of those who opened the form came to its end."""
    return f"据调查平台记录，在开始或提交答卷者中，{share}完成了全部问卷。"


def number_worth(score: str) -> str:
    """Return an option that stands for a number."""
    return f"数值{score}"


def median(middle: str, low: str, high: str, least: str, most: str) -> str:
    """Return median, quartiles and range."""
    return f"{middle}（{low}至{high}），{least}至{most}"
