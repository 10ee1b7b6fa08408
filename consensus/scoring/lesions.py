"""A sheet of lesions -> what each scan says: the response by diameters, two-dimensional growth, the viable share.

Response: mRECIST of the targets in one dimension (KLCA-NCC 2022, Table 11): CR without viable tumor, PD from 20 percent
over the smallest sum so far, PR from 30 percent below the baseline's sum, else SD; two readings move these cuts.
Without viable tumor before treatment there is no ratio, and it is NE. Sums are compared in whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isqrt

import pandas as pd

from consensus.definitions.amount import MILLION, Amount
from consensus.scoring.course_map import DATE
from consensus.scoring.months import Dated, ends

LESION_ID, TARGET, TREATED, READER = "lesion_id", "target", "treated", "reader"
RESPONSE, VIABLE, GROWTH = TOLD_BY_LESIONS = ("target_response", "viable_percent", "growth_2d_percent")


@dataclass(frozen=True, kw_only=True, slots=True)
class Lesion:
    """One lesion at one scan; sizes in millionths of a millimeter, shares in millionths of a percent, None: unknown."""

    name: str
    target: bool
    treated: bool
    size: int | None = None
    perpendicular: int | None = None
    viable: int | None = None
    viable_perpendicular: int | None = None
    percent: int | None = None

    def share(self, dimension: str = "1d", *, rounded: bool = True) -> int | None:
        """Return the viable share: as recorded, else the viable part of the whole in one, two or three dimensions."""
        if self.percent is not None:
            return self.percent
        whole, viable = (self.measure(dimension, viable=part, rounded=rounded) for part in (False, True))
        if viable is None or not whole or viable > whole:
            return None  # more viable than there is: one of the two is wrong
        return _share(viable, whole)

    def measure(self, dimension: str, *, viable: bool = False, rounded: bool = True) -> int | None:
        """Return the diameter, the product of two, or their volume, of the lesion or of what is viable of it.

        Where the second diameter is missing the lesion is taken as round, or (not `rounded`) nothing is known; what is
        gone has none. The volume is the product to the power of
        3/2: that of a body as deep as the geometric mean of the two.
        """
        long, across = (self.viable, self.viable_perpendicular) if viable else (self.size, self.perpendicular)
        if long is None or dimension == "1d":
            return long
        if across is None and long and not rounded:
            return None
        product = long * (long if across is None else across)
        return product if dimension == "2d" else isqrt(product**3)


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


def responses(
    scans: Sequence[LesionScan], baseline: int, *, over: bool = False, whole: bool = False
) -> Iterator[tuple[date, str | None]]:
    """Yield each later scan's day with its response by diameters; None where a target was not measured.

    With `over` progression begins above 20 percent and not at it; with `whole` partial response is told against the
    sum of the whole lesions at baseline, whose diameters must then be known.
    """
    targets = [lesion.name for lesion in scans[baseline].lesions if lesion.target]
    nadir = base = _sum_of(scans[baseline], targets)
    against = _sum_of(scans[baseline], targets, whole=True) if whole else base
    for scan in scans[baseline + 1 :]:
        now = _sum_of(scan, targets)
        if not targets or base is None or nadir is None or now is None:
            yield scan.day, None
            continue
        yield scan.day, "NE" if base == 0 else _response(now, against, nadir, over=over)
        nadir = min(nadir, now)


def growth(scans: Sequence[LesionScan], baseline: int, *, rounded: bool = True) -> Iterator[tuple[date, Amount | None]]:
    """Yield each later scan's day with the change in percent of the sum of the targets' products of two diameters.

    Where the second diameter is missing the lesion is taken as round, or (not `rounded`) it is not known.
    """
    targets = [lesion.name for lesion in scans[baseline].lesions if lesion.target]
    base = _sum_of_products(scans[baseline], targets, rounded)
    for scan in scans[baseline + 1 :]:
        now = _sum_of_products(scan, targets, rounded)
        if not base or now is None:
            yield scan.day, None
        else:
            change = 100 * MILLION * (now - base) // base
            yield scan.day, Amount(low=change, high=change)


def viable_share(
    scan: LesionScan, scope: str, dimension: str = "1d", *, rounded: bool = True
) -> int | tuple[str, int] | None:
    """Return the viable share of a scan in millionths of a percent: of any lesion, the largest, the sum, or all.

    Where some lesion was not measured it is a bound, `(">=", share)` of any lesion and `("<=", share)` of all: what was
    not seen may be more, or less. A lesion without a size may be the largest one.
    """
    mine = [lesion for lesion in scan.lesions if lesion.treated]
    shares = [lesion.share(dimension, rounded=rounded) for lesion in mine]
    known = [share for share in shares if share is not None]
    if not known:
        return None
    if scope == "largest":
        return _of_largest(mine, shares)
    if scope == "sum":
        sizes, viable = (
            [one.measure(dimension, viable=part, rounded=rounded) for one in mine] for part in (False, True)
        )
        whole = sum(size or 0 for size in sizes)
        return None if None in sizes or None in viable or not whole else _share(sum(v or 0 for v in viable), whole)
    share, sign = (max(known), ">=") if scope == "any_lesion" else (min(known), "<=")
    return share if len(known) == len(shares) else (sign, share)


def with_unmeasured(scans: Sequence[LesionScan]) -> tuple[LesionScan, ...]:
    """Return scans that name each lesion seen before, without sizes where this scan doesn't tell of it."""
    seen: dict[str, Lesion] = {}
    found = []
    for scan in scans:
        here = {lesion.name for lesion in scan.lesions}
        gone = (Lesion(name=n, target=one.target, treated=one.treated) for n, one in seen.items() if n not in here)
        found.append(replace(scan, lesions=(*scan.lesions, *gone)))
        seen |= {lesion.name: lesion for lesion in scan.lesions}
    return tuple(found)


