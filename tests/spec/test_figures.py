"""Each figure keeps its texts on the canvas and apart, with long and with Chinese labels."""

import io
import itertools
import re
import warnings
from fractions import Fraction

import matplotlib
import pandas as pd
import pytest
from PIL import Image

from consensus.agreement.leaning import Leaning
from consensus.combinations import combinations_of
from consensus.definitions.condition import read_condition
from consensus.definitions.definition_file import read_definitions
from consensus.scoring.courses import located_courses, read_courses
from consensus.scoring.judge import Judge
from consensus.scoring.trace import Tracer
from questionnaires.cleaning.cleaned import Flow
from reports.figures import forest, patients_by_definition, then_and_now, weights_and_points
from reports.figures.bars import bars_data, draw_bars
from reports.figures.canvas import style, to_png, to_svg, width_of, wrap
from reports.figures.course import course_data, draw_course
from reports.figures.flow import draw_flow, flow_data
from reports.figures.likert import Controls, likert_data
from reports.figures.likert_drawing import draw_likert
from reports.figures.matrix import draw_matrix, matrix_data
from reports.figures.multiverse_grid import draw_multiverse
from reports.figures.tipping import draw_tipping
from reports.figures.upset import draw_upset, upset_data
from reports.wording.en.survey import FOREST_AXIS

LONG = "Appearance of portal vein tumor thrombus although liver function is preserved and lesions controlled"
CHINESE = "新的肝内病灶出现即为经导管动脉化疗栓塞术失败的指征，即使目标病灶得到控制"
UNBROKEN = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 2
TEXTS = {
    "axis": FOREST_AXIS,
    "accepted": "accepted",
    "rejected": "rejected",
    "in": "accepted",
    "out": "rejected by consensus",
}
TEXTS |= {
    "no consensus": "no consensus",
    "met": "met",
    "unknown": "unknown",
    "not_met": "not met",
    "cut": "met from 150 points",
}
TEXTS |= {"bound": "at most"}


def forest_figure(label):
    data = pd.DataFrame(
        [
            ("a", "half", 89.0, 257, 0.346, 0.301, 0.391, "no consensus", True, False),
            ("a", "drop", 42.0, 163, 0.258, 0.197, 0.330, "out", False, False),
            ("b", "", 257.0, 257, 1.0, 0.985, 1.0, "in", True, False),
            ("c", "", 0.0, 257, 0.0, 0.0, 0.015, "out", True, True),
        ],
        columns=forest.COLUMNS,
    )
    return forest.draw_forest(data, {(r.criterion, r.coding): label for r in data.itertuples()}, TEXTS, 0.75)


def test_a_forest_taller_than_a_page_is_parted_between_criteria():
    rows = [(f"c{at}", coding, 1.0, 9, 0.5, 0.4, 0.6, "in", coding == "half", False)
            for at in range(9) for coding in ("half", "as_no", "as_yes", "drop")]  # fmt: skip
    data = pd.DataFrame([*rows, ("last", "", 1.0, 9, 0.5, 0.4, 0.6, "in", True, False)], columns=forest.COLUMNS)
    parts = forest.forest_parts(data)
    assert [len(part) for part in parts] == [20, 17]
    assert pd.concat(parts, ignore_index=True).equals(data)
    assert not set(parts[0]["criterion"]) & set(parts[1]["criterion"])
    assert len(forest.forest_parts(data[:30])) == 1
    assert [len(part) for part in forest.forest_parts(data, most=3)] == [4] * 9 + [1]


def weights_figure(label):
    data = pd.DataFrame(
        [("a", 150.0, "proxy", True), ("b", 89.0, "vote", False), ("c", 4.0, "bound", False)],
        columns=weights_and_points.COLUMNS,
    )
    return weights_and_points.draw_weights(data, 150, dict.fromkeys("abc", label), TEXTS | {"axis": "Points"})


def patients_figure(label):
    data = pd.DataFrame([("a", 30, 10, 20), ("b", 1, 0, 59), ("c", 0, 60, 0)], columns=patients_by_definition.COLUMNS)
    return patients_by_definition.draw_patients(data, dict.fromkeys("abc", label), TEXTS | {"axis": "Patients"})


