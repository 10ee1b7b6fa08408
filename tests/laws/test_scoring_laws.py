"""The laws of the conformance page, section 10, on random courses with missing cells, bounds, NE and late imaging."""

from datetime import date, timedelta
from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st

from consensus.definitions.condition import read_condition
from consensus.definitions.definition_file import read_definition
from consensus.scoring.cells import read_cell
from consensus.scoring.course import course_of
from consensus.scoring.judge import Judge

TACE = read_condition()
PATIENTS = {column.name: column for column in TACE.patients}
SESSIONS = {column.name: column for column in TACE.sessions}
ORDER = {"not_met": 0, "unknown": 1, "met": 2}
DEFINITIONS = (
    "jsh-lcsgj-2014",
    "intl-panel-2014",
    "korea-as-cited",
    "kim-2012-sp",
    "europe-raoul-2014",
    "no-response-2",
    "cci-2021",
    "zhang-2022",
    "tactics-without-growth",
)
WINDOWED = ("jsh-lcsgj-2014", "intl-panel-2014", "europe-raoul-2014", "no-response-2", "cci-2021", "zhang-2022")

flags = st.sampled_from([0, 1])
afp = st.sampled_from(["<2", 1, 2, "2.4", 3, 100, 120, "120.1", 500, ">60500"])
count = st.sampled_from([1, 2, 3, "multiple"])
CELLS = {
    "agent": st.sampled_from(["a", "A ", "b"]),
    "feeding_artery_reanalyzed": flags,
    "area": st.sampled_from(["S5", "S8"]),
    "target_response": st.sampled_from(["CR", "PR", "SD", "SD", "PD", "NE"]),
    "viable_percent": st.sampled_from([0, 50, "50.01", 80, ">40", ">50"]),
    "tumor_count": count,
    "pvtt_grade": st.sampled_from([0, 0, 2]),
    "vascular_invasion": flags,
    "extrahepatic_spread": flags,
    "afp": afp,
    "child_pugh": st.sampled_from([5, 9, 10]),
}
BASELINE = {
    "intent": st.sampled_from(["palliative", "curative"]),
    "baseline_pvtt_grade": st.sampled_from([0, 0, 1]),
    "baseline_vascular_invasion": flags,
    "baseline_extrahepatic_spread": flags,
    "baseline_tumor_count": count,
    "baseline_afp": afp,
}


def maybe(cells):
    return st.fixed_dictionaries({name: st.none() | value for name, value in cells.items()})


gaps = st.sampled_from([0, 20, 61, 91, 92, 122])
imaging = st.none() | st.sampled_from([0, 27, 28, 35, 92, 93, 150])
a_session = st.tuples(gaps, imaging, maybe(CELLS))
courses = st.tuples(maybe(BASELINE), st.lists(a_session, max_size=6))


def typed(cells, columns):
    return {name: read_cell(value, columns[name]) for name, value in cells.items()}


def built(course, *, order=None):
    """Return the course of drawn cells; `order` shuffles the rows before they are ordered again."""
    baseline, drawn = course
    day, rows = date(2021, 1, 4), []
    for number, (gap, seen, cells) in enumerate(drawn, start=1):
        day += timedelta(days=gap)
        rows.append(
            (
                day,
                typed(cells, SESSIONS)
                | {
                    "session_no": read_cell(number, SESSIONS["session_no"]),
                    "imaging_date": None if seen is None else day + timedelta(days=seen),
                },
            )
        )
    if order is not None:
        rows = [rows[i] for i in order]
    return course_of("p", typed(baseline, PATIENTS), rows, TACE.assessed)


@lru_cache
def judge(definition, **chosen):
    return Judge(definition=read_definition(definition), condition=TACE, chosen=chosen)


def verdict(definition, course, **chosen):
    return ORDER[judge(definition, **chosen).judge(course).verdict]


def open_cells(cells):
    """Return the empty cells that nothing stands for.

    Invasion is told by two columns, and by the contract one that is recorded decides where the other is empty: filling
    the other then isn't filling a gap.
    """
    pair = [k for k in cells if k.removeprefix("baseline_") in ("vascular_invasion", "pvtt_grade")]
    told = any(cells[k] is not None for k in pair)
    return [k for k, v in cells.items() if v is None and not (told and k in pair)]


