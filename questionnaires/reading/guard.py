"""Refuse hostile and broken files before any parser opens them: counted while inflating, since declared sizes lie."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from questionnaires.absent import no_such_file, refuse_lock_file
from questionnaires.problems import ConsensusError
from questionnaires.reading.extent import Extent

FileKind = Literal["xlsx", "ods", "xlsb", "xls", "text"]

CHUNK = 1 << 20
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_CONTROLS = frozenset(range(1, 32)) - frozenset(b"\t\n\r\x0b\x0c\x1a")
_MOST_CONTROLS = 0.02
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\x7fELF", b"MZ")


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How large a file may be before it is refused; every limit can be raised by the one who trusts the file."""

    bytes: int = 300 << 20
    members: int = 2_000
    ratio: int = 200
    ratio_from: int = 5 << 20
    cells: int = 20_000_000
    columns: int = 16_384


@dataclass(frozen=True, kw_only=True, slots=True)
class Inspected:
    """What a file is; `look_at` are its sheets with formulas, error cells, hidden rows or many columns."""

    kind: FileKind
    look_at: tuple[str, ...] = ()


class RefusedFileError(ConsensusError):
    """A file that is not opened, with the reason in one sentence."""


def inspect(path: Path, limits: Limits | None = None) -> Inspected:
    """Return what a file is by its first bytes; RefusedFileError where it must not be opened.

    Every part of a workbook is inflated once and counted, never parsed, which takes a few milliseconds a megabyte.
    """
    limits = limits or Limits()
    start = _first_bytes(path)
    name = path.name
    if not start:
        raise RefusedFileError(f"{name}: the file is empty (0 bytes). Expected answers with a header row.")
    if start.startswith(_OLE):
        return Inspected(kind=_compound(path, name))
    if start.startswith(b"PK"):
        return _archive(path, limits)
    beginning = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if beginning.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body")):
        raise RefusedFileError(
            f"{name}: is a web page, not a workbook. Expected .xlsx or .csv. Open it in a spreadsheet program and "
            "save it as an Excel workbook."
        )
    if beginning.startswith((b"{\\rtf", b'{"', b"[{", b'["')):
        what = "a text document" if beginning.startswith(b"{\\rtf") else "JSON"
        raise RefusedFileError(f"{name}: is {what}, not a table of cells. Expected .xlsx or .csv.")
    if start.startswith(_BINARY) or _is_noise(start):
        raise RefusedFileError(f"{name}: is neither a workbook nor a text file. Expected .xlsx or .csv.")
    _small_enough(path, limits)
    _narrow_enough(path, limits)
    return Inspected(kind="text")


