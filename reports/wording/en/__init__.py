"""The sentences of reports in English."""
