"""The screen of search results: counts, hits, facets, the next step."""

from dataclasses import dataclass

from indexer.text.printable import plain
from search_cli.models import Facet, SearchResult
from search_cli.rendering.pages.hits import Layout, hit_lines
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.bars import below_hits
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import indented, wrap


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The options of the screen.

    `facets` are those requested by name. Others are shown only if there are more hits than on the page, so that a
    filter would help, and their field is not in `filters` already.
    """

    layout: Layout
    facets: tuple[str, ...] = ()
    hints: bool = True
    filters: tuple[str, ...] = ()


def page_lines(result: SearchResult, page: ResultPage) -> list[StyledLine]:
    """Lay out the screen of a search with hits."""
    width = page.layout.width
    head = counts(result)
    if cells(line(head)) >= width:
        head = head.rpartition(" · ")[0]  # drop the milliseconds
    lines = wrap(line(" ", Segment(head, Style.DIM)), width)
    for duplicate, primary in result.duplicates:
        lines += indented(line(Segment(humanize.duplicate_note(duplicate, primary), Style.DIM)), width, line(" "), 1)
    lines.append(())
    for hit in result.hits:
        lines += [*hit_lines(hit, page.layout), ()]
    lines += below_hits((facet for facet in result.facets if _is_shown(facet, result, page)), width)
    if page.hints:
        lines += next_step(result, page)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def counts(result: SearchResult) -> str:
    """Return the counts above the hits: 7 turns with every word, 12 with some · 1 of 8 interviews · 14 ms."""
    parts = [
        _turns(result),
        f"{result.interviews:,} of {humanize.count(result.archive_interviews, 'interview')}",
        f"{result.milliseconds:,} ms",
    ]
    if result.also:
        parts.insert(1, f"also {plain(' · '.join(result.also))}")
    pages = -(-result.total // result.limit) if result.limit else 1
    if result.page > 1 or pages > 1:
        parts.insert(-1, f"page {result.page:,}/{pages:,}")
    return " · ".join(parts)


def _turns(result: SearchResult) -> str:
    """Return the numbers of turns with every word, most words, some words, as far as they differ."""
    if len(result.words) < 2 or result.every == result.some:
        return humanize.count(max(result.every, result.some), "turn")
    every = humanize.count(result.every, "turn") if result.every else "no turn"
    parts = [f"{every} with every word"]
    if result.most > result.every:
        parts.append(f"{result.most:,} with most")
    return ", ".join([*parts, f"{result.some:,} with some"])


def _narrows(result: SearchResult) -> bool:
    """Tell whether a filter would help: there are more hits than on this page."""
    return result.total > len(result.hits)


def _is_shown(facet: Facet, result: SearchResult, page: ResultPage) -> bool:
    """Tell whether a facet is shown: requested, or useful to narrow the search."""
    return facet.field in page.facets or (_narrows(result) and facet.field not in page.filters)


def next_step(result: SearchResult, page: ResultPage) -> list[StyledLine]:
    """Lay out the next commands on one line, as many as fit: read on, narrow, next page."""
    steps = [("Read on: ", [f"fangtan show {humanize.argument(result.hits[0].turn.address)}"])]
    if narrow := _narrowing_options(result, page):
        steps.append(("narrow: ", [" ".join(narrow), *narrow]))
    if result.page * result.limit < min(result.total, result.reachable or result.total):
        steps.append(("more: ", [f"--page {result.page + 1}"]))
    segments: list[Segment] = []
    for label, choices in steps:
        start = Segment(f" · {label}" if segments else f" {label}", Style.DIM)
        room = page.layout.width - cells((*segments, start))
        fitting = next((typed for typed in map(plain, choices) if cells(line(typed)) <= room), "")
        if fitting:
            segments += [start, Segment(fitting, Style.COMMAND)]
        elif not segments:
            command = line(Segment(plain(choices[0]), Style.COMMAND))
            return indented(command, page.layout.width, line(Segment(f" {label}", Style.DIM)), 1)
    return [tuple(segments)]


def _narrowing_options(result: SearchResult, page: ResultPage) -> list[str]:
    """Return filters for the most frequent speaker and topic, if there are several."""
    if not _narrows(result):
        return []
    return [
        f"--{facet.field} {humanize.argument(usable[0].value)}"
        for facet in result.facets
        if facet.field in {"speaker", "topic"} and facet.field not in page.filters
        if (usable := [bucket for bucket in facet.buckets if bucket.value and bucket.count < facet.total])
    ]