def _is_noise(start: bytes) -> bool:
    """Return whether bytes hold more control characters than any text; NUL is told of where the text is read."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return sum(byte in _CONTROLS for byte in start) > len(start) * _MOST_CONTROLS


def _first_bytes(path: Path) -> bytes:
    refuse_lock_file(path)
    try:
        if path.is_dir():
            raise RefusedFileError(f"{path.name}: is a folder. Expected a file, .xlsx or .csv.")
        if path.exists() and not path.is_file():
            raise RefusedFileError(f"{path.name}: is no file but a device or a pipe. Expected .xlsx or .csv.")
        with path.open("rb") as file:
            return file.read(4096)
    except FileNotFoundError:
        raise RefusedFileError(str(no_such_file(path))) from None
    except OSError as error:
        raise RefusedFileError(f"{path.name}: can't be read: {error.strerror}.") from None


def _small_enough(path: Path, limits: Limits) -> None:
    size = path.stat().st_size
    if size > limits.bytes:
        raise RefusedFileError(_too_much(path.name, f"has {_mega(size)} MB", f"{_mega(limits.bytes)} MB"))


def _narrow_enough(path: Path, limits: Limits) -> None:
    """Refuse a text file whose first line alone has more cells than a sheet has columns."""
    with path.open("rb") as file:
        line = file.readline(8 << 20)
    cells = max(map(line.count, (b",", b";", b"\t"))) + 1
    if cells > limits.columns:
        raise RefusedFileError(_too_much(path.name, f"has {cells:,} cells in its first line", f"{limits.columns:,}"))


def _compound(path: Path, name: str) -> FileKind:
    """Tell an old .xls from an encrypted workbook: both are compound files, the names of their streams differ."""
    with path.open("rb") as file:
        content = file.read(8 << 20)
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise RefusedFileError(f"{name}: is protected by a password. Save a copy without the password and use that.")
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise RefusedFileError(_macros(name))
    return "xls"


def _archive(path: Path, limits: Limits) -> Inspected:
    look_at = []
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _directory(path.name, members, limits)
            for member in members:
                is_markup = member.filename.lower().endswith((".xml", ".rels"))
                if is_markup and _part(path.name, archive, member, limits):
                    look_at.append(member.filename)
            return Inspected(kind=_kind(path.name, {m.filename for m in members}), look_at=tuple(look_at))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise RefusedFileError(
            f"{path.name}: the file is damaged or was cut off while copying ({error}). Get a fresh copy."
        ) from None


def _kind(name: str, members: set[str]) -> FileKind:
    if "xl/workbook.bin" in members:
        raise RefusedFileError(f"{name}: is a binary workbook (.xlsb), which can't be checked. Save it as .xlsx.")
    if "content.xml" in members:
        return "ods"
    if any(m.startswith("xl/") for m in members):
        return "xlsx"
    raise RefusedFileError(f"{name}: is an archive without a workbook in it. Expected .xlsx or .csv.")


def _directory(name: str, members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits.members:
        raise RefusedFileError(_too_much(name, f"has {len(members):,} parts", f"{limits.members:,}"))
    if any(Path(m.filename).name.lower() == "vbaproject.bin" for m in members):
        raise RefusedFileError(_macros(name))
    _size(name, sum(m.file_size for m in members), sum(m.compress_size for m in members), limits)


def _size(name: str, size: int, packed: int, limits: Limits) -> None:
    if size > limits.bytes:
        raise RefusedFileError(_too_much(name, f"unpacks to {_mega(size)} MB", f"{_mega(limits.bytes)} MB"))
    if size > limits.ratio_from and size > limits.ratio * max(packed, 1):
        raise RefusedFileError(
            _too_much(name, f"unpacks to {size // max(packed, 1)} times its size", f"{limits.ratio} times")
        )


def _part(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> bool:
    """Check one part; return whether it is a sheet that needs a closer look."""
    # a cell takes four bytes at least, and no more is inflated than the directory says
    extent = Extent(counting=member.file_size > 4 * limits.cells)
    size = 0
    for chunk in _inflated(archive, member):
        if not size:
            _encoding(name, member.filename, chunk)
        size += len(chunk)
        _size(name, size, member.compress_size, limits)
        _entities(name, member.filename, chunk)
        extent.see(chunk)
        _reach(name, extent, limits)
    return extent.look_at


def _reach(name: str, extent: Extent, limits: Limits) -> None:
    most = f"{limits.cells:,} cells"
    if extent.impossible:
        raise RefusedFileError(
            f"{name}: a sheet names the cell {extent.impossible}, which no sheet has. Get a fresh copy."
        )
    if extent.rows * extent.columns > limits.cells:
        reach = f"a sheet reaches over {extent.rows:,} rows and {extent.columns:,} columns"
        raise RefusedFileError(_too_much(name, reach, most))
    if extent.cells > limits.cells:
        raise RefusedFileError(_too_much(name, f"a sheet has {extent.cells:,} cells or more", most))


def _inflated(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part in pieces that end with a tag, so that no tag is cut in two."""
    rest = b""
    with archive.open(member) as part:
        while data := part.read(CHUNK):
            data = rest + data
            cut = data.rfind(b">") + 1
            if not cut and len(data) < 4 * CHUNK:
                rest = data
                continue
            rest = data[cut:] if cut else b""
            yield data[:cut] if cut else data
    if rest:
        yield rest


def _encoding(name: str, part: str, start: bytes) -> None:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in start[:4096]:
        raise RefusedFileError(f"{name}: its part {part} is in UTF-16, which no spreadsheet program writes.")


def _entities(name: str, part: str, chunk: bytes) -> None:
    """Refuse declarations wherever they stand: a long comment may come first, and a cell's text can't hold them."""
    if b"!" in chunk and (b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk):
        raise RefusedFileError(f"{name}: its part {part} declares entities, which can harm the computer that reads it.")


def _mega(size: int) -> str:
    return f"{size / (1 << 20):,.0f}"


def _macros(name: str) -> str:
    return f"{name}: holds macros, and answers need none. Save a copy as a workbook without macros (.xlsx)."


def _too_much(name: str, got: str, limit: str) -> str:
    return (
        f"{name}: {got}, more than a survey needs. Expected at most {limit}. If you trust the file, copy its cells "
        "into a new workbook."
    )
