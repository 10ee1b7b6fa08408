"""Story 1, the second survey: a Wenjuanxing export with everything that goes wrong in one, up to a Chinese report."""

import re
import tomllib

import openpyxl
import pytest
import yaml
from stories.walking import (
    Walk,
    at_cell,
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

STUDY = "second-survey/study.toml"
OUT = "out/second-survey"
COLUMNS = ["file_sha256", "respondent", "question", "action", "old", "new", "reason", "by", "date"]


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    return Walk("1-second-survey", tmp_path_factory.mktemp("story"))


def limits(row):
    return {key: row[key] for key in ("n", "value", "low", "high")}


def wilson_shares(estimates, *, group=None):
    return {
        (e["question"], e["option"]): e
        for e in estimates
        if (e["measure"], e["base"], e["method"]) == ("share", "answered", "wilson") and e["group"] == group
    }


def test_step_01_the_instrument_has_no_fault(walk):
    with walk.step(1):
        wanted = walk.expected["instrument"]
        done = walk.consensus("check", "instrument.xlsx")
        questions = wanted["questions_numbered"] + wanted["other_texts"]
        line_with(done.text, "instrument", f"{questions} questions", f"{wanted['criteria']} criteria")
        says(done.text, *wanted["languages"], "no faults")
        found = walk.consensus("check", "instrument.xlsx", "--json").json
        assert (found["questions"], found["criteria"], found["problems"]) == (questions, wanted["criteria"], [])


def test_step_02_the_export_is_recognized_and_nothing_is_guessed(walk):
    with walk.step(2):
        wanted = walk.expected["check"]
        export = walk.expected["export"]
        done = walk.consensus("check", export["file"], "--instrument", "instrument.xlsx", "--json")
        assert (done.json["dialect"], done.json["respondents"]) == (wanted["dialect"], wanted["respondents"])
        problems = done.json["problems"]
        sheet = export["sheet"]
        header = at_cell(problems, f"{sheet}!Q1")
        assert any(wanted["unmatched_header"] in str(p["got"]) for p in header)
        assert any(wanted["unmatched_question"] in (p["question"] or "") for p in problems)
        assert [p for p in problems if p["question"] in ("pvtt_continue", "ehs_continue")] == []
        cells = [row["cell"] for row in wanted["unreadable"] + wanted["answered_not_shown"]]
        assert [cell for cell in cells if not at_cell(problems, f"{sheet}!{cell}")] == []
        years = {m[0] for p in faults(problems) if (m := re.search(r"(?<=!)I\d+", p["where"])) and m[0] != "I1"}
        assert years == {row["cell"] for row in wanted["unreadable"]}  # full-width digits are read


def test_step_03_a_new_study_has_few_keys_and_a_full_list_beside(walk):
    with walk.step(3):
        walk.consensus("new", "second-survey")
        walk.require("second-survey", "study.toml", "study.reference.toml")
        few = walk.path(STUDY).read_text(encoding="utf-8")
        in_force = [line for line in few.splitlines() if re.match(r"\w+ *=", line)]
        assert 1 <= len(in_force) <= 12
        assert tomllib.loads(few)["study"]
        full = walk.path("second-survey/study.reference.toml").read_text(encoding="utf-8")
        lines = [line for line in full.splitlines() if line.strip()]
        assert [line for line in lines if not line.startswith(("#", "["))] == []
        filled = tomllib.loads(walk.path("filled/study.toml").read_text(encoding="utf-8"))
        keys = {
            key for section in filled.values() for part in ([section], section)[type(section) is list] for key in part
        }
        assert keys >= {"cluster", "eligible", "studies"}
        assert [key for key in keys if not re.search(rf"^# *{key}\b", full, flags=re.MULTILINE)] == []


def test_step_04_with_the_column_map_each_question_has_its_column(walk):
    with walk.step(4, needs=(3,)):
        wanted = walk.expected["check"]
        walk.copy("filled/study.toml", STUDY)
        done = walk.consensus("check", STUDY)
        says(done.text, wanted["first_submission"], wanted["last_submission"])
        assert all(word in done.text for word in wanted["personal_columns"])
        found = walk.consensus("check", STUDY, "--json").json["problems"]
        assert at_cell(found, f"{walk.expected['export']['sheet']}!Q1") == []
        assert [p for p in found if p["question"] == wanted["unmatched_question"]] == []


def test_step_05_corrections_are_drafted_and_left_to_her(walk):
    with walk.step(5, needs=(4,)):
        wanted = walk.expected["draft"]
        walk.consensus("check", STUDY, "--propose", "draft.csv")
        rows = rows_of(walk.path("draft.csv"))
        assert list(rows[0]) == COLUMNS
        assert {row["action"] for row in rows} == {""}
        assert {row["file_sha256"] for row in rows} == {walk.expected["export"]["sha256"]}
        people = {row["respondent"] for row in rows if row["respondent"] and not row["question"]}
        assert set(wanted["test_entries"]) <= people
        assert all({pair["respondent"], pair["of"]} & people for pair in wanted["repeats"])
        assert people.isdisjoint(wanted["same_address_not_repeats"])
        years = {(row["respondent"], row["question"]) for row in rows}
        assert {(u["respondent"], u["question"]) for u in walk.expected["check"]["unreadable"]} <= years
        hospital = _linked([(r["old"], r["new"]) for r in rows if r["question"] == "hospital" and not r["respondent"]])
        assert [m for m in wanted["must_propose_merges"] if hospital(m["old"]) != hospital(m["new"])] == []
        assert [pair for pair in wanted["must_not_merge"] if hospital(pair[0]) == hospital(pair[1])] == []


def _linked(pairs):
    """Return a function that tells to which group of linked names a name belongs."""
    above: dict[str, str] = {}

    def top(name):
        while name in above:
            name = above[name]
        return name

    for one, other in pairs:
        if top(one) != top(other):
            above[top(one)] = top(other)
    return top


def test_step_06_corrections_are_applied_and_counted(walk):
    with walk.step(6, needs=(4,)):
        flow, hospitals = walk.expected["flow"], walk.expected["hospitals"]
        made = walk.expected["corrections"]
        walk.copy("filled/corrections.csv", "second-survey/corrections.csv")
        done = walk.consensus("check", STUDY)
        # the study is in Chinese, and so is what is said of it
        line_with(done.text, f"排除{made['exclude']}人")
        says(done.text, flow["excluded_test"], flow["excluded_repeat"])
        line_with(done.text, f"改正{made['set']}个回答")
        line_with(done.text, f"合并{made['merge_group']}种写法")
        says(done.text, flow["rows"], flow["after_exclusions"], flow["analyzed"])
        says(done.text, hospitals["spellings_after_key"], hospitals["after_merge"])


def test_step_07_a_wrong_old_is_refused_with_its_line(walk):
    with walk.step(7, needs=(6,)):
        walk.copy("filled/corrections-wrong.csv", "second-survey/corrections.csv")
        done = walk.consensus("check", STUDY, "--strict", code=3)
        line = line_with(done.text, "corrections.csv", walk.expected["corrections"]["wrong_row"])
        assert "否" in line
        assert "是" in line
        walk.copy("filled/corrections.csv", "second-survey/corrections.csv")


def test_step_08_the_estimates_and_verdicts(walk):
    with walk.step(8, needs=(6,)):
        found = walk.consensus("agree", STUDY, "--json").json
        shares = wilson_shares(found["estimates"])
        for want in walk.expected["estimates"]:
            got = shares[want["question"], want["option"]]
            assert (got["n"], got["count"]) == (want["n"], want["count"])
            assert [got[k] for k in ("value", "low", "high")] == near([want[k] for k in ("value", "low", "high")])
        told = {(v["criterion"], v["equivocal"]): v for v in found["verdicts"]}
        assert len(told) == len(walk.expected["verdicts"])
        for want in walk.expected["verdicts"]:
            got = told[want["criterion"], want["equivocal"]]
            assert {key: got[key] for key in want} == want
        support = {
            (e["criterion"], e["equivocal"]): e["value"] for e in found["estimates"] if e["measure"] == "endorsement"
        }
        for criterion in walk.expected["criteria"]:
            for coding, value in criterion["endorsement"].items():
                assert support[criterion["criterion"], coding] == near(value)


def test_step_09_new_lesions_by_specialty(walk):
    with walk.step(9, needs=(6,)):
        found = walk.consensus("agree", STUDY, "--by", "specialty", "--json").json["estimates"]
        for want in walk.expected["by_specialty"]:
            groups = {want["specialty"], f"specialty={want['specialty']}"}
            rows = {
                e["option"]: e
                for e in found
                if e["group"] in groups
                and (e["question"], e["measure"], e["base"]) == ("new_lesions", "share", "answered")
            }
            assert {option: row["count"] for option, row in rows.items()} == want["new_lesions"]
            assert {row["n"] for row in rows.values()} == {want["n"]}


def test_step_10_each_proposed_term_is_traced_to_votes(walk):
    with walk.step(10, needs=(6,)):
        walk.consensus("propose", STUDY, "--out", "proposals")
        written = sorted(walk.path("proposals").glob("*.yaml"))
        assert written
        votes = [term["from"] for path in written for term in _terms(yaml.safe_load(path.read_text(encoding="utf-8")))]
        assert votes
        counted = {(e["question"], e["option"]): (e["count"], e["n"]) for e in walk.expected["estimates"]}
        assert [v for v in votes if counted[v["question"], str(v["option"])] != (v["count"], v["base"])] == []
        assert {v["question"] for v in votes}.isdisjoint({"pvtt_continue", "ehs_continue"})


def _terms(content):
    if isinstance(content, dict):
        if isinstance(content.get("from"), dict):
            yield content
        for value in content.values():
            yield from _terms(value)
    elif isinstance(content, list):
        for value in content:
            yield from _terms(value)


def test_step_11_the_chinese_report(walk):
    with walk.step(11, needs=(6,)):
        walk.consensus("report", STUDY, "--out", OUT)
        files = "report.html report.docx tables.xlsx numbers.csv answers_tidy.csv recheck.R provenance.json"
        walk.require(OUT, *files.split())
        seen = page(walk.path(f"{OUT}/report.html"))
        assert seen.language == "zh"
        assert "SYNTHETIC" in seen.lines[0]
        numbers = rows_of(walk.path(f"{OUT}/numbers.csv"))
        wanted = [limits(e) | {"base": "answered"} for e in walk.expected["estimates"]]
        wanted += [{"value": c["difference"], "low": c["low"], "high": c["high"]} for c in walk.expected["compare"]]
        assert match_each(wanted, numbers) == []
        assert [row for row in numbers if row["base"] == "invited"] == []
        assert any("应答率" in line and "无法" in line for line in seen.lines)
        # the one definition comes from a number, and the page doesn't say that there is none
        assert any("没有 definition.yaml" in line and "propose --out" in line for line in seen.lines)
        assert not any("这些回答不能得出定义" in line for line in seen.lines)
        says(seen.text, *walk.expected["flow"].values())
        assert walk.expected["corrections"]["rows"] in [len(table) for table in seen.tables]
        _nothing_personal_and_nothing_that_runs(walk)


def _nothing_personal_and_nothing_that_runs(walk):
    texts = list(texts_in(walk.path("out")))
    secrets = walk.expected["never_in_outputs"]
    assert [(name, word) for name, text in texts for word in secrets if word in text] == []
    assert walk.expected["inert"]["never_in_html"] not in walk.path(f"{OUT}/report.html").read_text(encoding="utf-8")
    book = openpyxl.load_workbook(walk.path(f"{OUT}/tables.xlsx"))
    assert [c.coordinate for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"] == []
    tidy = rows_of(walk.path(f"{OUT}/answers_tidy.csv"))
    assert tidy
    assert [cell for row in tidy for cell in row.values() if (cell or "").startswith("=")] == []


def test_step_12_r_finds_the_same_numbers(walk):
    with walk.step(12, needs=(11,)):
        skip_without_r()
        assert recheck(walk.path(OUT)) >= 51
