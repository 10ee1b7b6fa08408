"""The platforms' layouts in small: what is detected and why, and that the answers are the same in each."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from questionnaires import read_instrument, read_responses
from questionnaires.instrument import Choice, Instrument, Labels, Question
from questionnaires.problems import ConsensusError
from questionnaires.reading.dialects import known_dialects, register_dialect
from questionnaires.reading.dialects.registry import _PLUGGED_IN

STORY = Path(__file__).parents[1] / "stories" / "4-stranger"


def choice(name, en, zh, **more):
    return Choice(name=name, label=Labels((("en", en), ("zh", zh))), **more)


def question(name, kind, en, zh, choices=(), **more):
    return Question(name=name, type=kind, label=Labels((("en", en), ("zh", zh))), choices=choices, **more)


YES_NO = (choice("yes", "Yes", "是"), choice("no", "No", "否"), choice("unsure", "Not sure", "不确定"))
THERAPIES = (
    choice("tace", "TACE, again", "再次TACE"),
    choice("abl", "Ablation", "消融"),
    choice("other", "Other", "其他"),
)
INSTRUMENT = Instrument(
    id="platforms",
    title="The same three answers on every platform",
    questions=(
        question("q1", "select_one", "New lesions?", "新发病灶？", YES_NO),
        question("q2", "select_multiple", "Which treatments?", "首选治疗？", THERAPIES, relevant="${q1} = 'no'"),
        question("q2_other", "text", "Which other?", "其他，请注明：", relevant="selected(${q2}, 'other')"),
        question("q3_pvtt", "integer", "Rate [PVTT]", "评分—PVTT"),
        question("q4", "text", "Comments", "意见"),
    ),
)
# one answered all, one was not shown q2, one left q3 and q4 blank
EXPECTED = {
    "q1": ["no", "yes", "unsure"],
    "q2": [("tace", "other"), None, None],
    "q2_other": ["RT; now", None, None],
    "q3_pvtt": [7, 9, None],
    "q4": ["fine", "N/A", None],
}
KINDS = {
    "q1": ["answered"] * 3,
    "q2": ["answered", "not_shown", "not_shown"],
    "q2_other": ["answered", "not_shown", "not_shown"],
    "q3_pvtt": ["answered", "answered", "blank"],
    "q4": ["answered", "answered", "blank"],
}

FILES = sorted((Path(__file__).parent / "layouts").glob("*.csv"))
LAYOUTS = {f.stem: list(csv.reader(f.read_text(encoding="utf-8").splitlines())) for f in FILES}


def as_csv(path, rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8-sig")
    return path


def as_workbook(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([int(c) if c.isdigit() else c or None for c in row])
    book.save(path)
    return path


@pytest.mark.parametrize("write", [as_csv, as_workbook], ids=["csv", "xlsx"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_answers_are_read_from_every_platform(tmp_path, layout, write):
    path = write(tmp_path / ("answers.csv" if write is as_csv else "answers.xlsx"), LAYOUTS[layout])
    found = read_responses(path, INSTRUMENT)
    assert found.dialect == layout.split("-")[0]
    assert {name: list(found.values[name]) for name in EXPECTED} == EXPECTED
    assert {name: list(found.kinds[name]) for name in KINDS} == KINDS
    assert [str(p) for p in found.problems if p.severity == "fault"] == []
    filled = sum(bool(cell.strip()) for row in LAYOUTS[layout] for cell in row)
    assert found.accounting.cells == filled


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_draft_of_an_export_reads_it_without_a_fault(tmp_path, layout):
    found = read_responses(as_csv(tmp_path / "answers.csv", LAYOUTS[layout]))
    assert len(found.values) == 3
    assert [str(p) for p in found.problems.faults] == []


def test_detection_says_what_it_saw_and_can_be_overridden(tmp_path):
    path = as_csv(tmp_path / "answers.csv", LAYOUTS["kobo"])
    assert read_responses(path, INSTRUMENT).reason == "the headers _uuid"
    found = read_responses(path, INSTRUMENT, dialect="plain")
    assert found.dialect == "plain"
    assert found.reason.startswith("as told")


class Pollbox:
    name = "pollbox"
    missing = {"--": "not_shown", "(declined)": "refused"}  # noqa: RUF012

    def recognizes(self, head):
        return "line 1 begins with #POLLBOX" if head.startswith("#POLLBOX") else ""

    def table(self, text):
        header, *lines = [line for line in text.splitlines() if line and not line.startswith("#")]
        rows = [[cell.strip() for cell in line.split("|")] for line in lines]
        joined = [[";".join(c.strip("[]").split("][")) if c.startswith("[") else c for c in row] for row in rows]
        return [part.split("<")[1].split(">")[0] for part in header.split("|")], joined


@pytest.fixture
def pollbox():
    register_dialect(Pollbox())
    yield
    del _PLUGGED_IN["pollbox"]


@pytest.mark.usefixtures("pollbox")
def test_a_platform_can_be_plugged_in():
    found = read_responses(STORY / "dialect" / "pollbox.txt", read_instrument(STORY / "toy" / "instrument.xlsx"))
    assert "pollbox" in repr(found)
    assert "line 1 begins with #POLLBOX" in repr(found)
    assert len(found.to_frame()) == 12
    kinds = found.kinds.to_numpy().ravel().tolist()
    assert {k: kinds.count(k) for k in sorted(set(kinds))} == {"answered": 93, "blank": 8, "not_shown": 5, "refused": 2}
    assert found.values["c_no_better"].value_counts().to_dict() == {"yes": 9, "no": 2, "equivocal": 1}
    assert sum("referral" in v for v in found.values["rx"] if v) == 4
    assert "=SUM(1,2) is what I typed" in set(found.values["comment"])
    assert known_dialects()[0] == "pollbox"


@pytest.mark.parametrize(
    ("plugin", "said"),
    [
        (object(), "a dialect has a name"),
        (type("P", (Pollbox,), {"name": "redcap"})(), 'the dialect "redcap" is there already'),
        (type("P", (Pollbox,), {"missing": {"-": "gone"}})(), '"-" stands for "gone". Expected answered, blank'),
    ],
)
def test_a_plug_in_that_lacks_something_is_refused(plugin, said):
    with pytest.raises(ConsensusError, match=said):
        register_dialect(plugin)
