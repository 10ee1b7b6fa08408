# ruff: noqa: E501 (sentences stand as they are read)
"""The report on the bundled surveys: what it says first, every number with its base, and why there is no definition."""

import html
import re

import pytest

from reports.compose import compose
from reports.document import Bullets, Callout, Figure, Prose, Section
from reports.quotation import curly
from reports.study import read_study, run_study
from reports.write import material_of
from reports.writers.html import page


@pytest.fixture(scope="module")
def results():
    return {name: run_study(read_study(name)) for name in ("cci-2020", "korea-2018")}


@pytest.fixture(scope="module")
def documents(results):
    return {name: compose(material_of(result)) for name, result in results.items()}


@pytest.fixture(scope="module")
def china(documents):
    return documents["cci-2020"]


@pytest.fixture(scope="module")
def korea(documents):
    return documents["korea-2018"]


def section(document, name) -> Section:
    found = [s for top in document.sections for s in (top, *top.sections) if s.id == name]
    assert len(found) == 1, name
    return found[0]


def texts(part) -> list[str]:
    said = []
    for block in part.walk():
        said += [block.text] if isinstance(block, Prose) else []
        said += list(block.items) if isinstance(block, Bullets) else []
        said += [block.title] if isinstance(block, Callout) else []
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in said]


def rows(document, table, where="page"):
    (found,) = (t for t in document.tables() if t.id == table)
    shown = found.shown(where)
    return [[c.header for c in shown.columns], *([cell.text for cell in row] for row in shown.rows)]


def test_the_first_line_says_what_is_synthetic_and_what_is_not(china):
    assert china.mark == (
        "SYNTHETIC patients: the 60 sample patients are invented and stand for no one. The counts of the survey are as published."
    )
    body = page(china).split("<body>")[1]
    assert html.unescape(re.sub(r"<[^>]+>", "", body)).strip().startswith(china.mark)


def test_the_honest_result_comes_first(china):
    assert china.sections[0].id == "summary"
    assert texts(china.sections[0])[:6] == [
        "What was agreed",
        "By the rule of at least 75% agreement, no criterion is accepted.",
        "Two are rejected by consensus, on two there is no consensus.",
        "264 people were invited and 257 answered: 257/264 (97.3%).",
        "By a simple majority, which is less than the rule asks for, one definition follows: Three consecutive insufficient responses mean failure.",
        "A second proposal, in which every criterion weighs as much as its votes, gives every course the same verdict.",
    ]
    assert rows(china, "standings")[1:] == [
        ["Appearance of portal vein tumor thrombosis means failure", "at most 15/257 (5.8%)", "242/257 (94.2%)", "rejected by consensus"],
        ["Appearance of extrahepatic spread means failure", "at most 4/257 (1.6%)", "253/257 (98.4%)", "rejected by consensus"],
        ["New intrahepatic lesions mean failure", "89/257 (34.6%)", "168/257 (65.4%)", "no consensus"],
        ["Three consecutive insufficient responses mean failure", "150/257 (58.4%)", "107/257 (41.6%)", "no consensus"],
    ]  # fmt: skip


def test_it_says_that_the_verdict_on_new_lesions_depends_on_equivocal_answers(china):
    (table,) = (t for t in china.tables() if t.id == "standings")
    assert table.footnotes == (
        "New intrahepatic lesions mean failure: with equivocal counted as half a vote. Counted otherwise, support is between "
        "16.3% and 52.9%, and it is rejected by consensus with equivocal counted as no.",
    )


def test_who_was_asked_is_no_sample_of_all(china):
    assert any("not a sample of all clinicians who treat HCC" in text for text in texts(section(china, "respondents")))
    assert any("not a sample of all clinicians who treat HCC" in text for text in texts(section(china, "limitations")))


def test_each_way_to_count_equivocal_answers_has_its_base_and_interval(china):
    assert rows(china, "verdicts-new_lesions") == [
        ["How votes count", "For it", "95% interval (%)", "Against it", "Standing"],
        ["equivocal counted as half a vote (this study)", "89/257 (34.6%)", "30.1 to 39.1", "168/257 (65.4%)", "no consensus"],
        ["equivocal counted as no", "42/257 (16.3%)", "12.3 to 21.4", "215/257 (83.7%)", "rejected by consensus"],
        ["equivocal counted as yes", "136/257 (52.9%)", "46.8 to 58.9", "121/257 (47.1%)", "no consensus"],
        ["equivocal left out (of those who took a side)", "42/163 (25.8%)", "19.7 to 33.0", "121/163 (74.2%)", "no consensus"],
    ]  # fmt: skip
    assert rows(china, "answers-cn_newlesion")[1:] == [
        ["Yes", "42/257 (16.3%)", "12.3 to 21.4"],
        ["Equivocal", "94/257 (36.6%)", "30.9 to 42.6"],
        ["No", "121/257 (47.1%)", "41.1 to 53.2"],
    ]


