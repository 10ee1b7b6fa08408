"""A SYNTHETIC cohort of any size, and three definitions written by hand in numpy, an opponent of `consensus.score`.

The hand-written rules do what a programmer would do for these three definitions alone: one sort, shifted arrays, and
two flags a finding (surely true, possibly true) for what is missing. They know no readings, no bounds such as `<2`, no
missing area and no evidence. Their table must equal that of `consensus.score` before anything is timed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

DEFINITIONS = ("jsh-lcsgj-2014", "intl-panel-2014", "zhang-2022")
SESSIONS_EACH = 5.5
NONE = np.iinfo(np.int64).max


class Fact(NamedTuple):
    """A finding at each session: surely true, and possibly true."""

    sure: np.ndarray
    possible: np.ndarray

    def __and__(self, other: Fact) -> Fact:
        return Fact(self.sure & other.sure, self.possible & other.possible)

    def __or__(self, other: Fact) -> Fact:
        return Fact(self.sure | other.sure, self.possible | other.possible)

    def __invert__(self) -> Fact:
        return Fact(~self.possible, ~self.sure)


def cohort(patients: int, seed: int = 20261123) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return SYNTHETIC patients and sessions, one to ten sessions each, a twentieth of the cells missing."""
    draw = np.random.default_rng(seed)
    ids = np.array([f"B{n:06d}" for n in range(patients)])
    each = draw.integers(1, 11, patients)
    owner = np.repeat(np.arange(patients), each)
    rank = np.arange(len(owner)) - np.repeat(np.cumsum(each) - each, each)
    start = np.datetime64("2018-01-01") + draw.integers(0, 1500, patients)
    day = start[owner] + rank * 55 + draw.integers(0, 25, len(owner))

    def gaps(values: np.ndarray, share: float = 0.05) -> pd.Series:
        return pd.Series(values).mask(draw.random(len(values)) < share)

    people = pd.DataFrame(
        {
            "patient_id": ids,
            "baseline_vascular_invasion": gaps((draw.random(patients) < 0.1).astype(float)),
            "baseline_extrahepatic_spread": gaps((draw.random(patients) < 0.05).astype(float)),
            "baseline_tumor_count": gaps(draw.integers(1, 6, patients).astype(float)),
            "baseline_afp": gaps(np.round(draw.lognormal(3, 2, patients), 1)),
        }
    )
    sessions = pd.DataFrame(
        {
            "patient_id": ids[owner],
            "session_no": rank + 1,
            "session_date": day,
            "agent": gaps(draw.choice(["epirubicin", "cisplatin", "idarubicin"], len(owner), p=[0.8, 0.1, 0.1])),
            "feeding_artery_reanalyzed": gaps((draw.random(len(owner)) < 0.1).astype(float)),
            "area": draw.choice(["S4", "S8"], len(owner), p=[0.3, 0.7]),
            "imaging_date": gaps(day + draw.integers(20, 100, len(owner))),
            "target_response": gaps(draw.choice(["CR", "PR", "SD", "PD"], len(owner), p=[0.2, 0.4, 0.25, 0.15])),
            "viable_percent": gaps(draw.integers(0, 101, len(owner)).astype(float)),
            "tumor_count": gaps(draw.integers(1, 5, len(owner)).astype(float)),
            "afp": gaps(np.round(draw.lognormal(3, 2, len(owner)), 1)),
            "vascular_invasion": gaps((draw.random(len(owner)) < 0.03).astype(float)),
            "extrahepatic_spread": gaps((draw.random(len(owner)) < 0.02).astype(float)),
        }
    )
    return people, sessions.sample(frac=1, random_state=seed).reset_index(drop=True)


