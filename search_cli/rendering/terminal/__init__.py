"""Write styled text to the terminal: wrapping, tables, bars, excerpts, the pager."""