def then_and_now_figure(label):
    rows = [("a", "x", 0.207, 0.163, 386, 257, 0.044, -0.019, 0.103), ("b", "y", 1.0, 0.0, 20, 5, 1.0, 0.5, 1.0)]
    data = pd.DataFrame(rows, columns=then_and_now.COLUMNS)
    texts = {"axis": "Share", "now": "This survey", "then": "Earlier survey", "difference": "Difference", "to": " to "}
    return then_and_now.draw_then_and_now(data, [label, label], texts)


def likert_figure(label):
    counts = {"a": {"no": 90, "mid": 6, "yes": 4, "dk": 30}, "b": {"no": 0, "mid": 0, "yes": 5}}
    how = Controls(aside=("dk",))
    levels = {"no": "against it", "mid": "equivocal", "yes": label, "dk": "don't know"}
    return draw_likert(likert_data(counts, list(levels), how), {"a": label, "b": label}, levels, {"axis": "Share"}, how)


def upset_figure(label):
    data = upset_data(combinations_of([("a", "b"), ("a",), (), ("c",)] * 300, ["a", "b", "c"]))
    return draw_upset(data, {"a": label, "b": "b", "c": label}, {"count": "People", "sizes": "People in all"})


def bars_figure(label):
    data = bars_data({"q": [("x", 300), ("y", 3)], "r": [("z", 12)]}, {"q": 303, "r": 12})
    return draw_bars(data, [label, "y", label], {"q": "A question", "r": "Another"}, {"axis": "Share"})


def flow_figure(label):
    gone = (("repeat", 1), ("x", 1))
    flow = Flow(invited=9, read=8, excluded=gone, after_corrections=6, not_eligible=1, unknown=0, analyzed=5)
    data = flow_data(flow)
    return draw_flow(data, {step: f"{at} {label}" for at, step in enumerate(data["step"])})


def matrix_figure(label):
    definitions = [d for d in read_definitions(read_condition()) if d.enabled]
    data = matrix_data(definitions)
    keys = list(dict.fromkeys(zip(data["definition"], data["branch"], strict=True)))
    findings = dict.fromkeys(dict.fromkeys(data["finding"]), label)
    titles, feet = {key: f"Definition {key[0]}" for key in keys}, dict.fromkeys(keys, "any one")
    return draw_matrix(data, titles, findings, ["2 in a row"] * len(data), feet)


def course_figure(label):
    courses = read_courses("tace-failure")
    located = next(c for c in located_courses(courses) if len(c.course.sessions) > 3)
    names = ("intl-panel-2014", "jsh-lcsgj-2014", "zhang-2022")
    definitions = [d for d in read_definitions(read_condition()) if d.id in names]
    tracer = Tracer(courses=courses, located=located)
    traces = [tracer.trace(Judge(definition=d, condition=courses.condition)) for d in definitions]
    names = {d.id: label for d in definitions}
    marks = {"yes": "decided", "other": "finding there", "no": "not there", "open": "not recorded", "met": "met"}
    texts = {"sessions": "TACE session", "session": "TACE session", "assessed": "imaging", "axis": "Days", **marks}
    return draw_course(course_data(located.course, traces), names, dict.fromkeys(names, "session 4, day 238"), texts)


def tipping_figure(label):
    curves = [
        Leaning(question=f"q{at}", criterion=f"q{at}", yes=yes, equivocal=60, answered=100, threshold=Fraction(3, 4),
                accepted_at=None, rejected_up_to=None)
        for at, yes in enumerate((1, 2, 3, 20, 21, 38, 39, 40, 40))
    ]  # fmt: skip
    texts = {"x": "Part that leans to yes", "y": "Support", "accepted": "accepted", "rejected": "rejected"}
    return draw_tipping(curves, [f"{at} {label}" for at in range(len(curves))], texts)


def multiverse_figure(label):
    rows = [(item, rule, "in") for item in ("a", "b") for rule in ("own", "percent-70", "fast-track-choices", "lawshe")]
    data = pd.DataFrame(rows, columns=["item", "rule", "outcome"])
    return draw_multiverse(data, {"own": "own rule", "in": "accepted"}, {"a": label, "b": label})


