"""How the stories are walked: a copy of its folder, its commands as a user types them, what must be seen.

The steps of a story are tests in order, on one copy of its folder. A step passes only if each of its bullets holds. It
names the earlier steps whose files it works on (`needs`): where one of these failed, it fails as well.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

STORIES = Path(__file__).parent
TOLERANCE = 0.0005


@dataclass(frozen=True, kw_only=True)
class Done:
    """What a command left on the terminal."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        """Both streams: a story doesn't say which of them a sentence comes on."""
        return self.out + "\n" + self.err

    @property
    def json(self) -> dict[str, Any]:
        """What `--json` wrote on stdout, which must be JSON and nothing else."""
        return json.loads(self.out)


class Walk:
    """One story being walked in a copy of its folder."""

    def __init__(self, name: str, parent: Path) -> None:
        self.folder = parent / name
        shutil.copytree(STORIES / name, self.folder)
        self.expected = json.loads((self.folder / "expected.json").read_text(encoding="utf-8"))
        self.passed: set[int] = set()

    @contextlib.contextmanager
    def step(self, number: int, *, needs: tuple[int, ...] = ()) -> Iterator[None]:
        """Take one step; fails at once where a step that it works on has failed."""
        missing = [str(n) for n in needs if n not in self.passed]
        assert not missing, f"works on what step {', '.join(missing)} leaves, which failed or was not run"
        yield
        self.passed.add(number)

    def consensus(self, *arguments: str, code: int = 0, cwd: Path | None = None, encoding: str = "utf-8") -> Done:
        """Run the command line; its exit code must be `code`, and a traceback is never shown."""
        done = self.python("-m", "reports.cli", *arguments, cwd=cwd, encoding=encoding)
        assert "Traceback" not in done.text
        assert done.code == code, f"exit code {done.code}, not {code}: {done.text[-2000:]}"
        return done

    def python(self, *arguments: str, cwd: Path | None = None, encoding: str = "utf-8") -> Done:
        """Run Python as a user would."""
        environment = os.environ | {"PYTHONIOENCODING": encoding}
        done = subprocess.run(
            [sys.executable, *arguments], cwd=cwd or self.folder, env=environment, capture_output=True, check=False
        )
        return Done(
            code=done.returncode,
            out=done.stdout.decode(encoding, "replace").replace("\r\n", "\n"),
            err=done.stderr.decode(encoding, "replace").replace("\r\n", "\n"),
        )

    def copy(self, source: str, target: str) -> None:
        """Do an edit of the story: put one of its files in a place."""
        shutil.copy(self.folder / source, self.folder / target)

    def path(self, name: str) -> Path:
        """Return a path in the copy."""
        return self.folder / name

    def require(self, folder: str, *names: str) -> None:
        """Fail unless a folder has these files, none of them empty."""
        absent = [
            n
            for n in names
            if not (self.folder / folder / n).is_file() or not (self.folder / folder / n).stat().st_size
        ]
        assert absent == []


def near(value: float | None) -> Any:
    """Compare with a number of the story."""
    return pytest.approx(value, abs=TOLERANCE)


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file, with or without byte-order mark."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def whole(piece: object) -> str:
    """Return a number or word as an expression that is no part of another; Chinese stands around it without blanks."""
    return rf"(?<![\w.]){re.escape(str(piece))}(?![\w]|\.\d)"


def line_with(text: str, *parts: object) -> str:
    """Return the first line that holds all parts, numbers and words whole; fails where there is none."""
    patterns = [re.compile(whole(part), re.IGNORECASE | re.ASCII) for part in parts]
    for line in text.splitlines():
        if all(pattern.search(line) for pattern in patterns):
            return line
    raise AssertionError(f"no line with {parts} in:\n{text[-3000:]}")


def says(text: str, *pieces: object) -> None:
    """Fail unless the text has each piece, numbers and words whole, in whichever order and line."""
    for piece in pieces:
        assert re.search(whole(piece), text, re.IGNORECASE | re.ASCII), f"{piece!r} is not said in:\n{text[-3000:]}"


