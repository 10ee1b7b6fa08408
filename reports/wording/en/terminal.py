"""What tables on a terminal say, in English: the words of the code are the words of the reader."""

from __future__ import annotations

TO = "to"
AND = ", "


def word(text: str) -> str:
    """Return a heading, a coded word or a short sentence of a table."""
    return text


def apart(first: str, second: str) -> str:
    """Return a text with a remark behind it."""
    return f"{first} ({second})"


def listed(parts: list[str]) -> str:
    """Return several things in one line."""
    return "; ".join(parts)


def flip(votes: str, start: str, end: str, becomes: str) -> str:
    """Return how many votes from one answer to another make another outcome."""
    return f"{votes} from {start} to {end}: {becomes}"


def by(name: str) -> str:
    """Return the title of shares within groups."""
    return f"By {name}"


def rule(sentence: str) -> str:
    """Return the rule as the line above the verdicts."""
    return f"Rule: {sentence}"


def of_invited(limits: str, invited: str) -> str:
    """Return bounds over all who were invited."""
    return f"{limits} of all {invited} invited"


def at_rate(limits: str, rate: str) -> str:
    """Return bounds at an assumed response rate."""
    return f"{limits} at {rate}"


def camps(name: str) -> str:
    """Return the title of the camps; `name` is empty where they were found in the answers."""
    return f"Camps {'by ' + name if name else 'found in the answers'}: full support"


def unanswered(reason: str) -> str:
    """Return the title of what those who did not answer could change; `reason` where the rate is not known."""
    known = f" ({reason}: bounds at assumed response rates)" if reason else ""
    return f"Those who did not answer{known}"


def headed(number: int, kind: str, title: str) -> str:
    """Return the heading of a proposal."""
    return f"{number} {kind}: {title}"


def behind(question: str, option: str, votes: str, kind: str) -> str:
    """Return the votes behind a term."""
    return f"{question} {option}: {votes}, {kind}"


def with_points(points: str, says: str) -> str:
    """Return a term with its points."""
    return f"{points} points: {says}"


def at_least(number: str) -> str:
    """Return how many terms must be met."""
    return f"at least {number} of:"


def met_from(points: str) -> str:
    """Return from how many points on a definition is met."""
    return f"met from {points} points"


def fewest(terms: list[str], cut_off: str) -> str:
    """Return the fewest points that judge alike."""
    return f"the fewest points that judge alike: {', '.join(terms)}; met from {cut_off}"


def won(share: str, draws: str) -> str:
    """Return in how many resampled surveys a proposal came out."""
    return f"came out in {share} of {draws} resampled surveys"


def space(definitions: str, criteria: str, front: str, proved: bool) -> str:
    """Return what was searched and how many definitions are beaten by no other."""
    looked = "All" if proved else "A search looked at"
    return f"{looked} {definitions} definitions by points over {criteria} criteria: {front} of them are beaten by no other."


def consistent(share: str, people: str) -> str:
    """Return how many people judge as some definition does."""
    return f"{share} of {people} people judge vignettes as some definition does."


def schools(number: int, reason: str) -> str:
    """Return how many schools of thought there are, or why there are none."""
    return f"{number} schools of thought." if number else f"No schools of thought: {reason}."


def ask(why: str, share: str, votes: str, tips: str) -> str:
    """Return why the next round should ask for something."""
    told = {
        "close": f"resampling turns the decision: a term in {share} of surveys",
        "never_asked": f"never asked directly: {share} is a bound or a proxy",
        "equivocal": f"how the {votes} equivocal answers count decides",
        "number": f"only {share} would accept the number",
        "case": f"definitions judge this combination differently: {share} of them say met",
        "no_finding": "people voted on it, but no course can show it",
    }[why]
    return f"{told}; a majority is reached once {tips} of them count as yes" if tips else told


def as_it_is(terms: str) -> str:
    """Return the first proposal as it is."""
    return f"As it is: {terms}"


def what_if(settings: str, terms: str) -> str:
    """Return the first proposal under another setting."""
    return f"What if {settings}: {terms}"


def none(reason: str) -> str:
    """Return that no definition follows."""
    return f"none. {reason}"


def cut(terms: str, points: str) -> str:
    """Return terms with their cut-off."""
    return f"{terms}; met from {points}"


def moved(number: str, patients: str) -> str:
    """Return how many patients are judged otherwise; `patients` as *60 patients*."""
    return f"Judged otherwise: {number} of {patients}."


def patients(number: int, shown: str) -> str:
    """Return a number of patients."""
    return f"{shown}\N{NO-BREAK SPACE}patient{'' if number == 1 else 's'}"


def cohort(patients: int, sessions: int) -> str:
    """Return how many patients and sessions there are."""
    return f"{patients} patient{'' if patients == 1 else 's'}, {sessions} session{'' if sessions == 1 else 's'}"


def column(text: str) -> str:
    """Return what is missing: a column, several of them, or one with a remark."""
    return text


def more(number: str) -> str:
    """Return that a list goes on."""
    return f"... and {number} more (--json has all)"


def causes(most: str) -> str:
    """Return the title of the causes of unknown verdicts."""
    return f"Commonest causes of unknown (at most {most} a definition)"


def rate_by(highest: bool) -> str:
    """Return the title of the readings that give the lowest or the highest rate."""
    return f"{'Highest' if highest else 'Lowest'} rate by"


def part_of(part: str, whole: str) -> str:
    """Return a part of a number."""
    return f"{part} of {whole}"
