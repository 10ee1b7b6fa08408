"""REDCap data dictionaries as instruments, and instruments as data dictionaries."""

from __future__ import annotations

from questionnaires.redcap.reading import is_dictionary, read_dictionary
from questionnaires.redcap.writing import dictionary, write_dictionary

__all__ = ["dictionary", "is_dictionary", "read_dictionary", "write_dictionary"]
