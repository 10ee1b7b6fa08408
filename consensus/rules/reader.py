"""A place in the text of a rule: looks at the next words, takes them, or refuses them where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from consensus.rules.tokens import refuse, tokens_of

if TYPE_CHECKING:
    from consensus.rules.tokens import Token


class Reader:
    """Reads the tokens of one text from left to right; words are compared without regard to case."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._tokens = tokens_of(text)
        self._at = 0

    @property
    def next(self) -> Token:
        """The token that is read next."""
        return self._tokens[self._at]

    @property
    def before(self) -> int:
        """Where the token that was read last begins."""
        return self._tokens[max(self._at - 1, 0)].at

    def take(self) -> Token:
        """Return the next token and go on."""
        token = self.next
        self._at += token.kind != "end"
        return token

    def peek(self, *words: str) -> bool:
        """Return whether the next tokens are these words."""
        ahead = self._tokens[self._at : self._at + len(words)]
        return [t.text.lower() for t in ahead if t.kind == "word"] == list(words)

    def word(self, *words: str) -> bool:
        """Take these words if they are next."""
        there = self.peek(*words)
        self._at += len(words) if there else 0
        return there

    def sign(self, *signs: str) -> str:
        """Take one of these signs if it is next and return it, else an empty text."""
        if self.next.kind == "sign" and self.next.text in signs:
            return self.take().text
        return ""

    def need(self, sign: str, after: str) -> None:
        """Take a sign that must stand here."""
        if not self.sign(sign):
            self.refuse(f"{sign} after {after}")

    def name(self, what: str) -> str:
        """Take a name and return it."""
        if self.next.kind != "word":
            self.refuse(what)
        return self.take().text

    def whole(self, what: str) -> int:
        """Take a whole number of at least 1 and return it."""
        if self.next.kind != "number" or self.next.value.denominator != 1 or self.next.value < 1:
            self.refuse(what)
        return int(self.take().value)

    def refuse(self, expected: str, hint: str = "", *, at: int | None = None) -> NoReturn:
        """Raise ConsensusError for the next token, or for what begins at `at`."""
        refuse(self.text, self.next.at if at is None else at, expected, hint)
