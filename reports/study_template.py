"""The files that `consensus new` writes: a study with few keys in force, and the full list, commented."""

from __future__ import annotations

import json
import re

from reports.wording.messages import said

FEW = """\
# A study: what was asked, what was answered, what counts as consensus. All keys: study.reference.toml.
[study]
title = "{name}"

{survey}
[consensus]
rule = "{rule}"    # write it down before you see the answers
equivocal = "half"              # as_no | half | as_yes | drop

{courses}
[report]
formats = ["html", "docx", "xlsx"]
"""

SURVEY = """\
[instrument]
library = "cci-2020"            # or: file = "instrument.xlsx"

# [[responses]]                 # without this, the published counts of the library are used
# file = "answers.xlsx"
"""

PANEL_FILE, ITEMS_FILE = "panel.xlsx", "items.xlsx"
PANEL = f"""\
[instrument]
file = "instrument.xlsx"        # the form of round 1: a question for each name in {ITEMS_FILE}

[panel]
file = "{PANEL_FILE}"             # who is invited, votes, is recused or left
items = "{ITEMS_FILE}"            # which statement was asked in which round
"""
PANEL_RULE = "share(7..9) >= 70% and share(1..3) < 15%, quorum 75% of eligible"

INSTRUMENT_FILE, SYNTHETIC_ANSWERS = "instrument.xlsx", "answers_SYNTHETIC.xlsx"
SIMULATED = f"""\
[instrument]
file = "{INSTRUMENT_FILE}"

[[responses]]
file = "{SYNTHETIC_ANSWERS}"  # people who do not exist; the truth they were drawn from is on its third sheet
"""

EXPORTED = """\
[instrument]
file = "{instrument}"        # drafted from the answers: fill its marked cells, then run this again

[[responses]]
file = "{answers}"

# [design]
# cluster = "hospital"          # the question that names people's hospital
# invited = 264                 # without it no response rate can be had
# eligible = "${years} > 10"    # who is analyzed
"""

COURSES = """\
[courses]
file = "courses.xlsx"           # fill it first: one row a patient, one row a session
"""

NO_COURSES = """\
# [courses]
# file = "courses.xlsx"         # patients' courses; consensus new NAME --courses writes an empty one
"""

