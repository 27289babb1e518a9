"""The screen of search results: counts, hits, facets, the next step."""

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop, pgettext
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
class _Beyond:
    """What hits are that hold no word of the query: beside their number, and as a heading."""

    counted: str
    heading: str


_NOTE_OF_IT = _Beyond(gettext_noop("{turns} with a note of it"), gettext_noop("with a note of it"))
_NOTE_OF_THEM = _Beyond(gettext_noop("{turns} with a note that does"), gettext_noop("with a note that does"))
_BY_SPEAKER = _Beyond(gettext_noop("{turns} by {speakers}"), gettext_noop("by {speakers}"))
_PARTS_OF_IT = _Beyond(gettext_noop("{turns} with parts of it"), gettext_noop("with parts of it"))
_PARTS_OF_THEM = _Beyond(gettext_noop("{turns} with parts of them"), gettext_noop("with parts of them"))


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
        humanize.part_of(result.interviews, result.archive_interviews, "interview"),
        _("{number} ms").format(number=f"{result.milliseconds:,}"),
    ]
    if result.also:
        parts.insert(1, humanize.also(result.also))
    if result.seed is not None:
        parts.insert(-1, humanize.random_order(result.seed))
    pages = -(-result.pageable // result.limit) if result.limit else 1
    if result.page > 1 or pages > 1:
        parts.insert(-1, humanize.page(result.page, pages))
    return " · ".join(parts)


def turn_counts(result: SearchResult) -> str:
    """Return the numbers of turns with every word, most words, some words, and with less, as far as they differ."""
    if not result.total and result.near:
        return _("no turn with these words")
    counted = [_("{turns} with every word").format(turns=_number(result.every)), *_lesser(result)]
    held = [_number(result.every)] if len(counted) == 1 else counted
    return humanize.clauses([*held, *(_counted(number, beyond, result) for number, beyond in _beyond(result))])


def _number(turns: int) -> str:
    return humanize.count(turns, "turn") if turns else _("no turn")


def _lesser(result: SearchResult) -> Iterator[str]:
    """Yield the numbers of turns with most words, and with some, if they are more than those with every word."""
    if result.most > result.every:
        yield _("{number} with most").format(number=f"{result.most:,}")
    if result.some > result.most:
        yield _("{number} with some").format(number=f"{result.some:,}")


def _counted(number: int, beyond: _Beyond, result: SearchResult) -> str:
    """Return the number of hits that hold no word: 3 more by 郑志昊; without "more" if there are no others."""
    turns = pgettext("turns", "{number} more") if result.some else pgettext("turns", "{number}")
    return _(beyond.counted).format(turns=turns.format(number=f"{number:,}"), speakers=_speakers(result))


def _beyond(result: SearchResult) -> Iterator[tuple[int, _Beyond]]:
    """Yield the numbers of the hits that hold no word, and what they are."""
    is_one = len(result.words) < 2
    if result.notes:
        yield result.notes, _NOTE_OF_IT if is_one else _NOTE_OF_THEM
    if result.by_speaker:
        yield result.by_speaker, _BY_SPEAKER
    if result.parts:
        yield result.parts, _PARTS_OF_IT if is_one else _PARTS_OF_THEM


def _speakers(result: SearchResult) -> str:
    return plain(pgettext("names", " or ").join(result.speakers[:_NAMED]))


def lesser_hits(result: SearchResult) -> int | None:
    """Return the index of the first hit after those with every word, None if there are none on this page."""
    first = len(result.hits)
    while first and result.hits[first - 1].match is not HitMatch.EVERY:
        first -= 1
    return first if result.every and first < len(result.hits) else None


def lesser_heading(result: SearchResult) -> str:
    """Return the heading of the hits without every word."""
    if len(result.words) > 1:
        return _("Without every word:")
    speakers = _speakers(result)
    beyond = [_(one.heading).format(speakers=speakers) for _turns, one in _beyond(result)]
    heading = pgettext("names", " or ").join(beyond)
    return _("{heading}:").format(heading=heading[:1].upper() + heading[1:]) if beyond else _("Without it:")


def _narrows(result: SearchResult) -> bool:
    """Tell whether a filter would help: there are more hits than on this page."""
    return result.pageable > len(result.hits)


def _is_shown(facet: Facet, result: SearchResult, page: ResultPage) -> bool:
    """Tell whether a facet is shown: requested, or useful to narrow the search."""
    return facet.field in page.facets or (_narrows(result) and facet.field not in page.filters)


def next_step(result: SearchResult, page: ResultPage) -> list[StyledLine]:
    """Lay out the next commands on one line, as many as fit: read on, narrow, next page."""
    steps = [(_("Read on: "), [f"fangtan show {humanize.argument(result.hits[0].turn.address)}"])]
    if narrow := _narrowing_options(result, page):
        steps.append((_("narrow: "), [" ".join(narrow), *narrow]))
    if result.page * result.limit < min(result.pageable, result.reachable or result.pageable):
        steps.append((_("more: "), [f"--page {result.page + 1}"]))
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
