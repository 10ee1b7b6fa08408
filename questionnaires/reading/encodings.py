"""In which encoding a text file is written: its mark, UTF-8, Chinese GB 18030 where that can be shown, else Windows."""

from __future__ import annotations

from questionnaires.problems import ConsensusError, Problem

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# A proposal, measured on real files: shorter texts decode as GB 18030 by chance, and so does Big5 as rare characters.
_FEWEST_CHARACTERS = 20
_COMMON_SHARE = 0.8
_WIDE_SHARE = 0.3


def decode(name: str, data: bytes, encoding: str | None = None) -> tuple[str, str, tuple[Problem, ...]]:
    """Return the text of a file, the encoding it was read in, and what should be looked at.

    `encoding` overrides what the bytes say. Raises ConsensusError where that encoding is unknown or doesn't fit.
    """
    if encoding is not None:
        return _as_told(name, data, encoding), encoding, ()
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _strict(name, data[len(mark) :], marked), marked, ()
    wide = _wide(data)
    if wide:
        return _strict(name, data, wide), wide, (_guessed(name, f"UTF-16 without its mark ({wide})"),)
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        pass
    if is_chinese(data):
        return data.decode("gb18030"), "gb18030", ()
    return data.decode("cp1252", errors="replace"), "cp1252", (_guessed(name, "Western European (Windows-1252)"),)


def _wide(data: bytes) -> str:
    """Return the kind of UTF-16 in which every other byte of a Latin text is NUL; empty where that is not so."""
    start = data[: 4096 & ~1]
    if len(data) % 2 or len(start) < 4:
        return ""
    first, second = start[::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if second > _WIDE_SHARE * half and not first:
        return "utf-16-le"
    return "utf-16-be" if first > _WIDE_SHARE * half and not second else ""


def _guessed(name: str, what: str) -> Problem:
    return Problem(
        where=name,
        got=f"the encoding had to be guessed: {what}",
        hint="Where letters look wrong, save the file as UTF-8 or name its encoding.",
        severity="note",
    )


def is_chinese(data: bytes) -> bool:
    """Return whether bytes are Chinese in GB 18030: they decode, and at least 80 % of what results is common."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    foreign = [c for c in text if ord(c) > 127]
    return len(foreign) >= _FEWEST_CHARACTERS and sum(map(_is_common, foreign)) >= _COMMON_SHARE * len(foreign)


def _is_common(character: str) -> bool:
    written = character.encode("gb18030")
    # level 1 of GB 2312 (the 3,755 commonest), its marks and full-width forms
    return len(written) == 2 and (0xB0 <= written[0] <= 0xD7 or 0xA1 <= written[0] <= 0xA3)


def _as_told(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except LookupError:
        raise ConsensusError(f'{name}: "{encoding}" is no encoding. Expected utf-8, gb18030 or cp1252.') from None
    except UnicodeDecodeError as error:
        raise ConsensusError(
            f"{name}: byte {error.start + 1:,} can't be read as {encoding}. Leave the encoding out to have it found."
        ) from None


def _strict(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ConsensusError(
            f"{name}: begins with the mark of {encoding}, but byte {error.start + 1:,} can't be read so. "
            "Get a fresh copy, or save it as UTF-8."
        ) from None
