"""The rule: what counts as consensus, as a person writes it, decided on exact numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from questionnaires.problems import ConsensusError

Comparison = Literal[">=", ">"]
Outcome = Literal["in", "out", "no consensus", "uncertain", "too few"]

EXAMPLE = "share(agree) >= 75%"

_SPACE = re.compile(r"\s*")
_COMPARISON = re.compile(r">=|≥|>")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_FRACTION = re.compile(r"(\d+)\s*/\s*(\d+)")
_WHOLE = re.compile(r"\d+")
_DECIMAL = re.compile(r"0?\.\d+|[01]\.\d+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A criterion is *in* where the share that agrees passes `threshold` (0 to 1), *out* where the share against does.

    `str(rule)` is the text that `parse_rule` reads back to the same rule.
    """

    threshold: Fraction
    comparison: Comparison = ">="

    def __str__(self) -> str:
        return f"share(agree) {self.comparison} {_threshold_text(self.threshold)}"

    def passes(self, votes: Fraction | int, n: int) -> bool:
        """Return whether `votes` of `n` pass, compared as fractions: 7 of 25 is exactly 28 %."""
        needed = self.threshold * n
        return n > 0 and (votes >= needed if self.comparison == ">=" else votes > needed)

    def outcome(self, support: Fraction | int, against: Fraction | int, n: int) -> Outcome:
        """Return what the rule makes of the votes for and against of a base `n`; an empty base is too few."""
        if n == 0:
            return "too few"
        accepted, rejected = self.passes(support, n), self.passes(against, n)
        if accepted == rejected:  # both can pass only where exactly half suffices: a tie, and no consensus
            return "no consensus"
        return "in" if accepted else "out"

    def margin(self, support: Fraction | int, n: int) -> Fraction | None:
        """Return how far the share lies above (+) or below (-) the threshold; None for an empty base."""
        return None if n == 0 else Fraction(support) / n - self.threshold

    def needed(self, n: int) -> int:
        """Return the smallest whole number of `n` votes that passes (12 of 15 for 75 %)."""
        exact = self.threshold * n
        ceiling = -(-exact.numerator // exact.denominator)
        return ceiling + 1 if self.comparison == ">" and ceiling == exact else ceiling

    def phrase(self, language: str = "en") -> str:
        """Return the rule as part of a sentence: `at least 75% agreement`."""
        shown = _threshold_text(self.threshold)
        if language == "zh":
            return f"同意比例{'不低于' if self.comparison == '>=' else '超过'}{shown}"
        return f"{'at least' if self.comparison == '>=' else 'more than'} {shown} agreement"

    def sentence(self, language: str = "en") -> str:
        """Return the rule as a sentence in English or, for `zh`, in Chinese."""
        shown = _threshold_text(self.threshold)
        if language == "zh":
            how = "不低于" if self.comparison == ">=" else "超过"
            return f"支持某一标准的比例{how}{shown}即接受该标准；反对的比例{how}{shown}即由共识否定该标准。"
        how = "at least" if self.comparison == ">=" else "more than"
        return (
            f"A criterion is accepted where {how} {shown} support it, "
            f"and rejected by consensus where {how} {shown} are against it."
        )


MAJORITY = Rule(threshold=Fraction(1, 2), comparison=">")


def parse_rule(text: str) -> Rule:
    """Return the rule of a text such as `share(agree) >= 75%`, `share(agree) > 50%` or `share(agree) >= 2/3`.

    Raises ConsensusError that names the place of the first character that can't be read, what was expected there, and
    a hint.
    """
    at = _expect(text, 0, "share(agree)")
    found = _COMPARISON.match(text, at)
    if found is None:
        raise _refusal(text, at, ">= or >")
    comparison: Comparison = ">" if found.group() == ">" else ">="
    at = _skip(text, found.end())
    threshold, end = _threshold(text, at)
    end = _skip(text, end)
    if end < len(text):
        raise _refusal(text, end, "the end of the rule", "More than one condition in a rule can't be read yet.")
    _check(text, at, threshold, comparison)
    return Rule(threshold=threshold, comparison=comparison)


def _expect(text: str, at: int, words: str) -> int:
    for token in re.findall(r"\w+|[()]", words):
        at = _skip(text, at)
        if text[at : at + len(token)].lower() != token:
            hint = "A simple majority is written share(agree) > 50%." if "majority" in text.lower() else ""
            raise _refusal(text, at, words, hint)
        at += len(token)
    return _skip(text, at)


def _threshold(text: str, at: int) -> tuple[Fraction, int]:
    if found := _PERCENT.match(text, at):
        return Fraction(found[1]) / 100, found.end()
    if (found := _FRACTION.match(text, at)) and int(found[2]):
        return Fraction(int(found[1]), int(found[2])), found.end()
    raise _refusal(text, at, "a percentage such as 75%, or a fraction such as 2/3", _meant(text, at))


def _meant(text: str, at: int) -> str:
    if found := _DECIMAL.match(text, at):
        return f"Did you mean {_threshold_text(Fraction(found.group()))}?"
    found = _WHOLE.match(text, at)
    return f"Did you mean {found.group()}%?" if found else ""


def _check(text: str, at: int, threshold: Fraction, comparison: Comparison) -> None:
    if threshold > 1 or (threshold == 1 and comparison == ">"):
        raise _refusal(text, at, "a threshold that can be reached, up to 100%")
    if 2 * threshold < 1:
        hint = "The share against a criterion is held against the same threshold, so below half both sides could pass."
        raise _refusal(text, at, "a threshold of at least 50%", hint)


def _refusal(text: str, at: int, expected: str, hint: str = "") -> ConsensusError:
    rest = text[at:].strip()
    got = f'"{rest}"' if rest else "nothing more"
    return ConsensusError(
        f'the rule "{text}", character {at + 1}: {got} can\'t be read there. Expected {expected}.'
        + (hint and f" {hint}")
    )


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return at if found is None else found.end()


def _threshold_text(threshold: Fraction) -> str:
    percent = threshold * 100
    for digits in range(10):
        scaled = percent * 10**digits
        if scaled.denominator == 1:
            return f"{scaled.numerator / 10**digits:.{digits}f}%"
    return f"{threshold.numerator}/{threshold.denominator}"
