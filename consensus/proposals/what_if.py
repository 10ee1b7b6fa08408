"""What if: the proposal by another rule, coding, weighting or cut-off, and which patients it judges otherwise."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING

from consensus.proposals.candidates import candidates_of
from consensus.proposals.first_two import thresholded, weighted
from consensus.proposals.schemes import check_scheme
from questionnaires.problems import ConsensusError, did_you_mean, one_of
from questionnaires.published import PublishedCounts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consensus.agreement.agree import Agreement
    from consensus.definitions.condition import Condition
    from consensus.definitions.definition import Definition
    from consensus.proposals.proposal import Proposal
    from consensus.scoring.courses import Courses

KEYS = ("rule", "equivocal", "weighting", "cut_off")
EXAMPLE = '"rule=share(agree) >= 60%"'


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What is set otherwise; None is as in the study. A weighting or cut-off is about the weighted proposal."""

    rule: str | None = None
    equivocal: str | None = None
    weighting: str | None = None
    cut_off: Fraction | None = None

    @property
    def about_weights(self) -> bool:
        """Whether the weighted proposal is compared, and not the thresholded one."""
        return self.weighting is not None or self.cut_off is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class WhatIf:
    """The proposal as it is and as it would be, with the patients whom the two judge otherwise.

    `counts` are triples of the verdict before, the verdict after, and how many patients; `patients` of a patient and
    both verdicts. Without courses, or where one of the two is no definition, both are empty.
    """

    settings: tuple[str, ...]
    before: Proposal
    after: Proposal
    counts: tuple[tuple[str, str, int], ...] = ()
    patients: tuple[tuple[str, str, str], ...] = ()
    of: int = 0

    def to_dict(self) -> dict[str, object]:
        """Return it as `propose --what-if --json` writes it."""
        return {
            "settings": list(self.settings),
            "before": self.before.to_dict(),
            "after": self.after.to_dict(),
            "patients": self.of,
            "counts": [{"before": a, "after": b, "patients": n} for a, b, n in self.counts],
            "reclassified": [{"patient_id": p, "before": a, "after": b} for p, a, b in self.patients],
        }


def read_settings(texts: Sequence[str]) -> Settings:
    """Return what texts such as `rule=share(agree) >= 60%` set; ConsensusError for what can't be understood."""
    found: dict[str, object] = {}
    for text in texts:
        key, told, value = (part.strip() for part in text.partition("="))
        if not told or not value or key not in KEYS:
            hint = did_you_mean(key, KEYS) if told else ""
            raise ConsensusError(f'--what-if "{text}": expected {one_of(KEYS)}, as in {EXAMPLE}. {hint}'.rstrip())
        if key in found:
            raise ConsensusError(f'--what-if "{text}": {key} is set twice.')
        found[key] = _cut_off(text, value) if key == "cut_off" else value
        if key == "weighting":
            check_scheme(value)
    return Settings(**found)  # type: ignore[arg-type]


def what_if(
    agreement: Agreement,
    texts: Sequence[str],
    *,
    condition: Condition | None = None,
    courses: Courses | None = None,
) -> WhatIf:
    """Return what other settings would make of the same answers, and of the patients of a cohort.

    Raises ConsensusError for settings that can't be read, as `agree` and `propose` do.
    """
    from consensus.agreement.agree import agree

    settings = read_settings(texts)
    other = agree(
        agreement.answers,
        rule=settings.rule or agreement.rule,
        equivocal=settings.equivocal or agreement.equivocal,  # type: ignore[arg-type]
        sampling=agreement.sampling,
        level=agreement.level,
        seed=agreement.seed,
    )
    before, after = (
        _proposal(agreement, condition, settings, own=True),
        _proposal(other, condition, settings, own=False),
    )
    made = WhatIf(settings=tuple(texts), before=before, after=after)
    if courses is None or before.definition is None or after.definition is None:
        return made
    return _scored(made, before.definition, after.definition, courses)


def _proposal(agreement: Agreement, condition: Condition | None, settings: Settings, *, own: bool) -> Proposal:
    candidates, _ = candidates_of(agreement, condition)
    if not settings.about_weights:
        return thresholded(agreement, candidates, condition)
    if own:
        return weighted(agreement, candidates, condition)
    return weighted(
        agreement,
        candidates,
        condition,
        scheme=check_scheme(settings.weighting or "share"),
        cut_off=settings.cut_off,
        answers=None if isinstance(agreement.answers, PublishedCounts) else agreement.answers,
    )


def _scored(made: WhatIf, before: Definition, after: Definition, courses: Courses) -> WhatIf:
    from consensus.scoring.score import score

    named = replace(after, id=f"{after.id}-what-if")
    frame = score(courses, [before, named]).frame
    by = {d: frame.loc[frame["definition"] == d, ["patient_id", "verdict"]] for d in (before.id, named.id)}
    ids = [str(p) for p in by[before.id]["patient_id"]]
    pairs = list(zip(ids, by[before.id]["verdict"], by[named.id]["verdict"], strict=True))
    counts = Counter((a, b) for _, a, b in pairs)
    return replace(
        made,
        counts=tuple((a, b, n) for (a, b), n in counts.most_common()),
        patients=tuple((p, a, b) for p, a, b in pairs if a != b),
        of=len(pairs),
    )


def _cut_off(text: str, value: str) -> Fraction:
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal(0)
    if not number.is_finite() or number <= 0:
        raise ConsensusError(f'--what-if "{text}": expected a number of points above 0.')
    return Fraction(number)
