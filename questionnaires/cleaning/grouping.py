"""Groups typed by hand (hospitals, departments): spellings that are probably one name, for people to confirm."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from questionnaires.reading.text import key_of

_CHINESE = re.compile(r"[一-鿿]")
_NUMERALS = dict(zip("123456789", "一二三四五六七八九", strict=True)) | {"10": "十"}
_CAMPUS = re.compile(r"\((?:总院|本部|本院|总部)\)")
_DEPARTMENT = re.compile(r"(?<=院)[一-鿿]{1,10}(?:科|科室|病区)$")
_ORDINAL = re.compile(r"第(10|\d)(?!\d)")
_AFFILIATED = re.compile(
    r"(?:大学附属第([一二三四五六七八九十])医院|大学第([一二三四五六七八九十])附属医院|大附([一二三四五六七八九十])院)"
)
_SHORT = re.compile(r"^([一-鿿]{2,8}?)市?([一二三四五六七八九十])院$")
_CITY = re.compile(r"^([一-鿿]{2,8}?)市(?!立|民|区)")
_NEAR = 90
_ENOUGH_LETTERS = 8
# words that tell two houses of one name apart; what differs in one of them is never near
_TELLING = re.compile(
    r"(?:north|south|east|west)(?:ern)?|central|upper|lower|new|old|first|second|third|fourth|1st|2nd|3rd|4th|i|ii|iii|iv|"
    r"men|women|children|nord|sud|süd|ost|est|ouest"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Joined:
    """Two spellings that are probably one name: `old` is rarer, or shorter; both with how often they were written."""

    old: str
    new: str
    old_count: int
    new_count: int
    why: str


def spellings(names: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Return the distinct names by text key, each as most often written, with its count; blanks and width play no part.

    The order is that of first appearance.
    """
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        if key_of(name):
            written[key_of(name)][name.strip()] += 1
    return {key: (found.most_common(1)[0][0], found.total()) for key, found in written.items()}


def house_key(name: str) -> str:
    """Return what is left of a Chinese hospital's name where spellings of one house agree and those of two don't.

    A department behind it and the mark of the main campus are dropped, 第1 is 第一, 大学第一附属医院 and 大附一院 are
    大学附属第一医院, 一院 is 第一人民医院, and 市 may be left out. 省, 县 and every number stay.
    """
    text = key_of(name).replace(" ", "")
    text = _DEPARTMENT.sub("", _CAMPUS.sub("", text))
    text = _ORDINAL.sub(lambda m: f"第{_NUMERALS[m[1]]}", text)
    text = _AFFILIATED.sub(lambda m: f"大学附属第{m[1] or m[2] or m[3]}医院", text)
    text = _SHORT.sub(r"\1第\2人民医院", text)
    return _CITY.sub(r"\1", text)


def near_names(names: Iterable[str]) -> tuple[Joined, ...]:
    """Return which spellings are probably one name, the rarer one to be replaced by the commoner.

    Chinese names are compared by `house_key` alone, since one character tells two cities apart; others are near where
    their letters agree to 90 in 100 (Levenshtein), their numbers, directions and short words being the same.
    """
    known = spellings(names)
    families: dict[str, list[str]] = defaultdict(list)
    for key, (name, _) in known.items():
        families[house_key(name) if _CHINESE.search(name) else key].append(key)
    found: list[Joined] = []
    for family, keys in families.items():
        if len(keys) > 1 and not _is_ambiguous(keys, family, families):
            found += _joined([known[key] for key in keys], "two spellings of one house")
    return (*found, *_near_latin({k: v for k, v in known.items() if not _CHINESE.search(v[0])}))


def _is_ambiguous(keys: list[str], family: str, families: Mapping[str, list[str]]) -> bool:
    """Return whether an abbreviation (一院) may as well mean another house: 第一医院 beside 第一人民医院."""
    short = any(_SHORT.match(key) for key in keys) and "人民医院" in family
    return short and family.replace("人民医院", "医院") in families


def _joined(same: list[tuple[str, int]], why: str) -> Iterator[Joined]:
    """Yield each spelling but the one that stays: the commonest, of equals the longest."""
    stays = max(same, key=lambda item: (item[1], len(item[0]), item[0]))
    for name, count in same:
        if name != stays[0]:
            yield Joined(old=name, new=stays[0], old_count=count, new_count=stays[1], why=why)


def _near_latin(known: Mapping[str, tuple[str, int]]) -> Iterator[Joined]:
    from rapidfuzz import fuzz

    words = {key: re.findall(r"\w+", key) for key in known}
    letters = {key: "".join(found) for key, found in words.items()}
    marks = {key: _marks(found) for key, found in words.items()}
    taken: set[str] = set()
    ranked = sorted(known, key=lambda key: (-known[key][1], -len(key), key))
    for at, stays in enumerate(ranked):
        if stays in taken or len(letters[stays]) < _ENOUGH_LETTERS:
            continue
        for other in ranked[at + 1 :]:
            same = other not in taken and marks[other] == marks[stays]
            if same and fuzz.ratio(letters[stays], letters[other], score_cutoff=_NEAR):
                taken.add(other)
                yield from _joined([known[other], known[stays]], "nearly the same letters")


def _marks(words: list[str]) -> tuple[str, ...]:
    """Return what must be the same in two names: numbers, words that tell houses apart, single letters."""
    telling = [w for w in words if _TELLING.fullmatch(w) or any(c.isdigit() for c in w) or (len(w) == 1 and w != "s")]
    return tuple(sorted(telling))
