"""Exports for tests: content of made hits, written by a format, and read back."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from search_cli.catalog import ArchivedInterview, WholeInterview
from search_cli.export.content import ExportContent
from search_cli.export.format_table import FORMATS, ExportFormat
from search_cli.export.whole_file import whole_file
from search_cli.models import Hit, SpokenTurn
from tests.support.spoken import hit, turn


def interview(*turns: SpokenTurn, **changes: Any) -> WholeInterview:
    """An interview of these turns."""
    first = turns[0]
    known: dict[str, Any] = {
        "id": first.interview_id, "title": first.title, "date": first.date, "outlet": first.outlet, "authors": (),
        "guests": (), "speakers": (), "topics": (), "turns": len(turns), "characters": 0, "source": first.source,
        "url": first.url, "language": "zh-Hans", "indexed_at": "",
    }  # fmt: skip
    return WholeInterview(ArchivedInterview(**{**known, **changes}), turns)


def content(hits: Iterable[Hit] | None = None, *interviews: WholeInterview, **changes: Any) -> ExportContent:
    """What is exported: one hit in an interview of its own, by default."""
    found = [hit("小米")] if hits is None else hits
    by_id = {one.about.id: one for one in interviews or (interview(turn(turn=2, text="是吗？"), turn()),)}
    given: dict[str, Any] = {"title": "小米", "total": 1, "code": "小米", **changes}
    return ExportContent(hits=found, read_interview=by_id.__getitem__, **given)


def written(kind: ExportFormat, path: Path, what: ExportContent) -> tuple[str, ...]:
    """Write a file in a format; return what is told of it."""
    told: list[str] = []
    with whole_file(path) as target:
        FORMATS[kind].writer.write(replace(what, tell=told.append), target)
    return tuple(told)
