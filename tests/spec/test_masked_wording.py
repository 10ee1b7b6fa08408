"""What a masked report says around its masked numbers: no word that depends on them, none masked without need."""

import re
from dataclasses import replace

import pytest
from click.testing import CliRunner

from reports.cli import main
from reports.compose import compose
from reports.document import Bullets, Prose
from reports.masking.document import METHOD
from reports.masking.sayings import without_hidden_clauses, without_hidden_sentences
from reports.numbers_file import texts_of
from reports.numbers_marked import NumberRow, mark, settled, spans_of
from reports.study import read_study, run_study
from reports.write import composed, material_of

LEAST = 5
# what may stand beside the word for a masked number: an end of the text, or a stop between clauses
BEFORE, AFTER = re.compile(r"(^|[,;:.(\[（，；：、。]|[,;:.]\s+)$"), re.compile(r"^\s*($|[,;:.()\[\]（），；：、。])")


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("thirty") / "trial"
    assert CliRunner().invoke(main, ["new", str(folder), "--simulate", "30"]).exit_code == 0
    return run_study(read_study(folder / "study.toml"))


@pytest.fixture(scope="module", params=["en", "zh"])
def both(request, results):
    """Return the report without masking and the masked one, in one language."""
    study = replace(results.study, small_cells=LEAST, language=request.param)
    material = material_of(replace(results, study=study))
    return compose(replace(material, small_cells=0)), composed(material), material.words


def test_no_word_stands_beside_a_masked_number(both):
    _, told, words = both
    seen = 0
    for text in texts_of(told.document):
        for start, end, row in spans_of(text):
            if row.method == METHOD:
                seen += 1
                assert text[start:end] == words.page.MASKED
                assert BEFORE.search(text[:start]), text
                assert AFTER.search(text[end:]), text
    assert seen > 100


def test_no_sentence_holds_a_masked_number(both):
    _, told, words = both
    for block in told.document.walk():
        texts = [block.text] if isinstance(block, Prose) else block.items if isinstance(block, Bullets) else []
        assert not any(row.method == METHOD for text in texts for _, _, row in spans_of(text))
    assert any(isinstance(b, Prose) and b.text == words.page.SENTENCES_LEFT_OUT for b in told.document.walk())


def test_no_table_holds_masked_numbers_alone(both):
    plain, told, words = both
    ids = {table.id for table in told.document.tables()}
    gone = [t for t in plain.tables() if t.id not in ids]
    notes = {b.text for b in told.document.walk() if isinstance(b, Prose)}
    assert sum(words.page.TABLE_LEFT_OUT.format(table=t.caption) in notes for t in gone) > 5
    for table in told.document.tables():
        cells = [cell for row in table.rows for cell in row if spans_of(cell.text)]
        methods = {row.method for cell in cells for _, _, row in spans_of(cell.text)}
        assert methods != {METHOD} or any(c.sign for row in table.rows for c in row), table.id


def test_no_words_tell_verdicts_under_other_codings_where_criteria_are_masked(both):
    plain, told, words = both
    telling = {words.summary.OTHERS_STAND, words.summary.ALL_STAND}
    assert telling & set(map(str, texts_of(plain)))
    assert not telling & set(map(str, texts_of(told.document)))


def test_which_answer_most_gave_is_not_told_beside_its_masked_number(both):
    _, told, words = both
    table = next(t for t in told.document.tables() if t.id == "left-out")
    at = [c.header for c in table.columns].index(words.survey.ANSWER)
    masked = [row for row in table.rows if any(cell.text == words.page.MASKED for cell in row[at + 1 :])]
    assert masked
    assert {row[at].text for row in masked} == {words.page.MASKED}


def test_numbers_of_criteria_and_of_all_who_answered_are_shown(both):
    plain, told, words = both
    shown = {row.id: row.value for row in told.rows if row.method != METHOD}
    assert shown["criteria compared/criteria"] == 8
    assert shown["pairs compared/criteria"] == 28
    assert shown["people compared/criteria"] == shown["people/answered"] == 30
    everyone = words.survey.of_all("30")
    asked, left = (
        [str(c.text) for t in d.tables() for r in t.rows for c in r].count(everyone) for d in (plain, told.document)
    )
    assert asked == left > 5


@pytest.mark.parametrize(("said", "stop"), [("It is {} of {}. By {}.", "."), ("共{}，占{}。差{}。", "。")])
def test_what_is_left_is_the_same_for_one_and_for_several(said, stop):
    left = []
    for count, noun in ((1, "vote"), (3, "votes")):
        small = mark(NumberRow(id="flip/a", value=count), f"{count} {noun}")
        shown = mark(NumberRow(id="endorsement/a", value=0.5, n=30, count=15), "15/30")
        text = settled(said.format(shown, small, small))
        hides = lambda _, row: row.id == "flip/a"  # noqa: E731
        clauses = without_hidden_clauses(text, hides, "masked", lambda row: replace(row, value=None))
        left.append((without_hidden_sentences(text, hides, stop), settled(clauses)))
    assert left[0] == left[1]
    assert "vote" not in str(left)


def test_the_support_is_kept_where_the_votes_that_would_turn_it_go():
    shown = mark(NumberRow(id="endorsement/a/half", value=0.5), "15/30")
    small = mark(NumberRow(id="flip/a/half/no/yes", value=1), "1")
    text = settled(f"No consensus. {shown} support it, short of 75% by {small} vote. They are few. Then {shown}.")
    left, cut = without_hidden_sentences(text, lambda _, row: row.id.startswith("flip"), ".")
    assert cut
    assert str(settled(left)) == "No consensus. 15/30 support it. Then 15/30."
