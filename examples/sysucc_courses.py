"""Turn the visits of the SYSUCC cohort (R package SurvivalPath, DTSDHCC) into a workbook of courses.

    python examples/sysucc_courses.py DTSDHCC.csv sysucc.xlsx
    consensus score sysucc.xlsx --definition jsh-lcsgj-2014 --definition intl-panel-2014 --definition zhang-2022
    consensus score sysucc.xlsx --definition jsh-lcsgj-2014 --reading proviso=not_required

DTSDHCC.csv is the table of the package's `data/DTSDHCC.RData`, one row a visit. It is not a TACE trial, and most of
what a definition asks for is a proxy here:

- A session is a visit with embolization; what judged it is the patient's next visit, whatever its purpose.
- The viable share is the largest diameter at that visit in percent of the one at the session, cut at 100; the target
  response is told from the same ratio (0: CR, up to 0.7: PR, below 1.2: SD, else PD). Nothing in the table tells
  necrosis.
- Four lesions stand for four or more and become "multiple"; an AFP of 121000, the assay's limit, becomes ">121000".
  An AFP of 0 (below detection, or a gap that the authors filled: not known) stays 0. A value of New.Lesion above 1
  counts as yes; how many there are is printed.
- Spread is distant or nodal; `--spread distant` leaves the nodes out.
- Agent, feeding artery and area are not in the table and stay empty. So the proviso of jsh-lcsgj-2014 is unknown (the
  reading `proviso=not_required` leaves it out), and "the same area" of intl-panel-2014 is unknown (`area=any`).

Patients are numbered in the order of the file; the table's own identifiers go nowhere.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from consensus.definitions.condition import read_condition
from consensus.scoring.template import course_workbook
from questionnaires.workbooks import write_workbook

CAPPED_LESIONS = 4
AFP_LIMIT = Decimal(121000)
SIX = Decimal("0.000001")

Row = dict[str, Any]


def main() -> None:
    """Read the table, write the workbook, and say what was done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path, help="DTSDHCC.csv")
    parser.add_argument("workbook", type=Path, help="the workbook to write")
    parser.add_argument("--spread", choices=("nodal_or_distant", "distant"), default="nodal_or_distant")
    given = parser.parse_args()
    if not given.table.is_file():
        sys.exit(f"{given.table}: there is no such file.")
    visits = read_visits(given.table, given.spread)
    patients, sessions = courses(visits)
    write_workbook(given.workbook, course_workbook(read_condition(), {"patients": patients, "sessions": sessions}))
    print(f"Wrote {given.workbook}: {len(patients)} patients, {len(sessions)} sessions.")


def read_visits(path: Path, spread: str) -> list[list[Row]]:
    """Return the visits of each patient by date, patients in the order of the file."""
    by_patient: dict[str, list[Row]] = {}
    above_one = 0
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            above_one += int(float(row["New.Lesion"])) > 1
            by_patient.setdefault(row["ID"], []).append(_visit(row, spread))
    print(f"{above_one} values of New.Lesion above 1 were read as yes.")
    return [sorted(visits, key=lambda visit: visit["day"]) for visits in by_patient.values()]


def courses(by_patient: list[list[Row]]) -> tuple[list[Row], list[Row]]:
    """Return the rows of the sheets `patients` and `sessions`, of those patients who had an embolization."""
    patients, sessions = list[Row](), list[Row]()
    for visits in by_patient:
        if not any(visit["embolized"] for visit in visits):
            continue
        name = f"P{len(patients) + 1:04d}"
        patients.append(_patient(name, visits))
        sessions += _sessions(name, visits)
    return patients, sessions


def _visit(row: dict[str, str], spread: str) -> Row:
    nodal, distant = _flag(row["Local.Lymph.Node.Metastasis"]), _flag(row["Distant.Metastasis"])
    lesions, afp = int(float(row["Amount.of.Hepatic.Lesions"])), Decimal(row["AFP"])
    return {
        "day": date.fromisoformat(row["Date"][:10]),
        "embolized": _flag(row["Embolization"]) == 1,
        "diameter": Decimal(row["Largest.Diameter.of.Hepatic.Lesions"]),
        "tumor_count": "multiple" if lesions >= CAPPED_LESIONS else lesions,
        "new_lesions": int(float(row["New.Lesion"]) > 0),
        "vascular_invasion": _flag(row["Vascular.Invasion"]),
        "extrahepatic_spread": max(nodal, distant) if spread == "nodal_or_distant" else distant,
        "child_pugh": int(float(row["Child_pugh_score"])),
        "afp": f">{AFP_LIMIT}" if afp == AFP_LIMIT else float(afp.quantize(SIX)),
        "targeted_therapy": _flag(row["TargetedTherapy"]),
        "death": _flag(row["Status_of_death"]),
        "days_left": math.ceil(Decimal(row["OStime_day"])),
    }


def _flag(text: str) -> int:
    return int(float(text))


def _patient(name: str, visits: list[Row]) -> Row:
    first, last = next(visit for visit in visits if visit["embolized"]), visits[-1]
    states = ("tumor_count", "afp", "child_pugh", "vascular_invasion", "extrahepatic_spread")
    return {
        "patient_id": name,
        "baseline_date": first["day"],
        **{f"baseline_{state}": first[state] for state in states},
        "baseline_largest_mm": float(first["diameter"]),
        "death": last["death"],
        "last_contact_date": last["day"] + timedelta(days=last["days_left"]),
    }


def _sessions(name: str, visits: list[Row]) -> Iterator[Row]:
    number = 0
    for visit, following in pairwise([*visits, None]):
        if visit is None or not visit["embolized"]:
            continue
        number += 1
        yield {
            "patient_id": name,
            "session_no": number,
            "session_date": visit["day"],
            **(_judged(visit, following) if following is not None else {}),
            "targeted_therapy": visit["targeted_therapy"],
        }


def _judged(visit: Row, following: Row) -> Row:
    """Return what the next visit tells of a session."""
    before, now = visit["diameter"], following["diameter"]
    found: Row = {"imaging_date": following["day"]}
    if before > 0:
        # by multiplication: quotients of diameters would decide exact ties by rounding
        response = "CR" if now == 0 else "PR" if 10 * now <= 7 * before else "SD" if 10 * now < 12 * before else "PD"
        share = min(Decimal(100), (100 * now / before).quantize(SIX))
        found |= {"target_response": response, "viable_percent": float(share)}
    states = ("tumor_count", "new_lesions", "vascular_invasion", "extrahepatic_spread", "afp", "child_pugh")
    return found | {state: following[state] for state in states}


if __name__ == "__main__":
    main()
