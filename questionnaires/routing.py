"""Who should have seen a question: the small language that `relevant`, `constraint` and `eligible` are written in.

It is the subset of XPath 1.0 that XLSForm uses: `or`, `and`, `=`, `!=`, `<`, `<=`, `>`, `>=`, `+`, `-`, `*`, `div`,
`mod`, `${name}`, `.` for the question's own answer, texts in quotes, numbers, and functions (`questionnaires.xpath`).
No answer is an empty text and never zero, so `${age} < 18` is false and `${x} != 'yes'` is true without one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from questionnaires.problems import ConsensusError, did_you_mean, one_of
from questionnaires.xpath import (
    FUNCTIONS,
    Value,
    call,
    divided,
    equal,
    number,
    remainder,
    truth,
    value_of,
)

Scope = tuple[Mapping[str, object], object]
Node = Callable[[Scope], Value]

_TOKEN = re.compile(
    r"""\s*(?:
    \$\{(?P<name>[^}]*)\}
    |(?P<number>\d+(?:\.\d+)?|\.\d+)
    |'(?P<single>[^']*)'
    |"(?P<double>[^"]*)"
    |(?P<word>[^\W\d][\w-]*)
    |(?P<mark>!=|<=|>=|[=<>+\-*(),.])
    )""",
    re.VERBOSE,
)
_LEVELS: tuple[tuple[str, ...], ...] = (
    ("or",),
    ("and",),
    ("=", "!="),
    ("<", "<=", ">", ">="),
    ("+", "-"),
    ("*", "div", "mod"),
)
_OPERATORS: dict[str, Callable[[Value, Value], Value]] = {
    "=": equal,
    "!=": lambda left, right: not equal(left, right),
    "<": lambda left, right: number(left) < number(right),
    "<=": lambda left, right: number(left) <= number(right),
    ">": lambda left, right: number(left) > number(right),
    ">=": lambda left, right: number(left) >= number(right),
    "+": lambda left, right: number(left) + number(right),
    "-": lambda left, right: number(left) - number(right),
    "*": lambda left, right: number(left) * number(right),
    "div": lambda left, right: divided(number(left), number(right)),
    "mod": lambda left, right: remainder(number(left), number(right)),
}
_DEEPEST = 60


class ExpressionError(ConsensusError):
    """An expression that can't be read or can't be evaluated here; `at` is the character, counted from 1."""

    def __init__(self, expression: str, at: int, got: str, expected: str, hint: str = "") -> None:
        text = f'the expression "{expression}", character {at}: {got}. Expected {expected}.'
        super().__init__(f"{text} {hint}".rstrip())
        self.at, self.got, self.expected = at, got, expected


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Expression:
    """An expression that was read: `names` are the questions it speaks of, `own` whether it uses the own answer."""

    text: str
    names: tuple[str, ...]
    own: bool
    run: Node

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"

    def value(self, answers: Mapping[str, object], own: object = None) -> Value:
        """Return the value; a question that `answers` lacks has no answer. Several options are a tuple of names."""
        return self.run((answers, own))

    def holds(self, answers: Mapping[str, object], own: object = None) -> bool:
        """Return whether the expression is true for these answers."""
        return truth(self.run((answers, own)))


@lru_cache(maxsize=4096)
def parse_expression(written: str) -> Expression:
    """Return the expression that a text says; ExpressionError where it can't be read, with its place."""
    parser = _Parser(written)
    node = parser.level(0)
    parser.end()
    return Expression(text=written, names=tuple(dict.fromkeys(parser.names)), own=parser.own, run=node)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def _tokens(written: str) -> list[_Token]:
    tokens, at = [], 0
    while written[at:].strip():
        found = _TOKEN.match(written, at)
        if found is None or found.lastgroup is None:
            start = at + len(written[at:]) - len(written[at:].lstrip())
            raise ExpressionError(
                written, start + 1, f'"{written[start : start + 12]}" can\'t be read', "a question such as ${age}, "
                "a number, a text in quotes, a function or an operator"
            )  # fmt: skip
        kind = "text" if found.lastgroup in ("single", "double") else found.lastgroup
        tokens.append(_Token(kind, found[found.lastgroup], found.start(found.lastgroup)))
        at = found.end()
    return tokens


