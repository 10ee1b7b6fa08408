"""Reads the text of a rule, such as `share(7..9) >= 70% and share(1..3) < 15% in each group, quorum 75% of eligible`.

rule       = condition {"," clause}
clause     = "in round" N ":" condition | "for choices:" condition | "out if" condition
               | "out in round" N "if" condition | "uncertain if" condition | "otherwise uncertain"
           | "quorum" (SHARE ["of" BASE] | N) | "quantile = type"N | "settled items stay"
condition  = either ["in each" GROUP | "in any" GROUP | "in at least" N GROUP | "pooled"]
either     = both {"or" both};   both = single {"and" single};   single = ["not"] ("(" condition ")" | comparison)
comparison = sum (">=" | ">" | "<=" | "<" | "=") sum ["of" BASE] | "disagreement(" WAY ")" | "agreement(classic)"
sum        = (term | NUMBER) {("+" | "-") (term | NUMBER)}
term       = "share(" OPTIONS ")" ["of" BASE] | "low(share(...))" | "median" | "iqr" | "quantile(30%)" | ...
OPTIONS    = "agree" | "disagree" | "top" | "bottom" | 7..9 | 3, 4
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any, Literal

from consensus.rules.reader import Reader
from consensus.rules.rule import QUANTILE_TYPE, Rule
from consensus.rules.term_grammar import BASES, comparison
from consensus.rules.terms import Condition, InGroups, Joined, Not, Quorum
from consensus.rules.tokens import tokens_of
from questionnaires.problems import did_you_mean

CLAUSES = ("in round 2: ...", "for choices: ...", "out if ...", "out in round 2 if ...", "uncertain if ...",
           "otherwise uncertain", "quorum 75% of eligible", "quantile = type7", "settled items stay")  # fmt: skip
CLAUSE_WORDS = ("in", "for", "out", "uncertain", "otherwise", "quorum", "quantile", "settled")


def parse_rule(text: str) -> Rule:
    """Return the rule of a text such as `share(agree) >= 75%` or `median >= 7 and iqr <= 2, quantile = type7`.

    Raises ConsensusError that names the place of the first character that can't be read, what was expected there, and
    a hint.
    """
    reader = Reader(text)
    rule = Rule(accept=condition(reader))
    while reader.sign(",", ";"):
        rule = _clause(reader, rule)
    if reader.next.kind != "end":
        reader.refuse("a comma and a clause, and, or, or the end of the rule")
    if rule.uses_quantiles and rule.quantile is None:
        rule = replace(rule, quantile=QUANTILE_TYPE)
    _check_half(reader, rule)
    return rule


def condition(reader: Reader) -> Condition:
    """Read a condition with the groups that it is judged within."""
    read = _joined(reader)
    if reader.word("pooled"):
        return read
    if not (reader.peek("in") and not reader.peek("in", "round")):
        return read
    start = reader.next
    reader.word("in")
    least = _least(reader)
    by = reader.name("the column of the groups, such as stakeholder_group")
    if any(isinstance(part, InGroups) for part in _parts(read)):
        reader.refuse("no groups within groups", at=start.at)
    return InGroups(read, least, by)


def _least(reader: Reader) -> Literal["each", "any"] | int:
    if reader.word("each"):
        return "each"
    if reader.word("any"):
        return "any"
    if reader.word("at", "least"):
        return reader.whole("a number of groups")
    return reader.refuse("each, any or at least 2, and the column of the groups")


def _parts(read: Condition) -> tuple[Condition, ...]:
    if isinstance(read, Joined):
        return (read, *(p for part in read.parts for p in _parts(part)))
    return (read, *_parts(read.part)) if isinstance(read, Not | InGroups) else (read,)


def _joined(reader: Reader) -> Condition:
    parts = [_both(reader)]
    while reader.word("or"):
        parts.append(_both(reader))
    return parts[0] if len(parts) == 1 else Joined("or", tuple(parts))


def _both(reader: Reader) -> Condition:
    parts = [_single(reader)]
    while reader.word("and"):
        parts.append(_single(reader))
    return parts[0] if len(parts) == 1 else Joined("and", tuple(parts))


def _single(reader: Reader) -> Condition:
    if reader.word("not"):
        return Not(_single(reader))
    if not reader.sign("("):
        return comparison(reader)
    read = condition(reader)
    reader.need(")", "the condition")
    return read


def _clause(reader: Reader, rule: Rule) -> Rule:
    start = reader.next
    if reader.word("in", "round"):
        return _in_round(reader, rule)
    if reader.word("for", "choices"):
        reader.need(":", "for choices")
        return _once(reader, rule, "choices", condition(reader), start.at)
    if reader.word("out", "in", "round"):
        return _out_in_round(reader, rule)
    if reader.word("out", "if"):
        return _once(reader, rule, "reject", condition(reader), start.at)
    if reader.word("uncertain", "if"):
        return _once(reader, rule, "doubt", condition(reader), start.at)
    if reader.word("otherwise"):
        if not reader.word("uncertain") and not reader.word("no", "consensus"):
            reader.refuse("otherwise uncertain")
        uncertain = reader.text[start.at : reader.next.at].lower().rstrip(" ,;").endswith("uncertain")
        return replace(rule, otherwise="uncertain" if uncertain else "no consensus")
    if reader.word("quorum"):
        return _once(reader, rule, "quorum", _quorum(reader), start.at)
    if reader.word("quantile"):
        return _once(reader, rule, "quantile", _quantile(reader), start.at)
    if reader.word("settled", "items", "stay"):
        return replace(rule, settled=True)
    return reader.refuse("a clause: " + "; ".join(CLAUSES), did_you_mean(start.text.lower(), CLAUSE_WORDS))


def _once(reader: Reader, rule: Rule, field: str, value: Any, at: int) -> Rule:
    if getattr(rule, field) is not None:
        reader.refuse("this clause once in a rule", at=at)
    return replace(rule, **{field: value})


def _in_round(reader: Reader, rule: Rule) -> Rule:
    number = _round(reader, rule.rounds)
    reader.need(":", f"round {number}")
    return replace(rule, rounds=(*rule.rounds, (number, condition(reader))))


def _out_in_round(reader: Reader, rule: Rule) -> Rule:
    number = _round(reader, rule.rejections)
    if not reader.word("if"):
        reader.refuse(f"out in round {number} if ...")
    return replace(rule, rejections=(*rule.rejections, (number, condition(reader))))


def _round(reader: Reader, before: tuple[tuple[int, Condition], ...]) -> int:
    at = reader.next.at
    number = reader.whole("the number of a round")
    if before and number <= before[-1][0]:
        reader.refuse("rounds in their order, each once", at=at)
    return number


def _quorum(reader: Reader) -> Quorum:
    token = reader.next
    if token.kind == "number" and not token.fraction:
        return Quorum(count=reader.whole("a number of people, or a percentage such as 75% of eligible"))
    if token.kind == "end" or token.kind not in ("percent", "number") or not 0 < token.value <= 1:
        reader.refuse("a number of people, or a percentage such as 75% of eligible")
    reader.take()
    if not reader.word("of"):
        reader.refuse("of and a base, such as of eligible")
    word = reader.next.text.lower()
    base = next((b for b in BASES if b == word), None)
    if base is None:
        reader.refuse("of eligible, of invited, of asked or of answered", did_you_mean(word, BASES))
    reader.take()
    return Quorum(share=Fraction(token.value), base=base)


def _quantile(reader: Reader) -> int:
    reader.need("=", "quantile")
    word = reader.next.text.lower()
    if word.startswith("type") and word[4:].isdigit() and 1 <= int(word[4:]) <= 9:
        reader.take()
        return int(word[4:])
    return reader.refuse("type1 to type9 (Hyndman and Fan 1996); spreadsheets and R use type7, SPSS type6")


def _check_half(reader: Reader, rule: Rule) -> None:
    """Refuse a mirrored rule that both sides could pass."""
    threshold = rule.threshold
    if threshold is None or 2 * threshold >= 1:
        return
    hint = "The share against a criterion is held against the same threshold, so below half both sides could pass."
    reader.refuse("a threshold of at least 50%", hint, at=_place_of_number(reader.text))


def _place_of_number(text: str) -> int:
    return next(token.at for token in tokens_of(text) if token.kind in ("number", "percent"))
