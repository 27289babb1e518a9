"""The dashboard 访谈: controls, the guide, eight panels, and the turns themselves."""

from collections.abc import Mapping, Sequence
from typing import Any

from search_cli.tools.kibana import guide
from search_cli.tools.kibana.saved_objects import Reference, SavedObject, nested
from search_cli.tools.kibana.saved_searches import EARLIEST

TITLE = "访谈"

CONTROLS: Mapping[str, str] = {"speaker": "说话人", "topics": "话题", "outlet": "媒体", "role": "角色"}
"""The fields with a drop-down list, and the title of the list."""

GUIDE_PLACE = (0, 0, 20, 20)
PLACES = (
    (20, 0, 28, 20),  # over time
    (0, 20, 16, 15),  # speakers
    (16, 20, 16, 15),  # topics
    (32, 20, 16, 15),  # shares
    (0, 35, 30, 18),  # who about what
    (30, 35, 18, 18),  # outlets
    (0, 53, 24, 16),  # characteristic words
    (24, 53, 24, 16),  # longest answers
)
SESSION_PLACE = (0, 69, 48, 24)
"""Left, top, width and height of each panel in Kibana's grid of 48 columns."""


def dashboard(view: SavedObject, panels: Sequence[SavedObject], session: SavedObject) -> SavedObject:
    """Return the dashboard of `panels` and the Discover `session`, all on the data view of the turns."""
    placed = [(_key(panel, view), panel, place) for panel, place in zip(panels, PLACES, strict=True)]
    placed.append((_key(session, view), session, SESSION_PLACE))
    shown = [_guide_panel(), *(_panel(key, one.type, place) for key, one, place in placed)]
    attributes = {
        "title": TITLE,
        "description": "Who said what about what, and when: turns by speaker, topic, outlet and time",
        "version": 1,
        "timeRestore": True,
        "timeFrom": EARLIEST,
        "timeTo": "now",
        "refreshInterval": {"pause": True, "value": 60000},
        "kibanaSavedObjectMeta": {
            "searchSourceJSON": nested({"query": {"query": "", "language": "kuery"}, "filter": []})
        },
        "optionsJSON": nested(_OPTIONS),
        "panelsJSON": nested(shown),
        "controlGroupInput": _controls(),
    }
    used = [one.named(f"{key}:panel_{key}") for key, one, _ in placed]
    chosen = [Reference(f"controlGroup_{field}:optionsListDataView", view.type, view.id) for field in CONTROLS]
    return SavedObject("dashboard", f"{view.id}-dashboard", attributes, (*used, *chosen))


_OPTIONS = {
    "useMargins": True,
    "syncColors": True,  # a speaker has one colour throughout
    "syncCursor": True,
    "syncTooltips": False,
    "hidePanelTitles": False,
}


def _key(one: SavedObject, view: SavedObject) -> str:
    """Return the key of a panel on this dashboard: fangtan-turns-speakers -> speakers."""
    return one.id.removeprefix(f"{view.id}-")


def _grid(key: str, place: tuple[int, int, int, int]) -> dict[str, Any]:
    x, y, width, height = place
    return {"x": x, "y": y, "w": width, "h": height, "i": key}


def _panel(key: str, kind: str, place: tuple[int, int, int, int]) -> dict[str, Any]:
    """Return a panel that shows another saved object."""
    return {
        "type": kind,
        "panelIndex": key,
        "gridData": _grid(key, place),
        "embeddableConfig": {"enhancements": {}},
        "panelRefName": f"panel_{key}",
    }


def _guide_panel() -> dict[str, Any]:
    """Return the Markdown panel, which is stored in the dashboard itself."""
    source = {"query": {"query": "", "language": "kuery"}, "filter": []}
    text = {
        "id": "",
        "title": "",
        "description": "How to search Chinese text with KQL",
        "type": "markdown",
        "params": {"fontSize": 12, "openLinksInNewTab": True, "markdown": guide.markdown()},
        "uiState": {},
        "data": {"aggs": [], "searchSource": source},
    }
    return {
        "type": "visualization",
        "panelIndex": "guide",
        "gridData": _grid("guide", GUIDE_PLACE),
        "embeddableConfig": {"enhancements": {}, "hidePanelTitles": True, "savedVis": text},
    }


def _controls() -> dict[str, Any]:
    """Return the drop-down lists; each filters the lists after it and every panel."""
    ignored = dict.fromkeys(("ignoreFilters", "ignoreQuery", "ignoreTimerange", "ignoreValidations"), False)
    lists = {
        field: {
            "type": "optionsListControl",
            "order": order,
            "width": "medium",
            "grow": True,
            "explicitInput": {"id": field, "fieldName": field, "title": title, "enhancements": {}},
        }
        for order, (field, title) in enumerate(CONTROLS.items())
    }
    return {
        "controlStyle": "oneLine",
        "chainingSystem": "HIERARCHICAL",
        "ignoreParentSettingsJSON": nested(ignored),
        "panelsJSON": nested(lists),
    }
