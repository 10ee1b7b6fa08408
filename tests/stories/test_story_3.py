"""Story 3, a cohort in one wide sheet: mapped, checked, scored, filled where it is worth it, scored again, reported."""

import datetime as dt
import re
import tomllib
from collections import Counter, defaultdict

import openpyxl
import pytest
from stories.walking import Walk, at_cell, faults, line_with, page, rows_of, says, tree

LIBRARY = ("jsh-lcsgj-2014", "zhang-2022", "intl-panel-2014", "kim-2012-sp")
VERDICTS = ("met", "not_met", "unknown")
LAYOUT = "courses in one wide sheet"


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    return Walk("3-cohort", tmp_path_factory.mktemp("story"))


def text_of(value):
    """Return a cell of a workbook or CSV file as the truth writes it."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def sheet_rows(path, name):
    """Return a sheet's rows as dicts of texts by header."""
    sheet = openpyxl.load_workbook(path)[name]
    headers, *rows = [[text_of(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    return [dict(zip(headers, row, strict=True)) for row in rows]


def verdict_rows(rows, *further):
    """Return what must be equal of score rows, by patient and definition."""
    keys = ("verdict", "criterion", "session_no", "date", *further)
    table = {(row["patient_id"], row["definition"]): tuple(_plain(row[key]) for key in keys) for row in rows}
    assert len(table) == len(rows)
    return table


def _plain(text):
    return str(float(text)) if re.fullmatch(r"\d+(\.\d+)?", text) else text


def truth(walk, name, wanted):
    return [row for row in rows_of(walk.path(f"truth/{name}")) if wanted(row)]


def counts(rows):
    found = defaultdict(Counter)
    for row in rows:
        found[row["definition"]][row["verdict"]] += 1
    return {name: {verdict: numbers[verdict] for verdict in VERDICTS} for name, numbers in found.items()}


def expected_counts(table, names):
    return {key.split(" [")[0]: numbers for key, numbers in table.items() if key.split(" [")[0] in names}


def test_step_01_the_mapping_is_drafted(walk):
    with walk.step(1):
        before = tree(walk.folder)
        done = walk.consensus("new", "draft", "--courses", "cohort.xlsx")
        walk.require("draft", "study.toml", "study.reference.toml")
        assert tree(walk.folder, but="draft") == before
        drafted = tomllib.loads(walk.path("draft/study.toml").read_text(encoding="utf-8"))["courses"]
        assert (drafted["sheet"], drafted["rows"], drafted["header_rows"]) == ("cohort", "patients", 2)
        filled = tomllib.loads(walk.path("study.toml").read_text(encoding="utf-8"))["courses"]["columns"]
        slots = [
            f"{name.replace('#', '{n}')}" for name in ("TACE#_date", "TACE#_drug", "CT#_date", "mRECIST#", "viable#")
        ]
        known = ("ID", *slots, "AFP{n}", "PVTT", "EHS", "last_contact")
        assert {key: drafted["columns"].get(key) for key in known} == {key: filled[key] for key in known}
        says(done.text, "remarks")


def test_step_02_what_was_seen_and_every_fault_with_its_cell(walk):
    with walk.step(2):
        wanted = walk.expected
        done = walk.consensus("check", "study.toml")
        says(done.text, "courses", "one row a patient")
        says(done.text, f"{wanted['patients']} patients", f"{wanted['sessions']} sessions")
        line_with(done.text, "up to", wanted["numbered_up_to"])
        line_with(done.text, f"{wanted['assessments']} assessments")
        scans = wanted["assessments"] - wanted["dated_states"]
        line_with(done.text, f"{scans} scans", f"{wanted['dated_states']} dated states")
        assert re.search(r"\bP\d{3}\b.*\bsession", done.out)
        cells = [f"{row['sheet']}!{row['cell']}" for row in rows_of(walk.path("truth/faults.csv"))]
        assert len(cells) == wanted["faults"]
        says(done.text, *cells, f"{wanted['faults']} faults")


def test_step_03_strict_refuses_and_lists_the_faults_as_a_table(walk):
    with walk.step(3):
        before = walk.path("cohort.xlsx").read_bytes()
        done = walk.consensus("check", "study.toml", "--strict", "--json", "--problems", "out/problems.xlsx", code=3)
        for key in ("patients", "sessions", "assessments"):
            assert done.json[key] == walk.expected[key]
        problems = faults(done.json["problems"])
        rows = rows_of(walk.path("truth/faults.csv"))
        assert [row for row in rows if not at_cell(problems, f"{row['sheet']}!{row['cell']}")] == []
        assert Counter(row["kind"] for row in rows) == walk.expected["faults_by_kind"]
        assert len(problems) == walk.expected["faults"]
        listed = [row for sheet in openpyxl.load_workbook(walk.path("out/problems.xlsx")) for row in sheet.iter_rows()]
        assert len(listed) > walk.expected["faults"]
        assert walk.path("cohort.xlsx").read_bytes() == before


def test_step_04_scored_by_four_definitions(walk):
    with walk.step(4):
        done = walk.consensus("score", "study.toml", "--out", "out/scores.xlsx")
        rows = sheet_rows(walk.path("out/scores.xlsx"), "long")
        assert counts(rows) == expected_counts(walk.expected["counts"], LIBRARY)
        default = truth(walk, "verdicts.csv", lambda row: row["default"] == "1" and row["definition"] in LIBRARY)
        assert len(rows) == len(default) == 4 * walk.expected["patients"]
        assert verdict_rows(rows) == verdict_rows(default)
        lifted = walk.expected["counts_other_window"]["jsh-lcsgj-2014 [imaging_window=any]"]
        line_with(done.text, "imaging_window=any", *lifted.values())


def test_step_05_scored_with_another_window(walk):
    with walk.step(5):
        names = ("zhang-2022", "intl-panel-2014")
        chosen = [part for name in names for part in ("--definition", name)]
        walk.consensus("score", "study.toml", *chosen, "--reading", "imaging_window=28-92", "--out", "out/window.csv")
        rows = rows_of(walk.path("out/window.csv"))
        assert counts(rows) == expected_counts(walk.expected["counts_other_window"], names)
        other = truth(walk, "verdicts.csv", lambda row: row["default"] == "0" and row["definition"] in names)
        assert len(other) == 2 * walk.expected["patients"]
        assert verdict_rows(rows) == verdict_rows(other)


def test_step_06_one_patient_explained(walk):
    with walk.step(6):
        wanted = walk.expected["explain"]
        text = walk.consensus("score", "study.toml", "--explain", wanted["patient_id"]).text
        dates = [r["session_date"] for r in rows_of(walk.path("truth/sessions.csv")) if r["patient_id"] == "P029"]
        assert len(dates) == wanted["session_no"] == 5
        places = [text.find(date) for date in dates]
        assert -1 not in places
        assert places == sorted(places)
        says(
            text, wanted["date"], f"{wanted['days_from_first']} days", wanted["criterion"], 74, 79, "feeder5", "feeder4"
        )
        for name, verdict in walk.expected["explain_others"].items():
            if name in LIBRARY:
                line_with(text, name, verdict)
        says(text, "2019-07-09", "2019-08-25", "97 days", 39)


def test_step_07_her_own_sheet_comes_back_with_the_verdicts(walk):
    with walk.step(7, needs=(4,)):
        path = walk.path("out/scores.xlsx")
        _her_own_columns_come_first(walk, path)
        book = openpyxl.load_workbook(path)
        cells = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
        assert any("baseline covariate" in text for text in cells)
        _who_differs(walk, path)
        late = {row["patient_id"]: row for row in sheet_rows(path, "long") if row["definition"] == "kim-2012-sp"}
        scans = {
            (r["patient_id"], r["date"])
            for r in rows_of(walk.path("truth/assessments.csv"))
            if r["extrahepatic_spread"]
        }
        for patient in walk.expected["late_metastases"]:
            assert late[patient]["verdict"] == "met"
            assert (patient, late[patient]["date"]) in scans
        worklist = sheet_rows(path, "worklist")
        listed = {(row["sheet"], row["cell"], row["patient_id"], row["header"]) for row in worklist}
        for name, number in (
            ("fill.csv", walk.expected["fill"]["cells"]),
            ("truth/worklist.csv", walk.expected["worklist_cells"]),
        ):
            cells = {(r["sheet"], r["cell"], r["patient_id"], r["header"]) for r in rows_of(walk.path(name))}
            assert len(cells) == number
            assert cells - listed == set()
        settles = next(header for header in worklist[0] if "settle" in header)
        assert [float(r[settles]) for r in worklist] == sorted((float(r[settles]) for r in worklist), reverse=True)


def _her_own_columns_come_first(walk, path):
    hers = [[text_of(c) for c in r] for r in openpyxl.load_workbook(walk.path("cohort.xlsx"))["cohort"].values][1:]
    theirs = [[text_of(c) for c in row] for row in openpyxl.load_workbook(path)["patients"].values]
    start = next(at for at, row in enumerate(theirs) if row[:69] == hers[0])
    rows = theirs[start + 1 :]
    assert len(rows) == walk.expected["patients"]
    first = {row[0]: row for row in reversed(hers[1:])}
    assert [row[0] for row in rows if row[:69] != first[row[0]]] == []
    after = theirs[start][69:]
    assert [name for name in LIBRARY if sum(name in header for header in after) < 4] == []


def _who_differs(walk, path):
    rows = [[text_of(cell) for cell in row] for row in openpyxl.load_workbook(path)["differs"].values]
    patients = {re.search(r"P\d{3}", " ".join(row))[0] for row in rows if re.search(r"P\d{3}", " ".join(row))}
    assert len(patients) == walk.expected["differ"]
    for pair, number in walk.expected["differ_pairs"].items():
        assert sum(set(pair.split(" / ")) <= set(row) for row in rows) == number


def test_step_08_she_types_forty_values_from_the_charts(walk):
    with walk.step(8):
        book = openpyxl.load_workbook(walk.path("cohort.xlsx"))
        rows = rows_of(walk.path("fill.csv"))
        assert len(rows) == walk.expected["fill"]["cells"]
        for row in rows:
            sheet, cell = book[row["sheet"]], book[row["sheet"]][row["cell"]]
            header = sheet.cell(row=2 if row["sheet"] == "cohort" else 1, column=cell.column)
            assert (sheet.cell(row=cell.row, column=1).value, header.value) == (row["patient_id"], row["header"])
            number = re.fullmatch(r"\d+(\.\d+)?", row["value"])
            cell.value = float(row["value"]) if number else row["value"]
        book.save(walk.path("cohort.xlsx"))


def test_step_09_forty_cells_settle_fifty_seven_verdicts(walk):
    with walk.step(9, needs=(4, 8)):
        wanted = walk.expected["fill"]
        walk.consensus("score", "study.toml", "--out", "out/filled.xlsx")
        before = verdict_rows(sheet_rows(walk.path("out/scores.xlsx"), "long"))
        rows = sheet_rows(walk.path("out/filled.xlsx"), "long")
        after = verdict_rows(rows)
        assert counts(rows) == expected_counts(wanted["counts_after"], LIBRARY)
        unknown = [sum(row[0] == "unknown" for row in table.values()) for table in (before, after)]
        assert unknown == [wanted["unknown_before"], wanted["unknown_after"]]
        assert [key for key, row in before.items() if row[0] != "unknown" and after[key][0] != row[0]] == []


def test_step_10_her_definition_as_sentences(walk):
    with walk.step(10):
        done = walk.consensus("definitions", "check", "mine.yaml")
        line_with(done.text, 4)
        for points in (3, 1, 4, 2.5):
            line_with(done.text, f"{points} point{'' if points == 1 else 's'}")


def test_step_11_her_definition_beside_the_others(walk):
    with walk.step(11, needs=(9,)):
        study = walk.path("study.toml")
        text = study.read_text(encoding="utf-8")
        study.write_text(text.replace('"kim-2012-sp"]', '"kim-2012-sp", "mine.yaml"]'), encoding="utf-8")
        walk.consensus("score", "study.toml", "--out", "out/mine.csv")
        rows = rows_of(walk.path("out/mine.csv"))
        assert counts(rows)["mine"] == walk.expected["fill"]["counts_after"]["mine"]
        wanted = truth(walk, "verdicts_filled.csv", lambda row: True)
        assert len(rows) == len(wanted) == 5 * walk.expected["patients"]
        points = ("points_low", "points_high")
        assert verdict_rows(rows, *points) == verdict_rows(wanted, *points)


def test_step_12_the_report_of_a_cohort_study(walk):
    with walk.step(12, needs=(11,)):
        walk.consensus("report", "study.toml", "--out", "out/cohort")
        files = "report.html scores.csv scores.xlsx tables.xlsx numbers.csv provenance.json"
        walk.require("out/cohort", *files.split())
        seen = page(walk.path("out/cohort/report.html"))
        assert "SYNTHETIC" in seen.lines[0]
        for numbers in walk.expected["fill"]["counts_after"].values():
            says(seen.text, *numbers.values())
        says(seen.text, "consecutive", "baseline covariate", f"{walk.expected['faults']} faults")
        headings = re.findall(
            r"<h[1-4][^>]*>(.*?)</h[1-4]>", walk.path("out/cohort/report.html").read_text(encoding="utf-8")
        )
        assert "" not in [re.sub(r"<.*?>|\s", "", heading) for heading in headings]
        told = " ".join(headings).casefold()
        assert [word for word in ("respondent", "agreement", "proposal") if word in told] == []
