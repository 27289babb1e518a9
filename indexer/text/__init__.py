"""Analyze Chinese text: normal form, words, bigrams, characters, numbers. Pure; shared with search."""
