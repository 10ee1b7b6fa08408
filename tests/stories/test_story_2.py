"""Story 2, a Delphi in three rounds: locked before the first, amended, rehearsed, collected, closed, reported.

What `rounds close` finds is read from `closed.json`, whose `results` has a row an item with the keys of the story's.
"""

import re
import shutil

import openpyxl
import pytest
from stories.walking import (
    Walk,
    faults,
    line_with,
    match_each,
    near,
    page,
    recheck,
    rows_of,
    says,
    skip_without_r,
    texts_in,
)

STUDY = "delphi/study.toml"
REHEARSAL = "rehearsal/study.toml"
NUMBERS = ("median", "q1", "q3", "iqr", "share_7_9")
WHOLE = ("item", "eligible", "n", "count_7_9", "verdict")


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    return Walk("2-delphi", tmp_path_factory.mktemp("story"))


def results_equal(got, wanted):
    """Fail unless the rows of a round equal the story's, item by item."""
    told = {row["item"]: row for row in got}
    assert len(told) == len(wanted)
    for want in wanted:
        row = told[want["item"]]
        assert {key: row[key] for key in WHOLE} == {key: want[key] for key in WHOLE}
        assert [row[key] for key in NUMBERS] == near([want[key] for key in NUMBERS])


def closed(walk, folder, number):
    import json

    walk.require(f"{folder}/rounds/{number}", "closed.json", "answers.csv")
    return json.loads(walk.path(f"{folder}/rounds/{number}/closed.json").read_text(encoding="utf-8"))["results"]


def of_round(walk, number):
    return [row for row in walk.expected["results"] if row["round"] == number]


def test_step_01_the_study_and_its_form(walk):
    with walk.step(1):
        walk.consensus("new", "delphi")
        for name in ("study.toml", "instrument.xlsx", "items.xlsx", "panel.xlsx"):
            walk.copy(f"1-before/{name}", f"delphi/{name}")
        done = walk.consensus("check", "delphi/instrument.xlsx")
        ratings = walk.expected["rounds"][0]["items"]
        line_with(done.text, "instrument", f"{1 + 2 * ratings} questions")  # the id, then a rating and a comment each
        says(done.text, "no faults")
        found = walk.consensus("check", "delphi/instrument.xlsx", "--json").json
        assert (found["questions"], faults(found["problems"])) == (1 + 2 * ratings, [])


def test_step_02_the_protocol_is_locked_once(walk):
    with walk.step(2, needs=(1,)):
        before = {path.name for path in walk.path("delphi").iterdir()}
        done = walk.consensus("protocol", "lock", STUDY)
        assert re.search(r"\b[0-9a-f]{64}\b", done.text)
        says(done.text, "deposit")
        new = {path.name for path in walk.path("delphi").iterdir()} - before
        assert any("lock" in name for name in new)
        again = walk.consensus("protocol", "lock", STUDY, code=2)
        line_with(again.err, "amend")


def test_step_03_round_1_is_collected(walk):
    with walk.step(3, needs=(2,)):
        done = walk.consensus("rounds", "collect", STUDY, "--round", "1", "2-after-round-1/round1_SYNTHETIC.xlsx")
        line_with(done.text, "30 of 30")
        found = walk.expected["found_in_round_1"]
        line_with(done.text, found["not_counted_no_vote"], "no vote")
        recused = found["voted_though_recused"]
        assert line_with(done.text, recused["panelist"], "recused").count(recused["cell"]) == 1
        line_with(done.text, found["out_of_range"]["cell"], found["out_of_range"]["got"])
        line_with(done.text, found["date_instead_of_rating"]["cell"], "date")
        walk.require("delphi/rounds/1", "answers.csv")


def test_step_04_round_1_is_closed(walk):
    with walk.step(4, needs=(3,)):
        done = walk.consensus("rounds", "close", STUDY, "--round", "1")
        results_equal(closed(walk, "delphi", 1), of_round(walk, 1))
        line_with(done.text, "S05", "no consensus")  # with the co-chair's ratings it would be in
        line_with(done.text, "S13", "too few")


