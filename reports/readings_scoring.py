"""`consensus score COURSES --readings all`: every way to understand each definition, and what hangs on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from questionnaires.problems import ConsensusError
from reports.commands.console import envelope, reason, say, show, show_json, show_table, words
from reports.numbers import percent
from reports.telling_scores import marked_names, show_unused

if TYPE_CHECKING:
    import pandas as pd

    from consensus.definitions.definition import Definition
    from consensus.scoring.courses import Courses
    from consensus.scoring.multiverse import Multiverse
    from consensus.scoring.unused import Unused


def score_all_readings(
    courses: Courses,
    definitions: Sequence[Definition],
    fixed: dict[str, str],
    out: Path | None,
    left_out: Sequence[Unused],
    *,
    as_json: bool,
) -> None:
    """Score courses by all readings and show how the rates move and what was not used, or write JSON.

    With `out` one row a patient is written there.
    """
    from consensus.scoring.every_reading import score_every_reading
    from consensus.scoring.missingness import missing_rules

    if out is not None and out.suffix.lower() != ".csv":
        raise ConsensusError(f"{out}: verdicts by all readings are written as .csv. Expected {out.stem}.csv.")
    with _progress("All readings") as progress:
        found = score_every_reading(courses, definitions, courses.condition, fixed, progress=progress)
    if out is not None:
        from questionnaires.files import write_text

        write_text(out, found.to_frame().to_csv(index=False, lineterminator="\n"), bom=True)
        say(f"Wrote {out}")
    rules = missing_rules(courses, definitions, courses.condition, fixed)
    if as_json:
        show_json(_json(courses, found, rules, left_out))
    else:
        called = marked_names(definitions)
        _show(found, called)
        _show_rules(rules, called)
        show_unused(left_out)


@contextmanager
def _progress(text: str) -> Iterator[Callable[[int, int], Any] | None]:
    import sys

    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(text, total=None)
        yield lambda done, whole: bar.update(task, completed=done, total=whole)


def _json(courses: Courses, found: Multiverse, rules: pd.DataFrame, left_out: Sequence[Unused]) -> dict[str, object]:
    from consensus.provenance import provenance
    from reports.study import SEED

    made = provenance(courses.name, [(courses.name, courses.sha256)], seed=SEED)
    parts = {
        "ranges": found.ranges(),
        "flips": found.flips(),
        "combinations": found.by_combination(),
        "patients": found.to_frame(),
        "missing_rules": rules,
    }
    rows = {name: frame.astype(object).where(frame.notna(), None).to_dict("records") for name, frame in parts.items()}
    unused = [one.to_dict() for one in left_out]
    return envelope(made, synthetic=courses.synthetic) | {"left_out": unused} | rows


def _show_rules(rules: pd.DataFrame, called: Mapping[str, str]) -> None:
    if len(rules):
        show()
        show(reason("What an empty cell is taken for: the three results side by side"))
        rows = [
            (called[r["definition"]], r["rule"], r["met"], r["not_met"], r["unknown"]) for r in rules.to_dict("records")
        ]
        show_table(("definition", "an empty cell is", "met", "not met", "unknown"), rows, right=(2, 3, 4))


def _show(found: Multiverse, called: Mapping[str, str]) -> None:
    show(reason("By all readings that the texts leave open; rates are met of all patients, unknown ones included"))
    ranges = found.ranges().to_dict("records")
    show_table(
        ("definition", "readings", "as it stands", "lowest", "highest", "unknown", "same by all"),
        [
            (
                called[row["definition"]],
                row["combinations"],
                _percent(row["rate"]),
                _percent(row["rate_low"]),
                _percent(row["rate_high"]),
                f"{row['unknown_low']} {words().TO} {row['unknown_high']}",
                words().part_of(str(row["stable"]), str(row["patients"])),
            )
            for row in ranges
        ],
        right=(1, 2, 3, 4, 5, 6),
    )
    moved = [row for row in ranges if row["combinations"] > 1]
    for which in ("low", "high"):
        if moved:
            show()
            show(words().rate_by(which == "high"))
            show_table(
                ("definition", "readings"), [(called[row["definition"]], row[f"readings_{which}"]) for row in moved]
            )
    flips = found.flips().to_dict("records")
    if flips:
        show()
        show(reason("Patients whose verdict a reading can change"))
        show_table(
            ("definition", "reading", "values", "patients"),
            [
                (called[row["definition"]], row["reading"], row["values"].replace(", ", words().AND), row["patients"])
                for row in flips
            ],
            right=(3,),
        )


def _percent(share: float | None) -> str:
    return "" if share is None else percent(share, digits=1)
