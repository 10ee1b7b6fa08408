"""Cleaning with a trail: what is flagged, what a row of corrections.csv does, who is analyzed, and what is told."""

import csv
import io

import openpyxl
import pytest

from questionnaires import read_responses
from questionnaires.cleaning.cleaned import clean
from questionnaires.cleaning.corrections import COLUMNS, corrections_text, read_corrections
from questionnaires.cleaning.missing import missing_by_question
from questionnaires.cleaning.proposing import propose_corrections
from questionnaires.cleaning.words import names_nobody, number_in, says_test
from questionnaires.instrument import Choice, Instrument, Labels, Question
from questionnaires.problems import ConsensusError
from reports.telling_answers import sentences


def label(text):
    return Labels((("en", text),))


SCALE = tuple(Choice(name=str(n), label=label(str(n))) for n in range(1, 8))
YES_NO = (Choice(name="yes", label=label("Yes"), endorses=1), Choice(name="no", label=label("No"), endorses=0))
ITEMS = tuple(f"item{n}" for n in range(1, 7))
INSTRUMENT = Instrument(
    id="small",
    title="Small",
    questions=(
        Question(name="code", type="text", label=label("Your code"), role="respondent"),
        Question(name="hospital", type="text", label=label("Hospital"), role="cluster"),
        Question(name="years", type="integer", label=label("Years")),
        *(Question(name=n, type="select_one", label=label(n), list_name="scale", choices=SCALE) for n in ITEMS),
        Question(name="check", type="select_one", label=label("Tick no"), choices=YES_NO, role="attention"),
        Question(name="again", type="select_one", label=label("Again?"), choices=YES_NO, relevant="${check} = 'yes'"),
        Question(name="rx", type="select_multiple", label=label("Treatments"), choices=YES_NO),
        Question(name="comment", type="text", label=label("Comments"), role="free_text"),
    ),
    attention=(("check", "no"),),
)
HEADER = ["seconds", "code", "hospital", "years", *ITEMS, "check", "again", "rx/yes", "rx/no", "comment", "Account"]


def person(code, *, seconds=300, hospital="A", years=12, items="123456", check="no", again="", comment="", account=""):
    return [seconds, code, hospital, years, *items, check, again, 1, 0, comment, account]


def varied(n):
    return f"{n % 7 + 1}{3 * n % 7 + 1}{n % 5 + 1}{n % 3 + 1}{n % 4 + 1}6"


CROWD = [person(f"p{n}", items=varied(n), hospital=f"H{n}") for n in range(12)]


@pytest.fixture
def read(tmp_path):
    def reader(*rows, header=HEADER):
        book = openpyxl.Workbook()
        for row in (header, *rows):
            book.active.append(row)
        book.save(tmp_path / "answers.xlsx")
        return read_responses(tmp_path / "answers.xlsx", INSTRUMENT)

    return reader


@pytest.fixture
def correct(tmp_path, read):
    def corrector(rows, *corrections, **options):
        answers = read(*rows)
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS)
        writer.writeheader()
        usual = {"file_sha256": answers.sha256, "reason": "because", "by": "me", "date": "2026-05-04"}
        writer.writerows({**dict.fromkeys(COLUMNS, ""), **usual, **row} for row in corrections)
        path = tmp_path / "corrections.csv"
        path.write_text(text.getvalue(), encoding="utf-8-sig")
        return clean(answers, corrections=path, **options)

    return corrector


def flagged(answers):
    return [(flag.kind, flag.record, flag.question) for flag in clean(answers).flags]


def test_a_clean_file_has_no_flag(read):
    assert flagged(read(*CROWD)) == []


@pytest.mark.parametrize(
    ("row", "flag"),
    [
        (person("x", comment="测试"), ("test entry", 12, None)),
        (person("x", comment="this is just a test entry"), ("test entry", 12, None)),
        (person("x", hospital="测试医院"), ("test entry", 12, None)),
        (person("p3", items="765432"), ("same person", 12, None)),
        (person("x", items=varied(4), hospital="H4"), ("same answers", 12, None)),
        (person("x", items="765432", seconds=60), ("speeding", 12, None)),
        (person("x", items="444444"), ("straight line", 12, "item1")),
        (person("x", items="765432", check="yes"), ("attention", 12, "check")),
        (person("x", items="765432", again="yes"), ("answered though not shown", 12, "again")),
        (person("x", items="765432", years="twelve"), ("not readable", 12, "years")),
    ],
)
def test_each_flag_is_raised_by_what_it_is_for_and_by_nothing_else(read, row, flag):
    """The row behind a crowd of twelve is flagged once; nobody is left out."""
    answers = read(*CROWD, row)
    assert flagged(answers) == [flag]
    assert len(clean(answers).analyzed.values) == 13


def test_a_test_is_only_what_says_so_of_itself():
    assert [says_test(t) for t in ("test", "TEST 2", "测试一下", "please ignore this entry")] == [True] * 4
    assert [says_test(t) for t in ("We test AFP monthly", "检测AFP", "testis", "")] == [False] * 4


