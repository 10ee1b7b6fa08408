"""The keys of a study file: which there are, what they hold, and which of them this version can honor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from questionnaires.problems import ConsensusError, did_you_mean, one_of

KNOWN: dict[str, dict[str, type | tuple[type, ...]]] = {
    "study": {"title": str, "language": str, "seed": int},
    "instrument": {"library": str, "file": str},
    "responses": {
        "file": str,
        "round": int,
        "dialect": str,
        "encoding": str,
        "numbers": str,
        "columns": dict,
        "eligible": str,
    },
    "design": {
        "cluster": str,
        "stratum": str,
        "weight": str,
        "clusters": int,
        "population": (int, dict),
        "margins": dict,
        "lonely": str,
        "invited": int,
        "eligible": str,
    },
    "consensus": {"rule": str, "equivocal": str, "relevant": (float, int)},
    "condition": {"folder": str, "library": str},
    "panel": {"file": str, "items": str, "instruments": dict, "rounds": int, "stopping": str, "plan": str},
    "courses": {
        "file": str,
        "library": str,
        "sheet": str,
        "rows": str,
        "header_rows": int,
        "missing": list,
        "columns": dict,
        "values": dict,
        "units": dict,
        "assessments": dict,
        "lesions": dict,
    },
    "compare": {"definitions": list, "studies": list},
    "report": {"formats": list, "by": list, "small_cells": int},
}
REPEATED = ("responses",)
WAITING: dict[str, str] = {}
# the report alone needs these: other commands run without them
OF_REPORT = ("study.language", "report.formats")
LANGUAGES = ("en", "zh")
WRITTEN_LANGUAGES = ("en", "zh")
FORMATS = ("html", "xlsx", "docx", "md")
WRITTEN_FORMATS = FORMATS
TYPE_WORDS = {str: "a text", float: "a number", int: "a whole number", dict: "a table", list: "a list"}
CODINGS = {
    "no": "as_no",
    "yes": "as_yes",
    "as_no": "as_no",
    "as_yes": "as_yes",
    "half": "half",
    "drop": "drop",
    "middle": "middle",
}


def check_keys(content: Mapping[str, Any], where: str) -> None:
    """Raise ConsensusError with one line for each unknown key and each value of a wrong type."""
    faults = list(_faults(content, where))
    if faults:
        raise ConsensusError("\n".join(faults))


def waiting_keys(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the keys in force that this version reads but can't honor yet, each with what it asks for."""
    found = []
    for key, wish in WAITING.items():
        section, name = key.split(".")
        parts = content.get(section, [])
        for part in parts if isinstance(parts, list) else [parts]:
            if part.get(name) not in (None, "", [], {}):
                found.append((key, wish))
                break
    language = content.get("study", {}).get("language", "en")
    if language in LANGUAGES and language not in WRITTEN_LANGUAGES:
        found.append(("study.language", f'a report in "{language}"'))
    for word in content.get("report", {}).get("formats", []):
        if word in FORMATS and word not in WRITTEN_FORMATS:
            found.append(("report.formats", f"a report in {word}"))
    if len(content.get("responses", [])) > 1:
        found.append(("[[responses]] more than once", "several rounds"))
    return found


def coding_of(word: str, where: str) -> str:
    """Return the coding of equivocal answers that a study file names; `no` and `yes` stand for `as_no` and `as_yes`."""
    if word not in CODINGS:
        expected = one_of(["as_no", "half", "as_yes", "drop", "middle"])
        raise ConsensusError(
            f'{where}: "{word}" is no way to count equivocal answers. Expected {expected}. '
            f"{did_you_mean(word, CODINGS)}".rstrip()
        )
    return CODINGS[word]


def check_words(words: list[str], known: tuple[str, ...], written: tuple[str, ...], where: str, what: str) -> None:
    """Raise ConsensusError for a language or format that nobody knows or that this version doesn't write yet."""
    for word in words:
        if word not in known:
            raise ConsensusError(
                f'{where}: "{word}" is not {what}. Expected {one_of(known)}. {did_you_mean(word, known)}'.rstrip()
            )
        if word not in written:
            raise ConsensusError(f'{where}: "{word}" is not written by this version yet. Expected {one_of(written)}.')


def located(path: Path, key: str) -> str:
    """Return `study.toml, line 7` for a key, or the file's name alone where the line can't be told."""
    name = key.rsplit(".", 1)[-1]
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return path.name
    section = f"[{key.rsplit('.', 1)[0]}]"
    current = ""
    for at, line in enumerate(lines, start=1):
        stripped = line.strip()
        if stripped.startswith("["):
            current = stripped.split("#")[0].strip().replace("[[", "[").replace("]]", "]")
            if current == f"[{name}]" or current == f"[{key}]":
                return f"{path.name}, line {at}"
        elif current == section and stripped.split("=")[0].strip().strip("\"'") == name:
            return f"{path.name}, line {at}"
    return path.name


def _faults(content: Mapping[str, Any], where: str) -> Iterator[str]:
    path = Path(where)
    for section, value in content.items():
        if section not in KNOWN:
            hint = did_you_mean(section, KNOWN)
            at = located(path, section)
            yield f"{at}: the section [{section}] is not known. Expected {one_of(KNOWN)}. {hint}".rstrip()
            continue
        parts = value if section in REPEATED and isinstance(value, list) else [value]
        for part in parts:
            if not isinstance(part, dict):
                written = f"[[{section}]]" if section in REPEATED else f"[{section}]"
                at = located(path, section)
                yield f"{at}: {section} is not a section. Expected a heading {written} with keys under it."
                continue
            yield from _faults_of(path, section, part)


def _faults_of(path: Path, section: str, part: Mapping[str, Any]) -> Iterator[str]:
    known = KNOWN[section]
    for key, value in part.items():
        at = located(path, f"{section}.{key}")
        if key not in known:
            hint = did_you_mean(key, known)
            yield f"{at}: {key} is not a key of [{section}]. Expected {one_of(known)}. {hint}".rstrip()
        elif not isinstance(value, known[key]) or isinstance(value, bool):
            expected = known[key]
            word = TYPE_WORDS[expected if isinstance(expected, type) else expected[0]]
            yield f"{at}: {key} is {value!r}. Expected {word}."
        elif isinstance(value, list) and not all(isinstance(item, str) for item in value):
            yield f"{at}: {key} holds something that is not a text. Expected a list of texts."