def test_the_forest_marks_what_is_an_upper_bound_in_picture_words_and_numbers(china):
    assert [row[1] for row in rows(china, "forest-data")[1:3]] == ["at most 15/257 (5.8%)", "at most 4/257 (1.6%)"]
    (figure,) = (block for block in china.walk() if isinstance(block, Figure) and block.id == "forest")
    assert "Appearance of extrahepatic spread means failure: at most 1.6%, rejected by consensus." in figure.description
    assert "at most 5.8% · rejected by consensus" in page(china)


def test_a_row_of_sides_counts_agreement_with_what_the_row_says(china):
    """166 of 257 agree to repeat: that this speaks against a criterion is no part of the sentence that was asked."""
    figure = next(block for block in china.walk() if getattr(block, "id", "") == "sides")
    rows = figure.description.split(". ")
    repeat = next(row for row in rows if "feeding arter" in row)
    assert "for it 64.6%" in repeat
    assert "against" not in repeat
    assert "against it 94.2%" in next(row for row in rows if "portal vein" in row)


def test_how_firm_a_verdict_is_stands_in_votes(china):
    assert texts(section(china, "criterion-new_lesions"))[-4:] == [
        "Equivocal counted as half a vote: no consensus. 168/257 (65.4%) are against it, short of 75% by 25 votes from “Yes” to “No” or 50 votes from “Equivocal” to “No”.",
        "Equivocal counted as no: rejected by consensus, for 215/257 (83.7%) are against it. This would be undone by 23 votes from “Equivocal” to “Yes” or 23 votes from “No” to “Yes”.",
        "Equivocal counted as yes: no consensus. 136/257 (52.9%) support it, short of 75% by 57 votes from “No” to “Yes” or 57 votes from “No” to “Equivocal”.",
        "Equivocal left out: no consensus. 121/163 (74.2%) are against it, short of 75% by 2 votes from “Yes” to “Equivocal”, 2 votes from “Yes” to “No” or 5 votes from “Equivocal” to “No”.",
    ]
    assert texts(section(china, "criterion-insufficient_response_3"))[-1] == (
        "No consensus. 150/257 (58.4%) support it, short of 75% by 43 votes from “Any other answer (not broken down in print)” to “3 times”."
    )


def test_a_routed_question_names_whom_it_was_asked_of(china):
    table = rows(china, "treatments-table")
    asked = [row for row in table if row[0].startswith("If new lesions")]
    assert asked == [
        [
            "If new lesions do not mean failure: how would you control them?",
            "TACE",
            "80/121 (66.1%)",
            "57.3 to 73.9",
            "the 121 who had answered “No” to the question “Are new intrahepatic lesions an indication of TACE failure?”; several answers were possible",
        ]
    ]
    after = table[table.index(asked[0]) + 1]
    assert after == ["", "Ablation", "80/121 (66.1%)", "57.3 to 73.9", ""]


def test_the_weighted_proposal_shows_the_votes_behind_each_point(china):
    table = rows(china, "votes-cci-2020-weighted")
    assert [(row[1], row[2], row[4], row[5]) for row in table[1:]] == [
        ("150", "1", "150/257 (58.4%)", "proxy"),
        ("89", "0", "42/257 (16.3%)", "direct vote"),
        ("15", "0", "at most 15/257 (5.8%)", "upper bound"),
        ("4", "0", "at most 4/257 (1.6%)", "upper bound"),
    ]
    assert table[2][3].endswith("and half of the 94 equivocal answers")


def test_it_says_that_both_proposals_judge_alike_and_what_would_change_that(china):
    assert texts(section(china, "alike")) == [
        "Both proposals give every course the same verdict, whatever combination of criteria a patient shows.",
        "All lighter criteria of proposal 2 together sum to at most 108 with equivocal counted as half a vote, 61 with equivocal counted as no and 61 with equivocal left out, and never reach its cut-off of 150: they can't change a verdict.",
        "With equivocal counted as yes and the cut-off kept at 150, lighter criteria can suffice together: New intrahepatic lesions mean failure + Appearance of portal vein tumor thrombosis means failure (together 151).",
        "With equivocal counted as yes and the cut-off chosen anew, it would be 136 instead of 150, and this would suffice alone as well: New intrahepatic lesions mean failure.",
    ]
    assert [row[1:4] for row in rows(china, "sensitivity")[1:]] == [
        ["42", "150 (kept or chosen anew)", "61"],
        ["89", "150 (kept or chosen anew)", "108"],
        ["136", "150 (kept)", "155"],
        ["136", "136 (chosen anew)", "19"],
        ["42", "150 (kept or chosen anew)", "61"],
    ]


