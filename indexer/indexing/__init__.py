"""Run one indexing: find what changed, prepare interviews, write them, link duplicates."""
