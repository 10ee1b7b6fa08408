"""The words of an instrument workbook: its columns, types, and languages in headers."""

from __future__ import annotations

import re

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
CRITERIA, VIGNETTES, ATTENTION, CODING = "criteria", "vignettes", "attention", "coding"
DEFAULT_LANGUAGE = "default"

ROLES = (
    "consent",
    "respondent",
    "cluster",
    "stratum",
    "weight",
    "demographic",
    "opinion",
    "criterion",
    "parameter",
    "rating",
    "ranking",
    "allocation",
    "vignette",
    "treatment",
    "attention",
    "free_text",
    "derived",
)
EVIDENCE = ("vote", "bound", "proxy")
DIRECTIONS = ("endorse", "reject")
MISSING = ("dont_know", "refused", "not_applicable")
ENDORSES = {"1": 1.0, "0.5": 0.5, "0": 0.0}

WITH_LIST = ("select_one", "select_multiple", "rank")
FROM_FILE = ("select_one_from_file", "select_multiple_from_file")
OPAQUE = (  # noqa: SIM905
    "acknowledge audio audit background-audio barcode calculate csv-external date dateTime decimal deviceid email end "
    "file geopoint geoshape geotrace hidden image integer note phonenumber range simserial start "
    "start-geopoint subscriberid text time today username video xml-external"
).split()
TYPE_ALIASES = {
    "select one": "select_one",
    "select1": "select_one",
    "select one from": "select_one",
    "add select one prompt using": "select_one",
    "select multiple": "select_multiple",
    "select multiple from": "select_multiple",
    "select all that apply": "select_multiple",
    "select all that apply from": "select_multiple",
    "int": "integer",
    "string": "text",
    "datetime": "dateTime",
}
BEGIN = {"begin group": "group", "begin lgroup": "repeat", "begin repeat": "repeat", "begin looped group": "repeat"}
END = {"end group", "end lgroup", "end repeat", "end looped group"}

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
FIELDED_NAME = re.compile(r"[^\W\d][\w.-]*")
CODE_IN_BRACKETS = re.compile(r"\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)\s*\)\s*$")
TRANSLATED = re.compile(r"^\s*(label|hint)\s*::?\s*(.+?)\s*$", re.IGNORECASE)
LANGUAGE_NAMES = {
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "pt": "Português",
    "ru": "Русский",
    "zh": "中文",
}


def split_header(header: str) -> tuple[str, str | None]:
    """Return the column that a header means and the code of its language.

    `label::English (en)` gives (`label`, `en`), a plain `label` (`label`, `default`), any other header itself and None.
    """
    plain = header.strip()
    if plain.lower() in ("label", "hint"):
        return plain.lower(), DEFAULT_LANGUAGE
    found = TRANSLATED.match(plain)
    return (found[1].lower(), language_code(found[2])) if found else (plain, None)


def language_code(text: str) -> str:
    """Return the code in the brackets of `English (en)`, else the text itself."""
    found = CODE_IN_BRACKETS.search(text)
    return found[1] if found else text.strip()


def language_name(code: str) -> str:
    """Return the way a header or a setting writes a language: `English (en)`; a language without a code as it is."""
    if code in LANGUAGE_NAMES:
        return f"{LANGUAGE_NAMES[code]} ({code})"
    return f"{code} ({code})" if CODE_IN_BRACKETS.search(f"({code})") else code


def header_of(column: str, code: str) -> str:
    """Return the header of a column in a language."""
    return column if code == DEFAULT_LANGUAGE else f"{column}::{language_name(code)}"
