"""Agreement: counts, shares, intervals and coefficients."""
