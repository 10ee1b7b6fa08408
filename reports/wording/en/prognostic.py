"""Words about prognostic and retreatment scores."""

from __future__ import annotations

TITLE = "Prognostic and retreatment scores"
LEAD = "Scores were derived for prognosis. None of them is a reason to stop a treatment; a class that is left open wants a value that was not recorded."
CAPTION = "Patients by class of each score, n/N (%)"
SCORE = "Score"
CLASS = "Class"
PATIENTS = "Patients"
OPEN = "left open"
