"""Tags and notes that people give turns: their file, and which turns have them now."""
