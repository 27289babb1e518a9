"""Find occurrences of words in context: concordances and collocates."""
