"""Update the user dictionary, and index only the turns that it changes again."""
