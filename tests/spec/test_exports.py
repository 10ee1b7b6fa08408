"""Real exports, where the shared data lie beside the clone: what is detected and read, and that no cell is lost."""

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from questionnaires import read_responses
from questionnaires.instrument import Choice, Instrument, Labels, Question
from questionnaires.reading.encodings import decode
from questionnaires.reading.layout import slug
from questionnaires.reading.workbook import delimiter_of
from reports.checking import check
from reports.cli import main

SHARED = Path(__file__).resolve().parents[3] / "shared"
STORIES = Path(__file__).resolve().parents[1] / "stories"
EXPORTS = SHARED / "data" / "exports"
needs_shared = pytest.mark.skipif(not EXPORTS.is_dir(), reason="the shared data do not lie beside this clone")

# file, dialect, respondents, questions of the draft, faults, warnings, notes
READ = [
    ("kobo/dietary_needs.both_hier.xlsx", "kobo", 3, 2, 0, 0, 0),
    ("kobo/dietary_needs.labels.xlsx", "kobo", 3, 2, 0, 0, 0),
    ("kobo/dietary_needs.xml.xlsx", "kobo", 3, 2, 0, 0, 0),
    ("kobo/grouped_repeatable.both_hier.xlsx", "kobo", 6, 2, 0, 0, 1),
    ("kobo/grouped_repeatable.labels.xlsx", "kobo", 6, 2, 0, 0, 1),
    ("kobo/grouped_repeatable.xml.xlsx", "kobo", 6, 2, 0, 0, 1),
    ("kobo/grouped_translated.both_hier.xlsx", "kobo", 3, 4, 0, 0, 0),
    ("kobo/grouped_translated.xml.xlsx", "kobo", 3, 4, 0, 0, 0),
    ("kobo/or_other.both_hier.xlsx", "kobo", 3, 4, 0, 0, 0),
    ("kobo/or_other.xml.xlsx", "kobo", 3, 4, 0, 0, 0),
    ("kobo/restaurant_profile.both_hier.xlsx", "kobo", 8, 3, 0, 0, 1),
    ("kobo/restaurant_profile.labels.xlsx", "kobo", 8, 3, 0, 0, 1),
    ("kobo/site_inspection.labels.xlsx", "plain", 10, 9, 0, 3, 0),
    ("kobo/site_inspection.xml.xlsx", "plain", 10, 9, 0, 0, 0),
    ("limesurvey/dummy_data_codeonly.csv", "limesurvey", 12, 235, 0, 1, 0),
    ("qualtrics/sample_3header.csv", "qualtrics", 1, 3, 0, 0, 1),
    ("redcap/checkboxes-1.data.csv", "redcap", 4, 3, 0, 0, 0),
    ("redcap/decimal-comma.data.csv", "redcap", 4, 3, 0, 0, 1),
    ("redcap/longitudinal.data.csv", "redcap", 18, 86, 0, 0, 1),
    ("redcap/repeating-instruments.data.csv", "redcap", 2, 8, 0, 0, 2),
    ("redcap/simple.data.csv", "redcap", 5, 9, 0, 0, 1),
    ("surveymonkey/StarWars.csv", "surveymonkey", 1186, 32, 0, 0, 1),
    ("surveymonkey/thanksgiving-2015-poll-data.csv", "surveymonkey", 1058, 33, 0, 3, 0),
    ("synthetic_layout/googleforms_SYNTHETIC.csv", "googleforms", 10, 4, 0, 0, 0),
    ("synthetic_layout/msforms_SYNTHETIC.xlsx", "msforms", 10, 2, 0, 0, 1),
    ("synthetic_layout/wjx_gbk_SYNTHETIC.csv", "wenjuanxing", 25, 7, 0, 4, 1),
    ("synthetic_layout/wjx_按序号_SYNTHETIC.xlsx", "wenjuanxing", 25, 6, 0, 4, 1),
    ("synthetic_layout/wjx_按文本_SYNTHETIC.xlsx", "wenjuanxing", 25, 7, 0, 4, 1),
    ("../ipie_expert_survey_2024/responses_qualtrics.xlsx", "qualtrics", 442, 77, 0, 18, 0),
    ("../unisante_fast_track_delphi/dft2_data_redcapr_raw.csv", "redcap", 27, 68, 0, 0, 1),
    ("../unisante_fast_track_delphi/dft3_data_redcapr_raw.csv", "redcap", 24, 73, 0, 0, 1),
]
# instrument file: questions, faults; None where the format is known and not imported
INSTRUMENTS = {
    "redcap/checkboxes-1.dictionary.csv": (4, 0),
    "redcap/longitudinal.dictionary.csv": (95, 0),
    "redcap/repeating-instruments.dictionary.csv": (11, 0),
    "redcap/simple.dictionary.csv": (16, 0),
    "../unisante_fast_track_delphi/dft2_metadata.csv": (88, 0),
    "../unisante_fast_track_delphi/dft3_metadata.csv": (98, 0),
    "xlsform/I8n_label_choices.xls": (7, 0),
    "xlsform/I8n_label_lang.xls": (7, 0),
    "xlsform/I8n_lang_choicefilter.xlsx": (10, 0),
    "xlsform/I8n_no_lang.xls": (41, 0),
    "xlsform/blank_second_row.xls": (1, 0),
    "xlsform/duplicate_columns.xlsx": (46, None),
    "xlsform/kobo-library-locking-example.xlsx": (2, 0),
    "xlsform/tace_probe_with_extra_columns.xlsx": (11, 3),
    "xlsform/xl_date_ambiguous.xlsx": (4, 0),
    "limesurvey/test_survey_structure.lss": None,
    "limesurvey/test_survey_structure.xml": None,
    "redcap/pycap_test_long_project.xml": None,
    "redcap/pycap_test_simple_project.xml": None,
}


