"""Made-up answers with a known truth: to see a report before fielding, and to test what reads answers."""

from __future__ import annotations

from questionnaires.simulation.simulate import Simulated, simulate
from questionnaires.simulation.workbook import answers_workbook, write_answers

__all__ = ["Simulated", "answers_workbook", "simulate", "write_answers"]
