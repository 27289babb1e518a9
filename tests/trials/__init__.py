"""Trials that take minutes, one command each (see their modules), one after another with `make trials`."""
