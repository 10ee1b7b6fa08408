"""Entry, exclusion and sufficient criteria of a definition that is there stay in every proposal."""

from decimal import Decimal

import pytest

from consensus.agreement.agree import agree
from consensus.definitions.definition import AllOf, AnyOf, AtLeast, Definition, Once, Points, Source, Term
from consensus.definitions.definition_file import read_definition
from consensus.proposals.keeping import keep_in, sufficient_terms
from consensus.proposals.propose import propose
from consensus.scoring.courses import read_courses
from consensus.scoring.score import score
from questionnaires.instrument import Labels
from questionnaires.problems import ConsensusError
from questionnaires.published import read_published


def term(name, points=None):
    return Term(id=name, says=Labels((("en", name),)), form=Once(finding=name), points=points)


def of(logic, condition="tace-failure", **more):
    source = Source(cite="made up", standing="example")
    return Definition(id="base", title=Labels(), condition=condition, source=source, logic=logic, **more)


@pytest.fixture(scope="module")
def proposals():
    return propose(
        agree(read_published("cci-2020")),
        keep=of(AnyOf(terms=(term("child_pugh_c"),)), readings=(("imaging_window", "28-92"),)),
    )


def test_what_suffices_alone_suffices_in_every_proposal(proposals):
    first, second = proposals.thresholded.definition, proposals.weighted.definition
    assert [t.id for t in first.terms] == ["insufficient_response_3", "child_pugh_c"]
    added = second.terms[0]
    assert (added.id, added.points, added.votes) == ("child_pugh_c", second.logic.failure_at, None)
    assert first.readings == (("imaging_window", "28-92"),)
    assert "sufficient criteria of base" in first.source.cite


def test_patients_who_show_it_are_met(proposals):
    courses = read_courses("tace-failure")
    frame = score(courses, [proposals.chosen, of(AnyOf(terms=(term("child_pugh_c"),)))]).frame
    verdicts = {name: part["verdict"].tolist() for name, part in frame.groupby("definition", sort=False)}
    ours, theirs = verdicts.values()
    assert all(a == "met" for a, b in zip(ours, theirs, strict=True) if b == "met")


def test_entry_and_exclusion_are_kept(proposals):
    from dataclasses import replace

    base = replace(of(AllOf(terms=(term("child_pugh_c"), term("new_lesions")))), entry="entry", exclude="exclude")
    kept = keep_in(proposals.thresholded, base).definition
    assert (kept.entry, kept.exclude) == ("entry", "exclude")
    assert kept.logic == proposals.thresholded.definition.logic  # nothing of "all of" suffices alone


def test_at_least_so_many_becomes_points_where_one_suffices_alone(proposals):
    from dataclasses import replace

    two = replace(proposals.thresholded, definition=of(AtLeast(number=2, terms=(term("a"), term("b"), term("c")))))
    made = keep_in(
        two, of(Points(failure_at=Decimal(5), terms=(term("a", Decimal(5)), term("d", Decimal(4)))))
    ).definition
    assert {t.id: t.points for t in made.terms} == {"a": 2, "b": 1, "c": 1}
    assert made.logic.failure_at == 2


def test_points_that_reach_the_cut_off_suffice():
    points = Points(failure_at=Decimal(5), terms=(term("a", Decimal(5)), term("d", Decimal(4))))
    assert [t.id for t in sufficient_terms(points)] == ["a"]
    assert sufficient_terms(AllOf(terms=(term("a"),))) == ()


def test_another_condition_is_refused(proposals):
    with pytest.raises(ConsensusError, match="Expected tace-failure, as the survey is"):
        keep_in(proposals.thresholded, of(AnyOf(terms=(term("a"),)), condition="cough"))


def test_the_command_keeps_them():
    from click.testing import CliRunner

    from reports.cli import main

    done = CliRunner().invoke(main, ["propose", "cci-2020", "--keep", "kim-2012-sp"])
    assert done.exit_code == 0, done.output
    assert read_definition("kim-2012-sp").terms[0].says.text("en") in done.stdout
