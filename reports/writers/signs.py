"""The shapes beside the words of verdicts: color never tells one alone."""

SIGNS = {
    "in": "✓",
    "out": "✗",
    "no consensus": "○",
    "too few": "○",
    "uncertain": "?",
    "met": "●",
    "not_met": "○",
    "unknown": "?",
}
