"""The cells of a definition's sheet -> the tree of values that its YAML file would have, each with its row."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from questionnaires.problems import ConsensusError

STR, MAP, SEQ = "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"
LISTED = ("notes", "explicitly_not", "also")
TEXTS = ("title", "warning", "notes", "explicitly_not")
VOTES = ("survey", "question", "option", "count", "base", "base_is", "as")
INNER = ("finding", "times", "days", "same", "from_first", "column", "by", "over")

Cells = Sequence[Sequence[object]]
Pair = tuple[yaml.Node, yaml.Node]


def flow(value: object) -> str:
    """Return a value as YAML on one line."""
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=100_000, sort_keys=False)
    return str(text).removesuffix("...\n").strip()


def tree_of(cells: Cells, file: str) -> yaml.MappingNode:
    """Return the tree of a sheet; ConsensusError where it has no rows of criteria or no keys."""
    rows = [[_text(cell) for cell in row] for row in cells]
    top = next((at for at, row in enumerate(rows) if row and row[0].casefold() == "key"), None)
    head = next((at for at, row in enumerate(rows) if "criterion" in [cell.casefold() for cell in row]), None)
    if top is None:
        raise ConsensusError(f'{file}: is no definition. Expected a row that begins with "key" and "value".')
    end = len(rows) if head is None else head
    keyed = [(at, row) for at, row in enumerate(rows[top + 1 : end], start=top + 1) if row and row[0]]
    terms = [] if head is None else [_term(at, rows[head], row) for at, row in _filled(rows, head)]
    return _Tree(keyed, [cell.casefold() for cell in rows[top]], terms).node()


def _filled(rows: list[list[str]], head: int) -> list[tuple[int, list[str]]]:
    return [(at, row) for at, row in enumerate(rows[head + 1 :], start=head + 1) if any(row)]


class _Tree:
    """Puts keys and criteria together."""

    def __init__(
        self, keyed: list[tuple[int, list[str]]], languages: list[str], terms: list[tuple[str, yaml.Node]]
    ) -> None:
        self.keyed, self.languages, self.terms = keyed, languages, terms
        self.pairs: list[Pair] = []

    def node(self) -> yaml.MappingNode:
        """Return the whole."""
        source, readings, open_ = list[Pair](), list[Pair](), list[Pair]()
        examples: list[yaml.Node] = []
        listed: dict[str, list[yaml.Node]] = {}
        for at, row in self.keyed:
            key, value = row[0], row[1] if len(row) > 1 else ""
            name, _, rest = key.partition(" ")
            if key in ("cite", "standing"):
                source.append((_scalar(key, at), _scalar(value, at)))
            elif name == "reading" and rest:
                readings.append((_scalar(rest, at), _scalar(value, at)))
            elif name == "open" and rest:
                values = [_scalar(part.strip(), at) for part in value.split(";") if part.strip()]
                open_.append((_scalar(rest, at), _sequence(values, at)))
            elif key == "example":
                examples.append(_nested(value, at))
            elif name in ("combine", "score", "class"):
                continue
            elif key in ("entry", "exclude"):
                self._add(key, _nested(value, at), at)
            else:
                node = self._labels(row, at) if key in TEXTS else _scalar(value, at)
                if key in LISTED:
                    listed.setdefault(key, []).append(node)
                else:
                    self._add(key, node, at)
        for key, items in listed.items():
            self._add(key, _sequence(items, _line(items[0])), _line(items[0]))
        self._logic()
        for key, pairs in (("source", source), ("readings", readings), ("open", open_)):
            if pairs:
                self._add(key, _mapping(pairs, _line(pairs[0][0])), _line(pairs[0][0]))
        if examples:
            self._add("examples", _sequence(examples, _line(examples[0])), _line(examples[0]))
        return _mapping(self.pairs, 0)

    def _add(self, key: str, node: yaml.Node, at: int) -> None:
        self.pairs.append((_scalar(key, at), node))

    def _labels(self, row: list[str], at: int) -> yaml.Node:
        texts = [(code, text) for code, text in zip(self.languages[2:], row[2:], strict=False) if code and text]
        if not texts:
            return _scalar(row[1] if len(row) > 1 else "", at)
        return _mapping([(_scalar(code, at), _scalar(text, at)) for code, text in texts], at)

    def _logic(self) -> None:
        combines = [(at, row[0].partition(" ")[2], row[1]) for at, row in self.keyed if row[0].startswith("combine")]
        for at, branch, how in combines:
            if branch:
                continue
            word, _, rest = how.partition(" ")
            if word == "by":
                self._add("by", _scalar(rest, at), at)
                cases: list[Pair] = [
                    (_scalar(choice, line), _mapping(self._group(said, choice, line), line))
                    for line, choice, said in combines
                    if choice
                ]
                self._add("cases", _mapping(cases, at), at)
            else:
                self.pairs += self._group(how, "", at)

    def _group(self, how: str, branch: str, at: int) -> list[Pair]:
        word, _, rest = how.partition(" ")
        terms = _sequence([node for mine, node in self.terms if mine == branch], at)
        if word == "at_least":
            return [(_scalar(word, at), _scalar(rest, at)), (_scalar("of", at), terms)]
        if word not in ("points", "score"):
            return [(_scalar(word, at), terms)]
        parts = [(_scalar("failure_at", at), _scalar(rest, at))] if word == "points" else self._score()
        if self.terms:
            parts.append((_scalar("terms", at), terms))
        return [(_scalar("points", at), _mapping(parts, at))]

    def _score(self) -> list[Pair]:
        parts, classes = list[Pair](), list[yaml.Node]()
        for at, row in self.keyed:
            name, _, rest = row[0].partition(" ")
            if name == "score" and rest:
                parts.append((_scalar(rest, at), _scalar(row[1], at)))
            elif name == "class" and rest:
                node = _nested(row[1], at)
                pairs = list(node.value) if isinstance(node, yaml.MappingNode) else []
                classes.append(_mapping([(_scalar("name", at), _scalar(rest, at)), *pairs], at))
        if classes:
            parts.append((_scalar("classes", _line(classes[0])), _sequence(classes, _line(classes[0]))))
        return parts


def _term(at: int, headers: list[str], row: list[str]) -> tuple[str, yaml.Node]:
    cells = {header.casefold(): cell for header, cell in zip(headers, row, strict=False) if header and cell}
    pairs: list[Pair] = [(_scalar("id", at), _scalar(cells.get("criterion", ""), at))]
    says = [(key[6:-1], text) for key, text in cells.items() if key.startswith("says (")]
    if says:
        pairs.append((_scalar("says", at), _mapping([(_scalar(c, at), _scalar(t, at)) for c, t in says], at)))
    elif "says" in cells:
        pairs.append((_scalar("says", at), _scalar(cells["says"], at)))
    if "points" in cells:
        pairs.append((_scalar("points", at), _scalar(cells["points"], at)))
    form, inner = cells.get("form", ""), [(n, cells[n]) for n in INNER if n in cells]
    if form == "once" and "after" not in cells:
        pairs.append((_scalar(form, at), _scalar(cells.get("finding", ""), at)))
    elif form:
        parts = [(_scalar(name, at), _scalar(value, at)) for name, value in inner]
        if "proviso" in cells:
            names = _sequence([_scalar(part.strip(), at) for part in cells["proviso"].split(";")], at)
            parts.append((_scalar("proviso", at), _mapping([(_scalar("any", at), names)], at)))
        if "after" in cells:
            names = _sequence([_scalar(part.strip(), at) for part in cells["after"].split(";")], at)
            parts.append((_scalar("after", at), names))
        pairs.append((_scalar(form, at), _mapping(parts, at)))
    votes = [(_scalar(name, at), _scalar(cells[name], at)) for name in VOTES if name in cells]
    if votes:
        pairs.append((_scalar("from", at), _mapping(votes, at)))
    return cells.get("branch", ""), _mapping(pairs, at)


def _nested(text: str, at: int) -> yaml.Node:
    try:
        return _at_row(yaml.compose(text, Loader=yaml.SafeLoader), at)
    except yaml.YAMLError:
        return _scalar(text, at)


def _at_row(node: yaml.Node | None, at: int) -> yaml.Node:
    if isinstance(node, yaml.MappingNode):
        return _mapping([(_at_row(key, at), _at_row(value, at)) for key, value in node.value], at)
    if isinstance(node, yaml.SequenceNode):
        return _sequence([_at_row(each, at) for each in node.value], at)
    return _scalar(str(node.value) if isinstance(node, yaml.ScalarNode) else "", at)


def _mark(at: int) -> yaml.Mark:
    return yaml.Mark("", 0, at, 0, None, 0)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line)


def _scalar(text: str, at: int) -> yaml.Node:
    return yaml.ScalarNode(STR, text, _mark(at), _mark(at))


def _mapping(pairs: list[Pair], at: int) -> yaml.MappingNode:
    return yaml.MappingNode(MAP, pairs, _mark(at), _mark(at))


def _sequence(items: Sequence[yaml.Node], at: int) -> yaml.Node:
    return yaml.SequenceNode(SEQ, list(items), _mark(at), _mark(at))


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
