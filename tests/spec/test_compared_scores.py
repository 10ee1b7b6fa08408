"""Two scores beside each other without data: which classes go together."""

import json

import pytest
from click.testing import CliRunner

from consensus.definitions.condition import read_condition
from consensus.definitions.definition_file import read_definition
from consensus.scoring.comparing.classes import classes_of
from questionnaires.problems import ConsensusError
from reports.cli import main

TACE = read_condition("tace-failure")


def compared(a, b):
    return classes_of(read_definition(a), read_definition(b), TACE)


def run(*arguments, code=0):
    done = CliRunner().invoke(main, ["definitions", "compare", *arguments], prog_name="consensus")
    assert done.exit_code == code, done.output
    return done.output


def test_one_more_point_moves_a_patient_by_one_class_at_most():
    found = compared("hap", "mhap-ii")
    assert found.every
    assert found.beside(found.a) == [("A", ("A", "B")), ("B", ("B", "C")), ("C", ("C", "D")), ("D", ("D",))]
    assert found.beside(found.b) == [("A", ("A",)), ("B", ("A", "B")), ("C", ("B", "C")), ("D", ("C", "D"))]


def test_classes_of_one_sum_are_told_by_their_cuts():
    found = compared("six-and-twelve", "seven-eleven")
    assert found.pairs == {
        ("low", "low"),
        ("middle", "low"),
        ("middle", "middle"),
        ("middle", "high"),
        ("high", "high"),
    }
    assert compared("up-to-7", "up-to-11").pairs == {("within", "within"), ("beyond", "within"), ("beyond", "beyond")}


def test_what_is_computed_from_the_same_columns_varies_with_them():
    found = compared("tumor-burden", "six-and-twelve")
    assert not found.every  # values over the ranges of size and number, not all of them
    assert ("high", "low") not in found.pairs  # sqrt(size^2 + number^2) is at most size + number
    assert ("low", "high") not in found.pairs
    assert ("middle", "low") in found.pairs


def test_the_command_shows_both_ways_and_what_they_rest_on():
    shown = run("hap", "mhap-ii")
    assert "hap  mhap-ii can be" in shown
    assert "Tried on 243 made-up patients, fully recorded: all that the two can tell apart." in shown
    assert "a rare pair may be missing" in run("tumor-burden", "six-and-twelve")
    assert "可为" in run("hap", "mhap-ii", "--language", "zh")
    found = json.loads(run("hap", "mhap-ii", "--json"))
    assert {"score": "hap", "class": "D", "other": ["D"]} in found["classes"]


def test_a_score_and_a_definition_are_told_what_to_do():
    shown = run("hap", "zhang-2022", code=3)
    assert "hap: is a score, which gives classes and no verdict." in shown
    assert "consensus score COURSES --definition hap --definition zhang-2022." in shown
    with pytest.raises(ConsensusError, match="gives verdicts and no classes"):
        compared("hap", "zhang-2022")