def raw_cells(path):
    """Count the cells that hold something, by other means than the reader's: openpyxl, or csv alone."""
    if path.suffix == ".csv":
        text = decode(path.name, path.read_bytes())[0]
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
        return sum(bool(cell.strip()) for row in rows for cell in row)
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    cells = (c for sheet in book for row in sheet.iter_rows(values_only=True) for c in row)
    return sum(c is not None and str(c).strip() != "" for c in cells)


@needs_shared
@pytest.mark.parametrize("row", READ, ids=[r[0] for r in READ])
def test_an_export_is_read_by_the_draft_of_itself_and_every_cell_is_accounted_for(row):
    """As `consensus check FILE` reads it; raw cells = headers + answers + metadata + withheld + listed as problems."""
    name, *wanted = row
    checked = check(str(EXPORTS / name))
    found, said = checked.cleaned.read, dict(checked.counts)
    severities = Counter(p.severity for p in checked.problems)
    assert [
        said["dialect"], said["respondents"], said["questions"],
        *(severities[s] for s in ("fault", "warning", "note")),
    ] == wanted  # fmt: skip
    assert found.accounting.cells == raw_cells(EXPORTS / name)
    assert found.accounting.answers > 0
    assert len(found.values) == wanted[1]


@needs_shared
@pytest.mark.parametrize("name", INSTRUMENTS)
def test_an_instrument_file_is_checked_or_refused_in_a_sentence(name):
    done = CliRunner().invoke(main, ["check", str(EXPORTS / name), "--json"])
    if INSTRUMENTS[name] is None:
        assert done.exit_code == 3
        assert done.stdout == ""
        assert re.fullmatch(r"[^\n]+ a format that is known and not imported\. Expected [^\n]+\n", done.stderr)
        return
    questions, faults = INSTRUMENTS[name]
    said = json.loads(done.stdout)
    assert (done.exit_code, said["saw"], said["questions"]) == (0, "instrument", questions)
    assert faults in (None, sum(p["severity"] == "fault" for p in said["problems"]))


@needs_shared
def test_no_file_of_the_exports_is_forgotten():
    """Each file that lies beside the clone stands in one of the two tables, or belongs to a file in it."""
    known = {Path(row[0]).name for row in READ} | {Path(name).name for name in INSTRUMENTS}
    there = {p.name for p in EXPORTS.rglob("*.*") if p.parent != EXPORTS and p.suffix not in (".md", ".txt")}
    assert there - known == set()


