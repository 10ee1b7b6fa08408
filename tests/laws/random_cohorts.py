"""SYNTHETIC cohorts for engines that must agree: all that a sheet may hold, faults included, drawn from a seed."""

import random
from datetime import date, timedelta

import pandas as pd

CELLS = {
    "agent": ["a", "A ", "b", "a  b", "A B"],
    "feeding_artery_reanalyzed": [0, 1],
    "area": ["S5", "S8", " s5"],
    "target_response": ["CR", "PR", "SD", "SD", "PD", "NE", "pd"],
    "viable_percent": [0, 50, 50.01, "50.010", 80, ">40", ">50", "<=50", "101"],
    "tumor_count": [1, 2, 3, "multiple", ">2"],
    "pvtt_grade": [0, 0, 2],
    "vascular_invasion": [0, 0, 1],
    "extrahepatic_spread": [0, 0, 1, 2],
    "afp": ["<2", 1, 2, 2.4, 3, 100, 120, 120.1, 500, ">60500", ">=100", "<=120", 0.0000001],
    "child_pugh": [5, 6, 7, 9, 10],
    "ast_u_l": [20, 25, 26, 40, "<30"],
    "new_lesions": [0, 1],
    "dcp": [10, 12, 12.5, "<11"],
}
BASELINE = {
    "intent": ["palliative", "curative", "Palliative"],
    "baseline_pvtt_grade": [0, 0, 1],
    "baseline_vascular_invasion": [0, 0, 1],
    "baseline_extrahepatic_spread": [0, 0, 1],
    "baseline_tumor_count": [1, 2, "multiple"],
    "baseline_afp": [1, 2, 100, "<2", ">100", 400, 500],
    "baseline_albumin_g_l": [20, 28, 35, 36, 40],
    "baseline_bilirubin_umol_l": [10, 17, 34.2, 60, "<18"],
    "baseline_inr": [1, 1.7, 2.4],
    "baseline_albi": [None, None, -2.7, -1.4],
    "baseline_ascites": [0, 1, 2],
    "baseline_child_pugh": [5, 7],
    "baseline_ast_u_l": [20, 32],
    "baseline_dcp": [10, 11],
    "baseline_largest_mm": [20, 50, 71],
    "baseline_bclc": ["A", "B", "c"],
    "baseline_tumor_type": ["massive", "simple_nodular"],
}
NUMERIC = (
    "viable_percent",
    "afp",
    "tumor_count",
    "ast_u_l",
    "dcp",
    "baseline_afp",
    "baseline_tumor_count",
    "baseline_bilirubin_umol_l",
)


def random_cohort(seed, patients=40, *, plain=False, faults=True, months=0.0):
    """Return two frames; `plain` draws numbers alone where numbers belong, as a typed frame has them.

    `months` is the share of dates that have no day, written as texts.
    """
    draw = random.Random(seed)
    missing = draw.choice([0.05, 0.2, 0.5])
    people, sessions = [], []

    def cells(of):
        chosen = {
            n: [v for v in values if not (plain and n in NUMERIC and isinstance(v, str))] for n, values in of.items()
        }
        return {name: None if draw.random() < missing else draw.choice(values) for name, values in chosen.items()}

    for at in range(patients):
        name = f"P{at:03d}"
        if not (faults and draw.random() < 0.03):
            people.append({"patient_id": name, **cells(BASELINE)})
        day = date(2021, 1, 4)
        for number in range(1, draw.randint(0, 7) + 1):
            day += timedelta(days=draw.choice([0, 20, 61, 91, 92, 122]))
            seen = draw.choice([None, 0, 27, 28, 35, 60, 92, 93, 150, -5 if faults else 28])
            row = {
                "patient_id": name,
                "session_no": None if draw.random() < 0.1 else number,
                "session_date": None if faults and draw.random() < 0.01 else day,
                "imaging_date": None if seen is None else day + timedelta(days=seen),
                **cells(CELLS),
            }
            sessions.append(row)
            if faults and draw.random() < 0.01:
                sessions.append(dict(row))
            if faults and draw.random() < 0.01:
                sessions.append({**row, "agent": "twice"})
    if faults and len(people) > 3:
        people += [dict(people[1]), {**people[2], "baseline_afp": 77}]
    draw.shuffle(sessions)
    frame = pd.DataFrame(sessions)
    for name in ("session_date", "imaging_date"):
        frame[name] = pd.to_datetime(frame[name])
        if months:
            frame[name] = pd.Series([written(day, draw, months) for day in frame[name]], dtype=object)
    return pd.DataFrame(people), frame


def written(day, draw, months):
    """Return a date as a text, of some only the month."""
    if pd.isna(day):
        return None
    return f"{day:%Y-%m}" if draw.random() < months else f"{day:%Y-%m-%d}"


OPEN = {
    "insufficient_by": ["viable_over_50", "stable_or_progressive", "progressive"],
    "proviso": ["within_run", "at_last", "in_course", "not_required"],
    "run_over": ["all_sessions", "assessed_sessions"],
    "imaging_window": ["any", "28-92", "20-100"],
    "marker_rise": ["two_successive_rises", "over_baseline_20"],
    "window_days": ["as_written", "0", "100", "400"],
    "area": ["same", "any"],
    "appearance": ["new_since_baseline", "new_since_previous", "present"],
    "unrecorded": ["unknown", "absent", "lasting"],
    "before_second_labs": ["with_second", "with_first"],
}


def random_readings(seed, has):
    """Return some of the readings that a definition has, drawn from a seed."""
    draw = random.Random(seed)
    return {name: draw.choice(values) for name, values in OPEN.items() if name in has and draw.random() < 0.7}
