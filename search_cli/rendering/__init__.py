"""Records to a terminal, JSON, JSON lines, CSV or a TREC run."""