def before(values: np.ndarray, first: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Return the value of the session before; at a patient's first session that of `start`."""
    shifted = np.roll(values, 1)
    return np.where(first, start, shifted)


def greater(now: np.ndarray, then: np.ndarray) -> Fact:
    sure = now > then
    return Fact(sure, sure | np.isnan(now) | np.isnan(then))


def flag(values: np.ndarray) -> Fact:
    return Fact(values == 1, (values == 1) | np.isnan(values))


def run(fact: Fact, first: np.ndarray, times: int) -> Fact:
    """Return whether a finding holds at this session and the ones before it."""
    whole, earlier = fact, fact
    for _ in range(times - 1):
        earlier = Fact(*(before(part, first, np.zeros(len(first), bool)) for part in earlier))
        whole = whole & earlier
    return whole


def three_within(fact: Fact, group: np.ndarray, day: np.ndarray, days: int) -> Fact:
    """Return whether this session is the last of three of its group and finding, at most so many days apart."""
    order = np.argsort(group, kind="stable")
    parts = []
    for part in fact:
        at = order[part[order]]
        held = np.zeros(len(part), bool)
        near = (group[at[2:]] == group[at[:-2]]) & (day[at[2:]] - day[at[:-2]] <= days)
        held[at[2:]] = near
        parts.append(held)
    return Fact(*parts)


def by_hand(people: pd.DataFrame, sessions: pd.DataFrame) -> pd.DataFrame:
    """Return the score table of the three definitions: patient_id, definition, verdict, criterion, session_no, date."""
    s = sessions.sort_values(["patient_id", "session_date", "session_no"], ignore_index=True)
    owner = pd.Index(people["patient_id"]).get_indexer(s["patient_id"])
    first = np.r_[True, owner[1:] != owner[:-1]]
    base = people.iloc[owner]
    start = {name: base[f"baseline_{name}"].to_numpy() for name in ("tumor_count", "afp")}
    waited = (s["imaging_date"] - s["session_date"]).dt.days.to_numpy()
    told = (waited >= 28) & (waited <= 92)

    def windowed(fact: Fact) -> Fact:
        return Fact(fact.sure & told, fact.possible | ~told)

    insufficient = greater(s["viable_percent"].to_numpy(), np.full(len(s), 50.0))
    viable_missing = s["viable_percent"].isna().to_numpy()
    insufficient = Fact(insufficient.sure, insufficient.sure | viable_missing)
    more = {name: greater(s[name].to_numpy(), before(s[name].to_numpy(), first, start[name])) for name in start}
    agent = s["agent"].astype("category").cat.codes.to_numpy()
    previous = before(agent, first, agent)
    missing = ~first & ((agent < 0) | (previous < 0))
    changed = Fact((agent != previous) & ~missing, (agent != previous) | missing)
    proviso = changed | flag(s["feeding_artery_reanalyzed"].to_numpy())
    response = s["target_response"]
    failed = response.isin(["SD", "PD"]).to_numpy()
    no_response = Fact(failed, failed | response.isna().to_numpy())
    group = owner * 1_000 + s["area"].astype("category").cat.codes.to_numpy()
    day = s["session_date"].to_numpy().astype("datetime64[D]").astype(np.int64)

    def appears(name: str) -> Fact:
        return flag(s[name].to_numpy()) & ~flag(base[f"baseline_{name}"].to_numpy())

    criteria = {
        "jsh-lcsgj-2014": {
            "insufficient_response": run(windowed(insufficient), first, 2) & proviso,
            "tumor_number_increase": run(windowed(more["tumor_count"]), first, 2) & proviso,
            "marker_rise": run(more["afp"], first, 2),
            "vascular_invasion": appears("vascular_invasion"),
            "extrahepatic_spread": appears("extrahepatic_spread"),
        },
        "intl-panel-2014": {"no_response_3_within_183": three_within(no_response, group, day, 183)},
        "zhang-2022": {"insufficient_response_3": run(insufficient, first, 3)},
    }
    starts = np.flatnonzero(first)
    tables = [_verdicts(people, s, name, parts, starts, owner[starts]) for name, parts in criteria.items()]
    whole = pd.concat(tables).sort_index(kind="stable")
    return whole.reset_index(drop=True)


def _verdicts(
    people: pd.DataFrame,
    s: pd.DataFrame,
    name: str,
    criteria: dict[str, Fact],
    starts: np.ndarray,
    owners: np.ndarray,
) -> pd.DataFrame:
    sure = np.logical_or.reduce([fact.sure for fact in criteria.values()])
    possible = np.logical_or.reduce([fact.possible for fact in criteria.values()])
    place = np.minimum.reduceat(np.where(sure, np.arange(len(s)), NONE), starts)
    open_ = np.logical_or.reduceat(possible, starts)
    met = place < NONE
    at = place[met]
    which = np.argmax([fact.sure[at] for fact in criteria.values()], axis=0)
    date = s["imaging_date"].fillna(s["session_date"])
    table = pd.DataFrame({"patient_id": people["patient_id"], "definition": name, "verdict": "not_met"})
    table.loc[owners, "verdict"] = np.where(met, "met", np.where(open_, "unknown", "not_met"))
    table.loc[owners[met], "criterion"] = np.array(list(criteria))[which]
    table.loc[owners[met], "session_no"] = s["session_no"].to_numpy()[at]
    table.loc[owners[met], "date"] = date.to_numpy()[at]
    return table


def must_equal(ours: pd.DataFrame, peer: pd.DataFrame) -> None:
    """Fail unless two score tables say the same of each patient and definition."""
    tables = []
    for frame in (ours, peer):
        table = frame[["patient_id", "definition", "verdict", "criterion", "session_no", "date"]].astype(object)
        table["date"] = pd.to_datetime(frame["date"]).dt.strftime("%Y-%m-%d")
        table["session_no"] = pd.to_numeric(frame["session_no"]).astype("Float64")
        tables.append(table.astype("string").fillna("").to_numpy().tolist())
    assert tables[0] == tables[1], "the peer gives other verdicts, so its speed tells nothing"
