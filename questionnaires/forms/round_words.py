"""The few words of a panelist's workbook, in English and Chinese."""

from __future__ import annotations

from typing import Any

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "head": ("item", "statement", "your last answer", "median", "IQR", "answers", "ratings of the panel",
                 "comments of others", "YOUR RATING", "your comment"),
        "groups": ("item", "group", "answers", "median", "IQR", "ratings"),
        "how": "Please choose a rating in each yellow cell; a comment is welcome. All other cells are locked.",
        "small": "Groups of fewer than 5 people, and groups that others could be worked out from, are not shown.",
        "recused": "recused",
        "round": "Round {}",
        "choose": "Please choose from the list.",
    },
    "zh": {
        "head": ("条目", "陈述", "您上次的回答", "中位数", "四分位数间距", "作答人数", "专家组评分分布",
                 "其他专家的意见", "您的评分", "您的意见"),
        "groups": ("条目", "组别", "作答人数", "中位数", "四分位数间距", "评分分布"),
        "how": "请在每个黄色单元格中选择评分，并欢迎填写意见。其余单元格已锁定。",
        "small": "人数少于5人的组别，以及可由其他组别推算出的组别，均不显示。",
        "recused": "回避",
        "round": "第{}轮",
        "choose": "请从列表中选择。",
    },
}  # fmt: skip
