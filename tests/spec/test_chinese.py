"""A report in Chinese: its page, its numbers, what the lower layers say in English, and fonts for its figures."""

import re
from pathlib import Path

import pytest

from questionnaires.published import read_published
from questionnaires.xlsform import read_instrument
from reports.compose import compose
from reports.document import Bullets, Figure, Prose
from reports.figures import fonts
from reports.study import read_study, run_study
from reports.wording.messages import HOLE, said, templates
from reports.write import material_of

CHINESE = re.compile(r"[\u3400-\u9fff]")
ENGLISH = re.compile(r"\b(the|of|is|and|not|with|by|to)\b")


@pytest.fixture(scope="module")
def document():
    from dataclasses import replace

    return compose(material_of(run_study(replace(read_study("cci-2020"), language="zh"))))


def texts(document):
    for block in document.walk():
        if isinstance(block, Prose) and block.language in (None, "zh"):
            yield block.text
        elif isinstance(block, Bullets):
            yield from block.items
        elif isinstance(block, Figure):
            yield from (block.title, block.description, block.caption)
    for table in document.tables():
        yield from (table.caption, *table.footnotes, *(c.header for c in table.columns))
        yield from (cell.text for row in table.rows for cell in row)


def test_no_english_sentence_is_left_in_a_chinese_report(document):
    assert document.language == "zh"
    assert document.mark.startswith("SYNTHETIC（合成患者）：60例")
    # up-to-7 and up-to-11 are names of criteria, written so in Chinese papers too
    told = (t.replace("up-to-", "") for t in texts(document) if not t.startswith("<"))
    assert [t for t in told if ENGLISH.search(t)] == []


def test_figures_and_numbers_are_the_same_in_both_languages(document):
    english = compose(material_of(run_study(read_study("cci-2020"))))
    assert [type(b) for b in document.walk()] == [type(b) for b in english.walk()]
    digits = re.compile(r"\d+/\d+ \(\d+(?:\.\d+)?%\)")
    for ours, theirs in zip(document.tables(), english.tables(), strict=True):
        assert ours.id == theirs.id
        for row, other in zip(ours.rows, theirs.rows, strict=True):
            assert [digits.findall(c.text) for c in row] == [digits.findall(c.text) for c in other]


@pytest.mark.parametrize("survey", ["cci-2020", "korea-2018"])
def test_the_notes_and_sources_of_the_bundled_surveys_are_there_in_chinese(survey):
    instrument = read_instrument(survey)
    notes = {q.note for q in instrument.questions} | {instrument.title}
    for row in read_published(survey, instrument).rows:
        notes |= {row.note, *(part.strip() for part in row.source.split(";"))}
    assert [note for note in notes if note and not CHINESE.search(said(note, "zh"))] == []


def test_what_was_put_into_a_sentence_stays_or_takes_its_label():
    reason = 'no finding says "No feeding artery left", so no course can show it'
    assert said(reason, "en") == reason
    assert said(reason, "zh", {"No feeding artery left": "已无供血动脉"}) == (
        "没有与“已无供血动脉”对应的表现，治疗过程的记录无法显示"
    )
    assert said("rejected by consensus: 94.2% are against it", "zh") == "经共识否定：94.2%反对"
    assert said("nobody has brought this over", "zh") == "nobody has brought this over"


def test_each_template_puts_in_what_it_takes_out():
    assert templates("zh")
    for template in templates("zh"):
        assert {h[1] for h in HOLE.finditer(template.instead)} <= {h[1] for h in HOLE.finditer(template.english)}, (
            template.english
        )


def test_a_machine_without_chinese_glyphs_is_noticed(monkeypatch):
    monkeypatch.setattr(fonts, "cjk_fonts", lambda: ())
    assert fonts.lacks_chinese(["TACE", "肝内新发病灶"])
    assert not fonts.lacks_chinese(["TACE", "New intrahepatic lesions"])
    monkeypatch.setattr(fonts, "cjk_fonts", lambda: ("Noto Sans CJK SC",))
    assert not fonts.lacks_chinese(["肝内新发病灶"])


def test_the_simplified_face_of_a_collection_is_taken(monkeypatch):
    found = [p for p in fonts.font_manager.findSystemFonts() if Path(p).name.startswith("NotoSansCJK-Regular")]
    if not found:
        pytest.skip("Noto Sans CJK is not installed here")
    fonts.cjk_fonts.cache_clear()
    assert fonts.cjk_fonts() == ("Noto Sans CJK SC",)
    monkeypatch.setattr(fonts.font_manager, "findSystemFonts", lambda: ["/nowhere/DejaVuSans.ttf"])
    fonts.cjk_fonts.cache_clear()
    assert fonts.cjk_fonts() == ()
    fonts.cjk_fonts.cache_clear()


def test_without_a_font_word_gets_english_figures_and_one_warning(monkeypatch, tmp_path):
    from click.testing import CliRunner

    from reports.cli import main
    from reports.writers.pictures import Pictures

    monkeypatch.setattr(fonts, "cjk_fonts", lambda: ())
    drawn = []
    plain = Pictures.png
    monkeypatch.setattr(
        Pictures, "png", lambda self, figure: drawn.append(self._instead[figure.id]) or plain(self, figure)
    )
    done = CliRunner().invoke(
        main, ["report", "korea-2018", "--language", "zh", "--formats", "docx", "--out", str(tmp_path / "out")]
    )
    assert done.exit_code == 0, done.output
    assert done.output.count("没有含中文字形的字体") == 1
    assert drawn
    assert not any(CHINESE.search(figure.title) for figure in drawn)
    quiet = CliRunner().invoke(
        main, ["report", "korea-2018", "--language", "zh", "--formats", "html", "--out", str(tmp_path / "html")]
    )
    assert "字体" not in quiet.output


def test_where_a_proposal_comes_from_is_told_in_chinese():
    cite = "SYNTHETIC answers to mine, points are percent, cut-off by share(agree) > 50%, equivocal answers as_no"
    assert said(cite, "zh") == (
        "SYNTHETIC（合成）答卷 mine，分值为百分比，界值按“同意比例超过50%”，态度不明确的回答计为反对"
    )
