"""Lay out the indices and load interviews into them."""
