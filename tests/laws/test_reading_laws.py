"""Laws of reading: what was answered comes back from every platform, and no cell of any table is lost."""

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from questionnaires import read_responses
from questionnaires.instrument import Choice, Instrument, Labels, Question
from questionnaires.privacy import masked
from questionnaires.problems import ConsensusError
from questionnaires.reading.encodings import decode
from questionnaires.reading.text import key_of
from questionnaires.routing import ExpressionError, parse_expression

MANY = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def choice(name, label, **more):
    return Choice(name=name, label=Labels((("en", label),)), **more)


VOTE = (choice("yes", "Yes"), choice("no", "No"), choice("dk", "Can't say", missing="dont_know"))
RX = (choice("tace", "TACE"), choice("abl", "Ablation, alone"), choice("both", "TACE, ablation"), choice("no", "None"))
INSTRUMENT = Instrument(
    id="law",
    title="Law",
    questions=(
        Question(name="vote", type="select_one", label=Labels((("en", "New lesions?"),)), choices=VOTE),
        Question(name="rx", type="select_multiple", label=Labels((("en", "Which treatments?"),)), choices=RX,
                 relevant="${vote} = 'no'"),
        Question(name="years", type="integer", label=Labels((("en", "Years of TACE"),))),
        Question(name="comment", type="text", label=Labels((("en", "Comments"),))),
    ),
)  # fmt: skip
LABELS = {c.name: str(c.label) for q in INSTRUMENT.questions for c in q.choices if q.name == "vote"}
RX_LABELS = {c.name: str(c.label) for c in RX}

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf")), min_size=1, max_size=12).filter(
    lambda t: t.strip() and masked(t) == t and key_of(t) not in ("(跳过)", "(空)", "n/a") and "SYNTHETIC" not in t
)
people = st.lists(
    st.tuples(
        st.sampled_from(["yes", "no", "dk", None]),
        st.none() | st.sets(st.sampled_from(list(RX_LABELS)), min_size=1),
        st.none() | st.integers(0, 60),
        st.none() | words,
    ),
    min_size=1,
    max_size=6,
)


def asked(person):
    """Return a person's answers with the routing obeyed, the options in the order of the instrument."""
    vote, rx, years, comment = person
    chosen = tuple(name for name in RX_LABELS if rx and name in rx)
    return vote, chosen if vote == "no" and rx else None, years, comment


def text(cell):
    return "" if cell is None else str(cell)


def plain(rows):
    yield ["row", "vote", "rx", "years", "comment"]
    for n, (vote, rx, years, comment) in enumerate(rows):
        yield [str(n), text(vote), ";".join(rx or ()), text(years), text(comment)]


def wenjuanxing(rows):
    yield [
        "序号",
        "提交答卷时间",
        "所用时间",
        "1、New lesions?",
        "2、Which treatments?[多选题]",
        "3、Years of TACE",
        "4、Comments",
    ]
    for n, (vote, rx, years, comment) in enumerate(rows):
        joined = "┋".join(RX_LABELS[r] for r in rx) if rx else "(跳过)" if vote != "no" else "(空)"
        yield [
            str(n),
            "2026/3/1 9:00:00",
            "9秒",
            LABELS.get(vote, "(空)"),
            joined,
            text(years) or "(空)",
            text(comment),
        ]


def qualtrics(rows):
    yield ["StartDate", "Status", "Finished", "ResponseId", "RecordedDate", "vote", "rx", "years", "comment"]
    for n, (vote, rx, years, comment) in enumerate(rows):
        joined = ",".join(f"{RX_LABELS[r]} " for r in rx or ())
        yield ["2026-03-01 09:00:00", "0", "1", f"R_{n}", "x", LABELS.get(vote, ""), joined, text(years), text(comment)]


def surveymonkey(rows):
    yield [
        "Respondent ID",
        "Collector ID",
        "New lesions?",
        "Which treatments?",
        "",
        "",
        "",
        "Years of TACE",
        "Comments",
    ]
    yield ["", "", "Response", *RX_LABELS.values(), "Response", "Open-Ended Response"]
    for n, (vote, rx, years, comment) in enumerate(rows):
        ticks = [label if name in (rx or ()) else "" for name, label in RX_LABELS.items()]
        yield [str(n), "7", LABELS.get(vote, ""), *ticks, text(years), text(comment)]


def kobo(rows):
    yield ["_uuid", "g/vote", "g/rx", *(f"g/rx/{name}" for name in RX_LABELS), "years", "comment"]
    for n, (vote, rx, years, comment) in enumerate(rows):
        ticks = [str(int(name in rx)) if rx else "" for name in RX_LABELS]
        yield [str(n), text(vote), " ".join(rx or ()), *ticks, text(years), text(comment)]


