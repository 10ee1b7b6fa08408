"""`consensus score FOLDER --engine duckdb`: verdicts of a registry, computed where its files are read."""

from __future__ import annotations

import shutil
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from questionnaires.problems import ConsensusError
from reports.commands.console import say, show, show_json, show_table, spoken, words, working
from reports.telling_scores import marked_names, show_unused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consensus.definitions.definition import Definition
    from consensus.scoring.engine_files import Engine

ENGINES = ("pandas", "polars", "duckdb", "spark")  # named here too, so that --help loads nothing
ENDS = (".csv", ".parquet")
VERDICTS = ("met", "not_met", "unknown")
CLASS = "class"


def score_by_engine(
    source: str,
    engine: Engine,
    definitions: tuple[str, ...],
    chosen: dict[str, str],
    folder: Path | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Score a folder or file by an engine and show the counts, write the table, or write it as JSON."""
    from consensus import score
    from consensus.definitions.condition import read_condition
    from consensus.definitions.definition_file import read_definition
    from consensus.scoring.engine_files import engine_courses, patient_columns, session_columns
    from consensus.scoring.needs import possible_for
    from consensus.scoring.unused import unused_by

    if out is not None and out.suffix.lower() not in ENDS:
        raise ConsensusError(f"{out}: an engine writes .csv or .parquet. Expected {out.stem or 'scores'}.parquet.")
    condition = read_condition(folder) if folder is not None else read_condition()
    with working(f"Reading and scoring by {engine}"):
        courses = engine_courses(Path(source), engine, condition)
        wanted = [read_definition(name, condition) for name in definitions] or list(
            possible_for(condition, session_columns(courses))
        )
        for definition in wanted:
            if str(definition.warning):
                say(_say().warning(definition.id, definition.warning.text(spoken())))
        table = score(courses, wanted, readings=chosen)
        if out is not None:
            _write(table, out)
            say(f"Wrote {out}")
        rows = _rows(table) if as_json else []
        numbers = Counter() if as_json else _numbers(table)
    if as_json:
        show_json(_json(Path(source), rows))
    else:
        _show(numbers, wanted, engine)
        if not definitions:
            show_unused(unused_by(condition, patient_columns(courses), session_columns(courses), wanted))
        say("Cells at fault count as empty here; consensus check lists them one by one.")


def _show(numbers: Counter[tuple[str, ...]], wanted: Sequence[Definition], engine: Engine) -> None:
    """Show how many patients have each verdict of each definition, and each class of each score."""
    first, called = wanted[0].id if wanted else "", marked_names(wanted)
    show(_say().by_engine(sum(number for (name, *_), number in numbers.items() if name == first), engine))
    verdicts = [one.id for one in wanted if not one.is_score]
    if verdicts:
        show()
        counts = [(called[name], *(numbers[name, verdict, ""] for verdict in VERDICTS)) for name in verdicts]
        show_table(("definition", "met", "not met", "unknown"), counts, right=(1, 2, 3))
    scores = [one for one in wanted if one.is_score]
    classes = [(one.id, name) for one in scores for name in (*(c.name for c in getattr(one.logic, "classes", ())), "")]
    if classes:
        show()
        rows = [(called[name], each or words().word("open"), numbers[name, "", each]) for name, each in classes]
        show_table(("score", "class", "patients"), rows, right=(2,))


def _say() -> Any:
    return import_module(f"reports.wording.{spoken()}.readers")


def _narwhals(table: Any) -> Any:
    import narwhals as nw

    return nw.from_native(table).lazy()


def _numbers(table: Any) -> Counter[tuple[str, ...]]:
    """Return the number of patients by definition, verdict and class; an empty text is none."""
    import narwhals as nw

    from consensus.scoring.compiled.kinds import collected

    frame = _narwhals(table)
    names = [name for name in ("definition", "verdict", CLASS) if name in frame.collect_schema().names()]
    found = collected(frame.group_by(*names).agg(patients=nw.len()))
    rows = list(found.iter_rows(named=True))
    keys = [tuple(str(_plain(row.get(name)) or "") for name in ("definition", "verdict", CLASS)) for row in rows]
    return Counter({key: int(row["patients"]) for key, row in zip(keys, rows, strict=True)})


def _rows(table: Any) -> list[dict[str, object]]:
    from consensus.scoring.compiled.kinds import collected

    found = collected(_narwhals(table))
    return [{name: _plain(value) for name, value in row.items()} for row in found.iter_rows(named=True)]


def _plain(value: Any) -> object:
    import pandas as pd

    if value is None or pd.isna(value):
        return None
    if hasattr(value, "year"):
        return f"{value:%Y-%m-%d}"
    value = value.item() if hasattr(value, "item") else value
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _json(source: Path, rows: list[dict[str, object]]) -> dict[str, object]:
    from consensus.provenance import provenance
    from reports.commands.console import envelope
    from reports.study import SEED

    files = sorted(p for p in source.rglob("*") if p.suffix in ENDS) if source.is_dir() else [source]
    made = provenance(source.resolve().name, [(p.name, _digest(p)) for p in files], seed=SEED)
    return envelope(made, synthetic=any("SYNTHETIC" in str(p) for p in files)) | {"scores": rows}


def _digest(path: Path) -> str:
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(table: Any, out: Path) -> None:
    """Write the table by its engine into a file beside the place, then put it there."""
    part = out.with_name(f".{out.name}.part")
    out.parent.mkdir(parents=True, exist_ok=True)
    is_csv = out.suffix.lower() == ".csv"
    try:
        if is_csv:
            from questionnaires.files import write_text

            write_text(out, _csv(_rows(table)), bom=True)
            return
        _narwhals(table).sink_parquet(part)
        if out.is_dir():
            shutil.rmtree(out)
        part.replace(out)
    except OSError as error:
        raise ConsensusError(f"{out}: can't be written ({error.strerror}).") from None
    finally:
        if part.is_dir():
            shutil.rmtree(part)
        part.unlink(missing_ok=True)


def _csv(rows: list[dict[str, object]]) -> str:
    import csv
    import io

    from reports.scoring import COLUMNS

    out = io.StringIO()
    columns = (*COLUMNS, CLASS) if rows and CLASS in rows[0] else COLUMNS
    writer = csv.DictWriter(out, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({name: "" if value is None else value for name, value in row.items()} for row in rows)
    return out.getvalue()
