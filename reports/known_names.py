"""Names of the library where another kind of thing was asked for: what they are, and which command takes them."""

from __future__ import annotations


def name_hint(name: str) -> str:
    """Return what a name of the library is and what to do with it; an empty text where it is none."""
    from consensus.definitions.condition import conditions, read_condition
    from questionnaires.library import entries

    if name in {entry.id for entry in entries()}:
        return f"It is a survey. Its report: consensus report {name}."
    if name in conditions():
        return f"It is a condition. Its SYNTHETIC patients: consensus score {name}."
    known = {file.stem for one in conditions() for file in read_condition(one).definition_files}
    if name in known:
        return f"It is a definition. Its text: consensus definitions show {name}."
    return ""
