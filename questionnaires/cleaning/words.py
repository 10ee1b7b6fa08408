"""Words that give themselves away: entries made to try the form, names that name nobody, numbers in words."""

from __future__ import annotations

import re
import unicodedata

from questionnaires.reading.text import key_of

_TEST = re.compile(
    r"""^(?:
    (?:这是)?(?:一[个条份])?(?:测试|试填|试答|试测|演示)(?:[一-鿿,，。.!！、;；\s]{0,12})
    |(?:this\ is\ )?(?:just\ )?(?:an?\ |only\ a\ )?(?:test|testing|demo|pilot\ test)
        (?:\ (?:entry|answer|response|record|run|only|data|account|user|please|ignore|delete|do|not|count)){0,4}
    |ignore\ this(?:\ (?:entry|response))?|please\ (?:ignore|delete)(?:\ this(?:\ (?:entry|response))?)?
    )[\s\d.!。！]*$""",
    re.VERBOSE,
)
_NOBODY = re.compile(
    r"n/a|na|none|null|nil|anonymous|unknown|qq|guest|user|default|[-/.]|无|没有|空|匿名|未知|群聊|微信|微信群|朋友圈|链接|"
    r"二维码|手机提交|网页|网友|游客|\(空\)|\(跳过\)|直接访问|自填|其他"
)
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CHINESE = re.compile(
    r"^[约大近超过多]*(?P<words>[零〇一二两三四五六七八九十百]+)[多余]?[年次个月天例岁]?(?:左右|以上|余)?$"
)
_ARABIC = re.compile(r"\d+(?:\.\d+)?")
_UNDER_TWENTY = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty")
_ENGLISH = {w: n for n, w in enumerate(_UNDER_TWENTY)} | {w: 10 * n for n, w in enumerate(_TENS, start=2)}


def says_test(text: str) -> bool:
    """Return whether a text says that the entry was only made to try the form (测试, 试填, test, ...)."""
    return _TEST.match(key_of(text)) is not None


def names_nobody(text: str) -> bool:
    """Return whether what stands in place of a name names no one person: N/A, 群聊, anonymous."""
    return _NOBODY.fullmatch(key_of(text)) is not None


def number_in(text: str) -> str:
    """Return the one number that a text tells in digits or words (`12年`, `十五`, `twenty`), else an empty text."""
    plain = unicodedata.normalize("NFKC", text).strip()
    digits = _ARABIC.findall(plain)
    if len(digits) == 1:
        return str(digits[0])
    found = _CHINESE.match(plain) if not digits else None
    if found is not None:
        return _from_chinese(found["words"])
    said = [_ENGLISH[word] for word in re.findall(r"[a-z]+", plain.casefold()) if word in _ENGLISH]
    if digits or not said or len(said) > 2 or (len(said) == 2 and not (said[0] >= 20 and said[1] < 10)):
        return ""
    return str(sum(said))


def _from_chinese(words: str) -> str:
    """Return a number up to 199 that is written in Chinese characters, else an empty text."""
    hundreds, _, rest = words.rpartition("百")
    if hundreds not in ("", "一") or ("百" in words and not hundreds):
        return ""
    tens, ten, units = rest.lstrip("零〇").rpartition("十")
    if any(len(part) > 1 or part not in ("", *_DIGITS) for part in (tens, units)) or not (rest or hundreds):
        return ""
    value = 100 * bool(hundreds) + (10 * _DIGITS.get(tens, 1) if ten else 0) + _DIGITS.get(units, 0)
    return str(value)