FULL = """\
# Every key of a study file, with what it means. Nothing here is in force: copy what you need into study.toml.
# Paths are relative to the folder of the study file. An unknown key is an error.

# [study]
# title = "..."                       # stands above the report
# language = "en"                     # en, zh
# seed = 20261123                     # of every random step

# [instrument]
# library = "cci-2020"                # a name that consensus library lists, or
# file = "instrument.xlsx"            # an XLSForm workbook of your own

# [[responses]]                       # none: the library's published counts are used
# file = "answers.xlsx"               # or .csv: one row a respondent
# round = 1
# dialect = "auto"                    # the survey platform
# encoding = "gb18030"                # of a text file; found by itself where this is absent
# numbers = "question_numbers.csv"    # which question each number in the headers is, as consensus forms wrote it
# columns = {"Header" = "question"}   # only where a header matches nothing
# eligible = "${years} > 10"          # for this file alone

# [design]
# invited = 264                       # without it no response rate can be had
# eligible = "${years} > 10"          # who is analyzed, in the language of `relevant`
# cluster = "hospital"                # whom people work for: those of one hospital answer alike
# clusters = 184                      # how many hospitals, where nobody knows who belongs to which
# stratum = "region"                  # people were asked region by region
# weight = "weight"                   # how many people each stands for
# population = 1200                   # how many hospitals there are; by stratum: {"north" = 500, "south" = 700}
# lonely = "adjust"                   # a stratum with one hospital: refuse | adjust | certainty | average
# [design.margins]                    # known totals that weights are fitted to
# hospital_tier = {"3A" = 900, "other" = 300}

# [consensus]
# rule = "share(agree) >= 75%"        # what counts as consensus
# equivocal = "half"                  # as_no | half | as_yes | drop
# relevant = 3                        # the lowest rating that calls an item relevant: content validity; 3 of 1 to 4

# [condition]                         # what failure is of; needed where the instrument's settings name no condition
# library = "tace-failure"            # a bundled one, so that proposed definitions can judge patients, or
# folder = "condition"                # a condition of your own: columns.yaml, findings.yaml, definitions/

# [panel]                             # a Delphi: consensus rounds --help
# file = "panel.xlsx"                 # panelist, group, invited_1, invited_2, votes, recused, left (2: no time)
# items = "items.xlsx"                # item, round, name, text, came_from, change, comment
# instruments = {"2" = "form2.xlsx"}  # only where a round has a form of its own
# rounds = 3                          # what the protocol freezes beside the rule:
# stopping = "after round 3, or when nothing is open"
# plan = "..."

# [courses]
# file = "courses.xlsx"               # a workbook with sheets patients and sessions, or a folder with two CSV files
# library = "tace-failure"            # or the SYNTHETIC sample of a bundled condition
# sheet = "cohort"                    # with what follows, a sheet of your own: consensus new --courses FILE drafts it
# rows = "patients"                   # patients | sessions | visits
# header_rows = 1
# missing = ["/", "-"]
# [courses.columns]
# "TACE{n}_date" = "session_date"
# [courses.values.target_response]
# "partial" = "PR"
# [courses.units]                       # where the sheet has another unit than ours
# baseline_albumin_g_l = "g/dL"
# [courses.assessments]
# sheet = "scans"
# [courses.lesions]                     # one row a lesion and scan, or one a scan with columns numbered by lesion
# sheet = "lesions"
# [courses.lesions.columns]
# "L{n} size (cm)" = "size_mm"          # with size_mm = "cm" under [courses.units]

# [compare]
# definitions = ["jsh-lcsgj-2014", "mine.yaml"]   # none: every enabled definition of the condition
# studies = ["cci-2020"]                          # library names or study files; shared items by same_as

# [report]
# by = ["specialty"]                  # groups that are set side by side: questions or columns
# formats = ["html", "docx", "xlsx"]  # html | docx | xlsx | md
# small_cells = 5                     # mask what counts fewer people; files on single people are then left out
"""


def few_keys(
    name: str,
    *,
    courses: bool | str,
    simulated: bool = False,
    answers: str | None = None,
    instrument: str = INSTRUMENT_FILE,
    panel: bool = False,
) -> str:
    """Return `study.toml` for a new study of that name.

    `courses` says whether there is an empty workbook for them, or is the section [courses]. `simulated` ones read their
    own SYNTHETIC answers; with `answers`, a path, they read these by `instrument`. A `panel` has its own three files.
    """
    survey = SIMULATED if simulated else PANEL if panel else SURVEY
    if answers is not None:
        survey = EXPORTED.replace("{instrument}", _quoted(instrument)).replace("{answers}", _quoted(answers))
    mapped = courses if isinstance(courses, str) else COURSES if courses else NO_COURSES
    rule = PANEL_RULE if panel else "share(agree) >= 75%"
    parts = {"survey": survey, "courses": mapped, "name": _quoted(name), "rule": rule}
    return re.sub(r"\{(survey|courses|name|rule)\}", lambda found: parts[found[1]], FEW)


def in_language(text: str, language: str) -> str:
    """Return a drafted file with its comments in a language, and that language stated where it is a study."""
    if language == "en":
        return text
    stated = f'\nlanguage = "{language}"'
    titled = re.sub("(?m)^title = .*$", lambda found: found[0] + stated, text, count=1)
    return "".join(_commented(line, language) for line in titled.splitlines(keepends=True))


def _commented(line: str, language: str) -> str:
    """Return a line with its comment in a language, as it is where nobody has brought that over."""
    for at in (found.end() for found in re.finditer("# ", line)):
        comment = line[at:].rstrip("\n")
        told = said(comment, language)
        quoted = line[:at].replace('\\"', "").count('"') % 2  # a header of the user's own may hold the sign
        if told != comment and not quoted:
            return f"{line[:at]}{told}\n"
    return line


def _quoted(text: str) -> str:
    """Return a text as it stands between the quotes of a TOML string, whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False)[1:-1]
