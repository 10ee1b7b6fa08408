"""Which kind of frame it is, and the few things that Narwhals has no word for."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import narwhals as nw

from questionnaires.problems import ConsensusError

Kind: TypeAlias = Literal["pandas", "polars", "lazy", "duckdb", "spark"]
EXPECTED = "a frame of pandas or polars (lazy or not), a DuckDB relation, or a Spark frame"


def kind_of(frame: object) -> Kind | None:
    """Return the kind of a frame, None where it is none that can be scored."""
    native: Any = nw.from_native(frame, pass_through=True)
    if native is frame:
        return None
    of = native.implementation
    if of.is_pandas():
        return "pandas"
    if of.is_polars():
        return "lazy" if isinstance(native, nw.LazyFrame) else "polars"
    if of.is_duckdb():
        return "duckdb"
    return "spark" if of.is_pyspark() or of.is_pyspark_connect() or of.is_sqlframe() else None


def must_be_kind(frame: object, what: str) -> Kind:
    """Return the kind of a frame; ConsensusError for anything else."""
    kind = kind_of(frame)
    if kind is None:
        raise ConsensusError(f"{what}: is a {type(frame).__module__}.{type(frame).__name__}. Expected {EXPECTED}.")
    return kind


def lazy(frame: Any, kind: Kind) -> nw.LazyFrame[Any]:
    """Return a frame as Narwhals computes it when it is asked for."""
    native: nw.LazyFrame[Any] = nw.from_native(frame.lazy() if kind == "polars" else frame)
    return native


def peeked(kind: Kind) -> bool:
    """Return whether a frame may be looked at once before the work is planned: only where that costs little."""
    return kind in ("duckdb", "polars")


def columns_of(frame: Any, kind: Kind) -> list[str]:
    """Return the names of a frame's columns."""
    return lazy(frame, kind).collect_schema().names()


def with_rows(frame: Any, kind: Kind, name: str) -> Any:
    """Return a frame with its rows numbered where rows have an order."""
    return frame.with_row_index(name) if kind in ("polars", "lazy") and name not in columns_of(frame, kind) else frame


def collected(frame: nw.LazyFrame[Any]) -> nw.DataFrame[Any]:
    """Return the rows of a frame."""
    return frame.collect("pandas") if frame.implementation.is_duckdb() else frame.collect()


def fetched(frame: nw.LazyFrame[Any]) -> list[tuple[Any, ...]]:
    """Return the few rows of a frame as tuples."""
    if frame.implementation.is_duckdb():
        return [tuple(row) for row in frame.to_native().fetchall()]
    return list(collected(frame).iter_rows())


def some_twice(frame: nw.LazyFrame[Any], columns: list[str], kind: Kind) -> bool:
    """Return whether two rows have the same in some columns, all of which are texts or numbers."""
    if kind == "duckdb":
        # by a hash of the columns: two hashes that fall together cost time, not correctness
        named = ", ".join(f'"{name}"' for name in columns)
        query = f"select max(n) as n from (select count(*) as n from each_row group by hash({named}))"
        most = frame.to_native().query("each_row", query).fetchall()
        return bool(most and most[0][0] is not None and most[0][0] > 1)
    most_rows = fetched(frame.group_by(*columns).agg(rows=nw.len()).select(nw.col("rows").max()))
    return any(rows is not None and rows > 1 for (rows,) in most_rows)


def numbers_to(count: int, frame: Any, kind: Kind, name: str) -> nw.LazyFrame[Any]:
    """Return a frame of the same kind and connection with the whole numbers below a count."""
    if kind == "duckdb":
        return lazy(frame.query("any_frame", f"select range as {name} from range({count})"), kind)
    if kind == "spark":
        return lazy(frame.sparkSession.range(count).withColumnRenamed("id", name), kind)
    import polars as pl

    return lazy(pl.LazyFrame({name: range(count)}, schema={name: pl.Int64}), kind)
