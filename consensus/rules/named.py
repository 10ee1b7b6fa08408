"""The rules of published panels by name, with citation and standing, and which of them fit a ballot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from consensus.rules.grammar import parse_rule
from consensus.rules.on_scale import on_ballot
from questionnaires.problems import ConsensusError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from consensus.rules.ballots import Ballot, Counts
    from consensus.rules.rule import Rule

FILE = Path(__file__).with_name("named.yaml")
GROUP = "GROUP"


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedRule:
    """A rule that panels have used: its text, where it comes from, and how sure that is (`standing`).

    `scale` is the rating scale that it is made for, None for any; `grouped` says that it judges within groups, and then
    its text has `GROUP` for their column; `least` is the smallest panel it is made for; `closeness` says that it tells
    how near ratings lie but not on which side.
    """

    id: str
    family: str
    title: tuple[tuple[str, str], ...]
    text: str
    standing: str
    cite: str
    scale: tuple[int, int] | None = None
    grouped: bool = False
    least: int = 1
    closeness: bool = False
    note: tuple[tuple[str, str], ...] = ()
    short: tuple[tuple[str, str], ...] = ()

    def rule(self, by: str = "group") -> Rule:
        """Return the rule, judging within the groups of the column `by` where it judges within groups."""
        return parse_rule(self.text.replace(GROUP, by))

    def titled(self, language: str) -> str:
        """Return its title in a language, else in English."""
        return dict(self.title).get(language, dict(self.title)["en"])

    def called(self, language: str) -> str:
        """Return what a figure calls it: its id, or a short name in languages in which the id is no word."""
        return dict(self.short).get(language, self.id)

    def noted(self, language: str) -> str:
        """Return what there is to mind about it, in a language, else in English; empty where nothing is."""
        return dict(self.note).get(language, dict(self.note).get("en", ""))


@cache
def named_rules() -> tuple[NamedRule, ...]:
    """Return all rules that have a name, in the order of their families."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return tuple(_read(entry) for entry in yaml.load(FILE.read_text(encoding="utf-8"), Loader=loader))


def _read(entry: dict[str, object]) -> NamedRule:
    texts = {key: entry.get(key) for key in ("title", "note", "short")}
    scale = entry.get("scale")
    return NamedRule(
        id=str(entry["id"]),
        family=str(entry["family"]),
        title=tuple(texts["title"].items()) if isinstance(texts["title"], dict) else (),
        text=" ".join(str(entry["rule"]).split()),
        standing=str(entry["standing"]),
        cite=str(entry["cite"]),
        scale=(int(scale[0]), int(scale[1])) if isinstance(scale, list) else None,
        grouped=bool(entry.get("groups")),
        least=int(str(entry.get("least", 1))),
        closeness=bool(entry.get("closeness")),
        note=tuple(texts["note"].items()) if isinstance(texts["note"], dict) else (),
        short=tuple(texts["short"].items()) if isinstance(texts["short"], dict) else (),
    )


def find_rules(name: str) -> tuple[NamedRule, ...]:
    """Return the rule of that name, or all of a family; ConsensusError with the nearest name where there is none."""
    wanted = name.strip().lower().replace("/", "-").replace(" ", "-")
    found = tuple(rule for rule in named_rules() if wanted in (rule.id.lower(), rule.family.lower().replace(" ", "-")))
    if found:
        return found
    known = [*dict.fromkeys(rule.family for rule in named_rules()), *(rule.id for rule in named_rules())]
    hint = did_you_mean(wanted, [k.lower().replace(" ", "-") for k in known])
    words = 'A rule in words is written like this: "share(agree) >= 75%". ' if any(c.isdigit() for c in name) else ""
    raise ConsensusError(f'"{name}" is no rule with a name. {words}{hint or "consensus rules lists them."}'.strip())


def fitting(counts: Counts, rules: Iterable[NamedRule] | None = None) -> tuple[tuple[NamedRule, Rule], ...]:
    """Return the named rules that can be held against these counts, each as the rule that is then used.

    Agreement on a scale without options that say it is its upper third (7 to 9 of 1 to 9).
    """
    by = next(iter(counts.groups), None)
    largest = int(counts.committed.max(initial=0))
    found = []
    for named in named_rules() if rules is None else rules:
        if (
            named.closeness
            or (named.grouped and by is None)
            or largest < named.least
            or not _fits_scale(named, counts.ballot)
        ):
            continue
        rule = on_ballot(named.rule(by or "group"), counts.ballot)
        if rule is not None:
            found.append((named, rule))
    return tuple(found)


def _fits_scale(named: NamedRule, ballot: Ballot) -> bool:
    scale = ballot.scale
    return named.scale is None or (bool(scale) and (int(scale[0]), int(scale[-1])) == named.scale)
