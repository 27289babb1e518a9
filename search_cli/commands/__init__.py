"""Define the commands; with `app`, the only modules that import Typer."""
