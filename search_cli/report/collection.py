"""Collect what a report shows: one call of `Archive` for each of its parts, all of one revision of the archive."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from search_cli.query.request import Filters

if TYPE_CHECKING:
    from search_cli.archive import Archive
    from search_cli.kwic.concordance import Concordance
    from search_cli.models import Facet, SearchResult
    from search_cli.search.crosstab import Crosstab
    from search_cli.search.revision import ArchiveRevision
    from search_cli.search.timeline import Timeline

FACETS = ("speaker", "topic", "outlet", "role")
HITS, LINES = 100, 50
"""Hits and lines of the concordance, unless others are asked for."""

_VALUES, _ROWS, _COLUMNS = 12, 15, 8
"""Values of a facet, speakers and topics of the heat map."""
_WINDOW = 36
"""Characters on each side of a line: of Latin letters, as many as a page is wide."""
_TRIES = 3


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What a report has: the numbers of hits and of lines at most, the facets, the periods of its timeline.

    `typed` are the filters as typed, `version` is fangtan's.
    """

    hits: int = HITS
    lines: int = LINES
    sort: str = "relevance"
    facets: tuple[str, ...] = FACETS
    period: str = "year"
    typed: tuple[str, ...] = ()
    version: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What the page of a report shows.

    `concordance` is None for a query without words. `settled` is false if the archive changed while it was read, each
    time that it was: the parts may then not agree.
    """

    query: str
    options: ReportOptions
    result: "SearchResult"
    facets: "tuple[Facet, ...]"
    timeline: "Timeline"
    crosstab: "Crosstab"
    concordance: "Concordance | None"
    revision: "ArchiveRevision"
    created: datetime
    settled: bool = True


def collect(archive: "Archive", query: str, filters: Filters, options: ReportOptions) -> Report:
    """Return a report on a search; read again, a few times, if the archive changes meanwhile."""
    revision, settled = archive.revision(), False
    for _ in range(_TRIES):
        parts = _parts(archive, query, filters, options)
        before, revision = revision, archive.revision()
        if settled := before == revision:
            break
    result, facets, timeline, crosstab, concordance = parts
    return Report(
        query=query,
        options=options,
        result=result,
        facets=facets,
        timeline=timeline,
        crosstab=crosstab,
        concordance=concordance,
        revision=revision,
        created=datetime.now().astimezone().replace(microsecond=0),
        settled=settled,
    )


def _parts(
    archive: "Archive", query: str, filters: Filters, options: ReportOptions
) -> "tuple[SearchResult, tuple[Facet, ...], Timeline, Crosstab, Concordance | None]":
    """Return the parts of a report, each as its own command has it."""
    result = archive.search(query, sort=options.sort, limit=options.hits, **filters)
    lined = bool(result.words) and options.lines > 0
    return (
        result,
        archive.facets(*options.facets, query=query, size=_VALUES, **filters),
        archive.timeline(query, options.period, **filters),
        archive.cross("speaker", "topic", query, _ROWS, _COLUMNS, **filters),
        archive.kwic(query, limit=options.lines, window=_WINDOW, **filters) if lined else None,
    )


def command_of(query: str, options: ReportOptions) -> str:
    """Return the command that makes a report again, without the name of its file."""
    from search_cli.rendering.terminal.humanize import query_arguments

    typed = [query_arguments(query), *options.typed]
    typed += [f"--hits {options.hits}"] if options.hits != HITS else []
    typed += [f"--lines {options.lines}"] if options.lines != LINES else []
    typed += [f"--sort {options.sort}"] if options.sort != "relevance" else []
    typed += _facet_options(options.facets)
    typed += [f"--period {options.period}"] if options.period != "year" else []
    return " ".join(filter(None, ["fangtan report", *typed, "-o report.html"]))


def _facet_options(facets: Sequence[str]) -> list[str]:
    return [f"--facet {one}" for one in facets] if tuple(facets) != FACETS else []
