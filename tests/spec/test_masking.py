"""Small cells masked when a study asks for it: in every file, and nothing beside that tells them."""

import csv
import io
import itertools
import re
import zipfile
from dataclasses import replace
from functools import cache

import pytest
import yaml
from click.testing import CliRunner

from consensus.definitions.definition_yaml import definition_to_yaml
from questionnaires.instrument import Labels
from reports.cli import main
from reports.compose import compose
from reports.document import Figure
from reports.masking.document import METHOD
from reports.masking.files import masked_definition
from reports.masking.small import PEOPLE, is_small
from reports.numbers_file import rows_of_report, texts_of
from reports.numbers_marked import spans_of
from reports.study import read_study, run_study
from reports.write import composed, material_of

LEAST = 5
FORMATS = ("html", "docx", "xlsx", "md")


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A small made-up survey with patients that asks for masking."""
    folder = tmp_path_factory.mktemp("small") / "trial"
    assert CliRunner().invoke(main, ["new", str(folder), "--simulate", "45"]).exit_code == 0
    path = folder / "study.toml"
    text = re.sub(r"(?m)^\[report\]\n", f"[report]\nsmall_cells = {LEAST}\n", path.read_text(encoding="utf-8"))
    text += '\n[courses]\nlibrary = "tace-failure"\n[compare]\ndefinitions = ["jsh-lcsgj-2014", "zhang-2022"]\n'
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def made_up(study):
    return run_study(read_study(study))


@pytest.fixture(scope="module", params=["made-up", "cci-2020"])
def results(request, made_up):
    if request.param == "made-up":
        return made_up
    found = run_study(read_study("cci-2020"))
    return replace(found, study=replace(found.study, small_cells=LEAST, formats=FORMATS))


@cache
def both_ways(results):
    """Return what a report on these results says without masking, its rows by id, and what it says masked."""
    material = material_of(results)
    document = compose(replace(material, small_cells=0))
    return document, {row.id: row for row in rows_of_report(document, material.agreement)}, composed(material)


@pytest.fixture(scope="module")
def material(results):
    return material_of(results)


@pytest.fixture(scope="module")
def plain(results):
    return both_ways(results)[:2]


@pytest.fixture(scope="module")
def told(results):
    return both_ways(results)[2]


@pytest.fixture(scope="module")
def shown(told):
    return {row.id: row for row in told.rows if row.method != METHOD}


@pytest.fixture(scope="module")
def report(study, tmp_path_factory):
    """The folder that the command wrote over the files of a run without masking, and what it said."""
    folder = tmp_path_factory.mktemp("report")
    for name in ("scores.csv", "answers_tidy.csv", "definition.yaml"):
        (folder / name).write_text("what an earlier run left", encoding="utf-8")
    done = CliRunner().invoke(main, ["report", str(study), "--out", str(folder), "--formats", ",".join(FORMATS)])
    assert done.exit_code == 0, done.output
    return folder, done.stderr


def test_no_row_counts_few_people_or_leaves_few(shown, plain):
    assert [name for name, row in shown.items() if is_small(row, LEAST)] == []
    assert {name for name, row in plain[1].items() if is_small(row, LEAST)}  # there was something to mask
    assert sum(row.base in PEOPLE for row in shown.values()) > 30  # and something is left


def test_no_option_can_be_worked_out_from_what_is_shown_of_its_question(material, shown):
    agreement = material.agreement
    masked = 0
    for counted in agreement.tally.questions:
        question = agreement.instrument.question(counted.question)
        known = {o.option: o.count for o in counted.options}
        if question.multiple or not question.closed or not counted.answered or None in known.values():
            continue
        seen = {o: known[o] for o in known if any(n.startswith(f"share/{question.name}/{o}/") for n in shown)}
        small = [o for o in known if 0 < known[o] < LEAST]
        assert not set(small) & set(seen), question.name
        for option in small:
            masked += 1
            possible = ways(question, counted, agreement, shown, seen, option)
            assert known[option] in possible
            assert max(possible) >= LEAST, (question.name, option)
    assert masked


def ways(question, counted, agreement, shown, seen, option):
    """Return all counts of an option that agree with what is shown: other options, their sum, and the support."""
    free = [o.option for o in counted.options if o.option not in seen]
    left = counted.answered - sum(seen.values())
    support = {}
    for coding, worth in (("as_no", 0), ("half", 0.5), ("as_yes", 1), ("as-voted", 0.5)):
        row = shown.get(f"endorsement/{question.name}/{coding}")
        if row is not None:
            support[worth] = row.value * row.n
    found = set()
    for counts in itertools.product(range(left + 1), repeat=len(free) - 1):
        if sum(counts) <= left:
            full = dict(zip(free, (*counts, left - sum(counts)), strict=True)) | seen
            if all(abs(yes(question, full, worth) - votes) < 1e-6 for worth, votes in support.items()):
                found.add(full[option])
    return found


def yes(question, counts, equivocal):
    worths = {name: question.endorsement(question.choice(name)) for name in counts}
    return sum(n * (equivocal if worths[o] == 0.5 else worths[o] or 0) for o, n in counts.items())


def test_other_ways_to_count_equivocal_answers_are_not_shown_beside_the_own_one(material, shown):
    agreement = material.agreement
    for verdict in agreement.own_verdicts():
        equivocal = agreement.tally.votes(verdict.question)
        if equivocal is not None and 0 < equivocal.equivocal < LEAST:
            names = [
                n for n in shown if n.startswith((f"endorsement/{verdict.question}/", f"flip/{verdict.question}/"))
            ]
            assert {name.split("/")[2] for name in names} <= {agreement.equivocal}


def test_of_a_masked_criterion_no_verdict_under_another_coding_is_told(material, told):
    agreement = material.agreement
    say = material.words.survey
    thin = {
        q.question for q in agreement.tally.questions
        if any(o.count and (o.count < LEAST or 0 < q.answered - o.count < LEAST) for o in q.options)
    }  # fmt: skip
    for verdict in agreement.verdicts:
        if verdict.question in thin and verdict.coding not in (None, agreement.equivocal):
            table = next(t for t in told.document.tables() if t.id == f"verdicts-{verdict.criterion}")
            assert all(say.counted(verdict.coding) not in cell.text for row in table.rows for cell in row[:1])


def test_no_text_speaks_of_a_masked_support_under_another_coding(material, told, plain):
    own = {material.agreement.equivocal, "as-voted"}

    def otherwise(document, masked):
        return [
            text for text in texts_of(document) for _, _, row in spans_of(text)
            if row.id.split("/")[0] in ("endorsement", "against", "flip") and row.id.split("/")[2] not in own
            and (row.method == METHOD) == masked
        ]  # fmt: skip

    assert otherwise(plain[0], False)
    assert otherwise(told.document, True) == []


def test_patients_by_verdict_do_not_add_up_to_a_masked_number(material, shown, told):
    total = len(material.scores.courses.patients)
    for row in material.scores.counts().to_dict("records"):
        hidden = [v for v in ("met", "unknown", "not_met") if f"patients/{row['definition']}/{v}" not in shown]
        assert {v for v in ("met", "unknown", "not_met") if 0 < row[v] < LEAST} <= set(hidden)
        if hidden:
            assert len(hidden) > 1
            assert total - sum(row[v] for v in ("met", "unknown", "not_met") if v not in hidden) > LEAST
    for table in told.document.tables():
        if table.id == "reclassified":
            same = material.words.cohort.SAME
            assert [row[at + 1].text for at, row in enumerate(table.rows)] == [same] * len(table.rows)
    for name, row in shown.items():
        if name.startswith("reclassified/"):
            _, a, b = name.split("/")
            assert f"reclassified/{b}/{a}" in shown, name
            assert not 0 < row.value < LEAST


def test_definitions_do_not_tell_by_their_difference_how_few_patients_they_part(material, shown):
    frame = material.scores.frame
    told = [d.id for d in material.scores.judged if f"patients/{d.id}/met" in shown]
    for a, b in itertools.combinations(told, 2):
        met = [set(frame[(frame["definition"] == d) & (frame["verdict"] == "met")]["patient_id"]) for d in (a, b)]
        if met[0] <= met[1] or met[1] <= met[0]:
            assert not 0 < abs(len(met[0]) - len(met[1])) < LEAST, (a, b)


def test_a_figure_that_shows_a_masked_number_is_left_out(told, plain):
    figures, every = ({b.id for b in d.walk() if isinstance(b, Figure)} for d in (told.document, plain[0]))
    assert figures < every
    say = " ".join(texts_of(told.document))
    assert "is left out, for it would show masked numbers" in say
    assert "problems-table" not in {t.id for t in told.document.tables()}
    assert f"Numbers of fewer than {LEAST} people or patients, but not 0, are masked" in say


def test_no_file_tells_a_small_number(report, made_up):
    folder, said = report
    _, every, told = both_ways(made_up)
    texts = dict(all_texts(folder))
    documents = {"report.html", "report.md", "report.docx", "tables.xlsx", "numbers.csv", "provenance.json"}
    assert {name for name in texts if not name.startswith("figures/")} - {"definition.yaml"} == documents
    assert ("definition.yaml" in texts) == (told.definition is not None)
    assert {"scores.csv", "scores.xlsx", "answers_tidy.csv", "recheck.R"} <= set(told.left_out)
    page = texts["report.md"].replace("\\", "")
    assert all(name in said and name in page for name in told.left_out)
    bases = {row.n for row in every.values() if row.base in PEOPLE and row.n}
    for name, text in texts.items():
        for count, n in re.findall(r"(?<![\d.,/-])(\d+)/(\d+)(?![\d/])", text):
            few = {int(count), int(n) - int(count)} & set(range(1, LEAST))
            assert int(n) not in bases or not few, (name, count, n)
    shown = {row.id for row in told.rows if row.method != METHOD}
    for row in csv.DictReader(io.StringIO(texts["numbers.csv"])):
        if row["id"] in every and row["id"] not in shown:
            assert {row[part] for part in ("value", "low", "high", "n", "count")} == {""}, row["id"]


def test_the_definition_tells_no_masked_votes(results):
    by_rule, by_weight = results.proposals.thresholded.definition, results.proposals.weighted.definition
    definition = by_rule or by_weight
    thin = {definition.terms[0].votes.question}
    bare = yaml.safe_load(definition_to_yaml(masked_definition(definition, frozenset(), thin)))
    terms = bare.get("any") or bare["points"]["terms"]
    assert ["from" in term for term in terms] == [t.votes.question not in thin for t in definition.terms]
    hidden = {f"points/{by_weight.id}/{by_weight.terms[0].id}"}
    assert masked_definition(by_weight, hidden, set()) is None


def test_the_definition_tells_no_masked_count_of_those_who_gave_a_number(results):
    notes = (Labels((("en", "said before"),)), Labels((("en", "26 gave a number"),)), Labels((("en", "44 gave one"),)))
    noted = replace(results.proposals.weighted.definition, notes=notes)
    masked = masked_definition(noted, frozenset(), {"rise"}, ["rise", "times"])
    assert masked.notes == (notes[0], notes[2])


def test_no_file_beside_a_masked_report_tells_how_many_gave_a_number(tmp_path):
    made = CliRunner().invoke(main, ["new", str(tmp_path / "few"), "--simulate", "30"])
    assert made.exit_code == 0
    study = read_study(tmp_path / "few" / "study.toml")
    material = material_of(run_study(replace(study, small_cells=LEAST)))
    told = composed(material)
    whole = material.proposals.chosen.notes
    assert whole
    assert not told.definition.notes


def all_texts(folder):
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(path) as parts:
                told = [parts.read(part).decode("utf-8") for part in parts.namelist() if part.endswith(".xml")]
            yield path.relative_to(folder).as_posix(), re.sub(r"<[^>]*>", "|", "".join(told))
        elif path.is_file() and path.suffix != ".png":
            yield path.relative_to(folder).as_posix(), path.read_text("utf-8-sig")
