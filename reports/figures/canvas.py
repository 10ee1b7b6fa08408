"""What all figures share: a canvas of fixed size, colors, and repeatable SVG and PNG."""

from __future__ import annotations

import io
import re
import warnings
from html import escape
from typing import Any

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from reports.figures.fonts import cjk_fonts
from reports.figures.wrapping import width_of, wrap

__all__ = ["canvas", "style", "to_png", "to_svg", "width_of", "wrap"]

INK, SOFT, LINE = "#1b2a33", "#52636e", "#c9d3d9"
TEAL, BROWN, GRAY, PALE_TEAL, PALE_BROWN = "#01665e", "#8c510a", "#dfe5e8", "#dceeec", "#f6e8c9"
SIZE = 10.0
QUICK = 3
ANCHORS = {"right": "end", "center": "middle"}
LINES = re.compile(
    r'<g id="(?P<name>lines\d+)-(?P<side>right|center)-(?P<at>-?[\d.]+)">(?P<lines>(?:\s*<text .*?</text>)+\s*)</g>',
    re.DOTALL,
)
STYLE: dict[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "clinical-consensus",
    "text.parse_math": False,
    "font.size": SIZE,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": SOFT,
    "xtick.color": SOFT,
    "ytick.color": INK,
    "hatch.linewidth": 0.8,
    "hatch.color": SOFT,
    "axes.unicode_minus": True,
}


def style() -> Any:
    """Return matplotlib's settings for all figures; Chinese falls back to the first font here that has it."""
    return STYLE | {"font.family": ["DejaVu Sans", *cjk_fonts()]}


def canvas(width: float, height: float) -> Figure:
    """Return an empty figure of `width` x `height` inches, without any global state."""
    figure = Figure(figsize=(width, height), facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def to_svg(figure: Figure, *, prefix: str, title: str, description: str) -> str:
    """Return the figure as an `<svg role="img">` with title and description, every id prefixed, repeatable."""
    buffer = io.StringIO()
    with matplotlib.rc_context(style()), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        _name_lines(figure)
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    svg = buffer.getvalue()
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    # The page decides the font: what this machine has must not show in the bytes, nor a style reach beyond the figure.
    svg = re.sub(r"<style[^>]*>.*?</style>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: [^;\"]*", "font-family: sans-serif", svg)
    svg = re.sub(r"(font: [^;\"']*?)'[^;\"]*", r"\1sans-serif", svg)
    # a hundredth of a point is less than anyone sees, and half of the bytes
    svg = re.sub(r' d="[^"]*"', lambda path: re.sub(r"(\.\d\d)\d+", r"\1", path[0]), svg)
    svg = LINES.sub(_anchored, svg)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', svg)
    svg = re.sub(r'(xlink:href|href)="#([^"]+)"', rf'\1="#{prefix}-\2"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", svg)
    head = (
        f'<svg role="img" aria-labelledby="{prefix}-title {prefix}-desc"'
        f' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns="http://www.w3.org/2000/svg" viewBox="{_view_box(svg)}">'
        f'<title id="{prefix}-title">{escape(title)}</title><desc id="{prefix}-desc">{escape(description)}</desc>'
    )
    return re.sub(r"<svg[^>]*>", lambda _: head, svg, count=1).strip()


def _name_lines(figure: Figure) -> None:
    """Name each text of several lines after where its lines end: in SVG a reader's own font sets them."""
    for number, text in enumerate(figure.findobj(Text)):
        if not isinstance(text, Text) or "\n" not in text.get_text() or text.get_rotation():
            continue
        side = text.get_horizontalalignment()
        if side in ANCHORS:
            # where a text is put is where its lines end, or have their middle: nothing has to be measured
            at, _ = text.get_transform().transform(text.get_unitless_position())
            text.set_gid(f"lines{number}-{side}-{at * 72 / figure.dpi:.2f}")


def _anchored(group: re.Match[str]) -> str:
    """Return a group of lines that end (or have their middle) where matplotlib would have them by its own font."""
    anchor, at = ANCHORS[group["side"]], group["at"]
    moved = re.sub(r"translate\(\S+ ", f"translate({at} ", group["lines"])
    lines = moved.replace('<text style="', f'<text style="text-anchor: {anchor}; ')
    return f'<g id="{group["name"]}">{lines}</g>'


def to_png(figure: Figure, *, dpi: int = 150) -> bytes:
    """Return the figure as PNG, in the first font on this machine that has its glyphs."""
    surface: Any = FigureCanvasAgg(figure)
    usual, buffer = figure.dpi, io.BytesIO()
    with matplotlib.rc_context(style()), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure.set_dpi(dpi)
        surface.draw()
    figure.set_dpi(usual)
    # canvases are opaque: without their alpha channel they are compressed in half of the time, and get no larger
    picture = Image.fromarray(np.asarray(surface.buffer_rgba())).convert("RGB")
    picture.save(buffer, format="png", dpi=(dpi, dpi), compress_level=QUICK)
    return buffer.getvalue()


def _view_box(svg: str) -> str:
    found = re.search(r'viewBox="([^"]+)"', svg)
    return found.group(1) if found else "0 0 100 100"
