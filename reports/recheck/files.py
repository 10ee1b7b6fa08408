"""The two files with which anyone can find the numbers of a report again."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from questionnaires.published import PublishedCounts
from reports.recheck.panel_tidy import panel_tidy_csv
from reports.recheck.tidy import tidy_csv

if TYPE_CHECKING:
    from consensus.agreement.agree import Agreement
    from consensus.rounds.panel_results import PanelResults


def recheck_files(agreement: Agreement | None, panel: PanelResults | None = None) -> list[tuple[str, bytes]]:
    """Return `answers_tidy.csv` and `recheck.R` with their contents; nothing where there are no single answers.

    Of a study with a panel the answers are those of its rounds.
    """
    single = agreement is not None and not isinstance(agreement.answers, PublishedCounts)
    if not single and panel is None:
        return []
    script = files("reports.recheck").joinpath("recheck.R").read_bytes()
    if panel is not None:
        tidy = panel_tidy_csv(panel)
    else:
        assert agreement is not None
        assert not isinstance(agreement.answers, PublishedCounts)
        tidy = tidy_csv(agreement.answers)
    return [("answers_tidy.csv", tidy.encode("utf-8-sig")), ("recheck.R", script)]
