"""How far the cells of a sheet reach, told from its markup piece by piece and without parsing it."""

from __future__ import annotations

import re

_COLUMN = re.compile(rb" r=\"([A-Z]{1,3})[0-9]")
_TO_IV = 256  # as far as old workbooks reach
_IMPOSSIBLE = re.compile(rb" r=\"([A-Z]{4,}[0-9]+|[A-Z]{0,3}[0-9]{8,})\"")
_ROW_OF_CELL = re.compile(rb" r=\"[A-Z]{1,3}([0-9]+)\"")
_NUMBERED_ROW = re.compile(rb"<row\b(?:[^>]*?\br=\"([0-9]{1,9})\")?")
_SPACED = ((b"\n", b"\nr"), (b"\t", b"\tr"), (b"\r", b"\rr"))
_PLAIN_ROW = re.compile(rb"<row\b[^>]*?\br=\"([0-9]{1,9})\"")
_ROW = re.compile(rb"<\w+:row\b[^>]*?\br=\"([0-9]{1,9})\"")
_ROW_TAG = re.compile(rb"<(?:\w+:)?row\b")
_CELL_TAG = re.compile(rb"<(?:\w+:)?c\b")
# other ways to write the same attribute, which a parser understands as well
_ODD = re.compile(rb" r(?:='|=\s|\s+=)|[\t\r\n]r\s*=")
_LOWER_CASE = re.compile(rb" r=\"([A-Za-z]+[0-9]+)\"")
_ATTRIBUTE = re.compile(rb"\sr\s*=\s*[\"']\s*([A-Za-z]*[0-9]*)\s*[\"']")


class Extent:
    """How far the cells of one sheet reach; a part without cells has no extent.

    `rows` and `columns` are the farthest that the markup names or has, `cells` how many there are at most, `impossible`
    a reference that no sheet has. `look_at` says that something in the sheet needs a closer look.
    """

    def __init__(self, *, counting: bool = True) -> None:
        self.is_sheet = self.look_at = False
        self.columns = self.rows = self.row_tags = self.cells = 0
        self.impossible = ""
        self._counting = counting

    def see(self, chunk: bytes) -> None:
        """Take in a piece of markup that ends with a tag."""
        self.is_sheet = self.is_sheet or b"sheetData" in chunk
        if not self.is_sheet:
            return
        if not self._goes_on(chunk):
            self._measure(chunk)
        self.look_at = self.look_at or self.columns > _TO_IV or _is_odd(chunk)

    def _goes_on(self, chunk: bytes) -> bool:
        """Take in a piece that goes on as all programs write it, no cell beyond what is known; else return False.

        One look at each reference is enough for that; whatever is odd in any way is left to be measured.
        """
        if not self.columns or _is_prefixed(chunk) or any(mark in chunk and odd in chunk for mark, odd in _SPACED):
            return False
        numbers = _NUMBERED_ROW.findall(chunk)
        row_tags = self.row_tags + len(numbers)
        rows = max(self.rows, row_tags, max((int(number) for number in numbers if number), default=0))
        if _beyond(self.columns, rows).search(chunk) is not None:
            return False
        self.rows, self.row_tags = rows, row_tags
        self.cells += chunk.count(b"<c") if self._counting else 0
        return True

    def _measure(self, chunk: bytes) -> None:
        """Take in any piece, however it is written."""
        prefixed = _is_prefixed(chunk)
        plain = 0 if prefixed else chunk.count(b"<row")
        cells = len(_CELL_TAG.findall(chunk)) if prefixed else chunk.count(b"<c")
        # every tag that begins as all spreadsheet programs write it leaves no room for the same in another way
        numbers = (_ROW if prefixed else _PLAIN_ROW).findall(chunk)
        tidy = chunk.count(b'<c r="') == cells and len(numbers) == plain
        if not tidy and _ODD.search(chunk) is not None:
            chunk = _ATTRIBUTE.sub(_plainly, chunk)
            numbers = (_ROW if prefixed else _PLAIN_ROW).findall(chunk)
        wider = re.search(rb' r="%s' % _right_of(self.columns), chunk) is not None
        if wider:
            chunk = _LOWER_CASE.sub(_plainly, chunk)
            self.columns = max([self.columns, *map(_column_number, {*_COLUMN.findall(chunk)})])
        self.row_tags += len(_ROW_TAG.findall(chunk)) if prefixed else plain
        self.cells += cells
        lower = self._lengthen(chunk, numbers)
        if wider or lower:
            self._refuse(chunk)

    def _lengthen(self, chunk: bytes, numbers: list[bytes]) -> bool:
        """Take the last row that is named; return whether a cell names one below those of its rows."""
        self.rows = max(self.rows, self.row_tags, int(max(numbers, key=int)) if numbers else 0)
        lower = re.search(rb' r="%s"' % _below(self.rows), chunk) is not None
        if lower:
            self.rows = max([self.rows, *map(int, _ROW_OF_CELL.findall(chunk))])
        return lower

    def _refuse(self, chunk: bytes) -> None:
        found = _IMPOSSIBLE.search(chunk)
        if found is not None:
            self.impossible = found[1].decode("ascii")


def _plainly(found: re.Match[bytes]) -> bytes:
    """Return an attribute as every spreadsheet program writes it."""
    return b' r="%s"' % found[1].upper()


def _is_prefixed(chunk: bytes) -> bool:
    return b":" in chunk and (b":c" in chunk or b":row" in chunk)


def _is_odd(chunk: bytes) -> bool:
    """Return whether a piece has formulas, errors or hidden rows; single letters first, which are looked for faster."""
    if b"f" in chunk and b"<f" in chunk:
        return True
    if b"h" in chunk and b'hidden="1"' in chunk:
        return True
    # an error is written with a number sign, which may stand in the next piece
    return b't="e"' in (chunk if b"#" in chunk else chunk[max(chunk.rfind(b"<c"), 0) :])


def _beyond(column: int, row: int) -> re.Pattern[bytes]:
    """Return what finds a reference beyond a cell, or one that is not written as all programs do."""
    return re.compile(rb' r(?:="(?:%s|%s")|=[^"]|\s)' % (_right_of(column), _below(row)))


def _below(row: int) -> bytes:
    """Return what finds a cell below a row: its number has more digits, or one that is greater at the same place."""
    digits = str(row)
    ways = [f"[0-9]{{{len(digits) + 1},}}"]
    for at, digit in enumerate(digits):
        if digit != "9":
            ways.append(f"{digits[:at]}[{int(digit) + 1}-9][0-9]{{{len(digits) - at - 1}}}")
    return rf"[A-Z]{{1,3}}(?:{'|'.join(ways)})".encode("ascii")


def _right_of(column: int) -> bytes:
    """Return what finds a cell to the right of a column: more letters, a later one at the same place, or small ones."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    ways = [f"[A-Z]{{{len(letters) + 1}}}", "[A-Z]{0,2}[a-z]"]
    for at, letter in enumerate(letters):
        if letter != "Z":
            ways.append(f"{letters[:at]}[{chr(ord(letter) + 1)}-Z][A-Z]{{{len(letters) - at - 1}}}(?=[0-9])")
    return rf"(?:{'|'.join(ways)})".encode("ascii")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
