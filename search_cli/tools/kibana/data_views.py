"""The two data views: turns, on the time line of their interviews, and interviews."""

from collections.abc import Iterable, Mapping

from search_cli.tools.kibana.fields import INTERVIEWS, MACHINE_FIELDS, TURNS, Shown
from search_cli.tools.kibana.saved_objects import SavedObject, nested


def turns(prefix: str) -> SavedObject:
    """Return the data view of the turns; turns of undated interviews are outside every time range."""
    return _data_view(f"{prefix}-turns", "访谈发言", TURNS, "date", MACHINE_FIELDS)


def interviews(prefix: str) -> SavedObject:
    """Return the data view of the interviews. Without a time field: it also shows the undated ones."""
    return _data_view(f"{prefix}-interviews", "访谈目录", INTERVIEWS)


def _data_view(
    alias: str, name: str, fields: Mapping[str, Shown], time_field: str = "", hidden: Iterable[str] = ()
) -> SavedObject:
    attributes = {
        "title": alias,
        "name": f"{name}（{alias}）",
        "fieldAttrs": nested({field: _shown(shown) for field, shown in fields.items()}),
        "fieldFormatMap": nested({field: shown.format for field, shown in fields.items() if shown.format}),
        "sourceFilters": nested([{"value": field} for field in hidden]),
        "runtimeFieldMap": "{}",
        "fields": "[]",
        "typeMeta": "{}",
        "allowHidden": False,
        **({"timeFieldName": time_field} if time_field else {}),
    }
    return SavedObject("index-pattern", alias, attributes)


def _shown(shown: Shown) -> dict[str, object]:
    popularity = {"count": shown.popularity} if shown.popularity else {}
    return {"customLabel": shown.label, "customDescription": shown.description, **popularity}
