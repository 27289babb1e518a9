"""The filters by question and answer."""

from typing import Annotated, Any

import typer

_TEXTS = {
    "asked": "Only answers to a question with this text. Repeatable.",
    "answered": "Only answers with this text themselves. Repeatable.",
    "volunteered": "Only answers with this text where neither the question nor others before had it. Repeatable.",
}

FILTERS: dict[str, Any] = {
    name: Annotated[list[str] | None, typer.Option(f"--{name}", metavar="TEXT", help=text, rich_help_panel="Filters")]
    for name, text in _TEXTS.items()
}
"""The options of `Filters` that compare a turn with its question, by their name there."""
