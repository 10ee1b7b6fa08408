"""A rule as sentences, in English or in Chinese: put together from the words of one language."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

from consensus.rules import words_en, words_zh
from consensus.rules.terms import Compared, InGroups, Joined, Not, Term, Told, number, percent

if TYPE_CHECKING:
    from consensus.rules.rule import Rule
    from consensus.rules.terms import Condition, Sum

WORDS: dict[str, ModuleType] = {"en": words_en, "zh": words_zh}


def sentence(rule: Rule, language: str = "en") -> str:
    """Return a rule in whole sentences: when an item is in, when it is out, and what else the rule says."""
    say = WORDS.get(language, words_en)
    parts = [say.accepted(condition_words(rule.accept, say), _rejection(rule, say))]
    parts += [say.in_round(number, condition_words(condition, say)) for number, condition in rule.rounds]
    parts += [say.out_in_round(number, condition_words(condition, say)) for number, condition in rule.rejections]
    parts += [say.for_choices(condition_words(rule.choices, say))] if rule.choices is not None else []
    parts += [say.doubtful(condition_words(rule.doubt, say))] if rule.doubt is not None else []
    parts += [say.OTHERWISE_UNCERTAIN] if rule.otherwise == "uncertain" else []
    if rule.quorum is not None:
        of = say.BASES[rule.quorum.base]
        parts.append(say.quorum(rule.quorum.count, percent(rule.quorum.share) if rule.quorum.share else "", of))
    parts += [say.quantiles(rule.quantile)] if rule.quantile is not None else []
    parts += [say.SETTLED] if rule.settled else []
    return str(say.BETWEEN).join(parts)


def _rejection(rule: Rule, say: ModuleType) -> str | None:
    """Return when an item is out, in words; None where the rule never rejects."""
    if rule.rounds and rule.reject is None and not rule.rejections and rule.rejects() is not None:
        return str(say.MIRRORED)
    against = rule.rejects()
    return None if against is None else condition_words(against, say)


def phrase(rule: Rule, language: str = "en") -> str:
    """Return a rule as part of a sentence: `at least 75% agreement`, or its condition in words."""
    say = WORDS.get(language, words_en)
    simple = rule.simple
    if simple is not None and rule.threshold is not None:
        return str(say.agreement(simple.comparison, percent(rule.threshold)))
    return condition_words(rule.accept, say)


def condition_words(condition: Condition, say: ModuleType) -> str:
    """Return a condition in words: `the median is at least 7 and at most 15% rate it 1 to 3`."""
    if isinstance(condition, Compared):
        return _compared(condition, say)
    if isinstance(condition, Told):
        return str(say.told(condition.word, condition.way))
    if isinstance(condition, Not):
        if isinstance(condition.part, Told):
            return str(say.not_told(condition.part.word, condition.part.way))
        return str(say.negated(condition_words(condition.part, say)))
    if isinstance(condition, InGroups):
        return str(say.in_groups(condition_words(condition.part, say), condition.least, condition.by))
    parts = [_within(part, condition, say) for part in condition.parts]
    return str(say.joined(condition.word, parts))


def _within(part: Condition, whole: Joined, say: ModuleType) -> str:
    words = condition_words(part, say)
    return str(say.bracketed(words)) if isinstance(part, Joined) and part.word != whole.word else words


def _compared(condition: Compared, say: ModuleType) -> str:
    limit = condition.right.constant
    parts = condition.left.parts
    if limit is not None and len(parts) == 1 and parts[0][0] == 1 and isinstance(parts[0][1], Term):
        term = parts[0][1]
        shown = percent(limit) if condition.unit == "share" else number(limit)
        if term.measure in ("share", "count") and term.bound is None and term.options is not None:
            whom = say.BASES[term.base] if term.base else ""
            return str(say.people(condition.comparison, shown, whom, say.doing(term.options), term.measure))
    left, right = _sum(condition.left, condition.unit, say), _sum(condition.right, condition.unit, say)
    return str(say.compared(left, condition.comparison, right))


def _sum(side: Sum, unit: str, say: ModuleType) -> str:
    show = percent if unit == "share" else number
    words = ""
    for sign, part in side.parts:
        shown = say.measure(part) if isinstance(part, Term) else show(part)
        words = shown if not words and sign > 0 else say.added(words, sign, shown)
    return words
