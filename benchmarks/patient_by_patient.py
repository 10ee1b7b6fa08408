"""The three definitions as most would write them: a function of one patient's rows, called by `groupby.apply`.

Plain lists and None for what is not known; the same limits as in `cohort.py`, and its table must be the same.
"""

from __future__ import annotations

import pandas as pd
from cohort import DEFINITIONS

Value = bool | None


def both(*values: Value) -> Value:
    return False if False in values else None if None in values else True


def either(*values: Value) -> Value:
    return True if True in values else None if None in values else False


def more(now: float | None, then: float | None) -> Value:
    return None if now is None or then is None else now > then


def is_one(value: float | None) -> Value:
    return None if value is None else value == 1


def lists(frame: pd.DataFrame) -> dict[str, list]:
    """Return each column as a list with None for what is missing."""
    return {name: [None if pd.isna(v) else v for v in frame[name].tolist()] for name in frame}


def run(values: list[Value], at: int, times: int) -> Value:
    return both(*values[at - times + 1 : at + 1]) if at + 1 >= times else False


def three_within(failed: list[Value], s: dict[str, list], at: int) -> Value:
    days = (s["session_date"][at], s["area"][at])
    near = [n for n in range(at) if s["area"][n] == days[1] and (days[0] - s["session_date"][n]).days <= 183]
    return either(False, *(both(failed[at], failed[m], failed[n]) for m in near for n in near if m < n))


def jsh(s: dict[str, list], base: dict[str, float | None], insufficient: list[Value]) -> list[dict[str, Value]]:
    """Return the five criteria of JSH-LCSGJ at each session."""
    size = range(len(insufficient))
    waited = [None if d is None else (d - t).days for d, t in zip(s["imaging_date"], s["session_date"], strict=True)]
    told = [days is not None and 28 <= days <= 92 for days in waited]
    counts, markers = ([base[f"baseline_{name}"], *s[name]] for name in ("tumor_count", "afp"))
    increases = [more(counts[n + 1], counts[n]) if told[n] else None for n in size]
    rises = [more(markers[n + 1], markers[n]) for n in size]
    seen = [insufficient[n] if told[n] else None for n in size]
    rows = []
    for n in size:
        agents = s["agent"][max(n - 1, 0) : n + 1]
        changed = False if n == 0 else None if None in agents else agents[0] != agents[1]
        proviso = either(changed, is_one(s["feeding_artery_reanalyzed"][n]))
        row = {
            "insufficient_response": both(run(seen, n, 2), proviso),
            "tumor_number_increase": both(run(increases, n, 2), proviso),
            "marker_rise": run(rises, n, 2),
        }
        for name in ("vascular_invasion", "extrahepatic_spread"):
            was = is_one(base[f"baseline_{name}"])
            row[name] = both(is_one(s[name][n]), None if was is None else not was)
        rows.append(row)
    return rows


def judge(group: pd.DataFrame, people: dict[str, dict[str, float | None]]) -> pd.DataFrame:
    """Return the verdicts of one patient by the three definitions."""
    patient = group["patient_id"].iloc[0]
    s = lists(group.sort_values(["session_date", "session_no"]))
    insufficient = [more(value, 50) for value in s["viable_percent"]]
    failed = [None if value is None else value in ("SD", "PD") for value in s["target_response"]]
    size = range(len(failed))
    told = (
        jsh(s, people[patient], insufficient),
        [{"no_response_3_within_183": three_within(failed, s, n)} for n in size],
        [{"insufficient_response_3": run(insufficient, n, 3)} for n in size],
    )
    rows = [_verdict(patient, name, rows, s) for name, rows in zip(DEFINITIONS, told, strict=True)]
    return pd.DataFrame(rows, columns=["patient_id", "definition", "verdict", "criterion", "session_no", "date"])


def _verdict(patient: str, name: str, rows: list[dict[str, Value]], s: dict[str, list]) -> tuple[object, ...]:
    for at, row in enumerate(rows):
        for criterion, value in row.items():
            if value is True:
                date = s["imaging_date"][at] or s["session_date"][at]
                return patient, name, "met", criterion, s["session_no"][at], date
    unknown = any(value is None for row in rows for value in row.values())
    return patient, name, "unknown" if unknown else "not_met", None, None, None


def by_apply(people: pd.DataFrame, sessions: pd.DataFrame) -> pd.DataFrame:
    """Return the score table of the three definitions, in the order of the patients."""
    known = {row["patient_id"]: row for row in people.astype(object).where(people.notna(), None).to_dict("records")}
    columns = list(sessions.columns)
    judged = sessions.groupby("patient_id", sort=False, group_keys=False)[columns].apply(judge, people=known)
    place = judged["patient_id"].map({patient: at for at, patient in enumerate(people["patient_id"])})
    return judged.iloc[place.argsort(kind="stable")].reset_index(drop=True)
