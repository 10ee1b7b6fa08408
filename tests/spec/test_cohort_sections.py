"""What the report tells of definitions and of the cells worth looking up, in English and Chinese."""

import re

import openpyxl
import pytest

from consensus.definitions.condition import read_condition
from consensus.definitions.definition_file import read_definitions
from consensus.scoring.courses import read_courses
from consensus.scoring.score import score
from consensus.scoring.worklist import worklist
from reports import write_report
from reports.wording.messages import said


@pytest.fixture(scope="module")
def scores():
    return score(read_courses("tace-failure"), ["jsh-lcsgj-2014", "zhang-2022", "cci-2021"])


@pytest.fixture(scope="module", params=["en", "zh"])
def page(request, scores, tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    write_report(folder, scores=scores, title="A cohort", language=request.param, formats=["html"])
    return request.param, folder, (folder / "report.html").read_text(encoding="utf-8")


def test_each_definition_stands_in_its_own_words_with_what_is_looked_for(page):
    language, _, text = page
    wanted = {
        "en": (
            "Met as soon as one of these holds:",
            "Looked for: Insufficient",
            "3 in a row",
            "Explicitly not",
        ),
        "zh": ("满足以下任一项：", "即：治疗肿瘤应答不足", "连续3次", "明确不包括："),
    }
    assert [part for part in wanted[language] if part not in text] == []


def test_a_definition_that_is_off_says_why(page):
    language, _, text = page
    assert {"en": "Off by default, used because it was asked for by name", "zh": "默认不启用"}[language] in text


def test_what_has_to_be_known_of_a_text_stands_below_it(page):
    language, _, text = page
    wanted = {
        "en": ("universal reading; the list does not print it", "Appropriate TACE regimens are asked for"),
        "zh": ("满足其一即可为通行理解", "原文要求采用恰当的TACE方案"),
    }
    assert [part for part in wanted[language] if part not in text] == []


def test_each_source_of_the_library_has_chinese_words():
    cites = [definition.source.cite for definition in read_definitions(read_condition())]
    assert [cite for cite in cites if not re.search("[\u4e00-\u9fff]|，", said(cite, "zh"))] == []


def test_each_table_and_figure_marks_what_is_recalled(page):
    language, _, text = page
    title, mark = {
        "en": ("Chinese College of Interventionalists 2021", " [recalled]"),
        "zh": ("中国医师协会介入医师分会 2021", "［凭记忆］"),
    }[language]
    parts = re.findall(r"<table.*?</table>|<svg.*?</svg>", text, flags=re.DOTALL)
    named = [part for part in parts if title in part]
    assert len(named) >= 2
    assert [part for part in named if part.count(title) != part.count(title + mark)] == []


def test_the_cells_worth_looking_up_are_counted_by_column_and_listed_in_the_workbook(page, scores):
    _, folder, text = page
    wanted = worklist(scores)
    assert wanted
    assert 'id="worklist-section"' in text
    rows = list(openpyxl.load_workbook(folder / "scores.xlsx")["worklist"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(wanted)
    patients = {one.patient_id for one in wanted}
    section = text[text.index('id="worklist-section"') :].split("</section>")[0]
    assert [patient for patient in patients if patient in section] == []
