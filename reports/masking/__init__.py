"""Small cells: which numbers a report must not show, the same report without them, and which files are not written."""