def _of_largest(lesions: Sequence[Lesion], shares: Sequence[int | None]) -> int | None:
    """Return the share of the largest lesion, None where those that may be it have different ones."""
    most = max((lesion.size or 0 for lesion in lesions), default=0)
    found = {share for lesion, share in zip(lesions, shares, strict=True) if lesion.size in (None, most)}
    return found.pop() if len(found) == 1 else None


def _share(viable: int, whole: int) -> int:
    """Return a share in whole millionths of a percent, the nearest: volumes are roots that have no end."""
    return (200 * MILLION * viable + whole) // (2 * whole)


def _response(now: int, against: int | None, nadir: int, *, over: bool) -> str | None:
    if now == 0:
        return "CR"
    if 10 * now > 12 * nadir or (10 * now == 12 * nadir and not over):
        return "PD"
    if against is None:
        return None
    return "PR" if 10 * now <= 7 * against else "SD"


def _sum_of(scan: LesionScan, targets: Sequence[str], *, whole: bool = False) -> int | None:
    mine = [scan.named(name) for name in targets]
    found = [None if lesion is None else lesion.size if whole else lesion.viable for lesion in mine]
    return None if None in found else sum(value or 0 for value in found)


def _sum_of_products(scan: LesionScan, targets: Sequence[str], rounded: bool) -> int | None:
    mine = [scan.named(name) for name in targets]
    found = [None if lesion is None else lesion.measure("2d", rounded=rounded) for lesion in mine]
    return None if None in found else sum(value or 0 for value in found)


def _lesion(row: dict[str, object]) -> Lesion:
    target = _flag(row.get(TARGET), default=True)
    viable, percent, size = (_millionths(row.get(n)) for n in ("viable_mm", "viable_percent", "size_mm"))
    across = _millionths(row.get("viable_perpendicular_mm"))
    return Lesion(
        name=str(row[LESION_ID]),
        target=target,
        treated=_flag(row.get(TREATED), default=target),
        size=size,
        perpendicular=_millionths(row.get("perpendicular_mm")),
        viable=viable,
        viable_perpendicular=across,
        percent=percent,
    )


def _flag(value: object, *, default: bool) -> bool:
    return default if value is None or pd.isna(value) else bool(value)  # type: ignore[call-overload]


def _millionths(value: object) -> int | None:
    if value is None or isinstance(value, str) or pd.isna(value):  # type: ignore[call-overload]
        return None
    return round(float(value) * MILLION)  # type: ignore[arg-type]
