"""What the guard tells of a sheet by one look at each reference is what it tells by measuring everything."""

from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires.reading.extent import Extent

REFERENCES = st.builds(
    lambda letters, number: f"{letters}{number}",
    st.sampled_from(["A", "B", "H", "Z", "AA", "AZ", "BA", "IV", "IW", "XFD", "b", "aB", "ABCD", ""]),
    st.sampled_from(["1", "2", "9", "10", "19", "20", "99", "100", "1048576", "12345678"]),
)
WAYS = st.sampled_from(
    [' r="{}"'] * 12 + [" r='{}'", ' r ="{}"', ' r= "{}"', '\nr="{}"', "\tr = '{}'", ' r=" {} "', ""]
)
NAMED = st.builds(lambda way, reference: way.format(reference), WAYS, REFERENCES)
REST = st.sampled_from([""] * 8 + [' t="s"', ' t="e"', ' hidden="1"', ' s="3" r="C1"'])
INSIDE = st.sampled_from(["<v>1</v>"] * 6 + ["<v>#N/A</v>", "<f>A1</f><v>2</v>", "<is><t>a r\nr b's = #</t></is>", ""])
CELLS = st.builds(lambda named, rest, inside: f"<c{named}{rest}>{inside}</c>", NAMED, REST, INSIDE)
ROWS = st.builds(
    lambda number, rest, cells: f"<row{number}{rest}>{''.join(cells)}</row>",
    st.sampled_from(["", ' r="1"', ' r="2"', ' r="30"', " r='40'", ' r = "50"', ' r="2000"']),
    REST,
    st.lists(CELLS, max_size=5),
)
PIECES = st.lists(
    st.builds("".join, st.lists(ROWS | CELLS | st.just("</sheetData><x:c r='Z9'/>"), max_size=4)), max_size=5
)


class Measured(Extent):
    """One that measures everything."""

    def _goes_on(self, chunk: bytes) -> bool:
        return False


def told(extent):
    return extent.rows, extent.columns, extent.cells, extent.row_tags, extent.impossible, extent.look_at


@settings(max_examples=150, deadline=None)
@given(pieces=PIECES)
def test_a_look_tells_what_measuring_tells(pieces):
    looked, measured = Extent(), Measured()
    for piece in ["<worksheet><sheetData>", *pieces]:
        looked.see(piece.encode())
        measured.see(piece.encode())
        assert told(looked) == told(measured)


def test_an_error_whose_words_stand_in_the_next_piece_is_seen():
    extent = Extent()
    for piece in (
        b'<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><v>',
        b"#N/A</v></c></row></sheetData>",
    ):
        extent.see(piece)
    assert extent.look_at
