"""The columns of a sheet that belong to one question: a single one, or one for each of its options."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from questionnaires.privacy import holds_personal, is_personal_header
from questionnaires.reading.header_parts import means_other, splits
from questionnaires.reading.layout import Column, Layout
from questionnaires.reading.text import is_empty, key_of, shown

_FEWEST = 2
_UNTICKED = "not selected"
_BOX = frozenset({"0", "1", "checked", "unchecked"})
_TICKS = frozenset(
    {"0", "1", "yes", "no", "y", "n", "true", "false", "checked", "unchecked", "selected", "not selected"}
)


@dataclass(frozen=True, slots=True)
class Block:
    """The columns of one question: one column, or one for each of its options. `title` is its text, `stem` its code."""

    stem: str
    title: str
    columns: tuple[Column, ...]
    options: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    other: bool = False


def blocks_of(layout: Layout) -> Iterator[Block]:
    """Yield the columns that are questions, those of one question's options together."""
    open_columns = [c for c in layout.columns if c.use == "answer" and not _is_personal(layout, c)]
    stems: dict[str, list[tuple[Column, str]]] = defaultdict(list)
    behind_other: dict[int, str] = {}
    for column in open_columns:
        found = _option_of(column)
        if found is None:
            continue
        if means_other(found[1]) and any(means_other(option) for _, option in stems[found[0]]):
            behind_other[column.position] = found[0]  # a second "other" is the text behind the first
        else:
            stems[found[0]].append((column, found[1]))
    split = {stem: of for stem, of in stems.items() if _are_options(layout, of)}
    together = {c.position: stem for stem, of in split.items() for c, _ in of}
    done: set[str] = set()
    for column in open_columns:
        stem = together.get(column.position)
        joined = column.option is None and any(text in split for text in column.texts)
        if stem is None and (joined or behind_other.get(column.position) in split):
            continue  # the cell that joins the options beside it, or the text behind one of them
        if stem is None:
            text = column.texts[0] if column.texts else column.header
            stem = text if column.option is None else f"{text} - {column.option}"
            yield Block(stem, stem, (column,))
        elif stem not in done:
            done.add(stem)
            columns, options = zip(*split[stem], strict=True)
            labels = tuple(_label_of(layout, *of) for of in split[stem])
            title = (_in_words(columns[0]) or (stem, ""))[0]
            yield Block(stem, title, columns, options, labels, other=stem in behind_other.values())


def _is_personal(layout: Layout, column: Column) -> bool:
    return is_personal_header(column.header) or holds_personal(layout.cells(column))


def _option_of(column: Column) -> tuple[str, str] | None:
    if column.option is not None:
        return (column.texts or column.ids)[0], column.option
    return next((found for text in (*column.ids, *column.texts) for found in splits(text)), None)


def _in_words(column: Column) -> tuple[str, str] | None:
    """Return question and option in words where the header has codes for both and a text besides (LimeSurvey)."""
    if column.option is not None or column.texts == column.ids:
        return None
    return next((found for text in column.texts for found in splits(text)), None)


def _are_options(layout: Layout, columns: Sequence[tuple[Column, str]]) -> bool:
    """Return whether columns with one stem are the options of one question: each cell ticks or names its option."""
    box = len(columns) == 1 and columns[0][0].option is not None and columns[0][0].ids != ()
    if len(columns) < _FEWEST and not box:
        return False
    said = [(option, _texts_in(layout, column)) for column, option in columns]
    return _name_themselves(said) or all(_ticks(option, texts, box=box) for option, texts in said)


def _texts_in(layout: Layout, column: Column) -> set[str]:
    return {key_of(shown(c)) for c in layout.cells(column) if not is_empty(c)} - set(dict(layout.missing))


def _ticks(option: str, texts: set[str], *, box: bool) -> bool:
    """Return whether the cells of a column tick an option, name it, or hold what was typed behind "other"."""
    ticks = {t.removesuffix(".0") for t in texts} <= (_BOX if box else _TICKS)
    named = _UNTICKED in texts and len(texts) <= _FEWEST
    return ticks or named or texts <= {key_of(option)} or means_other(option)


def _name_themselves(said: Sequence[tuple[str, set[str]]]) -> bool:
    """Return whether numbered columns hold one text each, every one another: the texts of the options (`Q3_1`)."""
    texts = [text for _, found in said for text in found if text not in _TICKS]
    single = all(option.isdigit() and len(found) <= 1 for option, found in said)
    return single and len(texts) >= _FEWEST and len({*texts}) == len(texts)


def _label_of(layout: Layout, column: Column, option: str) -> str:
    """Return what an option is called: what its cells say where the header has but a number for it (`q4_0001`)."""
    texts = dict.fromkeys(shown(c).strip() for c in layout.cells(column) if not is_empty(c))
    words = _in_words(column)
    if words is not None:
        return words[1]
    silent = _TICKS | {key for key, _ in layout.missing}
    said = [t for t in texts if key_of(t).removesuffix(".0") not in silent]
    return said[0] if option.isdigit() and len(said) == 1 else option


def has_texts(block: Block, layout: Layout) -> bool:
    """Return whether texts were typed where the option "other" would be ticked."""
    for column, option in zip(block.columns, block.options, strict=True):
        texts = {key_of(shown(c)) for c in layout.cells(column) if not is_empty(c)} - set(dict(layout.missing))
        if means_other(option) and not texts <= _TICKS | {key_of(option)}:
            return True
    return False
