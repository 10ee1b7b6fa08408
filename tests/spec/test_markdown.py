"""Markdown: what comes from outside is shown as it stands, whatever marks it holds."""

import re

import pytest
from markdown_it import MarkdownIt
from spec.hostile_texts import HOSTILE, hostile_document

from reports.compose import compose
from reports.study import read_study, run_study
from reports.write import material_of
from reports.writers.markdown import markdown, plain

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_shown_as_it_stands(text):
    (shown,) = re.fullmatch(r"<p>(.*)</p>\n", READER.render(plain(text)), re.DOTALL).groups()
    assert "<" not in shown
    wanted = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "\ufffd", " ".join(text.split()))
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        wanted = wanted.replace(sign, entity)
    assert shown == wanted


def test_nothing_is_made_a_link_unasked():
    for text in HOSTILE:
        assert not re.search(r"https?://|www\.|@|mailto:", plain(text))


def test_a_document_full_of_hostile_texts_is_inert():
    html = READER.render(markdown(hostile_document()))
    tags = set(re.findall(r"<(\w+)", html))
    assert tags <= {"h1", "h2", "h3", "p", "strong", "ul", "li", "blockquote", "img", "hr", "em"} | {
        "table", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    assert set(re.findall(r'(?:src|href)="([^"]*)"', html)) == {"figures/figure-one.svg"}
    assert html.count("<tr>") == 2 * (1 + len(HOSTILE))


def test_the_report_reads_as_one():
    text = markdown(compose(material_of(run_study(read_study("cci-2020")))))
    assert text.startswith("**SYNTHETIC patients: ")
    assert "**Table 1**. Each criterion against the rule" in text
    assert "| Three consecutive insufficient responses mean failure | 150/257 \\(58.4%\\) |" in text
    assert "![" in text
    assert READER.render(text).count("<table>") == text.count("**Table ")