@pytest.mark.parametrize(
    ("text", "number"),
    [("十五", "15"), ("12年", "12"), ("约20", "20"), ("twenty five", "25"), ("一百二十", "120"), ("二十余年", "20"),
     ("10-15", ""), ("many", ""), ("", "")],
)  # fmt: skip
def test_numbers_in_words_are_told_where_there_is_one(text, number):
    assert number_in(text) == number


def test_a_name_that_names_nobody_makes_no_double(read):
    assert names_nobody("N/A")
    header = [*HEADER[:-1], "Email address"]
    rows = [
        person(f"q{n}", items=f"{n + 1}23456", account=mail)
        for n, mail in enumerate(("n/a", "N/A", "a@b.org", "A@b.org"))
    ]
    answers = read(*rows, header=header)
    assert [(f.kind, f.of) for f in clean(answers).flags] == [("same person", "Sheet!4")]


def test_exclude_set_and_merge_are_applied_and_counted(correct):
    rows = [person("a", years="twelve"), person("b", hospital="A hosp"), person("c", hospital="A")]
    cleaned = correct(
        rows,
        {"respondent": "Sheet!4", "action": "exclude"},
        {"respondent": "a", "question": "years", "action": "set", "old": "twelve", "new": "12"},
        {"question": "hospital", "action": "merge_group", "old": "A Ｈosp", "new": "A"},
        {"respondent": "b", "question": "years", "action": "", "old": "12", "new": "13"},
    )
    assert list(cleaned.analyzed.values["years"]) == [12, 12]
    assert list(cleaned.analyzed.values["hospital"]) == ["A", "A"]
    assert cleaned.flow.to_dict() == {
        "invited": None, "not_returned": None, "read": 3, "finished": None, "excluded": {"because": 1},
        "after_corrections": 2, "not_eligible": 0, "eligibility_unknown": 0, "analyzed": 2,
    }  # fmt: skip
    assert [cleaned.corrections.count(a) for a in ("exclude", "set", "merge_group")] == [1, 1, 1]
    assert cleaned.corrections.undecided == 1
    assert (cleaned.groups("hospital").typed, cleaned.groups("hospital").merged) == (2, 1)
    assert len(cleaned.corrections.problems) == 0
    assert cleaned.read.values["years"][0] is None


def test_a_new_answer_opens_the_routing_behind_it(correct):
    row = person("a", check="no", again="yes")
    cleaned = correct([row], {"respondent": "a", "question": "check", "action": "set", "old": "no", "new": "yes"})
    assert (cleaned.read.kinds["again"][0], cleaned.analyzed.values["again"][0]) == ("not_shown", "yes")


def test_a_cell_among_several_of_a_question_is_named_by_its_header(correct):
    cleaned = correct([person("a")], {"respondent": "a", "question": "rx/no", "action": "set", "old": "0", "new": "1"})
    assert cleaned.analyzed.values["rx"][0] == ("yes", "no")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"respondent": "a", "question": "years", "action": "set", "old": "13", "new": "1"},
         'corrections.csv, line 2: old is "13", and years of a is "12" in the file.'),
        ({"respondent": "z", "action": "exclude"}, 'corrections.csv, line 2: "z" is nobody in answers.xlsx.'),
        ({"respondent": "a", "question": "year", "action": "set", "old": "12", "new": "1"},
         'corrections.csv, line 2: "year" is not a question. Expected one of: code, hospital, years,'),
        ({"respondent": "a", "question": "rx", "action": "set", "old": "1", "new": "0"},
         "corrections.csv, line 2: rx stands in 2 columns, so that no cell of it can be named. Expected one of: rx/"),
        ({"question": "hospital", "action": "merge_group", "old": "Z", "new": "A"},
         'corrections.csv, line 2: nobody wrote "Z" as hospital.'),
        ({"respondent": "a", "action": "drop"}, 'corrections.csv, line 2: "drop" is no action. Expected one of: '),
        ({"respondent": "a", "action": "exclude", "file_sha256": "0" * 64},
         "corrections.csv, line 2: file_sha256 is 000000000000 and answers.xlsx has"),
        ({"respondent": "a", "question": "years", "action": "set", "old": "12", "new": "long"},
         'corrections.csv, line 2: new is "long", which is no answer to years. It counts as missing.'),
        ({"respondent": "a", "action": "exclude", "reason": ""}, "corrections.csv, line 2: has no reason."),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_applied_is_told_with_its_line(correct, row, said):
    cleaned = correct([person("a"), person("b")], row)
    assert [str(p)[: len(said)] for p in cleaned.corrections.problems] == [said]


def test_a_wrong_old_changes_nothing(correct):
    wrong = {"respondent": "a", "question": "years", "action": "set", "old": "13", "new": "1"}
    cleaned = correct([person("a")], wrong)
    assert (cleaned.analyzed.values["years"][0], cleaned.corrections.rows) == (12, ())


