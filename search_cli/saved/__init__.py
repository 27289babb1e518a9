"""Searches that are kept under a name: their file, what was seen of each, and @NAME in a query."""
