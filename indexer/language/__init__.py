"""Chinese text as it is compared: normal form, words, pairs, characters, numbers. Pure; shared with search."""
