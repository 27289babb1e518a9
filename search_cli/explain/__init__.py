"""Explain why a turn is found at its rank, or is not found."""
