"""Generated instruments: groups, languages, coded options, criteria, vignettes, attention items, settings."""

from hypothesis import strategies as st

from questionnaires.instrument import Choice, Criterion, Group, Instrument, Labels, Question, Vignette
from questionnaires.xlsform.names import ROLES

LANGUAGES = (("en",), ("en", "zh"), ("zh", "en", "fr"), ("default",), ("default", "ko"), ("Klingon", "en"))
TEXT = st.text(
    st.one_of(st.characters(categories=("Lu", "Ll", "Lo", "Nd", "Po", "Sm"), max_codepoint=0x9FFF), st.just(" ")),
    min_size=1,
    max_size=20,
).map(lambda text: " ".join(text.split()) or "=1+1")
TRICKY = st.sampled_from(
    ["=1+1", "+49 89", "-3", "@x", "NA", "1.50", "二〇二六", "a\nb", "TRUE", "None", "0012", "½ < ≥"]
)
OPTIONS = ("a", "b", "c", "no", "1", "0", "99", "中", "x_y")
TEXTS = st.one_of(TEXT, TRICKY)
SETTINGS = (("style", "pages"), ("allow_choice_duplicates", "no"))


@st.composite
def labels(draw, languages, *, least=1):
    kept = [code for code in languages if draw(st.booleans())]
    if len(kept) < least:
        kept = list(languages)
    return Labels(tuple((code, draw(TEXTS)) for code in kept))


@st.composite
def choice_lists(draw, languages):
    lists = {}
    for number in range(draw(st.integers(1, 3))):
        names = draw(st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=5, unique=True))
        lists[f"list{number}"] = tuple(draw(choices(name, languages)) for name in names)
    return lists


@st.composite
def choices(draw, name, languages):
    return Choice(
        name=name,
        label=draw(labels(languages)),
        endorses=draw(st.sampled_from([None, 0.0, 0.5, 1.0])),
        score=draw(st.sampled_from([None, 0.0, 3.0, -1.5, 1e6])),
        missing=draw(st.sampled_from([None, None, "dont_know", "refused", "not_applicable"])),
        further=draw(st.sampled_from([(), (("region", "north"),)])),
    )


@st.composite
def questions(draw, number, earlier, lists, criteria, languages, groups):
    kind = draw(
        st.sampled_from(["select_one", "select_multiple", "rank", "range", "integer", "decimal", "text", "date"])
    )
    list_name = draw(st.sampled_from(sorted(lists))) if kind in ("select_one", "select_multiple", "rank") else None
    relevant = [None, *(f"${{{name}}} != '=1'" for name in earlier)]
    return Question(
        name=f"q{number}",
        type=kind,
        label=draw(labels(languages)),
        list_name=list_name,
        choices=lists.get(list_name, ()),
        hint=draw(st.one_of(st.just(Labels()), labels(languages))),
        relevant=draw(st.sampled_from(relevant)),
        constraint=". > 1 and . <= 90" if kind == "integer" and draw(st.booleans()) else None,
        required=draw(st.booleans()),
        role=draw(st.sampled_from([None, *ROLES])),
        criterion=draw(st.sampled_from([None, *(c.name for c in criteria)])),
        direction=draw(st.sampled_from(["endorse", "reject"])),
        parameter=draw(st.sampled_from([None, "times"])),
        evidence=draw(st.sampled_from(["vote", "bound", "proxy"])),
        same_as=draw(st.sampled_from([None, "cci-2020:cn_limit"])),
        vignette=draw(st.sampled_from([None, "v1"])),
        reconstructed=draw(st.booleans()),
        note=draw(st.one_of(st.just(""), TEXTS)),
        parameters="start=1 end=9 step=1" if kind == "range" else "",
        groups=groups,
        further=draw(st.sampled_from([(), (("appearance", "minimal"),), (("required_message::en", "=no"),)])),
    )


@st.composite
def instruments(draw):
    languages = draw(st.sampled_from(LANGUAGES))
    lists = draw(choice_lists(languages))
    criteria = tuple(draw(_criterion(number, languages)) for number in range(draw(st.integers(0, 2))))
    asked, groups, path = [], [], ()
    for number in range(draw(st.integers(1, 6))):
        step = draw(st.sampled_from(["stay", "stay", "in", "out"]))
        if step == "in":
            groups.append(draw(_group(len(groups), [q.name for q in asked], languages)))
            path = (*path, groups[-1].name)
        elif step == "out":
            path = path[:-1]
        asked.append(draw(questions(number, [q.name for q in asked], lists, criteria, languages, path)))
    return Instrument(
        id=draw(st.sampled_from(["mine", "pilot-2"])),
        title=draw(TEXTS),
        version=draw(st.sampled_from(["", "2026", "2026-11-24"])),
        default_language=draw(st.sampled_from(["", languages[-1]])),
        languages=languages,
        questions=tuple(asked),
        criteria=criteria,
        attention=tuple((q.name, q.choices[0].name) for q in asked if q.type == "select_one" and draw(st.booleans())),
        condition=draw(st.sampled_from([None, "tace-failure"])),
        groups=tuple(groups),
        vignettes=tuple(draw(_vignette(number, languages)) for number in range(draw(st.integers(0, 2)))),
        settings=tuple(pair for pair in SETTINGS if draw(st.booleans())),
    )


@st.composite
def _criterion(draw, number, languages):
    return Criterion(
        name=f"c{number}",
        label=draw(labels(languages)),
        finding=draw(st.sampled_from([None, "new_lesions"])),
        form=draw(st.sampled_from([None, "once", "consecutive"])),
        times=draw(st.sampled_from([None, 3])),
        days=draw(st.sampled_from([None, 183])),
        source=draw(st.one_of(st.just(""), TEXTS)),
    )


@st.composite
def _group(draw, number, earlier, languages):
    relevant = draw(st.sampled_from([None, *(f"selected(${{{name}}}, 'a')" for name in earlier)]))
    return Group(name=f"g{number}", label=draw(st.one_of(st.just(Labels()), labels(languages))), relevant=relevant)


@st.composite
def _vignette(draw, number, languages):
    """The first session fills every column, so that the columns have one order in the sheet."""
    columns = ("session_no", "afp", "agent")
    sessions = [tuple((column, draw(TEXT)) for column in columns)]
    for _ in range(draw(st.integers(0, 2))):
        sessions.append(tuple((column, draw(TEXT)) for column in columns if draw(st.booleans())))
    return Vignette(name=f"v{number}", label=draw(labels(languages)), sessions=tuple(sessions))