def redcap(rows):
    yield ["record_id", "redcap_survey_identifier", "vote", *(f"rx___{n}" for n in RX_LABELS), "years", "comment",
           "form_complete"]  # fmt: skip
    for n, (vote, rx, years, comment) in enumerate(rows):
        yield [
            str(n),
            "",
            text(vote),
            *(str(int(name in (rx or ()))) for name in RX_LABELS),
            text(years),
            text(comment),
            "2",
        ]


def limesurvey(rows):
    yield [
        "id",
        "submitdate",
        "lastpage",
        "startlanguage",
        "vote",
        *(f"rx[{n}]" for n in RX_LABELS),
        "years",
        "comment",
    ]
    for n, (vote, rx, years, comment) in enumerate(rows):
        ticks = [("Y" if name in rx else "") if rx else "" if vote == "no" else "N/A" for name in RX_LABELS]
        yield [str(n), "2026-03-01 09:00:00", "3", "en", text(vote), *ticks, text(years), text(comment)]


def msforms(rows):
    yield ["ID", "Start time", "Completion time", "New lesions?", "Which treatments?", "Years of TACE", "Comments"]
    for n, (vote, rx, years, comment) in enumerate(rows):
        joined = "".join(f"{RX_LABELS[r]};" for r in rx or ())
        yield [str(n), "2026-03-01", "2026-03-01", LABELS.get(vote, ""), joined, text(years), text(comment)]


def googleforms(rows):
    yield ["Timestamp", "New lesions?", "Which treatments?", "Years of TACE", "Comments"]
    for vote, rx, years, comment in rows:
        joined = ", ".join(RX_LABELS[r] for r in rx or ())
        yield ["2026/03/01 9:00:00 AM GMT+1", LABELS.get(vote, ""), joined, text(years), text(comment)]


PLATFORMS = [plain, wenjuanxing, qualtrics, surveymonkey, kobo, redcap, limesurvey, msforms, googleforms]


def read(rows, instrument):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.csv"
        path.write_text(out.getvalue(), encoding="utf-8", newline="")
        return read_responses(path, instrument)


@pytest.mark.parametrize("write", PLATFORMS)
@given(people=people)
@MANY
def test_answers_come_back_from_every_platform(write, people):
    rows = [asked(person) for person in people]
    found = read(write(rows), INSTRUMENT)
    assert found.dialect == write.__name__
    for record, (vote, rx, years, comment) in enumerate(rows):
        none_ticked = write is redcap and vote == "no" and rx is None  # all that a box tells is that it has no tick
        assert found.values["vote"][record] == vote
        assert found.values["rx"][record] == (() if none_ticked else rx)
        assert found.values["years"][record] == years
        assert found.values["comment"][record] == comment
        kinds = tuple(found.kinds.loc[record])
        of_vote = {"dk": "dont_know", None: "blank"}.get(vote, "answered")
        of_rx = "answered" if rx or none_ticked else "blank" if vote == "no" else "not_shown"
        assert kinds == (of_vote, of_rx, *("blank" if a is None else "answered" for a in (years, comment)))
    assert [str(p) for p in found.problems.faults] == []


cells = st.sampled_from(
    ["", "yes", "no", "1", "0", "3,5", "a;b", "b", "N/A", "=1", "x@y.example", "(跳过)", "  "]
) | st.text(max_size=8)
tables = st.lists(st.lists(cells, max_size=5), min_size=1, max_size=8)


@given(table=tables)
@example(table=[["a", "a"], ["1", "2", "3"]])
@example(table=[["q/a", "q/b", "q"], ["1", "0", "a b"], ["x", "", ""]])
@settings(MANY, max_examples=300)
def test_no_cell_of_any_table_is_lost(table):
    """Any table is refused, or every cell of it is accounted for: answer, metadata, withheld or told of."""
    try:
        found = read(table, None)
    except ConsensusError:
        return
    grid = found.source.grid
    assert found.accounting.cells == grid.filled()
    assert min(found.accounting.answers, found.accounting.problems, found.accounting.withheld) >= 0
    assert found.values.shape == found.kinds.shape


@given(data=st.binary(max_size=60))
@settings(MANY, max_examples=200)
def test_any_bytes_are_decoded_or_refused_in_a_sentence(data):
    try:
        text, encoding, _ = decode("f.csv", data)
    except ConsensusError as error:
        text, encoding = str(error), "refused"
        said = "begins with the mark of" in text
    else:
        said = isinstance(text, str)
    assert said, encoding


@given(written=st.text("${}ab()'<>=!+-*., 012andornotif", max_size=20))
@settings(MANY, max_examples=300)
def test_any_text_is_an_expression_or_refused_with_its_place(written):
    place = 1
    try:
        held = parse_expression(written).holds({"a": 1, "b": None})
    except ExpressionError as error:
        held, place = False, error.at
    assert held in (True, False)
    assert 1 <= place <= len(written) + 1


@given(text=st.text(max_size=30))
@MANY
def test_a_text_key_is_its_own_key(text):
    assert key_of(key_of(text)) == key_of(text)
    assert key_of(f" {text} ") == key_of(text)
