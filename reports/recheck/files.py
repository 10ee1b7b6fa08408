"""The two files with which anyone can find the numbers of a report again."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from questionnaires.published import PublishedCounts
from reports.recheck.tidy import tidy_csv

if TYPE_CHECKING:
    from consensus.agreement.agree import Agreement


def recheck_files(agreement: Agreement | None) -> list[tuple[str, bytes]]:
    """Return `answers_tidy.csv` and `recheck.R` with their contents; nothing where there are no single answers."""
    if agreement is None or isinstance(agreement.answers, PublishedCounts):
        return []
    script = files("reports.recheck").joinpath("recheck.R").read_bytes()
    return [("answers_tidy.csv", tidy_csv(agreement.answers).encode("utf-8-sig")), ("recheck.R", script)]
