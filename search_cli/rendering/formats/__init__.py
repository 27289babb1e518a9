"""Write JSON, JSON lines, CSV, TREC runs and curl commands."""
