"""Lay out one screen each."""
