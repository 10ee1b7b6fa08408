"""An instrument drafted from an export itself: what each column seems to ask, for people to correct."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from questionnaires.drafting_blocks import Block, blocks_of, has_texts
from questionnaires.instrument import Choice, Instrument, Labels, Question
from questionnaires.problems import ConsensusError
from questionnaires.reading.header_parts import means_other
from questionnaires.reading.layout import Layout, slug
from questionnaires.reading.moments import moment_of
from questionnaires.reading.options import OTHER_NAMES
from questionnaires.reading.text import is_empty, key_of, shown

_MOST_OPTIONS = 12
_REPEATS = 2
_RATED = 10
# answers that are options in any survey, however few people gave them
_USUAL = frozenset((
    "yes", "no", "agree", "disagree", "strongly agree", "strongly disagree", "neutral", "equivocal", "unsure",
    "not sure", "don't know", "maybe", "never", "sometimes", "often", "always", "male", "female", "true", "false", "是",
    "否", "同意", "不同意", "不确定", "不清楚", "男", "女", "oui", "non", "ja", "nein", "sí", "si",
))  # fmt: skip


def draft_instrument(source: str | Path, *, dialect: str = "auto", encoding: str | None = None) -> Instrument:
    """Return an instrument drafted from a file of answers: no question of it is marked as a criterion.

    Columns with few different texts become select_one, those whose cells join options select_multiple, numbers integer
    or decimal, the rest text. Raises ConsensusError where the file can't be read.
    """
    from questionnaires.reading.detect import detect
    from questionnaires.reading.workbook import read_book

    book = read_book(Path(source), encoding=encoding)
    detected = detect(book, dialect=dialect)
    layout = detected.dialect.lay_out(detected.grid)
    return draft_from(book.name, layout, *detected.dialect.repeats(book, layout))


def draft_from(name: str, first: Layout, *repeats: Layout) -> Instrument:
    """Return an instrument drafted from the columns of a sheet and of its repeats.

    Closed questions get the role `opinion`: they are described and judge nothing. Raises ConsensusError where there is
    but one cell, or one column in which no two rows agree, as in a letter: that is no table.
    """
    if len(first.columns) == 1 and not any(layout.records for layout in (first, *repeats)):
        raise ConsensusError(
            f'{name}: holds "{first.columns[0].header[:40]}" and nothing else. '
            "Expected a row of headers with rows of answers below it. "
            "If it has patients on a further sheet: consensus new mine --courses FILE."
        )
    if len(first.columns) == 1 and not repeats and _is_running_text(first):
        raise ConsensusError(
            f"{name}: is running text: one column, and no two rows say the same. Expected a row of headers with "
            "rows of answers below it, their cells separated by commas, semicolons or tabs."
        )
    names = _Names()
    questions: list[Question] = []
    for layout in (_with_all_rows(first, repeats), *(r for r in repeats if r.grid.sheet != first.grid.sheet)):
        for block in blocks_of(layout):
            questions += _drafted(block, layout, names)
    return Instrument(
        id=slug(Path(name).stem).lower() or "draft",
        title=Path(name).stem,
        questions=tuple(replace(q, role="opinion") if q.closed else q for q in questions),
        languages=("default",),
        source=name,
    )


def _with_all_rows(first: Layout, repeats: Sequence[Layout]) -> Layout:
    """Return a layout with the repeated rows of its own sheet among its records."""
    again = [r for layout in repeats if layout.grid.sheet == first.grid.sheet for r in layout.records]
    return replace(first, records=tuple(sorted((*first.records, *again))))


def _is_running_text(layout: Layout) -> bool:
    said = [str(cell).strip() for cell in layout.cells(layout.columns[0]) if str(cell or "").strip()]
    return len(said) > 1 and len(set(said)) == len(said) and not all(map(_is_number, said))


class _Names:
    """Names that are not taken yet, made of headers."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def free(self, text: str) -> str:
        base = slug(text)
        if not base or len(base) > 40:
            base = f"q{len(self.taken) + 1}"
        name, number = base, 2
        while name.casefold() in self.taken:
            name, number = f"{base}_{number}", number + 1
        self.taken.add(name.casefold())
        return name


