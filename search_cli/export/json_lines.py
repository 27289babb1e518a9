"""Hits as JSON lines: the objects of `fangtan search --jsonl`, or those fields that are asked for."""

from search_cli.export.content import ExportContent
from search_cli.export.whole_file import OpenFile
from search_cli.models import Hit
from search_cli.rendering.formats.csv_rows import hit_values
from search_cli.rendering.formats.json_objects import hit_object, json_text


def write(content: ExportContent, target: OpenFile) -> None:
    """Write an object per line, with the exact text of each turn."""
    for hit in content.hits:
        target.file.write(f"{json_text(_object(hit, content))}\n".encode("utf-8", "replace"))


def _object(hit: Hit, content: ExportContent) -> dict[str, object]:
    if not content.fields:
        return hit_object(hit)
    return dict(zip(content.fields, hit_values(hit, content.fields, content.style), strict=True))