def test_votes_that_became_no_term_come_with_the_reason(china):
    table = rows(china, "left-out")
    assert table[1] == [
        "Would you repeat TACE if necrosis is insufficient and feeding arteries are available?",
        "Agree",
        "166/257 (64.6%)",
        "no finding says “No feeding artery left”, so no course can show it",
    ]
    assert table[4][3] == "not accepted: 34.6% (89 of 257) support it; it weighs in proposal 2"


def test_nothing_is_said_of_tumor_markers_by_this_survey(china):
    said = " ".join(
        text for name in ("summary", "criteria", "others", "proposals") for text in texts(section(china, name))
    )
    assert "marker" not in said.lower()


def test_patients_are_counted_by_each_definition_and_with_its_window_lifted(china, results):
    counts = rows(china, "patients-counts")
    assert [row[0] for row in counts[1:3]] == ["Proposal 1 (more than 50% agreement)", "Proposal 2 (weighed by votes)"]
    by_name = {row[0]: row[1:] for row in counts[1:]}
    assert by_name["JSH-LCSGJ criteria 2014"] != by_name["JSH-LCSGJ criteria 2014, window lifted"]
    frame = results["cci-2020"].scores.counts().set_index("definition")
    for name, title in (("zhang-2022", "Three consecutive insufficient responses (Zhang 2022)"),):
        shown = [int(text.split("/")[0]) for text in by_name[title]]
        assert shown == list(frame.loc[name, ["met", "unknown", "not_met"]])
    matrix = rows(china, "reclassified")
    assert matrix[1][2] == matrix[2][1] == "0"  # the two proposals judge alike
    assert any("28 to 92 days" in text for text in texts(section(china, "cohort")))


def test_korea_has_no_definition_and_says_why(korea, results):
    assert texts(korea.sections[0])[:4] == [
        "What was agreed",
        "By the rule of at least 75% agreement, no criterion is accepted.",
        "On one there is no consensus.",
        "161 people answered.",
    ]
    why = results["korea-2018"].proposals.thresholded.reason
    assert "48.4% (78 of 161)" in why
    assert curly(why) in texts(korea.sections[0])
    assert "No definition follows from these answers, and none was written." in texts(section(korea, "proposals"))
    assert "Who was invited and when were not read, so a response rate can't be had." in texts(
        section(korea, "respondents")
    )


@pytest.mark.parametrize("name", ["cci-2020", "korea-2018"])
def test_every_table_and_figure_can_be_read_without_its_surroundings(documents, name):
    document = documents[name]
    assert len({t.id for t in document.tables()}) == len(document.tables())
    assert all(table.caption and all(c.header for c in table.columns) for table in document.tables())
    captions = [table.caption for table in document.tables()]
    assert len(set(captions)) == len(captions)
    for figure in (block for block in document.walk() if isinstance(block, Figure)):
        assert figure.title
        assert figure.caption
        assert len(figure.description) > 40
    for table in document.tables():
        for row in table.shown("page").rows:
            for cell in row:
                assert "None" not in cell.text
                assert "nan" not in cell.text.lower().split()


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    from questionnaires.library import entry

    folder = tmp_path_factory.mktemp("study")
    answers = entry("cci-2020").answers
    (folder / answers.name).write_bytes(answers.read_bytes())
    (folder / "study.toml").write_text(
        f"""
[study]
title = "The survey again"
[instrument]
library = "cci-2020"
[[responses]]
file = "{answers.name}"
[design]
invited = 264
""",
        encoding="utf-8",
    )
    return run_study(read_study(folder))


def test_made_up_answers_are_marked_in_the_first_line_and_give_the_same_numbers(made_up, china):
    document = compose(material_of(made_up))
    assert document.mark == (
        "SYNTHETIC: the answers are made up. Nothing here is a finding about what clinicians think."
    )
    for table in ("standings", "verdicts-new_lesions", "sensitivity", "answers-cn_limit"):
        assert rows(document, table) == rows(china, table), table
    assert texts(document.sections[0])[3] == "264 people were invited and 257 answered: 257/264 (97.3%)."
    assert not any(section.id == "cohort" for section in document.sections)
    assert "single answers" not in " ".join(texts(section(document, "respondents")))
    assert any(text.startswith("The answers are SYNTHETIC") for text in texts(section(document, "limitations")))
    assert made_up.proposals.chosen.title.text("en").startswith("SYNTHETIC")
