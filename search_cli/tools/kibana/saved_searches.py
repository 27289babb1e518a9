"""The Discover sessions: turns to read, and the list of the interviews."""

from typing import Any

from search_cli.tools.kibana.saved_objects import SavedObject, nested

EARLIEST = "1990-01-01T00:00:00.000Z"
"""Kibana's own window, the last quarter of an hour, would show nothing of an archive. A window from 1900 would press
the bars of the last decades into a corner of the time axis: who has older interviews widens it, as the guide says."""

_INDEX = "kibanaSavedObjectMeta.searchSourceJSON.index"


def turns(view: SavedObject) -> SavedObject:
    """Return the session that reads the turns: newest interview first, each in its own order."""
    columns = ["speaker", "role", "text", "topics"]
    widths = {"speaker": 120, "role": 90, "topics": 220}
    sort = [["date", "desc"], ["interview_id", "asc"], ["turn", "asc"]]
    description = "Every turn: who spoke, in which role, what was said, on which topics"
    return _session(view, "session", "访谈发言", description, columns, sort, widths, {"from": EARLIEST, "to": "now"})


def interviews(view: SavedObject) -> SavedObject:
    """Return the session that lists the interviews, the undated ones too."""
    columns = ["title", "date", "outlet", "speakers", "topics", "turns"]
    sort = [["date", "desc"], ["interview_id", "asc"]]
    description = "Every interview: title, day, outlet, who speaks, on what, how many turns"
    return _session(view, "session", "访谈目录", description, columns, sort, {"date": 110, "outlet": 140, "turns": 90})


def _session(
    view: SavedObject,
    name: str,
    title: str,
    description: str,
    columns: list[str],
    sort: list[list[str]],
    widths: dict[str, int],
    time_range: dict[str, str] | None = None,
) -> SavedObject:
    source = {
        "query": {"query": "", "language": "kuery"},
        "filter": [],
        "highlightAll": True,
        "version": True,
        "indexRefName": _INDEX,
    }
    attributes: dict[str, Any] = {
        "title": title,
        "description": description,
        "columns": columns,
        "sort": sort,
        "grid": {"columns": {column: {"width": width} for column, width in widths.items()}},
        "hideChart": time_range is None,
        "timeRestore": time_range is not None,
        "kibanaSavedObjectMeta": {"searchSourceJSON": nested(source)},
    }
    if time_range:
        attributes["timeRange"] = time_range
    return SavedObject("search", f"{view.id}-{name}", attributes, (view.named(_INDEX),))
