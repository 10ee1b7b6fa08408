"""The sentences of reports in Chinese: the same modules and names as in English."""