@needs_shared
def test_numbers_of_a_real_poll():
    found = read_responses(EXPORTS / "surveymonkey" / "StarWars.csv")
    seen = next(q for q in found.instrument.questions if q.type == "select_multiple")
    assert [len(seen.choices), sum(v is not None for v in found.values[seen.name])] == [6, 835]
    empire = next(c.name for c in seen.choices if "Empire Strikes" in str(c.label))
    assert sum(empire in v for v in found.values[seen.name] if v) == 758


@needs_shared
def test_three_ways_to_write_one_survey_give_the_same_answers():
    folder = EXPORTS / "kobo"
    answers = [list(read_responses(folder / f"dietary_needs.{m}.xlsx").values.iloc[:, 1]) for m in ("xml", "both_hier")]
    assert answers[0] == answers[1]
    assert [len(a) for a in answers[0]] == [1, 2, 4]
    texts, numbers, gbk = (
        read_responses(EXPORTS / "synthetic_layout" / f"wjx_{n}")
        for n in ("按文本_SYNTHETIC.xlsx", "按序号_SYNTHETIC.xlsx", "gbk_SYNTHETIC.csv")
    )
    assert texts.values.equals(gbk.values)
    skipped = [
        sum((f.kinds[q.name] == "not_shown").sum() for q in f.instrument.questions if q.multiple)
        for f in (texts, numbers)
    ]
    assert skipped[0] == skipped[1] > 0


@needs_shared
def test_comma_joined_cells_and_the_shares_that_the_authors_printed():
    """IPIE expert survey 2024: 15 counts of regions and the shares of one item, of the 412 whom the authors kept."""
    folder = SHARED / "data" / "ipie_expert_survey_2024"
    printed = json.loads((folder / "published.json").read_text(encoding="utf-8"))
    regions = printed["region_expertise_multi_select"]
    shares = printed["checks"][0]["figure_pdf"]
    instrument = Instrument(
        id="ipie",
        title="Some of its questions",
        questions=(
            Question(name="Q7", type="select_multiple", label=text("Regions"), choices=options(regions)),
            Question(name="Q15_4", type="select_one", label=text("How important?"),
                     choices=options([*shares, "Not important at all", "I don't know"])),
        ),
    )  # fmt: skip
    found = read_responses(folder / "responses_qualtrics.xlsx", instrument)
    kept = found.holding("${Progress} = 100 and ${Q2} != 'I’m not a researcher'")
    assert sum(kept) == printed["n_after_filter"] == 412
    chosen = Counter(name for v in found.values["Q7"][kept] if v for name in v)
    assert {label: chosen[slug(label)] for label in regions} == regions
    counted = Counter(found.values["Q15_4"][kept])
    assert {label: round(100 * counted[slug(label)] / 412, 1) for label in shares} == shares


@needs_shared
@pytest.mark.parametrize("name", ["checkboxes-1", "longitudinal", "repeating-instruments", "simple"])
def test_a_redcap_export_is_read_by_its_dictionary(name):
    found = read_responses(EXPORTS / f"redcap/{name}.data.csv", EXPORTS / f"redcap/{name}.dictionary.csv")
    assert found.accounting.cells == raw_cells(EXPORTS / f"redcap/{name}.data.csv")
    told = [p.where.rpartition(" ")[2] for p in found.problems.faults]
    assert told == (["K2", "L2", "K3", "L3"] if name == "simple" else [])


@needs_shared
def test_a_box_that_was_not_ticked_is_an_answer_only_where_the_form_is_complete():
    found = read_responses(EXPORTS / "redcap/checkboxes-1.data.csv", EXPORTS / "redcap/checkboxes-1.dictionary.csv")
    assert list(found.values["check_one"]) == [("1",), None, ("1", "2", "3", "4"), None]
    assert found.kinds["check_one"][3] == "not_reached"


