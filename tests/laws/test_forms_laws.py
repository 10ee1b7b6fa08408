"""Laws of forms: answers given on what a form asks are read back exactly, whatever they are."""

import csv

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laws.test_simulation_laws import STORY, SURVEY, differing
from openpyxl import Workbook, load_workbook

from questionnaires import read_instrument, read_responses
from questionnaires.forms import write_forms
from questionnaires.forms.wenjuanxing import read_question_numbers
from questionnaires.simulation import simulate

QUIET = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
METADATA = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"]
WORDS = {"not_shown": "(跳过)", "blank": "(空)"}


def in_text(question, value, language):
    texts = {choice.name: choice.label.text(language) for choice in question.choices}
    if isinstance(value, tuple):
        return ("→" if question.type == "rank" else "┋").join(texts[name] for name in value)
    return texts.get(value, value)


def wenjuanxing_export(made, numbers, path):
    book = Workbook()
    sheet = book.active
    questions = {q.name: q for q in made.instrument.questions}
    stems = {n: f"{n}、{questions[name].label.text('zh')}" for n, name in numbers.items()}
    sheet.append([*METADATA, *stems.values()])
    for record in range(len(made.values)):
        answers = [
            WORDS.get(made.kinds[name][record]) or in_text(questions[name], made.values[name][record], "zh")
            for name in numbers.values()
        ]
        sheet.append([record + 1, "2026/3/1 9:00", "300秒", "链接", "直接访问", "127.0.0.1(本地)", *answers])
    book.save(path)
    return path


@QUIET
@given(instrument=st.sampled_from([SURVEY, STORY]), seed=st.integers(0, 2**32))
def test_a_wenjuanxing_export_is_read_by_question_numbers(instrument, seed, tmp_path):
    files = write_forms(instrument, "wenjuanxing", tmp_path).files
    numbers = read_question_numbers(files[-1])
    made = simulate(instrument, 12, seed, blank=0.1)
    export = wenjuanxing_export(made, numbers, tmp_path / "1_按文本_SYNTHETIC.xlsx")
    read = read_responses(export, instrument, numbers=numbers)
    assert read.dialect == "wenjuanxing"
    assert {placement.how for placement in read.matched.placements} == {"number"}
    assert differing(made, read) == []


@QUIET
@given(language=st.sampled_from(["en", "zh"]), instrument=st.sampled_from([SURVEY, STORY]), seed=st.integers(0, 2**32))
def test_a_filled_workbook_is_read_as_it_stands(language, instrument, seed, tmp_path):
    path = write_forms(instrument, "workbook", tmp_path, language=language).files[0]
    made = simulate(instrument, 8, seed, blank=0.0)
    book = load_workbook(path)
    sheet, codebook = book["answers"], book["codebook"]
    questions = {q.name: q for q in instrument.questions}
    for at, (name,) in enumerate(codebook.iter_rows(min_row=2, min_col=2, max_col=2, values_only=True), start=1):
        header, question = sheet.cell(row=1, column=at).value, questions[name]
        for record, value in enumerate(made.values[name]):
            sheet.cell(row=record + 2, column=at).value = filled(question, value, header, language)
    filled_in = tmp_path / "filled_SYNTHETIC.xlsx"
    book.save(filled_in)
    assert differing(made, read_responses(filled_in, instrument)) == []


def filled(question, value, header, language):
    if value is None or not isinstance(value, tuple):
        return in_text(question, value, language)
    option = header.rsplit("/", 1)[1]
    if question.type == "rank":
        return value.index(option) + 1
    return int(option in value)


@QUIET
@given(seed=st.integers(0, 2**32))
def test_a_redcap_export_is_read_by_the_instrument_itself(seed, tmp_path):
    """The dictionary says which columns REDCap exports: one an option of a checkbox, one a ranked option."""
    path = write_forms(SURVEY, "redcap", tmp_path).files[0]
    fields = [q for q in read_instrument(path).questions if q.type != "note"]
    made = simulate(SURVEY, 10, seed)
    ranked = {f"{q.name}_{c.name}": (q.name, c.name) for q in SURVEY.questions if q.type == "rank" for c in q.choices}
    header, rows = [], [[] for _ in range(len(made.values))]
    for field in fields:
        options = [c.name for c in field.choices] if field.multiple else [None]
        for option in options:
            header.append(f"{field.name}___{option}" if option else field.name)
            for record, row in enumerate(rows):
                row.append(exported(made, ranked, field, option, record))
    export = tmp_path / "redcap_SYNTHETIC.csv"
    with export.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    read = read_responses(export, SURVEY, dialect="redcap")
    answered = [d for d in differing(made, read) if made.kinds[d[0]][d[1]] == "answered"]
    assert answered == []


def exported(made, ranked, field, option, record):
    if field.name == "record_id":
        return record + 1
    if field.name in ranked:
        question, choice = ranked[field.name]
        order = made.values[question][record]
        return "" if order is None else order.index(choice) + 1
    value = made.values[field.name][record]
    if option is not None:
        return int(value is not None and option in value)
    return "" if value is None else value


@pytest.mark.parametrize("kind", ["wenjuanxing", "xlsform", "redcap", "docx", "workbook"])
def test_the_same_instrument_gives_the_same_bytes(kind, tmp_path):
    first, second = (write_forms(SURVEY, kind, tmp_path / folder).files for folder in "ab")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
