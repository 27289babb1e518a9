"""The two data views: the turns, dated by their interviews, and the interviews."""

from collections.abc import Iterable, Mapping

from indexer.store.mapping import EVERY_VECTOR
from search_cli.tools.kibana.fields import INTERVIEWS, MACHINE_FIELDS, TURNS, FieldDisplay
from search_cli.tools.kibana.saved_objects import SavedObject, nested


def turns(prefix: str) -> SavedObject:
    """Return the data view of the turns; those of undated interviews are in no time range."""
    return _data_view(f"{prefix}-turns", "访谈发言", TURNS, "date", (*MACHINE_FIELDS, EVERY_VECTOR))


def interviews(prefix: str) -> SavedObject:
    """Return the data view of the interviews; it has no time field, so that it shows undated ones too."""
    return _data_view(f"{prefix}-interviews", "访谈目录", INTERVIEWS)


def _data_view(
    alias: str, name: str, fields: Mapping[str, FieldDisplay], time_field: str = "", hidden: Iterable[str] = ()
) -> SavedObject:
    attributes = {
        "title": alias,
        "name": f"{name}（{alias}）",
        "fieldAttrs": nested({field: _attributes(display) for field, display in fields.items()}),
        "fieldFormatMap": nested({field: display.format for field, display in fields.items() if display.format}),
        "sourceFilters": nested([{"value": field} for field in hidden]),
        "runtimeFieldMap": "{}",
        "fields": "[]",
        "typeMeta": "{}",
        "allowHidden": False,
        **({"timeFieldName": time_field} if time_field else {}),
    }
    return SavedObject("index-pattern", alias, attributes)


def _attributes(display: FieldDisplay) -> dict[str, object]:
    popularity = {"count": display.popularity} if display.popularity else {}
    return {"customLabel": display.label, "customDescription": display.description, **popularity}
