"""Parse a `Script` into an `Interview` of speaker turns. Pure: no files, no network."""
