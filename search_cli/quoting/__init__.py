"""Quotations checked against the archive: taken out of an article, found, compared letter by letter."""
