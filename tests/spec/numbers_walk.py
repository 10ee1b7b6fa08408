"""Walking a document for numbers that no row of numbers.csv stands for.

A digit may stand outside a marked number only in a text that the report was given: the wording of questions,
definitions and sources, the rule, names and digests of files, places of faults, and what stands literally in the files
of wording.
"""

import ast
import re
from dataclasses import replace
from pathlib import Path

from consensus.agreement.classes import classes
from consensus.definitions.definition_file import read_definitions
from consensus.definitions.matrix import matrix
from consensus.definitions.readings import readings_of
from consensus.definitions.sentences import criteria_groups, reading_sentences, value_words
from consensus.rules.named import named_rules
from reports import wording
from reports.checklists import NAMES, read_checklist
from reports.numbers_file import texts_of
from reports.numbers_marked import spans_of
from reports.quotation import curly
from reports.wording.messages import said

WORDING = Path(wording.__file__).parent
GAP = "\N{OBJECT REPLACEMENT CHARACTER}"
DIGIT = re.compile(r"\d")
INPUT = ("codebook-table", "corrections")
COUNT = re.compile(r"\d{1,4}")
BARE = re.compile(r"[\d.,%\s]+")  # a bare number is no text that could cover for another one


def unmarked(document, given):
    """Return the texts of the document with digits that are neither marked nor part of a given text."""
    texts = [text for text in given if DIGIT.search(text) and not BARE.fullmatch(text)]
    listed = "|".join(re.escape(t) for t in sorted(texts, key=len, reverse=True)) or "(?!)"
    pattern = re.compile(rf"(?<!\d)(?<!\d[.,])(?:{listed})(?![.,]?\d)")
    found = []
    for text in texts_of(_without_input(document)):
        left = pattern.sub(GAP, _outside(text))
        if DIGIT.search(left) and (text not in given or COUNT.fullmatch(text)):
            found.append((left, str(text)))
    return found


def _without_input(document):
    """Return a document without the tables that repeat what was written into the instrument and corrections.csv."""

    def kept(section):
        blocks = tuple(block for block in section.blocks if getattr(block, "id", "") not in INPUT)
        return replace(section, blocks=blocks, sections=tuple(map(kept, section.sections)))

    return replace(document, sections=tuple(map(kept, document.sections)))


def given(material):
    """Return the texts that a report on this material was given."""
    found = {"SHA-256", *literals(material.language)}
    if material.agreement is not None:
        instrument, rule = material.agreement.instrument, material.agreement.rule
        found |= set(_strings(instrument))
        found |= {rule.sentence(material.language), rule.phrase(material.language), str(rule)}
    if material.proposals is not None:
        found |= {p.rule.phrase(material.language) for p in material.proposals}
        found |= {text for p in material.proposals for text in _strings(p.definition)}
    if material.scores is not None:
        found |= {text for part in (material.scores.definitions, _condition(material)) for text in _strings(part)}
        found |= {text for one in read_definitions(_condition(material)) for text in _strings((one.title, one.warning))}
        found |= set(material.scores.causes()["column"])
        found |= {text for d in material.scores.definitions for text in _told(d, material)}
        found |= set(material.scores.courses.patients["patient_id"])
    found |= {text for row in material.published for text in (row.note, *row.source.split(";"))}
    found |= set(_classes(material))
    found |= {name for named in named_rules() for name in (named.id, named.called(material.language))}
    for checklist in map(read_checklist, NAMES):
        titles = [f"{checklist.id.upper()} {s.number}. {s.title.text(material.language)}" for s in checklist.sections]
        found |= {*titles, checklist.cite}
    found |= set(_strings(material.provenance)) | {str(material.provenance.seed)}
    found |= {text for problem in material.problems for text in _strings(problem)}
    if material.language != "en":
        labels = getattr(material, "labels", None)
        found |= {said(text, material.language, labels) for text in found}
    found |= {curly(text) for text in found}
    return {text.strip() for text in found if text.strip()}


def _classes(material):
    """Yield the classes that numbers of people fall into, such as 11 to 15 years."""
    answers = material.cleaned.analyzed if material.cleaned is not None else None
    for question in material.instrument.questions if answers is not None else ():
        if question.type in ("integer", "decimal", "range"):
            given = answers.values[question.name][answers.kinds[question.name] == "answered"]
            yield from (material.words.people.between(low, high) for low, high, _ in classes(list(given.astype(float))))


def literals(language):
    """Return the texts that stand literally in the wording of a language, cut where something is put in."""
    for path in (WORDING / language).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from re.split(r"\{[^}]*\}", node.value)


def _outside(text):
    left = list(text)
    for start, end, _ in spans_of(text):
        left[start:end] = GAP * (end - start)
    return "".join(left)


def _told(definition, material):
    """Yield what a definition says, as sentences and as cells of the matrix."""
    condition, language = _condition(material), material.language
    yield from _strings(criteria_groups(definition, condition, language))
    yield from reading_sentences(definition, condition, language, dict(material.scores.readings))
    yield from _strings(matrix([definition], condition, language))
    for reading in readings_of(definition, condition):
        values = [*dict(reading.values), *dict(definition.open).get(reading.name, ())]
        yield from (value_words(reading, value, language) for value in values)
        yield from values


def _condition(material):
    return material.scores.courses.condition


def _strings(thing):
    """Yield every text inside of a frozen dataclass, tuple or dict."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, (tuple, list, set, frozenset)):
        for part in thing:
            yield from _strings(part)
    elif isinstance(thing, dict):
        yield from _strings(tuple(thing.items()))
    elif hasattr(thing, "__slots__") or hasattr(thing, "__dataclass_fields__"):
        for name in getattr(thing, "__dataclass_fields__", thing.__slots__):
            yield from _strings(getattr(thing, name, None))
