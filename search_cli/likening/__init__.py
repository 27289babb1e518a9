"""Turns like one turn: what makes two alike, and what they share."""
