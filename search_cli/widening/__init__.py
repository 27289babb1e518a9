"""What is searched besides the words that were typed: synonyms, regional words, the nearest spelling of a typo."""
