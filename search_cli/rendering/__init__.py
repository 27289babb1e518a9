"""Render results for the terminal and in machine-readable formats."""