def test_spellings_in_a_chain_end_in_the_last(correct):
    rows = [person(n, hospital=h) for n, h in (("a", "A"), ("b", "B"), ("c", "C"))]
    merges = [{"question": "hospital", "action": "merge_group", "old": o, "new": n} for o, n in ("AB", "BC")]
    assert set(correct(rows, *merges).analyzed.values["hospital"]) == {"C"}


def test_who_is_eligible_is_judged_after_corrections(correct):
    rows = [person("a", years="twelve"), person("b", years=3), person("c", years=""), person("d", years=20)]
    cleaned = correct(
        rows,
        {"respondent": "a", "question": "years", "action": "set", "old": "twelve", "new": "12"},
        eligible=["${years} > 10"],
        invited=9,
    )
    assert list(cleaned.analyzed.identifiers) == ["a", "d"]
    assert (cleaned.flow.not_eligible, cleaned.flow.unknown, cleaned.flow.invited) == (2, 1, 9)


def test_an_expression_that_names_nothing_is_refused(read):
    with pytest.raises(ConsensusError, match='eligible: the expression "\\$\\{ears\\} > 10": ears is neither'):
        clean(read(person("a")), eligible=["${ears} > 10"])


def test_the_draft_proposes_and_decides_nothing(read):
    rows = [*CROWD, person("x", comment="测试"), person("p3", items="765432"),
            person("y", items="765431", years="twelve"),
            person("z", items="765421", hospital="Queen Elizabeth Hospital"),
            person("w", items="765321", hospital="Queen Elizabth Hospital")]  # fmt: skip
    cleaned = clean(read(*rows))
    draft = propose_corrections(cleaned)
    assert {row.action for row in draft} == {""}
    told = [(row.respondent, row.question, row.old, row.new) for row in draft]
    assert told[:3] == [("Sheet!14", "", "", ""), ("Sheet!15", "", "", ""), ("Sheet!16", "years", "twelve", "12")]
    assert {told[3][2], told[3][3]} == {"Queen Elizabeth Hospital", "Queen Elizabth Hospital"}
    assert len(told) == 4


def test_a_confirmed_draft_is_applied_whole_and_is_not_proposed_again(read, tmp_path):
    answers = read(*CROWD, person("x", comment="测试"), person("y", items="765431", years="twelve"))
    path = tmp_path / "corrections.csv"
    rows = csv.DictReader(io.StringIO(corrections_text(propose_corrections(clean(answers)))))
    decided = [row | {"action": "set" if row["question"] else "exclude", "by": "me"} for row in rows]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(decided)
    cleaned = clean(answers, corrections=path)
    assert dict(cleaned.flow.excluded) == {"test entry": 1}
    assert cleaned.analyzed.values["years"].iloc[-1] == 12
    assert propose_corrections(cleaned) == ()


def test_texts_that_open_formulas_go_out_inert_and_come_back(correct, tmp_path):
    comment = "+1, as we do"
    row = {"respondent": "a", "question": "comment", "action": "set", "old": f"'{comment}", "new": "fine"}
    assert correct([person("a", comment=comment)], row).analyzed.values["comment"][0] == "fine"
    made = read_corrections(tmp_path / "corrections.csv")
    assert made.rows[0].old == comment
    assert f"'{comment}" in corrections_text(made.rows)


def test_missing_answers_are_counted_by_their_reason(read):
    rows = [
        person("a", years=""),
        person("b"),
        person("c", check="yes", again="no"),
        person("d", check="yes", years="x"),
    ]
    found = {m.question: m for m in missing_by_question(read(*rows))}
    assert (found["years"].asked, found["years"].missing) == (4, 2)
    assert dict(found["years"].kinds) == {"answered": 2, "blank": 1, "invalid": 1}
    assert (found["again"].asked, found["again"].missing, dict(found["again"].kinds)["not_shown"]) == (2, 1, 2)


def test_a_file_without_the_columns_is_refused(tmp_path):
    (tmp_path / "corrections.csv").write_text("respondent,action\na,exclude\n", encoding="utf-8")
    with pytest.raises(ConsensusError, match=r"corrections\.csv: has no column file_sha256, question, old"):
        read_corrections(tmp_path / "corrections.csv")


def test_what_corrections_settled_is_no_longer_to_be_looked_at(correct):
    rows = [*CROWD, person("t", comment="test"), person("p1", items=varied(5)), person("y", years="twelve")]
    before = correct(rows)
    assert len(before.flags) == len(before.open_flags) == 3
    done = correct(
        rows,
        {"respondent": "t", "action": "exclude"},
        {"respondent": "Sheet!3", "action": "exclude"},  # the earlier form of the two
        {"respondent": "y", "question": "years", "action": "set", "old": "twelve", "new": "12"},
    )
    assert [flag.kind for flag in done.open_flags] == []
    told = sentences(done)
    assert "Settled by corrections: 3 of 3 things to look at." in told
    assert not any(line.startswith("To look at") for line in told)
    assert any(line.startswith("To look at") for line in sentences(before))
