"""Usual words of cells, English and Chinese, are read alike by the judge and by every engine."""

import pandas as pd
import pytest

from consensus.scoring.courses import Courses
from consensus.scoring.score import score

PATIENTS = pd.DataFrame({"patient_id": ["a", "b", "c"], "baseline_extrahepatic_spread": ["无", "有", "N"]})
SESSIONS = pd.DataFrame(
    {
        "patient_id": ["a", "a", "b", "b", "c", "c"],
        "session_date": ["2021-01-04", "2021-03-04"] * 3,
        "imaging_date": ["2021-02-15", "2021-04-15"] * 3,
        "target_response": ["稳定", "进展", "partial", "Progressive disease", "完全缓解", "不可评估"],
        "extrahepatic_spread": ["无", "有", "有", "有", "n", "Y"],
        "agent": ["EPI", "表柔比星", "DDP", "洛铂", "顺铂", "cisplatin"],
        "viable_percent": [80, 85, 80, 85, 80, 85],
        "feeding_artery_reanalyzed": ["N"] * 6,
    }
)
DEFINITIONS = ["no-response-2", "kim-2012-sp", "jsh-lcsgj-2014"]


@pytest.fixture(scope="module")
def judged():
    return score(Courses.from_frames(PATIENTS, SESSIONS), DEFINITIONS).to_frame()


def test_what_the_judge_makes_of_them(judged):
    verdicts = {(row.patient_id, row.definition): row.verdict for row in judged.itertuples(index=False)}
    assert [verdicts[p, "no-response-2"] for p in "abc"] == ["met", "not_met", "not_met"]
    assert [verdicts[p, "kim-2012-sp"] for p in "abc"] == ["met", "unknown", "met"]
    # the same drug in two words is no change of agent; two drugs are one
    jsh = {p: judged[(judged["patient_id"] == p) & (judged["definition"] == "jsh-lcsgj-2014")].iloc[0] for p in "abc"}
    assert jsh["b"]["criterion"] == "insufficient_response"
    assert jsh["c"]["criterion"] != "insufficient_response"


@pytest.mark.parametrize("kind", ["pandas", "polars", "lazy", "duckdb"])
def test_every_engine_reads_them_alike(judged, kind):
    patients, sessions = PATIENTS, SESSIONS
    if kind in ("polars", "lazy"):
        pl = pytest.importorskip("polars")
        patients, sessions = pl.from_pandas(patients), pl.from_pandas(sessions)
        if kind == "lazy":
            patients, sessions = patients.lazy(), sessions.lazy()
    if kind == "duckdb":
        duckdb = pytest.importorskip("duckdb")
        connection = duckdb.connect()
        patients, sessions = connection.from_df(patients), connection.from_df(sessions)
    found = score(Courses(patients, sessions), DEFINITIONS)
    for step in ("collect", "df", "to_pandas"):
        found = getattr(found, step)() if hasattr(found, step) and not isinstance(found, pd.DataFrame) else found
    keys = ["patient_id", "definition", "verdict", "criterion", "session_no"]
    wanted, got = (frame[keys].sort_values(keys[:2]).astype(object) for frame in (judged, found))
    assert got.where(got.notna(), None).values.tolist() == wanted.where(wanted.notna(), None).values.tolist()
