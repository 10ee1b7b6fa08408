"""Rules: what counts as consensus, written down before the data."""
