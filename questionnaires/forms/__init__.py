"""Blank forms: what an instrument looks like for the program, the paper or the people that it is answered with."""

from __future__ import annotations

from questionnaires.forms.writing import KINDS, Written, write_forms

__all__ = ["KINDS", "Written", "write_forms"]
