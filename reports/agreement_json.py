"""What `agree --json` says: each number of a report that comes from the answers, under a key of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from consensus.agreement.agree import Agreement
    from reports.study import Results


def agreement_json(results: Results, agreement: Agreement) -> dict[str, object]:
    """Return the JSON of an agreement, its respondents, earlier studies, and verdicts under other rules.

    Each estimate has the id that its row has in numbers.csv. What takes single answers is None for printed counts.
    """
    from consensus.agreement.respondents import questionnaire_of, respondents_of
    from reports.earlier import read_earlier
    from reports.multiverse_of import multiverse_of_agreement
    from reports.numbers_told import measured

    known = response_of(results)
    people = None if results.cleaned is None else respondents_of(results.cleaned)
    told: dict[str, object] = {
        "response": None if known is None else {"answered": known[0], "invited": known[1]},
        "answered": known[0] if known is not None else agreement.answered,
        "questionnaire": questionnaire_of(agreement.instrument),
        "respondents": None if people is None else people.to_dict(),
        "experts": None if people is None else _experts(results),
        "earlier": [one.to_dict() for one in read_earlier(results.study, agreement)],
        "rule_multiverse": multiverse_of_agreement(agreement).summaries() if agreement.verdicts else [],
    }
    estimates = [{"id": measured(m).id} | m.to_dict() for m in agreement.measurements]
    return told | agreement.to_json_dict() | {"estimates": estimates}


def _experts(results: Results) -> dict[str, object] | None:
    """Return what people say of themselves as experts; None where nobody was asked."""
    from consensus.rounds.experts import experts_of

    found = experts_of(results.answers) if results.cleaned is not None else None  # type: ignore[arg-type]
    return None if found is None else found.to_dict()


def response_of(results: Results) -> tuple[int, int] | None:
    """Return how many answered and how many were invited; None where the latter is not known."""
    answers, invited = results.answers, results.study.invited
    printed: tuple[int, int] | None = getattr(answers, "response", None)
    if printed is None and invited is not None and hasattr(answers, "values"):
        return len(answers.values), invited  # type: ignore[union-attr]
    return printed
