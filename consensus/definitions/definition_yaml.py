"""Definition -> the plain mapping of its YAML file, and its text."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import yaml

from consensus.definitions.definition import (
    AllOf,
    AnyOf,
    AtLeast,
    ByIntent,
    Consecutive,
    Definition,
    Example,
    Form,
    Logic,
    Once,
    Points,
    Rising,
    Term,
    VoteSource,
)
from consensus.definitions.expression import expression_dict
from consensus.definitions.points_file import points_dict
from questionnaires.instrument import Labels

WIDTH = 120
SHORT = 100


def definition_to_dict(definition: Definition) -> dict[str, Any]:
    """Return a definition as the mapping that its YAML file holds; points are whole numbers or floats."""
    d = definition
    found: dict[str, Any] = {
        "id": d.id,
        "title": _labels(d.title),
        "condition": d.condition,
        "source": {"cite": d.source.cite, "standing": d.source.standing},
    }
    if d.kind != "failure":
        found["kind"] = d.kind
    if d.at != "sessions":
        found["at"] = d.at
    if not d.enabled:
        found["enabled"] = False
    if str(d.warning):
        found["warning"] = _labels(d.warning)
    if d.notes:
        found["notes"] = [_labels(note) for note in d.notes]
    if d.also:
        found["also"] = list(d.also)
    for key, expression in (("entry", d.entry), ("exclude", d.exclude)):
        if expression is not None:
            found[key] = expression_dict(expression)
    found |= _logic(d.logic)
    if d.explicitly_not:
        found["explicitly_not"] = [_labels(text) for text in d.explicitly_not]
    if d.readings:
        found["readings"] = dict(d.readings)
    if d.open:
        found["open"] = {name: list(values) for name, values in d.open}
    if d.examples:
        found["examples"] = [_example(example) for example in d.examples]
    return found


def definition_to_yaml(definition: Definition) -> str:
    """Return the text of a definition's YAML file; the same definition gives the same text."""
    text = yaml.dump(definition_to_dict(definition), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)
    return str(text)


class _Dumper(yaml.SafeDumper):
    """Writes what is short and has no id on one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def represent_dict(self, data: Any) -> yaml.MappingNode:
        node = super().represent_dict(data)
        children = [child for pair in node.value for child in pair]
        node.flow_style = "id" not in data and _short(children)
        return node

    def represent_list(self, data: Any) -> yaml.SequenceNode:
        node = super().represent_list(data)
        node.flow_style = _short(node.value) and not any(" " in str(item) for item in data)
        return node


def _short(children: list[yaml.Node]) -> bool:
    on_one_line = (isinstance(child, yaml.ScalarNode) or getattr(child, "flow_style", False) for child in children)
    return all(on_one_line) and sum(map(_length, children)) <= SHORT


def _length(node: yaml.Node) -> int:
    if isinstance(node, yaml.ScalarNode):
        return len(str(node.value)) + 2
    parts = node.value if isinstance(node, yaml.SequenceNode) else [child for pair in node.value for child in pair]
    return sum(map(_length, parts)) + 2


_Dumper.add_representer(dict, _Dumper.represent_dict)
_Dumper.add_representer(list, _Dumper.represent_list)


def _logic(logic: Logic) -> dict[str, Any]:
    match logic:
        case Points():
            terms = [_term(term) for term in logic.terms]
            return {"points": points_dict(logic, terms, _number)}
        case ByIntent():
            return {"by": logic.column, "cases": {choice: _logic(branch) for choice, branch in logic.branches}}
        case AtLeast():
            return {"at_least": logic.number, "of": [_term(term) for term in logic.terms]}
        case AllOf():
            return {"all": [_term(term) for term in logic.terms]}
        case AnyOf():
            return {"any": [_term(term) for term in logic.terms]}


def _term(term: Term) -> dict[str, Any]:
    found: dict[str, Any] = {"id": term.id, "says": _labels(term.says)}
    if term.points is not None:
        found["points"] = _number(term.points)
    found |= _form(term.form)
    if term.votes is not None:
        found["from"] = _votes(term.votes)
    return found


def _form(form: Form) -> dict[str, Any]:
    match form:
        case Once():
            return {"once": {"finding": form.finding, "after": list(form.after)} if form.after else form.finding}
        case Rising():
            by = {"by": _number(form.by), "over": form.over} if form.by is not None else {}
            return {"rising": {"column": form.column, "times": form.times, **by}}
        case Consecutive():
            proviso = {"proviso": {"any": list(form.proviso)}} if form.proviso else {}
            return {"consecutive": {"finding": form.finding, "times": form.times, **proviso}}
        case _:
            more: dict[str, Any] = {"same": form.same} if form.same is not None else {}
            more |= {"from_first": True} if form.from_first else {}
            return {"within": {"finding": form.finding, "times": form.times, "days": form.days, **more}}


def _votes(votes: VoteSource) -> dict[str, Any]:
    found = {
        "survey": votes.survey,
        "question": votes.question,
        "option": votes.option,
        "count": votes.count,
        "base": votes.base,
        "base_is": votes.base_is,
        "as": votes.kind,
    }
    return {key: value for key, value in found.items() if value != ""}


def _example(example: Example) -> dict[str, Any]:
    expect = {"verdict": example.verdict, "by": example.by, "session": example.session, "class": example.class_name}
    found: dict[str, Any] = {"patient": dict(example.patient)} if example.patient else {}
    found["sessions"] = [dict(cells) for cells in example.sessions]
    found["expect"] = {key: value for key, value in expect.items() if value is not None}
    return found


def _labels(labels: Labels) -> str | dict[str, str]:
    return str(labels) if labels.languages in ((), ("default",)) else dict(labels.texts)


def _number(value: Decimal) -> int | float:
    # a float is written by its shortest decimal form, which is the decimal that it was made from
    return int(value) if value == value.to_integral_value() else float(value)
