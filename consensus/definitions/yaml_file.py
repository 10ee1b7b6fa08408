"""YAML whose every value knows its file, line and key, so that each fault can be shown where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import yaml

from questionnaires.absent import no_such_file
from questionnaires.instrument import Labels
from questionnaires.problems import ConsensusError, Problem, did_you_mean, one_of

MOST = 1_000_000
_LANGUAGE = re.compile(r"default|[a-z]{2,3}(-[A-Za-z]+)?")

SHOWN = 60  # characters of a text that stands where keys should
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class FaultyFileError(ConsensusError):
    """All faults of a file at once; `problems` has them one by one."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Place:
    """A value of a YAML file with the way that leads to it; what is wrong with it is collected in `faults`."""

    file: str
    key: str
    node: yaml.Node
    faults: list[Problem]

    @property
    def where(self) -> str:
        """The file, the line (of a workbook the row) and the key."""
        word = "row" if self.file.lower().endswith(".xlsx") else "line"
        line = f"{self.file}, {word} {self.node.start_mark.line + 1}"
        return f"{line}, {self.key}" if self.key else line

    def fault(self, got: str, expected: str = "", hint: str = "") -> None:
        """Collect a fault of this value."""
        self.faults.append(Problem(where=self.where, got=got, expected=expected, hint=hint))

    def mapping(self, known: Iterable[str] | None = None, required: Iterable[str] = ()) -> dict[str, Place]:
        """Return the values by their keys; faults: no mapping, keys twice, not `known`, missing."""
        found: dict[str, Place] = {}
        if not isinstance(self.node, yaml.MappingNode):
            self.fault(f"this is {_kind(self.node)}", "keys with values")
            return found
        words = None if known is None else list(known)
        for key_node, value_node in self.node.value:
            name = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            place = Place(self.file, f"{self.key}.{name}" if self.key else name, value_node, self.faults)
            at_key = Place(self.file, self.key, key_node, self.faults)
            if name in found:
                at_key.fault(f'the key "{name}" stands twice', "one of them")
            elif words is not None and name not in words:
                at_key.fault(f'"{name}" is not a key here', one_of(words), did_you_mean(name, words))
            else:
                found[name] = place
        for name in required:
            if name not in found:
                self.fault(f'the key "{name}" is missing')
        return found

    def sequence(self) -> list[Place]:
        """Return the values of a list; a fault if it is none."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.fault(f"this is {_kind(self.node)}", "a list")
            return []
        return [Place(self.file, f"{self.key}[{at}]", n, self.faults) for at, n in enumerate(self.node.value, start=1)]

    @property
    def is_mapping(self) -> bool:
        """Whether the value is a mapping."""
        return isinstance(self.node, yaml.MappingNode)

    @property
    def is_sequence(self) -> bool:
        """Whether the value is a list."""
        return isinstance(self.node, yaml.SequenceNode)

    def text(self) -> str:
        """Return the value as it is written; a fault and an empty text if it is a mapping or a list."""
        if not isinstance(self.node, yaml.ScalarNode):
            self.fault(f"this is {_kind(self.node)}", "a text")
            return ""
        return "" if self.node.tag.endswith(":null") else str(self.node.value)

    def word(self, known: Iterable[str], what: str) -> str:
        """Return a word that must be a known one; `what` names it, as in *"x" is not a finding*."""
        words, text = list(known), self.text()
        if text not in words and isinstance(self.node, yaml.ScalarNode):
            self.fault(f'"{text}" is not {what}', one_of(words), did_you_mean(text, words))
            return ""
        return text

    def texts(self) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(place.text() for place in self.sequence())

    def labels(self) -> Labels:
        """Return a text in several languages; a plain text has the language `default`."""
        if self.is_mapping:
            texts = self.mapping()
            if not all(_LANGUAGE.fullmatch(language) for language in texts):
                self.fault("this is a mapping", "a text, or texts by language such as {en: ..., zh: ...}")
                return Labels()
            return Labels(tuple((language, place.text()) for language, place in texts.items()))
        text = self.text()
        return Labels((("default", text),)) if text else Labels()

    def number(self) -> Decimal | None:
        """Return a decimal exactly as it is written, or None and a fault."""
        text = self.text()
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            if isinstance(self.node, yaml.ScalarNode):
                self.fault(f'"{text}" is not a number', "a number")
            return None
        return value

    def whole(self, least: int) -> int | None:
        """Return a whole number of at least `least`, or None and a fault."""
        value = self.number()
        if value is None:
            return None
        if not least <= value <= MOST or value != value.to_integral_value():
            self.fault(f"{self.text()} is not allowed", f"a whole number of at least {least}")
            return None
        return int(value)

    def flag(self) -> bool:
        """Return true or false; a fault if it is neither."""
        text = self.text().casefold()
        if text not in ("true", "false", "yes", "no") and isinstance(self.node, yaml.ScalarNode):
            self.fault(f'"{self.text()}" is neither true nor false', "true or false")
        return text in ("true", "yes")

    def finish(self) -> None:
        """Raise FaultyFileError if anything of the file was at fault; faults stand in the order of their lines."""
        if self.faults:
            raise FaultyFileError(sorted(self.faults, key=_line))


def read_yaml(path: Path) -> Place:
    """Return the top value of a YAML file; ConsensusError if it can't be read, is empty or breaks YAML's own rules."""
    if not path.exists():
        raise no_such_file(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConsensusError(f"{path}: can't be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise ConsensusError(f"{path}: is not UTF-8 text. Save it with that encoding.") from None
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConsensusError(f"{path.name}, line {line}: is not YAML: {error.problem}.") from None
    except yaml.YAMLError as error:
        raise ConsensusError(f"{path.name}: is not YAML: {error}.") from None
    if node is None:
        raise ConsensusError(f"{path.name}: is empty.")
    return Place(path.name, "", node, [])


def _kind(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    text = " ".join(str(node.value).split())
    return f'the text "{text[:SHOWN]}{"..." * (len(text) > SHOWN)}"' if text else "empty"


def _line(problem: Problem) -> int:
    match = re.search(r", (?:line|row) (\d+)", problem.where)
    return int(match[1]) if match is not None else 0
