"""Turn the bytes of a file into a `Script`: the only rooms that open transcripts."""
