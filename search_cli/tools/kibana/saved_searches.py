"""The Discover sessions: the turns, and the list of interviews."""

from typing import Any

from search_cli.tools.kibana.saved_objects import SavedObject, nested

EARLIEST = "1990-01-01T00:00:00.000Z"
"""The start of the time range. Kibana's default, the last 15 minutes, would show nothing; one from 1900 would squeeze
the last decades into a corner of the time axis. It can be widened for older interviews, as the guide says."""

_INDEX = "kibanaSavedObjectMeta.searchSourceJSON.index"


def turns(view: SavedObject) -> SavedObject:
    """Return the session of the turns: newest interview first, turns in their order."""
    columns = ["speaker", "role", "text", "topics"]
    widths = {"speaker": 120, "role": 90, "topics": 220}
    sort = [["date", "desc"], ["interview_id", "asc"], ["turn", "asc"]]
    description = "Every turn: speaker, role, text and topics"
    return _session(view, "session", "访谈发言", description, columns, sort, widths, {"from": EARLIEST, "to": "now"})


def interviews(view: SavedObject) -> SavedObject:
    """Return the session of the interviews, including undated ones."""
    columns = ["title", "date", "outlet", "speakers", "topics", "turns"]
    sort = [["date", "desc"], ["interview_id", "asc"]]
    description = "Every interview: title, date, outlet, speakers, topics and number of turns"
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