@needs_shared
def test_the_delphi_of_unisante():
    """Of 26 statements n, median and quartiles (type 7) of the complete records are those the authors printed."""
    folder = SHARED / "data" / "unisante_fast_track_delphi"
    rounds = {
        number: read_responses(folder / f"dft{number}_data_redcapr_raw.csv", folder / f"dft{number}_metadata.csv")
        for number in (2, 3)
    }
    header, *rows = openpyxl.load_workbook(folder / "expected_exec_summary.xlsx").active.iter_rows(values_only=True)
    printed = [row for row in (dict(zip(header, r, strict=True)) for r in rows) if row["type"] == "type1"]
    assert len(printed) == 26
    for row in printed:
        number, name = int(row["dft_round"]), row["variable"]
        found = rounds[number]
        complete = found.holding(f"${{round_{number}_equestionnaire_complete}} = 2")
        counted = [kind == "answered" and done for kind, done in zip(found.kinds[name], complete, strict=True)]
        ratings = found.values[name][counted].astype(float)
        quartiles = [float(row[q]) for q in ("q1", "median", "q3")]
        assert (len(ratings), list(ratings.quantile([0.25, 0.5, 0.75]))) == (int(row["reponses_count"]), quartiles)


@needs_shared
def test_repeated_rows_stand_apart_and_know_their_respondent():
    kobo = read_responses(EXPORTS / "kobo/grouped_repeatable.xml.xlsx")
    (members,) = kobo.repeats
    name = next(q.name for q in kobo.instrument.questions if "member" in q.name)
    assert list(members.values[name])[:3] == ["peter", "kyle", "linda"]
    assert list(members.records["respondent_id"])[:3] == ["2", "3", "3"]
    assert set(kobo.kinds[name]) == {"not_shown"}
    redcap = read_responses(EXPORTS / "redcap/repeating-instruments.data.csv")
    (pressures,) = redcap.repeats
    assert list(pressures.records["instance"])[:3] == ["1", "2", "3"]
    assert list(pressures.values["bp_systolic"].dropna()) == list(pressures.values["bp_systolic"])
    assert set(redcap.kinds["bp_systolic"]) == {"not_shown"}


def text(label):
    return Labels((("en", label),))


def options(labels):
    return tuple(Choice(name=slug(label), label=text(label)) for label in labels)


def test_the_second_survey_of_the_story():
    """Story 1, step 2: what the untouched export tells when it is read by its instrument."""
    folder = STORIES / "1-second-survey"
    export = next(folder.glob("*_SYNTHETIC_412_412.xlsx"))
    found = read_responses(export, folder / "instrument.xlsx")
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    assert (found.dialect, len(found.values), found.synthetic) == ("wenjuanxing", 412, True)
    faults = {p.where.rpartition("!")[2]: p.question for p in found.problems.faults}
    told = {u["cell"]: u["question"] for k in ("unreadable", "answered_not_shown") for u in expected["check"][k]}
    assert faults == told
    idle = [p for p in found.problems if p.where.endswith("!Q1")]
    assert len(idle) == 1
    assert expected["check"]["unmatched_header"] in idle[0].got
    assert [p.question for p in found.problems if "has no column" in p.got] == ["repeat_limit"]
    assert str(found.records["submitted"].min())[:16] == expected["check"]["first_submission"]
    assert str(found.records["submitted"].max())[:16] == expected["check"]["last_submission"]
    kept = found.to_frame().to_csv() + found.beside.to_csv()
    assert [word for word in expected["never_in_outputs"] if word in kept] == []


def test_the_rounds_of_the_delphi():
    """Story 2: a rating out of range, a date made of one, an id in another spelling, a record left empty."""
    folder = STORIES / "2-delphi"
    one = read_responses(folder / "2-after-round-1/round1_SYNTHETIC.xlsx", folder / "1-before/instrument.xlsx")
    found = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["found_in_round_1"]
    cells = [p.where.rpartition("!")[2] for p in one.problems.faults]
    assert cells == [found["out_of_range"]["cell"], found["date_instead_of_rating"]["cell"]]
    assert (one.kinds["s13"] == "dont_know").sum() == 8
    two = read_responses(
        folder / "3-after-round-2/round2_SYNTHETIC.redcap.csv", folder / "2-after-round-1/instrument.xlsx"
    )
    silent = two.identifiers.index("SYN24")
    assert two.dialect == "redcap"
    assert "answered" not in set(two.kinds.loc[silent].drop("panelist"))
    three = read_responses(folder / "4-after-round-3/round3_SYNTHETIC.csv", folder / "2-after-round-1/instrument.xlsx")
    assert len(three.values) == 25
