"""What an instrument's questions may be called in a header: names, labels, numbers, options with their question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from questionnaires.instrument import Choice, Instrument, Question
from questionnaires.reading.text import header_key, key_of


@dataclass(slots=True)
class NameIndex:
    """The names and labels of an instrument by text key; `labels` holds every question that has the label."""

    instrument: Instrument
    names: dict[str, Question] = field(default_factory=dict)
    labels: dict[str, list[Question]] = field(default_factory=lambda: defaultdict(list))
    numbers: dict[int, str] = field(default_factory=dict)
    joined: dict[str, list[tuple[Question, Choice]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, instrument: Instrument, numbers: Mapping[int, str]) -> NameIndex:
        """Return the index of an instrument; `numbers` are question numbers with the names of their questions."""
        index = cls(instrument, numbers=dict(numbers))
        for question in instrument.questions:
            index._add(question)
        return index

    def _add(self, question: Question) -> None:
        self.names[key_of(question.name)] = question
        for choice in question.choices if question.type in ("select_multiple", "rank") else ():
            self.joined[key_of(f"{question.name}_{choice.name}")].append((question, choice))
        for _, label in question.label.texts:
            found = self.labels[header_key(label)]
            if question not in found:
                found.append(question)

    def by_name(self, texts: Iterable[str]) -> Question | None:
        """Return the question that has one of the texts for its name."""
        return next((self.names[key] for key in map(key_of, texts) if key in self.names), None)

    def by_label(self, texts: Iterable[str]) -> Question | None:
        """Return the one question that has one of the texts for its label."""
        for text in texts:
            found = self.labels.get(header_key(text), [])
            if len(found) == 1:
                return found[0]
        return None

    def by_option(self, texts: Iterable[str]) -> tuple[Question, Choice] | None:
        """Return the question and option that one of the texts names in full, both of them (`ranking_new_lesions`)."""
        for text in texts:
            found = self.joined.get(key_of(text), [])
            if len(found) == 1:
                return found[0]
        return None

    def any(self, text: str) -> Question | None:
        """Return the question that a text names or labels."""
        return self.by_name((text,)) or self.by_label((text,))
