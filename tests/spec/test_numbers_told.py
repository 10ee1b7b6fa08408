"""Every number of a report is a row of numbers.csv, and each row is what agree, propose or score --json say."""

import csv
import io
import json
import re
from collections import Counter
from dataclasses import replace

import pytest
from click.testing import CliRunner
from spec.numbers_walk import given, unmarked

from reports.cli import main
from reports.compose import compose
from reports.numbers_file import numbers_csv, rows_of_report, rows_shown
from reports.numbers_marked import Marked, NumberRow, mark, pieces, settled, spans_of
from reports.study import read_study, run_study
from reports.write import material_of
from reports.writers.html import page

LIFTED = "imaging_window=any"
# counted again in test_figure_numbers.py
OF_FIGURES = ("sides/", "ratings-", "scale/", "people/", "flow/", "together/", "met-by/", "course/", "implied/")
# counted again in test_multiverse.py
OF_RULES = ("multiverse/",)
# counted again in test_checklists.py
OF_CLOSING = ("limits/", "checklist/", "methods/")

# counted again in test_data_section.py
OF_DATA = ("table-1/", "missing/", "flags/", "corrections/")


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trial") / "trial"
    done = CliRunner().invoke(main, ["new", str(folder), "--simulate", "120"])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module", params=["cci-2020", "cci-2020 zh", "korea-2018", "made-up"])
def asked(request, made_up):
    name, _, language = request.param.partition(" ")
    return str(made_up / "study.toml") if name == "made-up" else name, language or "en"


@pytest.fixture(scope="module")
def source(asked):
    return asked[0]


@pytest.fixture(scope="module")
def material(asked):
    source, language = asked
    return material_of(run_study(replace(read_study(source), language=language)))


@pytest.fixture(scope="module")
def document(material):
    return compose(material)


def test_every_number_in_prose_and_tables_is_a_row(document, material):
    assert unmarked(document, given(material)) == []


def test_a_number_that_nobody_marked_would_be_found(document, material):
    from reports.document import Prose, Section

    for text in ("3 of them agreed", "that is 58.4%", "1,234"):
        more = replace(document, sections=(*document.sections, Section(id="x", title="x", blocks=(Prose(text=text),))))
        assert len(unmarked(more, given(material))) == 1


def test_the_page_links_each_number_in_prose_to_its_row(document):
    text = page(document)
    rows = dict(re.findall(r'<tr id="(number-\d+)"><th scope="row">(.*?)</th>', text))
    assert len(rows) == len(rows_shown(document))
    linked = re.findall(r'<a class="number" href="#(.*?)">', text)
    assert linked
    assert set(linked) <= set(rows)
    titles = set(re.findall(r'<span title="([^"]*)">', text))
    assert titles <= set(rows.values())


def test_the_file_holds_each_number_once_with_all_its_digits(document, material):
    rows = rows_of_report(document, material.agreement)
    read = list(csv.DictReader(io.StringIO(numbers_csv(rows))))
    assert list(read[0]) == ["id", "value", "low", "high", "base", "n", "method", "count"]
    assert len({row["id"] for row in read}) == len(read)
    assert [float(row["value"]) for row in read if row["value"]] == [r.value for r in rows if r.value is not None]
    assert {row.id for row in rows_shown(document)} <= {row["id"] for row in read}


