"""The numbers of a scale, from the parameters of a `range`."""

from __future__ import annotations

import re

from questionnaires.instrument import Question
from questionnaires.problems import ConsensusError

STEPS = re.compile(r"(start|end|step)\s*=\s*(-?\d+(?:\.\d+)?)")


def steps_of(question: Question) -> tuple[str, ...]:
    """Return the numbers of a range, as texts; ConsensusError where its parameters don't say them."""
    said = {name: float(number) for name, number in STEPS.findall(question.parameters)}
    start, end, step = said.get("start", 0.0), said.get("end", 10.0), said.get("step", 1.0)
    if step <= 0 or end < start or (end - start) / step > 1000:
        raise ConsensusError(f'{question.name}: its parameters "{question.parameters}" are no range of numbers.')
    return tuple(f"{start + step * at:g}" for at in range(int((end - start) / step + 1e-9) + 1))
