"""Write all hits of a search, or turns of an interview, to a file: one module per format."""
