"""Authority and positivity in reports, where the form asks experts about themselves: the published panel of 16."""

import csv
import json

import openpyxl
import pytest

from consensus.rounds.experts import Experts, expert_questions, experts_of
from questionnaires import read_instrument, read_responses
from tests.spec import numbers_said as says
from tests.spec.panel_maker import run, sheet

BASES = {"experience": (16, 0, 0), "theory": (7, 9, 0), "literature": (3, 11, 2), "intuition": (2, 8, 6)}
FAMILIARITY = (1, 12, 3, 0, 0)
STUDY = """[study]
title = "A panel (SYNTHETIC)"
language = "{language}"
[instrument]
file = "form.xlsx"
[panel]
file = "panel.xlsx"
items = "items.xlsx"
[consensus]
rule = "share(agree) >= 75%"
[report]
formats = ["md"]
"""


def spread(counts):
    """Return the levels of the experts, one after the other, from their counts."""
    return [level for level, many in enumerate(counts, start=1) for _ in range(many)]


def form(path, *, levels=5, bases=tuple(BASES)):
    book = openpyxl.Workbook()
    book.active.title = "survey"
    rows = [
        ("type", "name", "label::English (en)", "role"),
        ("text", "panelist", "Your id", "respondent"),
        ("integer", "s01", "A statement", "rating"),
        ("select_one familiar", "familiarity", "How familiar are you with the subject?", ""),
        *(("select_one basis", f"basis_{name}", f"How much does {name} influence you?", "") for name in bases),
    ]
    for row in rows:
        book.active.append([value or None for value in row])
    book["survey"]["E1"], book["survey"]["E3"] = "constraint", ". >= 1 and . <= 9"
    choices = book.create_sheet("choices")
    choices.append(["list_name", "name", "label::English (en)"])
    for at in range(1, levels + 1):
        choices.append(["familiar", f"f{at}", f"level {at}"])
    for at in range(1, 4):
        choices.append(["basis", f"b{at}", f"level {at}"])
    book.create_sheet("settings").append(["form_title", "form_id", "default_language"])
    book["settings"].append(["SYNTHETIC", "experts", "English (en)"])
    book.save(path)


def answers(path, *, silent=()):
    heads = ["panelist", "s01", "familiarity", *(f"basis_{name}" for name in BASES)]
    levels = zip(spread(FAMILIARITY), *map(spread, BASES.values()), strict=True)
    rows = [
        [f"SYN-{at:02d}", 8, f"f{familiar}" if at not in silent else None, *(f"b{level}" for level in bases)]
        for at, (familiar, *bases) in enumerate(levels, start=1)
    ]
    sheet(path, "answers", [heads, *rows])


@pytest.fixture
def study(tmp_path):
    form(tmp_path / "form.xlsx")
    answers(tmp_path / "a_SYNTHETIC.xlsx")
    people = [[f"SYN-{at:02d}", "yes", "yes"] for at in range(1, 21)]  # 20 were asked, 16 answer
    sheet(tmp_path / "panel.xlsx", "panel", [["panelist", "invited_1", "votes"], *people])
    sheet(tmp_path / "items.xlsx", "items", [["item", "round", "name"], ["S1", 1, "s01"]])

    def report(language):
        (tmp_path / "study.toml").write_text(STUDY.format(language=language), encoding="utf-8")
        if not (tmp_path / "rounds").exists():
            collect = ["rounds", "collect", tmp_path / "study.toml", "--round", 1, tmp_path / "a_SYNTHETIC.xlsx"]
            assert run(*collect).exit_code == 0
            assert run("rounds", "close", tmp_path / "study.toml", "--round", 1).exit_code == 0
        out = tmp_path / language
        made = run("report", tmp_path / "study.toml", "--out", out)
        assert made.exit_code == 0, made.output
        with (out / "numbers.csv").open(encoding="utf-8-sig") as file:
            rows = {row["id"]: row for row in csv.DictReader(file)}
        return (out / "report.md").read_text(encoding="utf-8"), rows

    return report


