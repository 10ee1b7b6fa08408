"""An instrument as a codebook in Markdown: every question, option, condition and what it means for the analysis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from questionnaires.instrument import Choice, Instrument, Question

WORTH = {1.0: "agrees", 0.5: "equivocal", 0.0: "does not agree"}
EVIDENCE = {
    "vote": "a direct vote",
    "bound": "an upper bound (a complement of what was asked)",
    "proxy": "a proxy (something near was asked)",
}


def codebook(instrument: Instrument) -> str:
    """Return the codebook of an instrument; the same instrument gives the same text."""
    lines = [
        f"# {instrument.title}",
        "",
        f"Codebook of the instrument `{instrument.id}`"
        + (f", version {instrument.version}" if instrument.version else "")
        + ". Generated from its workbook; change the workbook, not this page.",
        "",
        f"{len(instrument.questions)} questions, {len(instrument.criteria)} criteria. Languages: "
        + (", ".join(instrument.languages) or "not named")
        + ".",
    ]
    if any(question.reconstructed for question in instrument.questions):
        lines += [
            "",
            "Stems marked *stem reconstructed* paraphrase a published result: the question was not read in print.",
        ]
    lines += _criteria(instrument)
    lines += ["", "## Questions"]
    for at, question in enumerate(instrument.questions, start=1):
        lines += _question(instrument, at, question)
    return "\n".join(lines) + "\n"


def _criteria(instrument: Instrument) -> Iterator[str]:
    if not instrument.criteria:
        return
    yield from ("", "## Criteria", "")
    rows = [
        (
            f"`{c.name}`",
            _labels(c.label.texts),
            f"`{c.finding}`" if c.finding else "none: no course can show it",
            _form(c.form, c.times, c.days),
            c.source,
        )
        for c in instrument.criteria
    ]
    yield from _table(("criterion", "in words", "finding", "form", "source"), rows)


def _form(form: str | None, times: int | None, days: int | None) -> str:
    said = [form or ""]
    said += [f"{times} times"] if times is not None and form != "once" else []
    said += [f"{days} days"] if days is not None else []
    return ", ".join(part for part in said if part)


def _question(instrument: Instrument, at: int, question: Question) -> Iterator[str]:
    yield from ("", f"### {at}. `{question.name}`", "")
    yield from (f"- {code}: {_plain(text)}" for code, text in question.label.texts)
    yield f"- {', '.join(_facts(question))}"
    if question.relevant:
        yield f"- asked if `{question.relevant}`"
    for group in question.groups:
        relevant = instrument.group(group).relevant
        yield f"- in the group `{group}`" + (f", asked if `{relevant}`" if relevant else "")
    if question.constraint:
        yield f"- valid if `{question.constraint}`"
    if question.criterion:
        turned = ", agreement speaks against it" if question.direction == "reject" else ""
        yield f"- speaks of the criterion `{question.criterion}`{turned}; {EVIDENCE[question.evidence]}"
    if question.note:
        yield f"- note: {_plain(question.note)}"
    if question.choices:
        yield ""
        yield from _table(("option", "in words", "counts as"), [_choice(choice) for choice in question.choices])


def _facts(question: Question) -> list[str]:
    facts = [question.type + (f" `{question.list_name}`" if question.list_name else "")]
    facts += [f"role {question.role}"] if question.role else []
    facts += [f"parameter `{question.parameter}`"] if question.parameter else []
    facts += ["required"] if question.required else []
    facts += [f"same as `{question.same_as}`"] if question.same_as else []
    facts += ["*stem reconstructed*"] if question.reconstructed else []
    return facts


def _choice(choice: Choice) -> tuple[str, ...]:
    counts = [WORTH[choice.endorses]] if choice.endorses is not None else []
    counts += [f"the number {choice.score:g}"] if choice.score is not None else []
    counts += [choice.missing.replace("_", " ")] if choice.missing else []
    return (f"`{choice.name}`", _labels(choice.label.texts), "; ".join(counts))


def _labels(texts: Iterable[tuple[str, str]]) -> str:
    return " / ".join(_plain(text) for _, text in texts)


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