def test_step_05_the_protocol_is_amended_with_its_reason(walk):
    with walk.step(5, needs=(4,)):
        for name in ("items.xlsx", "instrument.xlsx", "panel.xlsx"):
            walk.copy(f"2-after-round-1/{name}", f"delphi/{name}")
        reason = "S03 and S11 reworded, S09 split, S15 and S16 added after round 1"
        done = walk.consensus("protocol", "amend", STUDY, "--reason", reason)
        says(done.text, "1 amendment", reason, "unchanged")
        locks = [
            p.read_text(encoding="utf-8") for p in walk.path("delphi").iterdir() if "lock" in p.name and p.is_file()
        ]
        assert sum(text.count(reason) for text in locks) == 1
        assert re.search(r"\d{4}-\d\d-\d\d", locks[0])


def test_step_06_the_rehearsal_is_sent_and_played(walk):
    with walk.step(6, needs=(5,)):
        wanted = walk.expected["rehearsal"]
        shutil.copytree(walk.path("delphi"), walk.path("rehearsal"))
        walk.consensus("rounds", "send", REHEARSAL, "--round", "2")
        sent = sorted(walk.path("rehearsal/rounds/2/sent").glob("*.xlsx"))
        assert len(sent) == wanted["workbooks_sent"]
        walk.require("rehearsal/rounds", "key")
        whom = [next(iter(_panelists_in(path)), path.name) for path in sent]
        assert {"SYN20", "SYN07", "SYN19"}.isdisjoint(whom)
        assert len(set(whom)) == len(sent)
        groups = [group for path in sent for group in wanted["groups_never_shown"] if _shows_group(path, group)]
        assert groups == []
        sheet = "2-after-round-1/answers_round2_SYNTHETIC.csv"
        played = walk.python("answer_workbooks.py", "rehearsal/rounds/2/sent", sheet, "rehearsal/rounds/2/returned")
        assert played.code == 0, played.text
        says(played.out, f"{wanted['workbooks_sent']} workbooks sent, {wanted['returned_files']} files returned")
        walk.path("played.txt").write_text(played.out, encoding="utf-8")


def _panelists_in(path):
    sheet = openpyxl.load_workbook(path)["_meta"]
    return [c.value for row in sheet.iter_rows() for c in row if re.fullmatch(r"SYN\d\d", str(c.value))]


def _shows_group(path, group):
    rows = (row for sheet in openpyxl.load_workbook(path) if sheet.sheet_state == "visible" for row in sheet.values)
    return any(group in map(str, row) and any(isinstance(cell, int | float) for cell in row) for row in rows)


def test_step_07_the_rehearsal_comes_back_with_accidents(walk):
    with walk.step(7, needs=(6,)):
        wanted = walk.expected["rehearsal"]
        collect = ("rounds", "collect", REHEARSAL, "--round", "2")
        walk.consensus(*collect, "--strict", code=3)
        done = walk.consensus(*collect)
        for silent in (wanted["never_answered"], wanted["lost"]):
            line_with(done.text, silent, "not returned")
        line = line_with(done.text, wanted["twice"], "S01", "S02")
        assert line.count(".xlsx") == 2
        address = re.search(r"locked cell (\S+) changed", walk.path("played.txt").read_text(encoding="utf-8"))[1]
        line_with(done.text, wanted["edited_locked_cell"], address)
        assert ".DS_Store" not in done.text
        assert "~$" not in done.text
        says(done.text, f"{wanted['panelists_counted']} panelists")
        results_equal(walk.consensus(*collect, "--json").json["results"], wanted["results"])


def test_step_08_a_person_decides_and_the_rehearsal_is_closed(walk):
    with walk.step(8, needs=(7,)):
        wanted = walk.expected["rehearsal"]
        (second,) = walk.path("rehearsal/rounds/2/returned").glob("* (2).xlsx")
        second.unlink()
        done = walk.consensus("rounds", "collect", REHEARSAL, "--round", "2")
        says(done.text, f"{wanted['panelists_counted_after_decision']} panelists")
        walk.consensus("rounds", "close", REHEARSAL, "--round", "2")
        results_equal(closed(walk, "rehearsal", 2), wanted["results_after_decision"])


