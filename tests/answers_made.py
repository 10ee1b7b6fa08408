"""Answers for tests, made from columns: an instrument of yes, equivocal and no, and a file read like any other."""

import csv

from questionnaires.instrument import Choice, Criterion, Instrument, Labels, Question
from questionnaires.responses import read_responses

VOTES = (("yes", 1.0), ("equivocal", 0.5), ("no", 0.0))


def label(text):
    return Labels((("en", text),))


def voted(name, *, choices=VOTES):
    """A criterion that is voted on: yes 1, equivocal 0.5, no 0."""
    options = tuple(Choice(name=c, label=label(c), endorses=worth) for c, worth in choices)
    return Question(
        name=name, type="select_one", label=label(f"{name}?"), list_name="votes", choices=options, role="criterion",
        criterion=f"crit_{name}",
    )  # fmt: skip


def grouped(name, options, *, scores=None, role="demographic"):
    choices = tuple(
        Choice(name=o, label=label(o), score=None if scores is None else scores[at]) for at, o in enumerate(options)
    )
    return Question(name=name, type="select_one", label=label(name), list_name=name, choices=choices, role=role)


def rated(name, points=9, *, group="statements"):
    choices = tuple(Choice(name=str(p), label=label(str(p)), score=float(p)) for p in range(1, points + 1))
    return Question(
        name=name, type="select_one", label=label(f"{name}?"), list_name=f"scale{points}", choices=choices,
        role="rating", groups=(group,),
    )  # fmt: skip


def named(name, role):
    return Question(name=name, type="text", label=label(name), role=role)


def instrument(questions):
    criteria = tuple(Criterion(name=q.criterion, label=label(q.criterion)) for q in questions if q.criterion)
    return Instrument(id="made", title="SYNTHETIC", questions=tuple(questions), criteria=criteria)


def answers(folder, questions, columns):
    """Write columns (a list of cells for each question) as a CSV file and read it."""
    path = folder / "answers_SYNTHETIC.csv"
    names = [q.name for q in questions]
    extra = [name for name in columns if name not in names]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*names, *extra])
        writer.writerows(zip(*(columns[name] for name in (*names, *extra)), strict=True))
    return read_responses(path, instrument(questions))