def test_a_report_on_a_panel_has_the_published_coefficients(study):
    text, rows = study("en")
    found = {name: float(rows[f"experts/round-1/{name}"]["value"]) for name in ("judgment", "familiarity", "authority")}
    assert {name: round(value, 3) for name, value in found.items()} == {
        "judgment": 0.944,
        "familiarity": 0.775,
        "authority": 0.859,
    }
    assert float(rows["positivity/round-1"]["value"]) == 0.8
    assert "Authority and positivity of the experts" in text
    assert "recalled" in text
    chinese, same = study("zh")
    assert "专家积极系数与权威程度" in chinese
    assert "凭记忆" in chinese
    assert same["experts/round-1/authority"] == rows["experts/round-1/authority"]


def test_the_form_of_a_round_for_platforms_asks_it_too(tmp_path):
    form(tmp_path / "form.xlsx")
    sheet(tmp_path / "panel.xlsx", "panel", [["panelist", "invited_1", "votes"], ["SYN-01", "yes", "yes"]])
    sheet(tmp_path / "items.xlsx", "items", [["item", "round", "name"], ["S1", 1, "s01"]])
    (tmp_path / "study.toml").write_text(STUDY.format(language="en"), encoding="utf-8")
    sent = run("rounds", "send", tmp_path / "study.toml", "--round", 1)
    assert sent.exit_code == 0, sent.output
    fielded = read_instrument(tmp_path / "rounds" / "1" / "form.xlsx")
    assert list(expert_questions(fielded)) == ["familiarity", *BASES]


def test_a_form_that_does_not_ask_has_no_such_section(tmp_path):
    from tests.spec.panel_maker import make

    path, _ = make(tmp_path / "p", people=8, statements=2)
    made = run("report", path, "--out", tmp_path / "out", "--formats", "xlsx")
    assert made.exit_code == 0
    assert "experts/" not in (tmp_path / "out" / "numbers.csv").read_text(encoding="utf-8-sig")


def test_agree_says_what_the_report_says_of_experts(tmp_path):
    form(tmp_path / "form.xlsx")
    answers(tmp_path / "a_SYNTHETIC.xlsx")
    text = '[study]\ntitle = "A survey (SYNTHETIC)"\n[instrument]\nfile = "form.xlsx"\n[[responses]]\n'
    (tmp_path / "study.toml").write_text(text + 'file = "a_SYNTHETIC.xlsx"\n', encoding="utf-8")
    made = run("report", tmp_path / "study.toml", "--out", tmp_path / "out", "--formats", "md")
    assert made.exit_code == 0, made.output
    said = run("--quiet", "agree", tmp_path / "study.toml", "--json")
    wanted = dict(says.experts(json.loads(said.stdout)))
    with (tmp_path / "out" / "numbers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file) if row["id"].startswith("experts/")}
    assert rows
    for name, row in rows.items():
        for part, number in wanted[name].items():
            assert float(row[part]) == pytest.approx(number), name


def test_small_levels_are_left_out_of_a_masked_report(tmp_path):
    form(tmp_path / "form.xlsx")
    answers(tmp_path / "a_SYNTHETIC.xlsx")
    text = '[study]\ntitle = "A survey (SYNTHETIC)"\n[instrument]\nfile = "form.xlsx"\n[[responses]]\n'
    text += 'file = "a_SYNTHETIC.xlsx"\n[report]\nformats = ["md"]\nsmall_cells = 5\n'
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    assert run("report", tmp_path / "study.toml", "--out", tmp_path / "out").exit_code == 0
    told = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "some levels are small" in told
    assert "Experts at each level" not in told
    assert "859" in told


def test_only_who_told_all_is_counted(tmp_path):
    form(tmp_path / "form.xlsx")
    answers(tmp_path / "a_SYNTHETIC.xlsx", silent=(1, 16))
    found = experts_of(read_responses(tmp_path / "a_SYNTHETIC.xlsx", read_instrument(tmp_path / "form.xlsx")))
    assert (found.told, found.answered, sum(found.familiarity)) == (14, 16, 14)
    assert {sum(counts) for _, counts in found.bases} == {14}
    assert Experts.from_dict(found.to_dict()) == found


@pytest.mark.parametrize("more", [{"levels": 4}, {"bases": ()}])
def test_other_scales_are_not_taken_for_these(tmp_path, more):
    form(tmp_path / "form.xlsx", **more)
    assert expert_questions(read_instrument(tmp_path / "form.xlsx")) == {}
