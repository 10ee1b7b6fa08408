"""The options of one question, found by name, label or number; and several of them in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from questionnaires.instrument import Question
from questionnaires.reading.text import key_of

Style = Literal["names", "labels", "ordinals"]

_OTHER_TEXT = re.compile(r"^(?P<option>.*?)\s*〖(?P<text>.*)〗\s*$", re.DOTALL)
_TRUTH = {"true": ("1", "yes", "true"), "false": ("0", "no", "false")}
_READINGS = 2
OTHER_NAMES = frozenset({"other", "others", "其他", "其它", "autre", "-oth-"})


@dataclass(frozen=True, slots=True)
class Picked:
    """What one cell says: names of options, and the text that was written behind "other"."""

    names: tuple[str, ...]
    text: str | None = None


class Options:
    """The options of one question under the texts that may stand for them in a file."""

    def __init__(self, question: Question, styles: Iterable[Style] = ("names", "labels")) -> None:
        self.question = question
        self.styles = tuple(styles)
        self.maps = {style: _keys(question, style) for style in self.styles}
        self.order = {choice.name: place for place, choice in enumerate(question.choices)}
        self.other = next((c.name for c in question.choices if key_of(c.name) in OTHER_NAMES), None) or next(
            (c.name for c in question.choices if any(key_of(t) in OTHER_NAMES for _, t in c.label.texts)), None
        )

    def find(self, text: str) -> str | None:
        """Return the name of the option that a text stands for, None where it stands for none or for several."""
        key = key_of(text)
        for style in self.styles:
            names = self.maps[style].get(key)
            if names is not None:
                return names[0] if len(names) == 1 else None
        if key.endswith(".0") and key[:-2].isdigit():
            return self.find(key[:-2])
        for name in _TRUTH.get(key, ()):
            if name in self.order:
                return name
        return None

    def one(self, text: str) -> Picked | None:
        """Return the one option that a cell holds, with the text behind "other" where there is one."""
        name = self.find(text)
        if name is not None:
            return Picked((name,))
        found = _OTHER_TEXT.match(text)
        if found is None:
            return None
        name = self.find(found["option"]) or (self.other if not found["option"].strip() else None)
        return Picked((name,), found["text"]) if name is not None else None

    def several(self, text: str, separators: Iterable[str], *, other_in_place: bool = False) -> Picked | None:
        """Return the options that a cell holds, in the order of the instrument; None where that can't be told."""
        whole = self.one(text)
        if whole is not None:
            return whole
        for separator in separators:
            of_its_own = separator not in (",", " ")
            picked = self._pieces(_split_outside(text, separator), other_in_place and of_its_own)
            if picked is not None:
                return picked
        for separator in (",", " "):
            if separator in tuple(separators) and separator in key_of(text):
                readings = list(self._readings(key_of(text), separator))
                if len(readings) == 1:
                    return Picked(self.sorted(readings[0]))
        if other_in_place and self.other is not None:
            return self._with_rest(text)
        return None

    def sorted(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return names of options in the order of the instrument, those of a ranking as they were put; each once."""
        if self.question.type == "rank":
            return tuple(dict.fromkeys(names))
        return tuple(sorted(set(names), key=self.order.__getitem__))

    def _pieces(self, pieces: list[str], other_in_place: bool) -> Picked | None:
        if len(pieces) < _READINGS and not (pieces and other_in_place):
            return self.one(pieces[0]) if pieces else None
        picked = [self.one(piece) for piece in pieces]
        names = [name for p in picked if p is not None for name in p.names]
        texts = [p.text for p in picked if p is not None and p.text is not None]
        unknown = [piece for piece, p in zip(pieces, picked, strict=True) if p is None]
        if unknown and (self.other is None or not other_in_place):
            return None
        names += [self.other] if unknown and self.other is not None else []
        texts += unknown
        return Picked(self.sorted(names), "; ".join(texts) if texts else None)

    def _readings(self, key: str, separator: str) -> Iterator[tuple[str, ...]]:
        """Yield at most two ways to read a joined cell whose options may hold the separator themselves."""
        known = sorted((k for m in self.maps.values() for k in m), key=len, reverse=True)
        found: set[tuple[str, ...]] = set()
        stack: list[tuple[str, tuple[str, ...]]] = [(key, ())]
        for _ in range(20_000):
            if not stack or len(found) >= _READINGS:
                break
            rest, names = stack.pop()
            if not rest.strip(separator + " "):
                found.add(self.sorted(names))
                continue
            rest = rest.lstrip()
            for option in reversed(known):
                after = rest[len(option) :].lstrip()
                name = self.find(option)
                if name is not None and rest.startswith(option) and (
                    not after or after.startswith(separator) or (separator == " " and rest[len(option)] == " ")
                ):  # fmt: skip
                    stack.append((after.removeprefix(separator), (*names, name)))
        yield from sorted(found)

    def _with_rest(self, text: str) -> Picked | None:
        """Read the options that are known, longest first; what remains was typed behind "other"."""
        assert self.other is not None
        rest, names = key_of(text), []
        known = sorted((k for m in self.maps.values() for k in m), key=len, reverse=True)
        for option in known:
            pattern = re.compile(rf"(?:^|(?<=,))\s*{re.escape(option)}\s*(?:,|$)")
            if pattern.search(rest):
                name = self.find(option)
                names += [name] if name is not None else []
                rest = pattern.sub("", rest, count=1)
        rest = rest.strip(" ,;")
        if not rest:
            return Picked(self.sorted(names)) if names else None
        typed = _as_written(text, rest)
        return Picked(self.sorted((*names, self.other)), typed)


def _as_written(text: str, key: str) -> str:
    """Return the part of a text that has a key, as it was written."""
    at = text.casefold().find(key)
    return text[at : at + len(key)] if at >= 0 else key


def _keys(question: Question, style: Style) -> dict[str, tuple[str, ...]]:
    keys: dict[str, tuple[str, ...]] = {}
    for place, choice in enumerate(question.choices, 1):
        if style == "ordinals":
            texts: tuple[str, ...] = (str(place),)
        elif style == "names":
            texts = (choice.name,)
        else:
            texts = tuple(label for _, label in choice.label.texts)
        for key in dict.fromkeys(map(key_of, texts)):
            if key and choice.name not in keys.get(key, ()):
                keys[key] = (*keys.get(key, ()), choice.name)
    return keys


def _split_outside(text: str, separator: str) -> list[str]:
    """Split a cell at a separator, but not inside 〖〗; empty pieces are left out."""
    pieces, piece, depth = [], "", 0
    for character in text:
        depth += (character == "〖") - (character == "〗")
        if character == separator and depth <= 0:
            pieces.append(piece)
            piece = ""
        else:
            piece += character
    return [p.strip() for p in (*pieces, piece) if p.strip()]
