"""A page of search results: what was counted, the hits, the facets, one next step."""

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
    """How a page of results is shown.

    `asked` are the facets asked for by name: others are shown only where there is more than fits on the page, so that
    narrowing would help, and the field is not among the `filters` already.
    """

    layout: Layout
    asked: tuple[str, ...] = ()
    hints: bool = True
    filters: tuple[str, ...] = ()


def page_lines(result: SearchResult, page: ResultPage) -> list[StyledLine]:
    """Return the whole screen of a search that found something."""
    width = page.layout.width
    head = counted(result)
    if cells(line(head)) >= width:
        head = head.rpartition(" · ")[0]  # the milliseconds go first
    lines = wrap(line(" ", Segment(head, Style.DIM)), width)
    for version, main in result.duplicates:
        lines += indented(line(Segment(humanize.other_version(version, main), Style.DIM)), width, line(" "), 1)
    lines.append(())
    for hit in result.hits:
        lines += [*hit_lines(hit, page.layout), ()]
    lines += below_hits((facet for facet in result.facets if _wanted(facet, result, page)), width)
    if page.hints:
        lines += next_step(result, page)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def counted(result: SearchResult) -> str:
    """Return the head of every result: 7 turns with every word, 12 with some · 1 of 8 interviews · 14 ms."""
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
    """Return how many turns hold every word, most of them, some of them: only what differs."""
    if len(result.words) < 2 or result.every == result.some:
        return humanize.count(max(result.every, result.some), "turn")
    every = humanize.count(result.every, "turn") if result.every else "no turn"
    parts = [f"{every} with every word"]
    if result.most > result.every:
        parts.append(f"{result.most:,} with most")
    return ", ".join([*parts, f"{result.some:,} with some"])


def _narrows(result: SearchResult) -> bool:
    """Tell whether facets help: there is more than this page shows."""
    return result.total > len(result.hits)


def _wanted(facet: Facet, result: SearchResult, page: ResultPage) -> bool:
    """Tell whether a facet is shown: asked for, or of help."""
    return facet.field in page.asked or (_narrows(result) and facet.field not in page.filters)


def next_step(result: SearchResult, page: ResultPage) -> list[StyledLine]:
    """Return one line that says what to type next: how to read on, to narrow, to turn the page; as much as fits."""
    steps = [("Read on: ", [f"fangtan show {humanize.argument(result.hits[0].turn.address)}"])]
    if narrow := _narrower(result, page):
        steps.append(("narrow: ", [" ".join(narrow), *narrow]))
    if result.page * result.limit < min(result.total, result.reachable or result.total):
        steps.append(("more: ", [f"--page {result.page + 1}"]))
    pieces: list[Segment] = []
    for what, choices in steps:
        start = Segment(f" · {what}" if pieces else f" {what}", Style.DIM)
        room = page.layout.width - cells((*pieces, start))
        fitting = next((typed for typed in map(plain, choices) if cells(line(typed)) <= room), "")
        if fitting:
            pieces += [start, Segment(fitting, Style.COMMAND)]
        elif not pieces:
            return indented(
                line(Segment(plain(choices[0]), Style.COMMAND)),
                page.layout.width,
                line(Segment(f" {what}", Style.DIM)),
                3,
            )
    return [tuple(pieces)]


def _narrower(result: SearchResult, page: ResultPage) -> list[str]:
    """Return options that narrow the search to its most frequent speaker and topic, where there are several of each."""
    if not _narrows(result):
        return []
    return [
        f"--{facet.field} {humanize.argument(usable[0].value)}"
        for facet in result.facets
        if facet.field in {"speaker", "topic"} and facet.field not in page.filters
        if (usable := [bucket for bucket in facet.buckets if bucket.value and bucket.count < facet.total])
    ]
