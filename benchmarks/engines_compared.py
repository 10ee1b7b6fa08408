"""Scoring whole frames beside what is written by hand for the same three definitions, on one SYNTHETIC cohort."""

from __future__ import annotations

from typing import Any

import pandas as pd
from cohort import DEFINITIONS, by_hand, cohort, must_equal
from engines import by_polars, by_sql
from patient_by_patient import by_apply
from timing import Ratio, best, seconds

Frame = pd.DataFrame
FEW_PATIENTS = 500  # for what takes a patient at a time; its seconds are scaled to the whole


def scoring(patients: int, turns: int) -> list[Ratio]:
    """Compare three definitions over a cohort with numpy, `groupby.apply`, polars and SQL, each written by hand."""
    people, sessions = cohort(patients)
    wanted = by_hand(people, sessions)
    must_equal(ours(people, sessions), wanted)
    few, theirs = people.head(FEW_PATIENTS), sessions[sessions["patient_id"].isin(people["patient_id"][:FEW_PATIENTS])]
    must_equal(ours(few, theirs), by_apply(few, theirs))
    mine, hand = best(turns, lambda: ours(people, sessions), lambda: by_hand(people, sessions))
    apply = seconds(lambda: by_apply(few, theirs)) * len(people) / len(few)
    work = f"score {len(people):,} patients ({len(sessions):,} sessions), three definitions, "
    of_pandas = work + "pandas in and out"
    return [
        Ratio(work=of_pandas, against="hand-written numpy", ours=mine, theirs=hand, budget="at most 5"),
        Ratio(work=of_pandas, against="groupby.apply (scaled)", ours=mine, theirs=apply, budget="at most 1/30"),
        *_of_polars(work, people, sessions, wanted, turns),
        *_of_duckdb(work, people, sessions, wanted, turns),
    ]


def growing(few: int, many: int) -> list[Ratio]:
    """Compare the seconds a patient of a large cohort with those of a small one, ours and by hand."""
    found = []
    for name, work in (("", ours), (" by hand in numpy", by_hand)):
        each = []
        for number in (few, many):
            people, sessions = cohort(number)
            each.append(min(seconds(lambda w=work, p=people, s=sessions: w(p, s)) for _ in range(5)) / number)
        says, against = f"a patient of {many:,}, pandas in and out{name}", f"a patient of {few:,}"
        budget = "no budget" if name else "about 1: linear"
        found.append(Ratio(work=says, against=against, ours=each[1], theirs=each[0], budget=budget))
    return found


def ours(people: Any, sessions: Any) -> Any:
    """Return the score table of frames of any kind."""
    from consensus import score
    from consensus.scoring.courses import Courses

    return score(Courses(people, sessions), DEFINITIONS)


def _of_polars(
    work: str, people: pd.DataFrame, sessions: pd.DataFrame, wanted: pd.DataFrame, turns: int
) -> list[Ratio]:
    import polars as pl

    frames = pl.from_pandas(people), pl.from_pandas(sessions)
    must_equal(ours(*frames).to_pandas(), wanted)
    must_equal(by_polars(*frames).to_pandas(), wanted)
    mine, hand = best(turns, lambda: ours(*frames), lambda: by_polars(*frames))
    return [Ratio(work=work + "polars", against="hand-written polars", ours=mine, theirs=hand, budget="no budget")]


def _of_duckdb(
    work: str, people: pd.DataFrame, sessions: pd.DataFrame, wanted: pd.DataFrame, turns: int
) -> list[Ratio]:
    import duckdb

    connection = duckdb.connect()
    for name, frame in (("people", people), ("sessions", sessions)):
        connection.register(f"{name}_seen", frame)
        days = [f"{c}::date as {c}" for c in ("session_date", "imaging_date") if c in frame]
        also = f" replace ({', '.join(days)})" if days else ""
        connection.execute(f"create table {name} as select *{also} from {name}_seen")

    def mine() -> pd.DataFrame:
        return ours(connection.table("people"), connection.table("sessions")).df()

    for found in (mine(), by_sql(connection)):
        must_equal(_in_order(found, people), wanted)
    own, hand = best(turns, mine, lambda: by_sql(connection))
    return [Ratio(work=work + "DuckDB", against="hand-written SQL", ours=own, theirs=hand, budget="at most 1.2")]


def _in_order(table: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    at = table["patient_id"].map({patient: at for at, patient in enumerate(people["patient_id"])})
    which = table["definition"].map({name: at for at, name in enumerate(DEFINITIONS)})
    order = (at * len(DEFINITIONS) + which).argsort(kind="stable")
    return table.iloc[order].reset_index(drop=True)
