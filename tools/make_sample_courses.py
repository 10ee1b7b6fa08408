"""Make the SYNTHETIC sample courses of TACE failure: `python tools/make_sample_courses.py`.

Sixty invented patients, the same bytes at each run. Nobody's record went into this: the numbers are drawn from
plausible ranges (sessions six to ten weeks apart, AFP log-normal, a viable share that falls where there is response),
with the gaps of real files put in: scans that were not done, scans outside of 28 to 92 days, `NE`, AFP below detection,
blank baselines.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from consensus.definitions.condition import SAMPLE, Condition, read_condition
from consensus.scoring.template import course_workbook
from questionnaires.workbooks import write_workbook

SEED = 20261123
PATIENTS = 60
SENTENCE = "SYNTHETIC: these 60 patients are invented. Nobody stands behind any row, and nothing clinical follows."
AGENTS = ("epirubicin", "epirubicin + cisplatin", "doxorubicin", "idarubicin")
AREAS = ("S5/8", "S6/7", "S2/3", "S4", "S8")
KINDS = (("responds", 0.36), ("lingers", 0.30), ("resists", 0.22), ("spreads", 0.12))

Row = dict[str, Any]


@dataclass
class Draws:
    """Random draws that stay the same on each version of Python: everything comes from `random()` alone."""

    source: random.Random

    def share(self) -> float:
        """Return a number from 0 to 1."""
        return self.source.random()

    def chance(self, probability: float) -> bool:
        """Return yes with a probability."""
        return self.share() < probability

    def between(self, low: int, high: int) -> int:
        """Return a whole number, both ends included."""
        return low + int(self.share() * (high - low + 1))

    def one(self, options: tuple[str, ...]) -> str:
        """Return one of several, all equally likely."""
        return options[int(self.share() * len(options))]

    def weighed(self, options: tuple[tuple[str, float], ...]) -> str:
        """Return one of several, as likely as its weight says."""
        left = self.share() * sum(weight for _, weight in options)
        for name, weight in options:
            left -= weight
            if left < 0:
                return name
        return options[-1][0]

    def normal(self) -> float:
        """Return a standard normal deviate (Box and Muller 1958)."""
        return math.sqrt(-2 * math.log(1 - self.share())) * math.cos(2 * math.pi * self.share())

    def log_normal(self, median: float, spread: float) -> float:
        """Return a log-normal deviate; `spread` is the standard deviation of its logarithm."""
        return median * math.exp(spread * self.normal())


def main() -> None:
    """Write the workbook into the library of definitions."""
    condition = read_condition()
    path = write_sample(condition.folder / SAMPLE, condition)
    print(f"Wrote {path}")


def write_sample(path: Path, condition: Condition) -> Path:
    """Write the sample workbook to a path and return it."""
    patients, sessions = made()
    book = course_workbook(condition, {"patients": patients, "sessions": sessions})
    sheet = book.create_sheet("SYNTHETIC")
    sheet["A1"] = SENTENCE
    sheet.column_dimensions["A"].width = 110
    return write_workbook(path, book)


def made() -> tuple[list[Row], list[Row]]:
    """Return the rows of the sheets `patients` and `sessions`."""
    draws = Draws(random.Random(SEED))
    patients, sessions = list[Row](), list[Row]()
    for number in range(1, PATIENTS + 1):
        kind = draws.weighed(KINDS)
        patient = _patient(f"S{number:03d}", draws)
        course = _course(patient, kind, draws)
        patients.append(patient)
        sessions += course
        _follow_up(patient, course, kind, draws)
    _gaps(patients, sessions, draws)
    return patients, sessions


def _patient(name: str, draws: Draws) -> Row:
    first = date(2018, 1, 8) + timedelta(days=draws.between(0, 1400))
    count = draws.between(1, 5)
    return {
        "patient_id": name,
        "intent": "curative" if draws.chance(0.15) else "palliative",
        "baseline_date": first,
        "baseline_pvtt_grade": draws.between(1, 2) if draws.chance(0.06) else 0,
        "baseline_extrahepatic_spread": 1 if draws.chance(0.03) else 0,
        "baseline_tumor_count": "multiple" if draws.chance(0.12) else count,
        "baseline_afp": round(draws.log_normal(60, 1.9), 1),
        "baseline_child_pugh": 5 + (draws.share() > 0.6) + (draws.share() > 0.85),
        "baseline_bilirubin_umol_l": round(draws.log_normal(15, 0.4), 1),
        "baseline_albumin_g_l": round(39 + 4 * draws.normal(), 1),
        "baseline_largest_mm": round(draws.log_normal(48, 0.45)),
        "baseline_bclc": "A" if count == 1 and draws.chance(0.6) else "B",
    }


def _course(patient: Row, kind: str, draws: Draws) -> list[Row]:
    """Return the sessions of one patient: responders need few, those who linger or resist get more."""
    times = {"responds": draws.between(1, 4), "spreads": draws.between(2, 4)}.get(kind, draws.between(3, 6))
    state: Row = {
        "viable": 100.0,
        "afp": patient["baseline_afp"],
        "count": patient["baseline_tumor_count"],
        "agent": draws.one(AGENTS),
        "area": draws.one(AREAS),
        "pvtt": patient["baseline_pvtt_grade"],
        "spread": patient["baseline_extrahepatic_spread"],
        "points": patient["baseline_child_pugh"],
    }
    day, rows = patient["baseline_date"] + timedelta(days=draws.between(2, 12)), list[Row]()
    for number in range(1, times + 1):
        rows.append(_session(patient, kind, number, times, day, state, draws))
        day += timedelta(days=draws.between(46, 72))
    return rows


def _session(patient: Row, kind: str, number: int, times: int, day: date, state: Row, draws: Draws) -> Row:
    before = state["viable"]
    reanalyzed = number > 1 and draws.chance(0.25)
    if number > 1 and before > 50 and draws.chance(0.3):
        state["agent"] = draws.one(tuple(a for a in AGENTS if a != state["agent"]))
    if number > 1 and kind != "resists" and draws.chance(0.2):
        state["area"] = draws.one(AREAS)
    response = _respond(kind, before, state, draws)
    last = number == times
    if kind == "spreads" and last:
        state["pvtt" if draws.chance(0.5) else "spread"] = 1
    new = kind != "responds" and draws.chance(0.35 if kind == "resists" else 0.2)
    if state["viable"] == 0 and isinstance(state["count"], int):
        state["count"] = 0
    if new and isinstance(state["count"], int):
        state["count"] += 1
    state["points"] = min(12, state["points"] + (draws.share() > 0.9))
    return {
        "patient_id": patient["patient_id"],
        "session_no": number,
        "session_date": day,
        "agent": state["agent"],
        "feeding_artery_reanalyzed": int(reanalyzed),
        "feeding_artery_available": 1,
        "selective": int(draws.chance(0.8)),
        "area": state["area"],
        "imaging_date": day + timedelta(days=draws.between(29, 44)),
        "target_response": response,
        "viable_percent": round(state["viable"]),
        "tumor_count": state["count"],
        "new_lesions": int(new),
        "pvtt_grade": state["pvtt"],
        "extrahepatic_spread": state["spread"],
        "afp": round(state["afp"], 1),
        "child_pugh": state["points"],
        "performance_status": 0 if draws.chance(0.75) else 1,
    }


def _respond(kind: str, before: float, state: Row, draws: Draws) -> str:
    """Let the viable share and the marker follow the kind of course, and return the response that fits them."""
    if kind in ("responds", "spreads"):
        factor = 0.25 + 0.45 * draws.share()
    elif kind == "lingers":
        factor = 0.68 + 0.4 * draws.share()
    else:
        factor = 0.85 + 0.25 * draws.share()
    state["viable"] = 0.0 if before * factor < 6 else min(100.0, max(before * factor, 2.0))
    drift = {"responds": -0.7, "spreads": 0.1, "lingers": -0.05, "resists": 0.12}[kind]
    state["afp"] = max(2.0, state["afp"] * math.exp(drift + 0.25 * draws.normal()))
    if state["viable"] == 0:
        return "CR"
    if state["viable"] <= 0.7 * before:
        return "PR"
    return "PD" if kind != "responds" and factor > 1 and draws.chance(0.7) else "SD"


def _follow_up(patient: Row, course: list[Row], kind: str, draws: Draws) -> None:
    died = draws.chance({"responds": 0.25, "lingers": 0.45}.get(kind, 0.65))
    longest = 1500 if kind == "responds" else 700
    patient["death"] = int(died)
    patient["last_contact_date"] = course[-1]["imaging_date"] + timedelta(days=draws.between(40, longest))


def _gaps(patients: list[Row], sessions: list[Row], draws: Draws) -> None:
    """Put in what real files have: scans not done, early or late, NE, markers below detection, blank baselines."""
    judged = ("imaging_date", "target_response", "viable_percent", "tumor_count", "new_lesions")
    states = ("pvtt_grade", "extrahepatic_spread")
    for row in sessions:
        left = draws.share()
        if left < 0.07:
            row |= dict.fromkeys((*judged, *states))
        elif left < 0.14:
            row["imaging_date"] = row["session_date"] + timedelta(days=draws.between(95, 130))
        elif left < 0.18:
            row["imaging_date"] = row["session_date"] + timedelta(days=draws.between(12, 25))
        elif left < 0.21:
            row |= {"target_response": "NE", "viable_percent": None}
        elif left < 0.24:
            row["viable_percent"] = None
        if draws.chance(0.08):
            row["afp"] = None
        elif row["afp"] is not None and row["afp"] <= 2:
            row["afp"] = "<2"
        if draws.chance(0.06):
            row["agent"] = None
        if draws.chance(0.05):
            row["area"] = None
    for patient in patients:
        if draws.chance(0.06):
            patient |= dict.fromkeys(("baseline_pvtt_grade", "baseline_extrahepatic_spread"))
        if draws.chance(0.06):
            patient |= dict.fromkeys(("baseline_afp", "baseline_tumor_count"))


if __name__ == "__main__":
    main()
