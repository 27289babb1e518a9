"""Saved searches, what is new in them, and tags as JSON. Fields may be added; none is renamed or removed.

`fangtan saved --json` prints a list of {"name", "query", "options": {option: value}, "typed", "looked_at", "turns",
"interviews"}, `fangtan save --json` one of them. `fangtan new --json` prints {"new", "searches": [{"name", "query",
"since", "looked_at", "turns", "interviews", "new", "added", "changed", "hits": [hit, ...]}, ...]}. Times are ISO in
UTC, "" for never. `fangtan tag --json` prints a list of {"address", "tags": [...], "note", "changed"}, `fangtan tags
--json` {"tags": [{"tag", "turns", "interviews"}, ...], "turns": [{"address", "address_now", "tags": [...], "note",
"opening", "whereabouts"}, ...]}, where "whereabouts" is "there", "moved", "changed" or "gone".
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from search_cli.rendering.formats.json_objects import hit_object
from search_cli.search.kept_searches import KeptSearch
from search_cli.search.new_turns import NewTurns
from search_cli.tags.tag_edits import TaggedTurn
from search_cli.tags.tag_list import TagList


def search_object(kept: KeptSearch) -> dict[str, Any]:
    """Return the object of a saved search."""
    return asdict(kept)


def news_object(found: Sequence[NewTurns]) -> dict[str, Any]:
    """Return the object of what is new in saved searches."""
    return {"new": sum(one.new for one in found), "searches": [_news(one) for one in found]}


def _news(one: NewTurns) -> dict[str, Any]:
    names = ("name", "query", "since", "looked_at", "turns", "interviews", "new", "added", "changed")
    return {**{name: getattr(one, name) for name in names}, "hits": [hit_object(hit) for hit in one.hits]}


def tagged_object(one: TaggedTurn) -> dict[str, Any]:
    """Return the object of a turn that was tagged."""
    return asdict(one)


def tag_list_object(found: TagList) -> dict[str, Any]:
    """Return the object of all tags."""
    tags = [{"tag": one.name, "turns": one.turns, "interviews": one.interviews} for one in found.tags]
    return {"tags": tags, "turns": [asdict(one) for one in found.turns]}
