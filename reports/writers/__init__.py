"""Writers: one format a file, all from the same document."""
