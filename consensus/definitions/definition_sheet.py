"""A definition as one sheet of a workbook and back: keys with their texts above, one row a criterion below.

A sheet becomes the same tree of values as a YAML file, each knowing its row, so that one reader checks both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from consensus.definitions.definition import Definition
from consensus.definitions.definition_yaml import definition_to_dict
from consensus.definitions.sheet_tree import flow, tree_of
from consensus.definitions.yaml_file import Place
from questionnaires.problems import ConsensusError

if TYPE_CHECKING:
    from openpyxl import Workbook

SHEET = "definition"
TEXTS = ("title", "warning", "notes", "explicitly_not")
PLAIN = ("id", "condition", "kind", "enabled", "at", "also")
NESTED = ("entry", "exclude")
CRITERION = "criterion"
TERM = (
    "branch",
    CRITERION,
    "points",
    "form",
    "finding",
    "times",
    "days",
    "same",
    "from_first",
    "proviso",
    "after",
    "column",
)
MORE = ("by", "over", "survey", "question", "option", "count", "base", "base_is", "as")


def definition_workbook(definition: Definition) -> Workbook:
    """Return a definition as a workbook of one sheet; reading it gives the same definition."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    from questionnaires.workbooks import set_text

    found = definition_to_dict(definition)
    terms = list(_terms(found))
    languages = sorted({code for text in (*_texts(found), *(t["says"] for _, t in terms)) for code in _codes(text)})
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    rows: list[list[object]] = [["key", "value", *languages], *_keys(found, languages)]
    rows += [[], [*TERM, *MORE, "says", *(f"says ({code})" for code in languages)]]
    rows += [_row(branch, term, languages) for branch, term in terms]
    for number, row in enumerate(rows, start=1):
        for at, value in enumerate(row, start=1):
            cell: Any = sheet.cell(row=number, column=at)
            if isinstance(value, str):
                set_text(cell, value)
            elif value is not None:
                cell.value = value
            if row[:1] == ["key"] or CRITERION in row:
                cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    for column, wide in (("A", 26), ("B", 44), ("C", 44), ("D", 22)):
        sheet.column_dimensions[column].width = wide
    return book


def read_definition_sheet(path: Path) -> Place:
    """Return the top value of a definition's workbook; ConsensusError if it has no such sheet."""
    from python_calamine import CalamineError, CalamineWorkbook

    from questionnaires.reading.guard import inspect

    try:
        inspect(path)
        book = CalamineWorkbook.from_path(str(path))
    except (OSError, CalamineError) as error:
        raise ConsensusError(f"{path.name}: can't be read as a workbook ({error}).") from None
    name = next((sheet for sheet in book.sheet_names if sheet.strip().casefold() == SHEET), book.sheet_names[0])
    cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return Place(path.name, "", tree_of(cells, path.name), [])


def _keys(found: Mapping[str, Any], languages: list[str]) -> Iterable[list[object]]:
    for name, value in found.items():
        if name in TEXTS:
            for text in value if isinstance(value, list) else [value]:
                yield [name, *_in_languages(text, languages)]
        elif name in PLAIN:
            for each in value if isinstance(value, list) else [value]:
                yield [name, str(each).lower() if isinstance(each, bool) else each]
        elif name == "source":
            yield ["cite", value["cite"]]
            yield ["standing", value["standing"]]
        elif name in NESTED:
            yield [name, flow(value)]
        elif name == "readings":
            yield from (list[object]((f"reading {reading}", each)) for reading, each in value.items())
        elif name == "open":
            yield from (list[object]((f"open {reading}", "; ".join(values))) for reading, values in value.items())
        elif name == "examples":
            yield from (list[object](("example", flow(example))) for example in value)
    yield from _combined(found)


def _combined(found: Mapping[str, Any]) -> Iterable[list[object]]:
    """Return the rows that say how the criteria are combined."""
    if "by" in found:
        yield ["combine", f"by {found['by']}"]
        for choice, branch in found["cases"].items():
            yield [f"combine {choice}", _how(branch)]
        return
    yield ["combine", _how(found)]
    points = found.get("points", {})
    for key in ("at", "value"):
        if key in points:
            yield [f"score {key}", points[key]]
    for one in points.get("classes", ()):
        yield [f"class {one['name']}", flow({key: value for key, value in one.items() if key != "name"})]


def _how(group: Mapping[str, Any]) -> str:
    if "points" in group:
        return "score" if "classes" in group["points"] else f"points {group['points']['failure_at']}"
    return f"at_least {group['at_least']}" if "at_least" in group else "any" if "any" in group else "all"


def _terms(found: Mapping[str, Any]) -> Iterable[tuple[str, dict[str, Any]]]:
    branches = found["cases"] if "by" in found else {"": found}
    for choice, group in branches.items():
        terms = group.get("any") or group.get("all") or group.get("of") or group.get("points", {}).get("terms", [])
        yield from ((choice, term) for term in terms)


def _row(branch: str, term: Mapping[str, Any], languages: list[str]) -> list[object]:
    form = next(name for name in ("once", "consecutive", "within", "rising") if name in term)
    inner = term[form] if isinstance(term[form], dict) else {"finding": term[form]}
    cells: dict[str, Any] = {**inner, **term.get("from", {})}
    cells |= {"branch": branch or None, CRITERION: term["id"], "form": form}
    cells["points"] = term.get("points")
    cells["proviso"] = "; ".join(inner["proviso"]["any"]) if "proviso" in inner else None
    cells["after"] = "; ".join(inner["after"]) if "after" in inner else None
    cells["from_first"] = "true" if inner.get("from_first") else None
    return [*(cells.get(name) for name in (*TERM, *MORE)), *_in_languages(term["says"], languages)]


def _in_languages(text: str | Mapping[str, str], languages: list[str]) -> list[object]:
    if isinstance(text, str):
        return [text]
    return [None, *(text.get(code) for code in languages)]


def _texts(found: Mapping[str, Any]) -> Iterable[Any]:
    for name in TEXTS:
        value = found.get(name, [])
        yield from value if isinstance(value, list) else [value]


def _codes(text: object) -> Iterable[str]:
    return text if isinstance(text, dict) else ()
