"""Sentences about how sure the shares are: hospitals, equivocal answers, those who did not answer."""

from __future__ import annotations

LIMITS = "How far hospitals widen the intervals"
LIMITS_LEAD = (
    "People of one hospital share habits and teachers, so their answers tell less than as many answers of strangers."
)
BY_DESIGN = (
    "Beside the interval for people drawn one by one stands that of the design: hospitals as they were drawn, with strata and weights "
    "where the study has them (linearized errors, Korn and Graubard's limits)."
)
WEIGHTED = "Shares by the design are weighted; the numbers of people beside them are not."
FEW_HOSPITALS = "With so few hospitals the limits are rough."
ONE_BY_ONE = "drawn one by one"
DESIGN = "by the design"
DESIGN_EFFECT = "Design effect"
LIMITS_CAPTION = "Support for each criterion, with its 95% intervals (%)"
LIMITS_FIGURE = "How much hospitals widen the intervals"
LIMITS_AXIS = "Share that counts the finding as a criterion, 95% interval"
LIMITS_NOTE = "Marks are shares, lines their intervals. The dashed line is the share that the rule asks for."
THRESHOLD = "rule"

LEANING = "What equivocal answers could turn"
LEANING_LEAD = (
    "An equivocal answer is neither a yes nor a no. The curves show the support for each criterion if part of the equivocal answers "
    "leaned to yes and the rest to no, from none to all."
)
LEANING_CAPTION = "What would have to lean which way for the verdict to turn"
LEANING_FIGURE = "Support by how many equivocal answers lean to yes"
LEANING_X = "Part of the equivocal answers that lean to yes"
LEANING_Y = "Support among those who answered"
LEANING_NOTE = "Where a curve crosses a dashed line, the verdict turns."
EQUIVOCAL = "Equivocal"
TO_ACCEPT = "Accepted if so many of them lean to yes"
TO_REJECT = "Rejected if so many of them lean to no"
NEVER = "not even if all do"
ALREADY = "without any"

SILENCE = "What those who did not answer could change"
MORE_THAN_INVITED = "More people answered than were invited, which can't be: one of the two numbers is wrong. The bounds are for assumed response rates."
UNKNOWN_INVITED = (
    "How many were invited is not known, so there is no response rate. The bounds are for assumed response rates: the lower one if "
    "nobody of the others would have said yes, the upper one if all would have."
)
KNOWN_INVITED = "The bounds are the lowest and highest share among all invited: if nobody of the others would have said yes, and if all would have."
FRAME = "No response rate tells who was on the list of those invited, and the bounds do not go beyond that list."
RATES = {
    "RR1": "Complete answers of those invited (AAPOR RR1, recalled)",
    "RR2": "Complete and partial answers of those invited (AAPOR RR2, recalled)",
}
SILENCE_CAPTION = "Full support for each criterion, and what it could be"
SILENCE_FIGURE = "Bounds of full support, whatever the others would have said"
SILENCE_AXIS = "Share with full support"
SILENCE_NOTE = (
    "The mark is the share of those who answered, each line reaches from the lowest to the highest possible share."
)
OBSERVED = "of those who answered"
AMONG_INVITED = "among all invited"
NEEDED = "Response rate at which the verdict holds whatever the others say"
BELOW = "below the rule already"
LATE = "Late less early answers"
WAVES = (
    "People who answer late may be nearer to those who never do: the later half of the answers less the earlier half."
)
BLANK = "Left blank"


def band(hospitals: str) -> str:
    """Return why there is a band and not one interval."""
    return (
        f"It is known that people come from {hospitals} hospitals, but not who belongs to which. So no single interval is given but a band: "
        "one for each plausible correlation of answers within hospitals, people being taken as spread evenly over them."
    )


def at_correlation(rho: str) -> str:
    """Return the name of a correlation within hospitals."""
    return f"correlation {rho}"


def at_rate(rate: str) -> str:
    """Return the name of an assumed response rate."""
    return f"if {rate} had answered"


def described(what: str, rows: list[str]) -> str:
    """Return what a figure shows, for those who don't see it."""
    return f"{what}: " + " ".join(f"{row}." for row in rows)


def row_of(label: str, parts: list[str]) -> str:
    """Return one row of a figure in words."""
    return f"{label}: {', '.join(parts)}"


def ranged(series: str, value: str, limits: str) -> str:
    """Return a value with its limits, by how it was looked at."""
    return f"{series} {value} [{limits}]" if value and limits else f"{series} {value or limits}"


def fewest(votes: str, equivocal: str) -> str:
    """Return how many equivocal answers it takes."""
    return f"{votes} of {equivocal}"


def weight_effect(effect: str) -> str:
    """Return what fitting weights to known margins costs."""
    return f"The weights were fitted to known totals; unequal weights widen intervals as a design effect of {effect} would (Kish)."