def faults(problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the problems that are faults, not remarks."""
    return [p for p in problems if p.get("severity") == "fault"]


def at_cell(problems: list[dict[str, Any]], cell: str) -> list[dict[str, Any]]:
    """Return the problems at one cell, written Sheet!A1."""
    return [p for p in problems if re.search(rf"(?<!\w){re.escape(cell)}(?!\w)", str(p["where"]))]


def tree(folder: Path, *, but: str = "") -> dict[str, str]:
    """Return each file below a folder with its hash, less what stands in the folder `but`."""
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and not (but and p.is_relative_to(folder / but))
    }


def texts_in(folder: Path) -> Iterator[tuple[str, str]]:
    """Return each file below a folder as text; workbooks and documents part by part."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                for part in packed.namelist():
                    yield f"{name}/{part}", packed.read(part).decode("utf-8", "replace")
        else:
            yield name, path.read_bytes().decode("utf-8", "replace")


class _Reader(HTMLParser):
    BLOCKS = frozenset(
        ["p", "h1", "h2", "h3", "h4", "li", "td", "th", "tr", "div", "section", "summary", "caption", "dt", "dd"]
    )
    SILENT = frozenset(("style", "script", "head"))

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.language = ""
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in self.SILENT
        if tag == "html":
            self.language = dict(attrs).get("lang") or ""
        if tag in self.BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in self.SILENT
        if tag in self.BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(re.sub(r"\s+", " ", data))


@dataclass(frozen=True, kw_only=True)
class Page:
    """A report's page as a reader sees it."""

    language: str
    lines: tuple[str, ...]
    tables: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        """All that is seen, line by line."""
        return "\n".join(self.lines)

    @property
    def rows(self) -> str:
        """The rows of all tables, one a line."""
        return "\n".join(row for table in self.tables for row in table)


def page(path: Path) -> Page:
    """Return what a reader sees of a page, and the rows of its tables, each as one text, headers left out."""
    source = path.read_text(encoding="utf-8")
    reader = _read(source)
    tables = []
    for table in re.findall(r"<table.*?</table>", source, flags=re.DOTALL):
        rows = re.findall(r"<tr.*?</tr>", table, flags=re.DOTALL)
        tables.append(tuple(re.sub(r"\s+", " ", "".join(_read(row).pieces)).strip() for row in rows if "<td" in row))
    lines = [re.sub(r"\s+", " ", line).strip() for line in "".join(reader.pieces).split("\n")]
    return Page(language=reader.language, lines=tuple(line for line in lines if line), tables=tuple(tables))


def _read(source: str) -> _Reader:
    reader = _Reader()
    reader.feed(source)
    return reader


def match_each(wanted: list[dict[str, float]], rows: list[dict[str, str]]) -> list[dict[str, float]]:
    """Return those wanted rows of numbers that have no row of their own in a CSV file; each row serves once."""
    free = [{k: _number(v) for k, v in row.items()} for row in rows]
    unmatched = []
    for want in wanted:
        found = next((at for at, row in enumerate(free) if all(_same(row.get(k), v) for k, v in want.items())), None)
        if found is None:
            unmatched.append(want)
        else:
            free.pop(found)
    return unmatched


def _number(text: str | None) -> float | str | None:
    try:
        return float(text) if text not in (None, "") else None
    except ValueError:
        return text


def _same(got: float | str | None, want: float | str | None) -> bool:
    if isinstance(got, float) and isinstance(want, int | float):
        return abs(got - want) <= TOLERANCE
    return got == want


def waits(issue: int, what: str) -> pytest.MarkDecorator:
    """Mark a step that can't pass yet; it is strict, so turning green is noticed; a test broken itself fails."""
    return pytest.mark.xfail(strict=True, raises=AssertionError, reason=f"issue {issue}: {what}")


def skip_without_r() -> None:
    """Skip the rest of a step where R is absent."""
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")


def recheck(folder: Path) -> int:
    """Run a report's recheck.R; return how many numbers it found equal, all of them."""
    done = subprocess.run(["Rscript", "recheck.R"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = re.search(r"(\d+) of (\d+) numbers equal", done.stdout)
    assert found, done.stdout
    assert found[1] == found[2]
    return int(found[1])
