"""What a panelist is told before the next round: the own answer, what the panel and its larger groups said, comments.

No group of fewer than five people is shown, and none that such a group could be worked out from.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from consensus.agreement.tally import ANSWERED
from consensus.rounds.panel import SMALLEST_GROUP
from consensus.rounds.results import ballot_of, value
from consensus.rules.measures import measure, median_of
from consensus.rules.rule import QUANTILE_TYPE
from consensus.rules.terms import Term
from questionnaires.forms.round_workbook import GroupLine, RoundForm, RoundLine
from questionnaires.privacy import masked
from questionnaires.scales import steps_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consensus.rounds.answers import Answer
    from consensus.rounds.closing import ClosedRound
    from consensus.rounds.items import Item, Items
    from consensus.rounds.panel import Panel, Panelist
    from consensus.rounds.results import ItemResult
    from consensus.rules.ballots import Counts
    from questionnaires.instrument import Instrument, Question

BARS = " ▁▂▃▄▅▆▇█"
GROUP = "group"


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Feedback:
    """What is told of the rounds before: for each item asked now, the last result and answers that there are."""

    title: str
    study: str
    round: int
    language: str
    items: tuple[Item, ...]
    before: dict[str, tuple[ItemResult, dict[str, Answer]]]
    questions: dict[str, Question]
    shown_groups: tuple[str, ...]
    panel: Panel

    def form(self, person: Panelist) -> RoundForm:
        """Return the workbook of one panelist, without formats."""
        return RoundForm(
            title=self.title,
            study=self.study,
            round=self.round,
            panelist=person.id,
            language=self.language,
            lines=tuple(self._line(item, person) for item in self.items),
            groups=self.group_lines,
        )

    @property
    def group_lines(self) -> tuple[GroupLine, ...]:
        """What the groups said that are large enough; the same for everybody."""
        found = []
        for item in self.items:
            if item.item not in self.before:
                continue
            counts = self.before[item.item][0].counts
            parts = {name: part for name, part in counts.groups.get(GROUP, {}).items() if name in self.shown_groups}
            sizes = {name: int(part.committed[0]) for name, part in parts.items()}
            hidden = int(counts.committed[0]) - sum(sizes.values())
            for name in safe_groups(sizes, hidden):
                found.append(_group_line(item.item, name, parts[name]))
        return tuple(found)

    def _line(self, item: Item, person: Panelist) -> RoundLine:
        question = self.questions[item.name]
        recused = not person.eligible(item.item, self.round)
        options = tuple(_option_texts(question, self.language))
        base = RoundLine(item=item.item, statement=item.text, options=options, recused=recused)
        if item.item not in self.before:
            return base
        result, answers = self.before[item.item]
        mine = answers.get(person.id)
        own = "" if mine is None or mine.kind not in ANSWERED else _label(question, mine.answer, self.language)
        return RoundLine(
            item=item.item,
            statement=item.text,
            options=options,
            own=own,
            median=value(median_of(result.counts)),
            iqr=value(measure(Term(measure="iqr"), result.counts, QUANTILE_TYPE)),
            n=int(result.counts.committed[0]),
            spread=spread_of(result.counts),
            comments="\n".join(self._comments(answers, person)),
            recused=recused,
        )

    def _comments(self, answers: dict[str, Answer], person: Panelist) -> list[str]:
        """Return what others commented, without names, in an order that says nothing of who they are."""
        ids = [re.escape(p.id) for p in self.panel.people]
        names = re.compile(rf"(?<!\w)(?:{'|'.join(ids)})(?!\w)", re.IGNORECASE)
        given = {
            names.sub("[panelist]", masked(" ".join(answer.comment.split())))
            for who, answer in answers.items()
            if who != person.id and answer.comment.strip()
        }
        return [f"– {text}" for text in sorted(given, key=lambda text: hashlib.sha256(text.encode()).hexdigest())]


def feedback_for(
    number: int, rounds: Sequence[ClosedRound], panel: Panel, items: Items, instrument: Instrument, *,
    title: str, study: str, language: str,
) -> Feedback:  # fmt: skip
    """Return what is told before a round, from the last round before it that asked each item or what it came from."""
    asked = items.of_round(number)
    known = {question.name: question for question in instrument.questions}
    before: dict[str, tuple[ItemResult, dict[str, Answer]]] = {}
    for item in asked:
        for closed in sorted(rounds, key=lambda r: -r.number):
            if closed.number >= number or item.item in before:
                continue
            for source in (item.item, *(item.came_from.split(",") if item.came_from else ())):
                result = next((r for r in closed.results if r.item == source.strip()), None)
                if result is not None:
                    mine = {a.panelist: a for a in closed.answers if a.item == result.item}
                    before[item.item] = (result, mine)
                    break
    return Feedback(
        title=title,
        study=study,
        round=number,
        language=language,
        items=asked,
        before=before,
        questions={item.name: known[item.name] for item in asked},
        shown_groups=panel.groups,
        panel=panel,
    )


def safe_groups(sizes: dict[str, int], hidden: int = 0) -> tuple[str, ...]:
    """Return the groups that may be shown: at least five people each, and at least five among all that are left out.

    Where those left out are fewer, whoever has the total and the others could work them out; then the smallest group
    that could be shown is left out too. `hidden` are people of no group.
    """
    shown = [name for name, size in sizes.items() if size >= SMALLEST_GROUP]
    left_out = hidden + sum(size for name, size in sizes.items() if name not in shown)
    while shown and 0 < left_out < SMALLEST_GROUP:
        smallest = min(shown, key=lambda name: sizes[name])
        shown.remove(smallest)
        left_out += sizes[smallest]
    return tuple(shown)


def _group_line(item: str, name: str, part: Counts) -> GroupLine:
    return GroupLine(
        item=item,
        group=name,
        n=int(part.committed[0]),
        median=value(median_of(part)),
        iqr=value(measure(Term(measure="iqr"), part, QUANTILE_TYPE)),
        spread=spread_of(part),
    )


def spread_of(counts: Counts) -> str:
    """Return a distribution as bars of text, the lowest point first; without a scale, the options in their order."""
    row = counts.ratings()[0] if counts.ballot.scale else counts.votes[0]
    most = max(int(row.max(initial=0)), 1)
    bars = "".join(BARS[-(-8 * int(count) // most)] if count else "·" for count in row)
    return f"{bars}  ({', '.join(str(int(count)) for count in row)})"


def _option_texts(question: Question, language: str) -> list[str]:
    if question.closed:
        return [" ".join(choice.label.text(language).split()) or choice.name for choice in question.choices]
    return list(steps_of(question)) if question.type == "range" else list(ballot_of(question).options)


def _label(question: Question, answer: str, language: str) -> str:
    if not question.closed:
        return answer
    return next((c.label.text(language) for c in question.choices if c.name == answer), answer)