FIGURES = [
    tipping_figure,
    multiverse_figure,
    forest_figure,
    weights_figure,
    patients_figure,
    then_and_now_figure,
    likert_figure,
    upset_figure,
    bars_figure,
    flow_figure,
    matrix_figure,
    course_figure,
]


@pytest.mark.parametrize("label", [LONG, CHINESE, UNBROKEN, "short"], ids=["long", "chinese", "unbroken", "short"])
@pytest.mark.parametrize("make", FIGURES)
def test_no_text_leaves_the_canvas_or_lies_on_another(make, label):
    figure = make(label)
    with matplotlib.rc_context(style()), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        renderer = figure.canvas.get_renderer()
        figure.draw(renderer)
        texts = [t for t in figure.findobj(matplotlib.text.Text) if t.get_text().strip() and t.get_visible()]
        boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in texts]
    width, height = figure.bbox.width, figure.bbox.height
    outside = [text for text, b in boxes if b.x0 < -1 or b.y0 < -1 or b.x1 > width + 1 or b.y1 > height + 1]
    assert outside == []
    level = {
        t.get_text() for t in texts if t.get_rotation() in (0, 90)
    }  # a slanted one fills its box from corner to corner
    shrunk = [(text, b.x0 + 1, b.x1 - 1, b.y0 + 1, b.y1 - 1) for text, b in boxes if text in level]
    over = [
        (a[0], b[0])
        for a, b in itertools.combinations(shrunk, 2)
        if a[0] != b[0] and a[1] < b[2] and b[1] < a[2] and a[3] < b[4] and b[3] < a[4]
    ]
    assert over == []


@pytest.mark.parametrize("make", FIGURES)
def test_a_figure_gives_the_same_bytes_each_time_and_keeps_its_text_as_text(make):
    first, second = (to_svg(make("a $label$ <b>"), prefix="p", title="T", description="D") for _ in range(2))
    assert first == second
    assert "a $label$ &lt;b&gt;" in first
    assert "<dc:date>" not in first
    assert 'id="p-' in first
    assert "DejaVu" not in first


def test_a_picture_has_the_pixels_that_matplotlib_itself_would_save():
    figure, usual = bars_figure(LONG), io.BytesIO()
    with matplotlib.rc_context(style()):
        figure.savefig(usual, format="png", dpi=150)
    wanted, picture = Image.open(usual), Image.open(io.BytesIO(to_png(figure, dpi=150)))
    assert (picture.mode, picture.info["dpi"]) == ("RGB", wanted.info["dpi"])
    assert picture.tobytes() == wanted.convert("RGB").tobytes()
    assert wanted.getchannel("A").getextrema() == (255, 255)


def test_labels_are_wrapped_by_measured_width():
    for text in (LONG, CHINESE, UNBROKEN, "a  b", ""):
        assert all(width_of(line) <= 2.0 for line in wrap(text, 2.0).split("\n"))
    assert wrap(LONG, 2.0).replace("\n", " ") == LONG
    assert wrap(CHINESE, 1.0).replace("\n", "") == CHINESE


def test_chinese_lines_keep_their_marks_and_are_even():
    lines = wrap("肝功能良好的患者出现门静脉癌栓（PVTT）后，您是否会继续TACE治疗？——继续TACE", 2.75).split("\n")
    assert not any(line[0] in "，。、；：？！）」》】”’…—" for line in lines)
    assert not any(line[-1] in "（「『《【“‘" for line in lines)
    widths = [width_of(line) for line in lines]
    assert min(widths) > 0.6 * max(widths)


def test_lines_of_a_label_end_at_their_side_in_any_font():
    svg = to_svg(weights_figure(LONG), prefix="p", title="T", description="D")
    groups = re.findall(r'<g id="p-lines\d+">(.*?)</g>', svg, re.DOTALL)
    assert len(groups) >= 3
    for group in groups:
        assert len(set(re.findall(r"translate\(([\d.]+) ", group))) == 1
        assert group.count("text-anchor: ") == group.count("<text") > 1
