"""The language of the reader: which it is, and the texts of fangtan in it."""
