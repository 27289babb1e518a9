"""The screen of search results: counts, hits, facets, the next step."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from indexer.text.printable import plain
from search_cli.models import Facet, HitMatch, SearchResult
from search_cli.rendering.pages.hits import Layout, hit_lines
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.bars import below_hits
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import indented, wrap

_NAMED = 3
"""Speakers in the head, of those that a query names."""


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
    lesser = lesser_hits(result)
    for index, hit in enumerate(result.hits):
        if index == lesser:
            lines += [line(Segment(f" {lesser_heading(result)}", Style.DIM)), ()]
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
        turn_counts(result),
        f"{result.interviews:,} of {humanize.count(result.archive_interviews, 'interview')}",
        f"{result.milliseconds:,} ms",
    ]
    if result.also:
        parts.insert(1, f"also {plain(' · '.join(result.also))}")
    if result.seed is not None:
        parts.insert(-1, f"in random order {result.seed}")
    pages = -(-result.pageable // result.limit) if result.limit else 1
    if result.page > 1 or pages > 1:
        parts.insert(-1, f"page {result.page:,}/{pages:,}")
    return " · ".join(parts)


def turn_counts(result: SearchResult) -> str:
    """Return the numbers of turns with every word, most words, some words, and with less, as far as they differ."""
    held = [(result.every, "with every word"), (result.most, "with most"), (result.some, "with some")]
    fewest, last = held[0][0], held[-1][0]
    more = " more" if last else ""
    beyond = ", ".join(f"{number:,}{more} {what}" for number, what in _beyond(result))
    if not result.total and result.near:
        return "no turn with these words"
    if fewest == last:
        return ", ".join(filter(None, (_number(last), beyond)))
    counted = [f"{_number(fewest)} with every word"]
    counted += [f"{here:,} {what}" for (before, _), (here, what) in pairwise(held) if here > before]
    return ", ".join(filter(None, (*counted, beyond)))


def _number(turns: int) -> str:
    return humanize.count(turns, "turn") if turns else "no turn"


def _beyond(result: SearchResult) -> Iterator[tuple[int, str]]:
    """Yield the numbers of the hits that hold no word, and what they are."""
    if result.notes:
        yield result.notes, "with a note that does" if len(result.words) > 1 else "with a note of it"
    if result.by_speaker:
        yield result.by_speaker, f"by {plain(' or '.join(result.speakers[:_NAMED]))}"
    if result.parts:
        yield result.parts, f"with parts of {'it' if len(result.words) < 2 else 'them'}"


def lesser_hits(result: SearchResult) -> int | None:
    """Return the index of the first hit after those with every word, None if there are none on this page."""
    first = len(result.hits)
    while first and result.hits[first - 1].match is not HitMatch.EVERY:
        first -= 1
    return first if result.every and first < len(result.hits) else None


def lesser_heading(result: SearchResult) -> str:
    """Return the heading of the hits without every word."""
    if len(result.words) > 1:
        return "Without every word:"
    beyond = [what for _, what in _beyond(result)]
    return f"{' or '.join(beyond).capitalize()}:" if beyond else "Without it:"


def _narrows(result: SearchResult) -> bool:
    """Tell whether a filter would help: there are more hits than on this page."""
    return result.pageable > len(result.hits)


def _is_shown(facet: Facet, result: SearchResult, page: ResultPage) -> bool:
    """Tell whether a facet is shown: requested, or useful to narrow the search."""
    return facet.field in page.facets or (_narrows(result) and facet.field not in page.filters)


def next_step(result: SearchResult, page: ResultPage) -> list[StyledLine]:
    """Lay out the next commands on one line, as many as fit: read on, narrow, next page."""
    steps = [("Read on: ", [f"fangtan show {humanize.argument(result.hits[0].turn.address)}"])]
    if narrow := _narrowing_options(result, page):
        steps.append(("narrow: ", [" ".join(narrow), *narrow]))
    if result.page * result.limit < min(result.pageable, result.reachable or result.pageable):
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