@settings(max_examples=150, deadline=None)
@given(courses, st.data())
def test_filling_a_gap_never_turns_a_certain_verdict(course, data):
    baseline, drawn = course
    empty = [("baseline", name) for name in open_cells(baseline)]
    empty += [(at, name) for at, (_, _, cells) in enumerate(drawn) for name in open_cells(cells)]
    empty += [(at, "imaging") for at, (_, seen, _) in enumerate(drawn) if seen is None]
    if not empty:
        return
    place, name = data.draw(st.sampled_from(empty))
    if place == "baseline":
        filled = ({**baseline, name: data.draw(BASELINE[name])}, drawn)
    else:
        gap, seen, cells = drawn[place]
        if name == "imaging":
            session = (gap, data.draw(imaging.filter(lambda days: days is not None)), cells)
        else:
            session = (gap, seen, {**cells, name: data.draw(CELLS[name])})
        filled = (baseline, [*drawn[:place], session, *drawn[place + 1 :]])
    before, after = built(course), built(filled)
    for definition in DEFINITIONS:
        first, then = judge(definition).judge(before), judge(definition).judge(after)
        if first.verdict != "unknown":
            assert then.verdict == first.verdict
        if first.verdict == "met":
            assert then.session_no <= first.session_no


@settings(max_examples=80, deadline=None)
@given(courses, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(course, shuffler):
    order = list(range(len(course[1])))
    shuffler.shuffle(order)
    for definition in DEFINITIONS:
        first, again = judge(definition).judge(built(course)), judge(definition).judge(built(course, order=order))
        assert (first.verdict, first.criterion, first.session_no, first.date) == (
            again.verdict,
            again.criterion,
            again.session_no,
            again.date,
        )


@settings(max_examples=150, deadline=None)
@given(courses, st.sampled_from(["any", "28-92", "20-100"]))
def test_which_definition_is_wider(drawn, window):
    course = built(drawn)
    at = {"imaging_window": window}
    kim, korea = verdict("kim-2012-sp", course), verdict("korea-as-cited", course)
    assert kim <= korea
    assert kim <= verdict("tactics-without-growth", course)
    assert kim <= verdict("jsh-lcsgj-2014", course, **at)
    assert verdict("intl-panel-2014", course, **at) <= korea
    cci, two = verdict("cci-2021", course, **at), verdict("no-response-2", course, **at)
    progressive = verdict("zhang-2022", course, insufficient_by="progressive", **at)
    stable = verdict("zhang-2022", course, insufficient_by="stable_or_progressive", **at)
    assert cci == progressive <= stable <= two


@settings(max_examples=150, deadline=None)
@given(courses)
def test_which_reading_is_wider(drawn):
    course = built(drawn)
    last, run, anywhere, none = (
        verdict("jsh-lcsgj-2014", course, proviso=value)
        for value in ("at_last", "within_run", "in_course", "not_required")
    )
    assert last == run <= anywhere <= none
    assert verdict("intl-panel-2014", course, area="same") <= verdict("intl-panel-2014", course, area="any")
    assert verdict("kim-2012-sp", course) <= verdict("kim-2012-sp", course, appearance="present")
    days = [verdict("korea-as-cited", course, window_days=str(days)) for days in (0, 100, 180, 183, 200, 400)]
    assert days == sorted(days)
    assert verdict("korea-as-cited", course) == days[3]


@settings(max_examples=150, deadline=None)
@given(courses)
def test_a_window_only_takes_knowledge_away(drawn):
    course = built(drawn)
    for definition in WINDOWED:
        narrow, wide, without = (
            judge(definition, imaging_window=window).judge(course) for window in ("28-92", "20-100", "any")
        )
        for first, wider in ((narrow, wide), (wide, without), (narrow, without)):
            if first.verdict != "unknown":
                assert wider.verdict == first.verdict
            if first.verdict == "met":
                assert wider.session_no <= first.session_no


@settings(max_examples=150, deadline=None)
@given(courses)
def test_an_unknown_names_its_causes_and_nothing_else_does(drawn):
    course = built(drawn)
    for definition in DEFINITIONS:
        found = judge(definition).judge(course)
        assert bool(found.causes) is (found.verdict == "unknown")
        assert (found.session_no is not None) is (found.verdict == "met")
