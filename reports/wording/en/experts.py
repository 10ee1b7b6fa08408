"""Words about the authority and the positivity of experts, the conventions of Chinese Delphi studies."""

from __future__ import annotations

TITLE = "Authority and positivity of the experts"
LEAD = (
    "By the conventions of Chinese Delphi studies: positivity is the share of questionnaires that came back; authority Cr is the mean of "
    "what an expert's judgments rest on (Ca) and of familiarity with the subject (Cs), by the experts' own word."
)
CAPTION = "Positivity and authority of the experts"
HEADERS = ("Round", "Positivity", "Basis of judgment, Ca", "Familiarity, Cs", "Authority, Cr", "Experts who told all")
RECALLED = (
    "These conventions are recalled and were not read in print, but for the weights of practical experience and theory where they count "
    "most, of literature, of intuition, and of familiarity from 1 to 0.6. From 0.70 on an authority is usually called acceptable (recalled)."
)
OWN_WORD = "What experts say of themselves is no measure of what they know."
LEVELS_CAPTION = "What the experts say of themselves: how many, from the highest level to the lowest"
LEVELS_HEADERS = ("Asked", "Round", "Experts at each level")
FAMILIARITY = "familiarity"
BASES = {
    "experience": "practical experience",
    "theory": "theoretical analysis",
    "literature": "literature at home and abroad",
    "intuition": "intuition",
}
SURVEY = "survey"
LEVELS_MASKED = "How many experts chose each level is left out, for some levels are small."
