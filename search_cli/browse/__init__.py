"""`fangtan browse`: search and read in the terminal, full screen."""