class _Parser:
    """Precedence climbing over the tokens of one expression; collects the names on its way."""

    def __init__(self, written: str) -> None:
        self.written = written
        self.tokens = _tokens(written)
        self.place = 0
        self.depth = 0
        self.names: list[str] = []
        self.own = False

    def level(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self.unary()
        node = self.level(level + 1)
        while (token := self.peek()) is not None and token.kind in ("mark", "word") and token.text in _LEVELS[level]:
            self.place += 1
            node = _joined(token.text, node, self.level(level + 1))
        return node

    def unary(self) -> Node:
        if self.take("-"):
            inner = self.deeper(self.unary)
            return lambda scope: -number(inner(scope))
        return self.operand()

    def operand(self) -> Node:
        token = self.peek()
        if token is None:
            raise self.error("the expression ends", "a question, a number, a text or a function")
        self.place += 1
        if token.kind == "name":
            return self.question(token.text.strip())
        if token.kind == "number":
            amount = float(token.text)
            return lambda scope: amount
        if token.kind == "text":
            words = token.text
            return lambda scope: words
        if token.kind == "word":
            return self.function(token)
        if token.text == "(":
            return self.closed(self.deeper(lambda: self.level(0)))
        if token.text == ".":
            self.own = True
            return lambda scope: value_of(scope[1])
        self.place -= 1
        raise self.error(f'"{token.text}" stands here', "a question, a number, a text or a function")

    def question(self, name: str) -> Node:
        self.names.append(name)
        return lambda scope: value_of(scope[0].get(name))

    def function(self, token: _Token) -> Node:
        name = token.text
        if name not in FUNCTIONS:
            self.place -= 1
            raise self.error(
                f'"{name}" is not a function that can be evaluated here',
                one_of(FUNCTIONS),
                did_you_mean(name, FUNCTIONS),
            )
        if not self.take("("):
            raise self.error(f'"{name}" has no bracket', f"{name}(...)")
        nodes = self.arguments()
        fewest, most, _ = FUNCTIONS[name]
        if not fewest <= len(nodes) <= most:
            self.place -= 1
            wanted = f"{fewest}" if fewest == most else f"{fewest} or more"
            raise self.error(f"{name}() has {len(nodes)} values", f"{wanted} of them")
        return lambda scope: call(name, [node(scope) for node in nodes])

    def arguments(self) -> list[Node]:
        nodes: list[Node] = []
        if self.take(")"):
            return nodes
        while True:
            nodes.append(self.deeper(lambda: self.level(0)))
            if self.take(")"):
                return nodes
            if not self.take(","):
                raise self.error("a bracket is not closed", "a comma or a closing bracket")

    def deeper(self, part: Callable[[], Node]) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.error("brackets are nested too deep", f"at most {_DEEPEST} inside each other")
        node = part()
        self.depth -= 1
        return node

    def closed(self, node: Node) -> Node:
        if not self.take(")"):
            raise self.error("a bracket is not closed", "a closing bracket")
        return node

    def end(self) -> None:
        if self.peek() is not None:
            raise self.error(f'"{self.tokens[self.place].text}" stands here', "an operator or the end")

    def peek(self) -> _Token | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def take(self, mark: str) -> bool:
        token = self.peek()
        if token is None or token.kind != "mark" or token.text != mark:
            return False
        self.place += 1
        return True

    def error(self, got: str, expected: str, hint: str = "") -> ExpressionError:
        token = self.peek()
        return ExpressionError(self.written, (token.at if token else len(self.written)) + 1, got, expected, hint)


def _joined(operator: str, left: Node, right: Node) -> Node:
    if operator == "or":
        return lambda scope: truth(left(scope)) or truth(right(scope))
    if operator == "and":
        return lambda scope: truth(left(scope)) and truth(right(scope))
    compute = _OPERATORS[operator]
    return lambda scope: compute(left(scope), right(scope))
