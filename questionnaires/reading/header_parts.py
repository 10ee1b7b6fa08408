"""The parts of a header: a question and one of its options, in all the ways in which platforms join them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from questionnaires.reading.text import key_of

OTHER_WORDS = frozenset({"other", "others", "text", "comment", "其他", "其它", "autre"})
_OTHER_STARTS = (
    "other (",
    "other:",
    "other,",
    "other please",
    "其他(",
    "其他,",
    "其他:",
    "其它(",
    "其它,",
    "autre (",
    "autre:",
)
OPT_OUT = re.compile(r"^(.+)_(?:no_?op|opt_?out|dk|na)$")
_SPLITS = (
    re.compile(r"^(?P<base>.+?)_\d+_(?P<option>TEXT)$"),
    re.compile(r"^(?P<base>.+?)___(?P<option>.+)$"),
    re.compile(r"^(?P<base>.+)/(?P<option>[^/]+)$"),
    re.compile(r"^(?P<base>.+?)\s*\(choice=(?P<option>.+)\)$", re.DOTALL),
    re.compile(r"^(?P<base>.+?)\s*\[(?P<option>[^\[\]]+)\]$", re.DOTALL),
    re.compile(r"^(?P<base>.+?)\s+-\s+(?P<option>.+)$", re.DOTALL),
    re.compile(r"^(?P<base>.+)\s+-\s+(?P<option>.+?)$", re.DOTALL),
    re.compile(r"^(?P<base>.+?)[—–](?P<option>.+)$", re.DOTALL),
    re.compile(r"^(?P<base>.+?)\s*[（(](?P<option>[^()（）]+)[)）]$", re.DOTALL),
    re.compile(r"^(?P<base>.+)_(?P<option>[^_]+)$"),
)


def splits(text: str) -> Iterator[tuple[str, str]]:
    """Yield every way in which a header may hold a question and one of its options."""
    for pattern in _SPLITS:
        found = pattern.match(text)
        if found is not None:
            yield found["base"], found["option"]


def means_other(text: str) -> bool:
    """Return whether a text stands over what was typed behind "other" (`Other (please specify)`, `其他，请注明：`)."""
    key = key_of(text).strip("(): ")
    return key in OTHER_WORDS or key.startswith(_OTHER_STARTS)
