"""A sheet of lesions -> what each scan says: the response by diameters, two-dimensional growth, the viable share.

Response: mRECIST of the targets in one dimension (KLCA-NCC 2022, Table 11): CR without viable tumor, PD from 20 percent
over the smallest sum so far, PR from 30 percent below the baseline's sum, else SD. Sums are compared in whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from consensus.definitions.amount import MILLION, Amount
from consensus.scoring.course_map import DATE
from consensus.scoring.months import Dated, ends

LESION_ID, TARGET, TREATED, READER = "lesion_id", "target", "treated", "reader"
RESPONSE, VIABLE, GROWTH = "target_response", "viable_percent", "growth_2d_percent"


@dataclass(frozen=True, kw_only=True, slots=True)
class Lesion:
    """One lesion at one scan; sizes in millionths of a millimeter, shares in millionths of a percent, None: unknown."""

    name: str
    target: bool
    treated: bool
    size: int | None = None
    perpendicular: int | None = None
    viable: int | None = None
    percent: int | None = None

    @property
    def share(self) -> int | None:
        """The viable share: as recorded, else the viable diameter of the whole one."""
        if self.percent is not None:
            return self.percent
        if self.viable is None or not self.size or self.viable > self.size:
            return None  # more viable than there is: one of the two is wrong
        return 100 * MILLION * self.viable // self.size


@dataclass(frozen=True, kw_only=True, slots=True)
class LesionScan:
    """All lesions of a patient at one scan."""

    day: date
    lesions: tuple[Lesion, ...]

    def named(self, name: str) -> Lesion | None:
        """Return the lesion of that name, None where this scan doesn't tell of it."""
        return next((lesion for lesion in self.lesions if lesion.name == name), None)


def scans_of(rows: pd.DataFrame) -> tuple[LesionScan, ...]:
    """Return one patient's scans by date; of several readers the first by name counts."""
    rows = rows[rows[DATE].notna()]
    if READER in rows and rows[READER].notna().any():
        first = min(str(name) for name in rows[READER].dropna())
        rows = rows[rows[READER].isna() | (rows[READER].astype(str) == first)]
    found = []
    for day, mine in rows.groupby(DATE, sort=True):
        records = mine.to_dict("records")
        lesions = tuple(_lesion({str(name): value for name, value in row.items()}) for row in records)
        found.append(LesionScan(day=pd.Timestamp(str(day)).date(), lesions=lesions))
    return tuple(found)


def baseline_of_scans(scans: Sequence[LesionScan], first: Dated | None) -> int | None:
    """Return the index of the last scan on or before the first session, None where there is none or it is open."""
    if first is None:
        return None
    sure, possible = (sum(scan.day <= end for scan in scans) for end in ends(first))
    return sure - 1 if sure and sure == possible else None


def responses(scans: Sequence[LesionScan], baseline: int) -> Iterator[tuple[date, str | None]]:
    """Yield each later scan's day with its response by diameters; None where a target was not measured."""
    targets = [lesion.name for lesion in scans[baseline].lesions if lesion.target]
    base = _sum_of_viable(scans[baseline], targets)
    nadir = base
    for scan in scans[baseline + 1 :]:
        now = _sum_of_viable(scan, targets)
        if not targets or base is None or nadir is None or now is None:
            yield scan.day, None
            continue
        yield scan.day, _response(now, base, nadir)
        nadir = min(nadir, now)


def growth(scans: Sequence[LesionScan], baseline: int) -> Iterator[tuple[date, Amount | None]]:
    """Yield each later scan's day with the change in percent of the sum of the targets' products of two diameters.

    Where the second diameter is missing the lesion is taken as round.
    """
    targets = [lesion.name for lesion in scans[baseline].lesions if lesion.target]
    base = _sum_of_products(scans[baseline], targets)
    for scan in scans[baseline + 1 :]:
        now = _sum_of_products(scan, targets)
        if not base or now is None:
            yield scan.day, None
        else:
            change = 100 * MILLION * (now - base) // base
            yield scan.day, Amount(low=change, high=change)


def viable_share(scan: LesionScan, scope: str) -> int | None:
    """Return the viable share of a scan in millionths of a percent: of any lesion, the largest, the sum, or all."""
    mine = [lesion for lesion in scan.lesions if lesion.treated]
    shares = [lesion.share for lesion in mine]
    known = [share for share in shares if share is not None]
    if not mine or not known:
        return None
    if scope == "largest":
        return max(mine, key=lambda lesion: lesion.size or 0).share
    if scope == "sum":
        sizes, viable = [lesion.size for lesion in mine], [lesion.viable for lesion in mine]
        if None in sizes or None in viable or not sum(s or 0 for s in sizes):
            return None
        return 100 * MILLION * sum(v or 0 for v in viable) // sum(s or 0 for s in sizes)
    if scope == "any_lesion":
        return max(known)
    return min(known) if len(known) == len(shares) else None


def _response(now: int, base: int, nadir: int) -> str:
    if base == 0:
        return "NE"  # without viable tumor before treatment there is no ratio
    if now == 0:
        return "CR"
    if 10 * now >= 12 * nadir:
        return "PD"
    return "PR" if 10 * now <= 7 * base else "SD"


def _sum_of_viable(scan: LesionScan, targets: Sequence[str]) -> int | None:
    found = [lesion.viable if (lesion := scan.named(name)) is not None else None for name in targets]
    return None if None in found else sum(value or 0 for value in found)


def _sum_of_products(scan: LesionScan, targets: Sequence[str]) -> int | None:
    total = 0
    for name in targets:
        lesion = scan.named(name)
        if lesion is None or lesion.size is None:
            return None
        other = lesion.size if lesion.perpendicular is None else lesion.perpendicular
        total += lesion.size * other
    return total


def _lesion(row: dict[str, object]) -> Lesion:
    target = _flag(row.get(TARGET), default=True)
    viable, percent, size = (_millionths(row.get(n)) for n in ("viable_mm", "viable_percent", "size_mm"))
    return Lesion(
        name=str(row[LESION_ID]),
        target=target,
        treated=_flag(row.get(TREATED), default=target),
        size=size,
        perpendicular=_millionths(row.get("perpendicular_mm")),
        viable=viable,
        percent=percent,
    )


def _flag(value: object, *, default: bool) -> bool:
    return default if value is None or pd.isna(value) else bool(value)  # type: ignore[call-overload]


def _millionths(value: object) -> int | None:
    if value is None or isinstance(value, str) or pd.isna(value):  # type: ignore[call-overload]
        return None
    return round(float(value) * MILLION)  # type: ignore[arg-type]
