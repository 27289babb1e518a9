"""Vectors of turns, for search by meaning: an embedding model, its encoder, and the update of an archive."""