def _drafted(block: Block, layout: Layout, names: _Names) -> Iterator[Question]:
    label = Labels((("default", block.title),))
    name = names.free(_named_by(block))
    if block.options:
        choices = _choices(block.options, block.labels)
        yield Question(name=name, type="select_multiple", label=label, list_name=name, choices=choices)
        if block.other or has_texts(block, layout):
            yield _text_behind_other(name, block, names)
        return
    cells = [c for c in layout.cells(block.columns[0]) if not is_empty(c)]
    missing = dict(layout.missing)
    texts = [_plain(shown(c).strip()) for c in cells if key_of(shown(c)) not in missing and not _is_date(c)]
    question = Question(name=name, type="text", label=label)
    joined = _joined(texts, layout)
    if joined:
        question = replace(question, type="select_multiple", list_name=name, choices=_choices(joined))
    elif not texts and cells and all(map(_is_date, cells)):
        question = replace(question, type="dateTime")
    elif _is_closed(texts, spoiled=any(map(_is_date, cells))):
        question = replace(question, type="select_one", list_name=name, choices=_choices(dict.fromkeys(texts)))
    elif texts and all(_is_number(t) for t in texts):
        question = replace(question, type="integer" if all(float(t).is_integer() for t in texts) else "decimal")
    yield question
    if any("〖" in text for text in texts) and question.closed:
        yield _text_behind_other(name, block, names)


def _text_behind_other(name: str, block: Block, names: _Names) -> Question:
    names.taken.add(f"{name}_other".casefold())
    return Question(name=f"{name}_other", type="text", label=Labels((("default", f"{block.title} (other)"),)))


def _named_by(block: Block) -> str:
    """Return what a question's name is made of: the header's code where it has one, else its text."""
    first = block.columns[0]
    if block.options and first.option is not None and first.ids:
        return first.ids[0]
    return block.stem if block.options or first.option is not None or not first.ids else first.ids[0]


def _plain(text: str) -> str:
    """Return a whole number without the decimal point that statistics programs write behind it."""
    return text[:-2] if text.endswith(".0") and text[:-2].lstrip("-").isdigit() else text


def _is_date(cell: object) -> bool:
    return not isinstance(cell, str) and moment_of(cell) is not None


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.isascii() and text.lower() not in ("nan", "inf", "infinity", "-inf")


def _is_closed(texts: Sequence[str], *, spoiled: bool) -> bool:
    """Return whether texts are options: few different ones, each short, and together they recur.

    Dates among texts are options that a spreadsheet program has spoiled (1-3 became a day), so that fewer need recur.
    """
    bare = {key_of(t.partition("〖")[0]) for t in texts}
    if not bare or max(map(len, bare)) > 120:
        return False
    if all(map(_is_number, bare)):
        numbers = [float(t) for t in bare]
        rated = all(0 <= n <= _RATED for n in numbers) or len(texts) >= _REPEATS * len(bare)
        return len(bare) <= _MOST_OPTIONS and rated and all(n.is_integer() and abs(n) <= 100 for n in numbers)
    if bare <= _USUAL:
        return True
    return len(bare) <= _MOST_OPTIONS and (spoiled or len(texts) >= _REPEATS * len(bare))


def _joined(texts: Sequence[str], layout: Layout) -> tuple[str, ...]:
    """Return the options of a column whose cells join several with a separator of its own; empty where none does."""
    for separator in layout.separators:
        if separator in (",", " ", "\n") or not any(separator in t for t in texts):
            continue
        pieces = Counter(p for t in texts for p in _pieces(t, separator))
        short = all(len(p) <= 80 for p in pieces)
        if short and len(pieces) <= 4 * _MOST_OPTIONS and pieces.total() >= _REPEATS * len(pieces):
            return tuple(pieces)
    return ()


def _pieces(text: str, separator: str) -> Iterator[str]:
    depth, piece = 0, ""
    for character in text + separator:
        depth += (character == "〖") - (character == "〗")
        if character == separator and depth <= 0:
            bare = piece.partition("〖")[0].strip()
            if bare:
                yield bare
            piece = ""
        else:
            piece += character


def _choices(texts: Iterable[str], labels: Iterable[str] | None = None) -> tuple[Choice, ...]:
    """Return the choices that texts stand for; where `labels` are other texts, the texts themselves become names."""
    found: dict[str, tuple[str, str]] = {}
    for text, label in zip(texts, texts if labels is None else labels, strict=True):
        bare = label.partition("〖")[0].strip()
        found.setdefault(key_of(bare), (bare, bare if label == text else text))
    names = _Names()
    return tuple(
        Choice(name=_choice_name(text, names), label=Labels((("default", label),)))
        for key, (label, text) in sorted(found.items(), key=_order)
        if key
    )


def _choice_name(label: str, names: _Names) -> str:
    if key_of(label) in OTHER_NAMES or means_other(label):
        return names.free("other")
    if _is_number(label):
        names.taken.add(label)
        return label
    base = slug(label)
    return names.free(base if base and len(base) <= 40 else f"option_{len(names.taken) + 1}")


def _order(item: tuple[str, tuple[str, str]]) -> tuple[bool, float]:
    """Sort numbers by size; everything else stays in the order in which it was seen."""
    label = item[1][0]
    return (False, float(label)) if _is_number(label) else (True, 0.0)
