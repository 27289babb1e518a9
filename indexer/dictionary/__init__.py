"""Update the user dictionary, and reindex only the turns it changes."""
