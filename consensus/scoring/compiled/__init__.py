"""Whole frames at once: definitions as operations on columns, for pandas, polars, DuckDB and Spark."""
