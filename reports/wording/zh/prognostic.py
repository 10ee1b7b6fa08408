"""Words about prognostic and retreatment scores, in Chinese."""

from __future__ import annotations

TITLE = "预后与再治疗评分"
LEAD = "评分用于预后评估，均不是停止治疗的理由；分级未定者缺少所需的记录。"
CAPTION = "各评分的分级患者数，n/N（%）"
SCORE = "评分"
CLASS = "分级"
PATIENTS = "患者"
OPEN = "未定"
