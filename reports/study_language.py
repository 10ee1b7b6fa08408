"""Which language the messages of a command are in: the one asked for, else that of the study, else English."""

from __future__ import annotations

import tomllib
from pathlib import Path

from reports import study_keys

STUDY_FILE = "study.toml"


def messages_in(source: str, asked: str | None = None) -> str:
    """Return the language of messages about `source`, found before the study is read: also its refusal is in it.

    Raises ConsensusError where `asked` is not a language of reports.
    """
    if asked is not None:
        word = asked.strip().lower()
        written = study_keys.WRITTEN_LANGUAGES
        study_keys.check_words([word], study_keys.LANGUAGES, written, "--language", "a language of reports")
        return word
    path = Path(source)
    path = path / STUDY_FILE if path.is_dir() else path
    if path.suffix.lower() != ".toml":
        return "en"
    try:
        language = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("study", {}).get("language")
    except (OSError, ValueError, AttributeError):
        return "en"
    return language if language in study_keys.WRITTEN_LANGUAGES else "en"
