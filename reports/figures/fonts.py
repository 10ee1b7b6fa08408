"""Fonts with Chinese glyphs, found on this machine by file, and what is said where there is none."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

if TYPE_CHECKING:
    from collections.abc import Iterable

# Beginnings of file names, best first; in a collection of several faces the simplified Chinese one is taken.
CJK_FILES = (
    "notosanscjk",
    "notosanssc",
    "sourcehansans",
    "msyh",
    "pingfang",
    "hiragino sans gb",
    "stheiti",
    "simhei",
    "deng",
    "wqy-",
    "droidsansfallback",
    "notoserifcjk",
    "simsun",
)
SIMPLIFIED = re.compile(r"\b(SC|CN|GB|YaHei)\b")
WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]")


@cache
def cjk_fonts() -> tuple[str, ...]:
    """Return the family of the best font found on this machine that has Chinese glyphs, or nothing."""
    files = sorted(font_manager.findSystemFonts(), key=lambda path: (Path(path).name.lower(), path))
    for begin in CJK_FILES:
        found = [path for path in files if Path(path).name.lower().startswith(begin)]
        families = [family for path in found for family in _families(path)]
        if families:
            return (min(families, key=lambda family: (SIMPLIFIED.search(family) is None, families.index(family))),)
    return ()


NO_FONT = (
    "No font with Chinese characters was found on this machine, so figures in report.docx have English labels where "
    "there are any, and empty boxes elsewhere; the page is not touched by this. Install Noto Sans CJK SC "
    "(fonts-noto-cjk), Source Han Sans SC or WenQuanYi."
)


def lacks_chinese(texts: Iterable[str]) -> bool:
    """Return whether any of the texts has Chinese characters that no font of this machine could draw."""
    return not cjk_fonts() and any(WIDE.search(text) for text in texts)


def _families(path: str) -> list[str]:
    """Add a font file to those that matplotlib knows (its cache may be older) and return the families in it."""
    before = len(font_manager.fontManager.ttflist)
    try:
        if not FT2Font(path).get_char_index(ord("\N{CJK UNIFIED IDEOGRAPH-4E2D}")):
            return []
        font_manager.fontManager.addfont(path)
    except (OSError, RuntimeError):
        return []
    added = font_manager.fontManager.ttflist[before:]
    return list(dict.fromkeys(entry.name for entry in added if "Mono" not in entry.name))
