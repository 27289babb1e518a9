"""Search the archive: hits, facets, lists, exports, similar turns, suggestions."""
