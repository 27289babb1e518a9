"""Analyze Chinese text: normal form, words, pairs, characters, numbers. Pure; shared with search."""
