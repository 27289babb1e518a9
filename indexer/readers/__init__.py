"""Read files into a `Script`: the only package that opens transcripts."""
