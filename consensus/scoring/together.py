"""Which definitions the same patients meet, and the one course on which definitions differ most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from consensus.combinations import COMMONEST, Combinations, combinations_of
from consensus.scoring.courses import Located
from consensus.scoring.judge import Judge
from consensus.scoring.scored_courses import scored_courses
from consensus.scoring.trace import Trace, Tracer

if TYPE_CHECKING:
    from consensus.scoring.score import Scores


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Divided:
    """The course on which definitions differ most, with what each of them says of it."""

    located: Located
    traces: tuple[Trace, ...]

    def to_dict(self) -> dict[str, object]:
        """Return the course as `divided` of `score --json` has it: days are from the first session, `days` at least."""
        verdicts = [
            {
                "definition": trace.judge.definition.id,
                "verdict": trace.judged.verdict,
                "session_no": trace.judged.session_no,
                "days": None if trace.days is None else trace.days[0],
                "days_at_most": None if trace.days is None else trace.days[1],
            }
            for trace in self.traces
        ]
        return {"patient_id": self.located.course.patient_id, "verdicts": verdicts}


def met_together(scores: Scores) -> Combinations:
    """Return how many patients meet which definitions; those who meet none are among them."""
    frame = scores.frame
    met = frame[frame["verdict"] == "met"].groupby("patient_id", sort=False)["definition"].agg(tuple).to_dict()
    patients = list(dict.fromkeys(frame["patient_id"]))
    return combinations_of([met.get(patient, ()) for patient in patients], [d.id for d in scores.judged])


def moved(scores: Scores) -> dict[tuple[str, str], int]:
    """Return how many patients each definition calls met and each other one not met."""
    found = {(a.id, b.id): 0 for a in scores.judged for b in scores.judged if a.id != b.id}
    for r in scores.reclassified().to_dict("records"):
        a, b = str(r["definition_a"]), str(r["definition_b"])
        if (r["verdict_a"], r["verdict_b"]) == ("met", "not_met"):
            found[a, b] = int(r["patients"])
        elif (r["verdict_a"], r["verdict_b"]) == ("not_met", "met"):
            found[b, a] = int(r["patients"])
    return found


def most_divided(scores: Scores) -> Divided | None:
    """Return the course that the definitions judge in the most ways; of equals the one with most sessions.

    Courses of one session, and such as are held back, say nothing; None where no other is there.
    """
    verdicts = scores.frame.assign(at=scores.frame["date"].astype(str))[["patient_id", "verdict", "at"]]
    ways = verdicts.drop_duplicates().groupby("patient_id", sort=False).size().to_dict()
    best: Located | None = None
    for located in scored_courses(scores):
        course = located.course
        if course.held_back is not None or len(course.sessions) < 2:
            continue
        mine = (ways.get(course.patient_id, 0), len(course.sessions))
        if best is None or mine > (ways.get(best.course.patient_id, 0), len(best.course.sessions)):
            best = located
    return None if best is None else Divided(located=best, traces=_traces(scores, best))


def _traces(scores: Scores, located: Located) -> tuple[Trace, ...]:
    condition, chosen = scores.courses.condition, dict(scores.readings)
    tracer = Tracer(courses=scores.courses, located=located)
    return tuple(tracer.trace(Judge(definition=d, condition=condition, chosen=chosen)) for d in scores.judged)


def together_to_dict(scores: Scores) -> dict[str, object]:
    """Return `reclassified`, `met_together` and `divided` of `score --json`; empty with fewer than two definitions."""
    if len(scores.judged) < 2:
        return {"reclassified": [], "met_together": None, "divided": None}
    pairs = [{"met_by": a, "not_met_by": b, "patients": n} for (a, b), n in moved(scores).items()]
    found, divided = met_together(scores), most_divided(scores)
    rarer = {"beyond": COMMONEST, "count": found.rarer()}
    told = {"n": found.total, "combinations": found.to_list("definitions"), "rarer": rarer}
    return {"reclassified": pairs, "met_together": told, "divided": None if divided is None else divided.to_dict()}
