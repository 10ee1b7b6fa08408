"""Laws of REDCap data dictionaries: what is written is read back, in both spellings of the header."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from questionnaires.instrument import Choice, Group, Instrument, Labels, Question
from questionnaires.redcap import read_dictionary, write_dictionary
from questionnaires.redcap.columns import COLUMNS

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
QUIET = settings(max_examples=60, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
WORDS = st.sampled_from(["Yes", "No, never", "是", "Größe in cm", 'said "so"', "a\nb", "=1+1", "12"])
KINDS = {
    "select_one": {},
    "select_multiple": {},
    "text": {},
    "integer": {"constraint": ". >= 18 and . <= 99"},
    "decimal": {"constraint": ". <= 2.5"},
    "date": {"constraint": ". >= date('2020-01-31')"},
    "note": {},
    "calculate": {"calculation": "round(([weight]*10000)/(([height])^(2)),1)"},
    "range": {"parameters": "start=0 end=100 step=1"},
}


def words(text):
    return Labels((("default", text),))


@st.composite
def questions(draw, number, earlier, group):
    kind = draw(st.sampled_from(sorted(KINDS)))
    codes = draw(st.lists(st.sampled_from(["0", "1", "2", "99", "a"]), min_size=1, max_size=4, unique=True))
    choices = tuple(Choice(name=code, label=words(draw(WORDS).replace("\n", " "))) for code in codes)
    closed = kind.startswith("select")
    conditions = [None]
    for question in earlier:
        if question.type == "select_multiple":
            box = f"selected(${{{question.name}}}, '{question.choices[0].name}')"
            conditions += [box, f"not({box})", f"{box} and not({box})"]
        else:
            conditions += [f"${{{question.name}}} = '1' or ${{{question.name}}} != ''", f"${{{question.name}}} > 2"]
    return Question(
        name=f"q{number}",
        type=kind,
        label=words(draw(WORDS)),
        list_name=f"q{number}" if closed else None,
        choices=choices if closed else (),
        hint=draw(st.one_of(st.just(Labels()), WORDS.map(words))),
        relevant=draw(st.sampled_from(conditions)),
        required=draw(st.booleans()),
        groups=(group,),
        further=draw(st.sampled_from([(), (("section_header", "Part A"),), (("identifier", "y"),)])),
        **KINDS[kind],
    )


@st.composite
def dictionaries(draw):
    asked = [Question(name="record_id", type="text", label=words("ID"), role="respondent", groups=("first",))]
    for number in range(draw(st.integers(0, 6))):
        asked.append(draw(questions(number, asked[1:], "first" if number < 3 else "second")))
    groups = tuple(Group(name=name, label=words(name)) for name in dict.fromkeys(q.groups[0] for q in asked))
    return Instrument(id="mine", title="mine", languages=("default",), questions=tuple(asked), groups=groups)


@QUIET
@given(instrument=dictionaries())
def test_what_is_written_is_read_back(instrument, tmp_path):
    path = tmp_path / "mine.dictionary.csv"
    assert len(write_dictionary(instrument, path)) == 0
    again = read_dictionary(path)
    assert again == instrument
    assert len(again.problems) == 0
    header, rest = path.read_bytes().split(b"\r\n", 1)
    path.write_bytes(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n" + rest)
    assert read_dictionary(path) == instrument
    assert len(header.split(b",")) > len(COLUMNS)  # a header of the file download has commas of its own
