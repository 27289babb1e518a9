"""Trials that take minutes: `python -m pytest tests/trials/lost_nodes.py`, one after another with `make trials`."""
