"""Definitions: criteria over findings, as data that a clinician can read."""
