"""`--meta KEY=VALUE`: what a person knows of a transcript better than its text, the same for every command."""

from collections.abc import Sequence
from typing import Annotated

import typer

from indexer.errors import UsageError
from indexer.model import Metadata

_KEYS = {
    "title": "title",
    "date": "date",
    "outlet": "outlet",
    "author": "author",
    "authors": "author",
    "url": "url",
    "guest": "guest",
    "language": "language",
}

Meta = Annotated[
    list[str] | None,
    typer.Option("--meta", metavar="KEY=VALUE", help="What you know better: title, date, outlet, author…. Repeatable."),
]


def given(meta: Sequence[str], forgetting: bool = False) -> Metadata:
    """Return what `--meta` says; raise `UsageError` for what is not KEY=VALUE with a key of ours, or no date.

    Where something may have been said before, KEY= without a value is `forgetting` it.
    """
    if not meta:
        return ()
    from indexer.indexing.transcript import check_overrides  # the parser knows what a date looks like

    pairs = tuple(_pair(one, forgetting) for one in meta)
    check_overrides(pairs)
    return pairs


def _pair(one: str, forgetting: bool) -> tuple[str, str]:
    key, sign, value = one.partition("=")
    if not sign or key not in _KEYS or not (value.strip() or forgetting):
        raise UsageError(f"--meta {one} is not KEY=VALUE with one of {', '.join(_KEYS)}.", "--meta title=…")
    return _KEYS[key], value.strip()
