"""Text keys: what makes two spellings of one text equal, and cells as the text that a person sees."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache

_TRANSLATION = str.maketrans(
    {
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\0", None),
        **dict.fromkeys("\u2018\u2019", "'"),
        **dict.fromkeys("\u201c\u201d", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)
_NUMBER_BEFORE = re.compile(r"^\s*(?:\d+\s*[、.．)）]|[Qq]\d+\s*[.:：、)]?\s)\s*")
_TAG = re.compile(r"\[[^\[\]]*题\]|【[^【】]*题】|[(（]必答[)）]|[*＊]\s*$|^\s*[*＊]")
_PUNCTUATION = re.compile(r"[^\w]+")


@lru_cache(maxsize=65536)
def key_of(text: str) -> str:
    """Return the text key: two texts with the same key are the same answer or header in another spelling.

    NFKC, without zero-width characters and NUL, with plain quotes and hyphens, one space for white space, case folded.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_TRANSLATION)
    return " ".join(plain.split()).casefold()


def header_key(text: str) -> str:
    """Return the text key of a question without its number (`12.`, `5、`, `Q9`), type tag (`[单选题]`) and star."""
    bare = _TAG.sub("", _NUMBER_BEFORE.sub("", _TAG.sub("", text)))
    return key_of(bare)


def letters_of(text: str) -> str:
    """Return the text key without punctuation, for comparing texts that are only nearly equal."""
    return _PUNCTUATION.sub("", header_key(text))


def question_number(text: str) -> int | None:
    """Return the number in front of a header (`12、...`), else None."""
    found = re.match(r"^\s*(\d+)\s*[、.．)）]", unicodedata.normalize("NFKC", text))
    return int(found[1]) if found else None


def shown(cell: object) -> str:
    """Return a cell as the text that a person sees in the spreadsheet: 1.0 is `1`, a date is `2026-05-04 08:00`."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        midnight = (cell.hour, cell.minute, cell.second, cell.microsecond) == (0, 0, 0, 0)
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ")
    return str(cell)


def is_empty(cell: object) -> bool:
    """Return whether a cell holds nothing but white space."""
    return cell is None or (isinstance(cell, str) and not cell.strip(" \t\r\n\u3000\xa0\ufeff\u200b\0"))
