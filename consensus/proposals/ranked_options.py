"""Which option of a ranking stands for which criterion: by name, by label, or as the more general word for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from questionnaires.instrument import Choice, Criterion, Labels

SHORTEST = 3


def option_of(criterion: Criterion, options: Sequence[Choice]) -> int | None:
    """Return the place of the option that stands for a criterion; None where none does, or several do alike.

    Its name is the criterion's, or a label is; else its name begins the criterion's (`pvtt` of `pvtt_branch`) or a
    label of it begins the criterion's in the same language. One option may stand for several criteria: what is ranked
    then is what they have in common.
    """
    ways: tuple[Callable[[Choice], bool], ...] = (
        lambda o: o.name == criterion.name,
        lambda o: _labels_match(o.label, criterion.label, whole=True),
        lambda o: len(o.name) >= SHORTEST and criterion.name.startswith(f"{o.name}_"),
        lambda o: _labels_match(o.label, criterion.label, whole=False),
    )
    for fits in ways:
        found = [at for at, option in enumerate(options) if fits(option)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _labels_match(option: Labels, criterion: Labels, *, whole: bool) -> bool:
    for language, text in option.texts:
        own, other = _plain(text), _plain(dict(criterion.texts).get(language, ""))
        if len(own) >= SHORTEST and (own == other if whole else other.startswith(own)):
            return True
    return False


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