def test_step_09_round_2_comes_from_redcap_with_a_correction(walk):
    with walk.step(9, needs=(5,)):
        walk.copy("3-after-round-2/corrections.csv", "delphi/corrections.csv")
        export = "3-after-round-2/round2_SYNTHETIC.redcap.csv"
        done = walk.consensus("rounds", "collect", STUDY, "--round", "2", export)
        says(done.text, "redcap")
        line_with(done.text, "27 of 28")
        line_with(done.text, walk.expected["found_in_round_2"]["opened_and_left_empty"])
        line_with(done.text, "1 correction")
        closing = walk.consensus("rounds", "close", STUDY, "--round", "2")
        rows = closed(walk, "delphi", 2)
        results_equal(rows, of_round(walk, 2))
        after = walk.expected["correction"]["after"]
        assert next(row["q3"] for row in rows if row["item"] == after["item"]) == near(after["q3"])
        assert {row["item"] for row in rows if row["verdict"] != "in"} == set(walk.expected["open_after_round_2"])
        line_with(closing.text, "open", *walk.expected["open_after_round_2"])


def test_step_10_round_3_settles_the_rest(walk):
    with walk.step(10, needs=(9,)):
        for name in ("items.xlsx", "panel.xlsx"):
            walk.copy(f"3-after-round-2/{name}", f"delphi/{name}")
        done = walk.consensus("rounds", "collect", STUDY, "--round", "3", "4-after-round-3/round3_SYNTHETIC.csv")
        line_with(done.text, "25 of 26")
        walk.consensus("rounds", "close", STUDY, "--round", "3")
        results_equal(closed(walk, "delphi", 3), of_round(walk, 3))


def test_step_11_the_report(walk):
    with walk.step(11, needs=(10,)):
        done = walk.consensus("report", STUDY, "--out", "out/delphi")
        files = "report.html report.docx tables.xlsx numbers.csv answers_tidy.csv recheck.R"
        walk.require("out/delphi", *files.split())
        seen = page(walk.path("out/delphi/report.html"))
        assert "SYNTHETIC" in seen.lines[0]
        numbers = rows_of(walk.path("out/delphi/numbers.csv"))
        wanted = [
            {"base": "committed", "n": row["n"], "value": row[key]}
            for row in walk.expected["results"]
            for key in NUMBERS
        ]
        assert match_each(wanted, numbers) == []
        final = walk.expected["final"]
        assert sum(row["verdict"] == "in" for row in final.values()) == 10
        for item, row in final.items():
            line_with(seen.rows, item, row["verdict"])
        _stability(walk, seen, numbers)
        groups = walk.expected["panel"]["groups"]
        for left in walk.expected["panel"]["left"].values():
            assert any(line_with(seen.rows, left["round"], left["reason"]).count(group) for group in groups)
        says(seen.text, "S09 split", "misread the statement")
        identifiers = re.compile(r"SYN\d\d(?!\d)", re.IGNORECASE)
        assert [name for name, text in texts_in(walk.path("out")) if identifiers.search(text)] == []
        assert not list(walk.path("out").rglob("*.key"))
        assert re.findall(r"\bproposals?\b|\bcohort\b", "\n".join((seen.text, done.text)), re.IGNORECASE) == []


def _stability(walk, seen, numbers):
    about = [row for row in numbers if re.search("stab|unchanged", row["id"])]
    for pair in walk.expected["stability_pairs"]:
        mine = [row for row in about if re.search(rf"(?<!\w){pair['item']}(?!\w)", row["id"])]
        assert match_each([{"n": pair["pairs"], "value": pair["unchanged"] / pair["pairs"]}], mine) == []
    for reason, items in walk.expected["no_stability"].items():
        for item in items:
            assert not [row for row in about if re.search(rf"(?<!\w){item}(?!\w).*\b1\b", row["id"]) and row["value"]]
            line_with(seen.rows, item, reason.split()[0])
    for number, item in walk.expected["quantile_sensitive"]:
        line_with(seen.text, item, f"round {number}", "quantile")


def test_step_12_nothing_to_propose_and_r_agrees(walk):
    with walk.step(12, needs=(11,)):
        done = walk.consensus("propose", STUDY)
        line_with(done.text, "finding")
        assert len(done.text.strip().splitlines()) == 1
        skip_without_r()
        assert recheck(walk.path("out/delphi")) > 0