def invoke(*arguments):
    done = CliRunner().invoke(main, ["--quiet", *arguments, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def said(source, material, tmp_path_factory):
    """What the commands say in JSON, as pairs of an id of numbers.csv and what it must be."""
    found = {}
    if material.agreement is not None:
        agreed, proposed = invoke("agree", source), invoke("propose", source)
        found |= dict(_agreed(agreed, material.agreement.equivocal)) | dict(_proposed(proposed))
        found |= dict(_placed(proposed, "propose"))
        found |= {
            f"left-out/{one['question']}/support": {"value": found[name]["value"]}
            for one in proposed["left_out"]
            for own in (material.agreement.equivocal, "as-voted")
            for name in (f"{'against' if 'against' in one['reason'] else 'endorsement'}/{one['question']}/{own}",)
            if name in found
        }
    if material.scores is not None:
        folder = tmp_path_factory.mktemp("definitions")
        CliRunner().invoke(main, ["propose", source, "--out", str(folder)])
        own = {p.definition.id for p in material.proposals or () if p.definition is not None}
        ids = [d.id for d in material.scores.definitions if d.id not in own]
        wanted = [part for name in (*sorted(map(str, folder.iterdir())), *ids) for part in ("--definition", name)]
        scored = invoke("score", "tace-failure", *wanted)
        lifted = invoke("score", "tace-failure", *wanted, "--reading", LIFTED)
        found |= dict(_scored(scored)) | dict(_counted(lifted["scores"], "window-lifted/"))
        found |= dict(_by_all_readings(invoke("score", "tace-failure", *wanted, "--readings", "all")))
    return found


def _agreed(json_said, own):
    for e in json_said["estimates"]:
        coding = e["equivocal"] or "as-voted"
        yield e["id"], {key: e[key] for key in ("value", "low", "high", "n", "method")}
        if e["measure"] == "endorsement" and e["value"] is not None:
            against = e["n"] - e["count"]
            yield f"against/{e['question']}/{coding}", {"value": against / e["n"], "n": e["n"]}
        if e["measure"] == "share" and e["base"] == "answered":
            yield f"answered/{e['question']}", {"count": e["n"]}
    shares = [e for e in json_said["estimates"] if e["base"] == "answered" and e["n"]]
    yield "people/answered", {"value": max(e["n"] for e in shares)}
    for e in shares:
        if e["measure"] == "share" and e["option"] in ("equivocal", "unsure"):
            yield f"equivocal/{e['question']}", {"value": e["count"]}
    yield from _beside(json_said)
    if json_said["response"] is not None:
        yield "response", {"count": json_said["response"]["answered"], "n": json_said["response"]["invited"]}
    yield from _standings(json_said["verdicts"], own)
    for v in json_said["verdicts"]:
        for flip in v["votes_to_flip"]:
            name = f"flip/{v['question']}/{v['equivocal'] or 'as-voted'}/{flip['from']}/{flip['to']}"
            yield name, {"value": flip["votes"]}
        yield "rule/threshold", {"method": v["rule"], "value": int(re.search(r"(\d+)%", v["rule"])[1]) / 100}


def _beside(json_said):
    """What stands beside the shares: hospitals, who is equivocal, who did not answer."""
    yield "hospitals", {"value": json_said["sampling"]["clusters"]}
    for e in json_said["estimates"]:
        if (e["under"] or "").startswith("icc "):
            rho = e["under"].removeprefix("icc ")
            yield f"correlation/{rho}", {"value": float(rho)}
    for one in json_said["leaning"]:
        yield f"equivocal/{one['question']}", {"value": one["equivocal"]}
    for bound in json_said["nonresponse"]["bounds"]:
        yield f"full/{bound['question']}", {"count": bound["count"], "n": bound["n"]}
        for at in bound["at_response_rate"]:
            yield f"assumed-rate/{at['rate']:g}", {"value": at["rate"]}


def _standings(verdicts, own):
    outcomes = Counter(v["outcome"] for v in verdicts if v["equivocal"] in (None, own))
    yield "criteria/all", {"value": outcomes.total()}
    yield "criteria/accepted", {"value": outcomes["in"]}
    yield "criteria/rejected", {"value": outcomes["out"]}
    yield "criteria/between", {"value": outcomes.total() - outcomes["in"] - outcomes["out"]}


def _proposed(json_said):
    for proposal in json_said["proposals"]:
        definition = proposal["definition"]
        if counted := re.search(r"\(([\d.]+) of (\d+)\)", proposal["reason"] or ""):
            yield f"reason/{proposal['kind']}", {"count": float(counted[1]), "n": int(counted[2])}
        if definition is None:
            continue
        points = definition.get("points") or {}
        if points:
            yield f"points/{definition['id']}/cut-off", {"value": points["failure_at"]}
        for term in points.get("terms") or definition.get("any") or ():
            if points:
                yield f"points/{definition['id']}/{term['id']}", {"value": term["points"]}
            votes = term["from"]
            yield f"votes/{definition['id']}/{term['id']}", {"count": votes["count"], "n": votes["base"]}
    for one in json_said["left_out"]:
        name = f"left-out/{one['question']}/{one['option'] or one['criterion']}"
        yield name, {"count": one["count"], "n": one["base"]}
        yield f"left-out/{one['question']}/base", {"value": one["base"]}
    for row in json_said["sensitivity"]:
        name = f"sensitivity/{row['equivocal'] or 'as-voted'}"
        how = "kept" if row["cut_off_is"] == "kept" else "anew"
        yield f"{name}/cut-off-{how}", {"value": row["cut_off"]}
        yield f"{name}/lighter-sum-{how}", {"value": row["lighter_sum"]}
        for term, points in row["points"].items():
            yield f"{name}/{term}", {"value": points}
        for terms in row["sufficient"]:
            yield f"{name}/{'+'.join(terms)}", {"value": sum(row["points"][term] for term in terms)}


def _placed(part, name):
    """Yield each number of propose --json under its place in it: keys and places in lists from 1."""
    pairs = part.items() if isinstance(part, dict) else enumerate(part, start=1) if isinstance(part, list) else ()
    for key, value in pairs:
        yield from _placed(value, f"{name}/{key}")
    if isinstance(part, (int, float)) and not isinstance(part, bool):
        yield name, {"value": part}


def _counted(rows, how=""):
    counts = Counter((row["definition"], row["verdict"]) for row in rows)
    total = len({row["patient_id"] for row in rows})
    for definition in {row["definition"] for row in rows}:
        for verdict in ("met", "unknown", "not_met"):
            yield f"patients/{definition}/{how}{verdict}", {"count": counts[definition, verdict], "n": total}


def _by_all_readings(json_said):
    for row in json_said["ranges"]:
        name, n = f"readings/{row['definition']}", row["patients"]
        yield f"{name}/combinations", {"value": row["combinations"]}
        yield f"{name}/own", {"count": row["met"], "n": n, "value": row["rate"]}
        yield f"{name}/lowest", {"value": row["rate_low"], "n": n}
        yield f"{name}/highest", {"value": row["rate_high"], "n": n}
        yield f"{name}/stable", {"count": row["stable"], "n": n}
    for row in json_said["flips"]:
        yield f"flips/{row['definition']}/{row['reading']}", {"value": row["patients"]}


def _scored(json_said):
    rows = json_said["scores"]
    yield from _counted(rows)
    verdicts = {}
    for row in rows:
        verdicts.setdefault(row["definition"], {})[row["patient_id"]] = row["verdict"]
    for a, of_a in verdicts.items():
        for b, of_b in verdicts.items():
            differing = sum(of_a[p] == "met" and of_b[p] == "not_met" for p in of_a)
            yield f"reclassified/{a}/{b}", {"value": differing}
    for cause in json_said["causes"]:
        yield f"cause/{cause['definition']}/{cause['column']}", {"value": cause["patients"]}
    cells, settled = Counter(), Counter()
    for wanted in json_said["worklist"]:
        cells[wanted["column"]] += 1
        settled[wanted["column"]] += len(wanted["settles"])
    for column, number in cells.items():
        yield f"worklist/{column}/cells", {"value": number}
        yield f"worklist/{column}/verdicts", {"value": settled[column]}
    yield "worklist/cells", {"value": cells.total()}
    yield "worklist/verdicts", {"value": settled.total()}
    yield "patients", {"value": json_said["patients"]}
    yield "sessions", {"value": json_said["sessions"]}
    yield "definitions", {"value": len(verdicts)}


def test_each_row_is_what_the_commands_say(document, material, said):
    rows = {row.id: row for row in rows_of_report(document, material.agreement)}
    elsewhere = (*OF_FIGURES, *OF_CLOSING, *OF_DATA, *OF_RULES)
    known = {name: row for name, row in rows.items() if not name.startswith(elsewhere)}
    assert sorted(set(known) - set(said)) == []
    for name, row in known.items():
        for part, wanted in said[name].items():
            shown = getattr(row, part)
            if isinstance(wanted, float):
                assert shown == pytest.approx(wanted, abs=1e-12), (name, part)
            else:
                assert shown == wanted, (name, part)


def test_a_mark_is_text_that_knows_its_row_and_no_answer_can_pass_for_one():
    row = NumberRow(id="share/a", value=0.5, base="answered", n=2)
    text = settled(f"It is {mark(row, '50%')}, {mark(row, '1/2')}.")
    assert text == "It is 50%, 1/2."
    assert isinstance(text, Marked)
    assert [(text[start:end], found) for start, end, found in spans_of(text)] == [("50%", row), ("1/2", row)]
    assert pieces(text) == [("It is ", None), ("50%", "share/a"), (", ", None), ("1/2", "share/a"), (".", None)]
    assert pieces("plain") == [("plain", None)]


def test_one_name_for_two_numbers_is_refused():
    from reports.document import Document, Prose, Section

    said = " ".join(mark(NumberRow(id="a", value=value), str(value)) for value in (1.0, 2.0))
    document = Document(title="t", sections=(Section(id="s", title="s", blocks=(Prose(text=said),)),))
    with pytest.raises(ValueError, match="a: stands for two numbers"):
        rows_of_report(document)
