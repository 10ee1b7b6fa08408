"""Each figure keeps its texts on the canvas and apart, with long and with Chinese labels."""

import itertools
import warnings

import matplotlib
import pandas as pd
import pytest

from reports.figures import forest, patients_by_definition, weights_and_points
from reports.figures.canvas import style, to_svg, width_of, wrap
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


def weights_figure(label):
    data = pd.DataFrame(
        [("a", 150.0, "proxy", True), ("b", 89.0, "vote", False), ("c", 4.0, "bound", False)],
        columns=weights_and_points.COLUMNS,
    )
    return weights_and_points.draw_weights(data, 150, dict.fromkeys("abc", label), TEXTS | {"axis": "Points"})


def patients_figure(label):
    data = pd.DataFrame([("a", 30, 10, 20), ("b", 1, 0, 59), ("c", 0, 60, 0)], columns=patients_by_definition.COLUMNS)
    return patients_by_definition.draw_patients(data, dict.fromkeys("abc", label), TEXTS | {"axis": "Patients"})


@pytest.mark.parametrize("label", [LONG, CHINESE, UNBROKEN, "short"], ids=["long", "chinese", "unbroken", "short"])
@pytest.mark.parametrize("make", [forest_figure, weights_figure, patients_figure])
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
    shrunk = [(text, b.x0 + 1, b.x1 - 1, b.y0 + 1, b.y1 - 1) for text, b in boxes]
    over = [
        (a[0], b[0])
        for a, b in itertools.combinations(shrunk, 2)
        if a[0] != b[0] and a[1] < b[2] and b[1] < a[2] and a[3] < b[4] and b[3] < a[4]
    ]
    assert over == []


@pytest.mark.parametrize("make", [forest_figure, weights_figure, patients_figure])
def test_a_figure_gives_the_same_bytes_each_time_and_keeps_its_text_as_text(make):
    first, second = (to_svg(make("a $label$ <b>"), prefix="p", title="T", description="D") for _ in range(2))
    assert first == second
    assert "a $label$ &lt;b&gt;" in first
    assert "<dc:date>" not in first
    assert 'id="p-' in first
    assert "DejaVu" not in first


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
