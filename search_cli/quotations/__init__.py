"""Check quotations against the archive: extract, find, compare character by character."""
