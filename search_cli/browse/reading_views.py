"""What the reading pane can show of a hit or a query: read from the archive, then laid out for a width."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop, ngettext
from indexer.text.printable import plain
from search_cli.browse.line_view import LineLayout
from search_cli.browse.shown_query import words_and_fields
from search_cli.catalog import ArchivedVersion, WholeInterview
from search_cli.models import Hit
from search_cli.query.request import Filters, SearchOptions
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.wrapping import indented

if TYPE_CHECKING:
    from search_cli.archive import Archive

SEARCH_ONLY = frozenset({"by", "sort", "seed"})
"""Options of a search that facets, lists and explanations do not have."""
_LINES = 100
"""Lines of a concordance."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is read about: the query with the options of its search, and the hit under the cursor."""

    query: str
    options: SearchOptions
    hit: Hit | None = None

    @property
    def filters(self) -> Filters:
        """Return the filters among the options."""
        return cast("Filters", {name: one for name, one in self.options.items() if name not in SEARCH_ONLY})


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A view: its key, its name, what it shows, and whether of the hit under the cursor or of the whole query.

    `finds_hit`: the hit is somewhere in it, at ▸. Name and `about` are in English, and translated where they are shown.
    """

    key: str
    name: str
    about: str
    read: "Callable[[Archive, Subject], LineLayout]"
    is_of_hit: bool = True
    finds_hit: bool = False
    is_in_footer: bool = True


def _exchange(archive: "Archive", subject: Subject) -> LineLayout:
    """Return the exchange of a hit, with what matched marked, and how to cite it."""
    from search_cli.rendering.pages.hits import duplicates, topics
    from search_cli.rendering.pages.transcript_page import exchange_lines

    hit = _hit(subject)
    turns = archive.exchange(hit.turn.address)
    tags = archive.tags_of(turns)
    marks = {hit.turn.turn: hit.marks}
    if hit.question is not None:
        marks[hit.question.turn.turn] = hit.question.marks

    def layout(width: int) -> list[StyledLine]:
        about = [*topics(hit.turn, width - 1), *duplicates(hit.versions, width - 1)]
        lines = exchange_lines(turns, hit.turn, width, marks=marks, tags=tags)
        return [*lines, *((Segment(" "), *row) for row in about)]

    return layout


def _interview(archive: "Archive", subject: Subject) -> LineLayout:
    """Return the whole interview, with ▸ at the hit."""
    from search_cli.rendering.pages.transcript_page import interview_lines, turn_lines

    hit = _hit(subject)
    interview = archive.interview(hit.turn.interview_id)
    tags = archive.tags_of(interview.turns)
    head = WholeInterview(interview.about, ())
    marks = {hit.turn.turn: hit.marks}
    return lambda width: [
        *interview_lines(head, width),
        *turn_lines(interview.turns, width, {hit.turn.turn}, marks, tags),
    ]


def _versions(archive: "Archive", subject: Subject) -> LineLayout:
    """Return the other transcripts of the interview."""
    hit = _hit(subject)
    found = [one for one in archive.versions() if one.main == hit.turn.interview_id]
    return lambda width: _version_lines(hit, found, width)


def _version_lines(hit: Hit, found: list[ArchivedVersion], width: int) -> list[StyledLine]:
    """Lay out the duplicates of an interview, and the commands that show each."""
    id_ = Segment(plain(hit.turn.interview_id), Style.ADDRESS)
    if not found:
        alone = _("{interview} has no duplicate: the archive has this transcript of it alone.")
        return indented(_about(alone, id_), width, line(" "), 1)
    several = ngettext(
        "{interview} has {number} duplicate: other transcripts, whose turns are not indexed.",
        "{interview} has {number} duplicates: other transcripts, whose turns are not indexed.",
        len(found),
    )
    head = several.replace("{number}", f"{len(found):,}")
    lines = indented(_about(head, id_), width, line(" "), 1)
    for one in found:
        likeness = _("identical") if one.exact else _("{share} alike").format(share=humanize.share(one.likeness))
        first = line(Segment(plain(one.version), Style.ADDRESS), f"  {likeness}")
        lines += [(), *indented(first, width, line(" "), 1)]
        lines += indented(line(Segment(plain(one.source), Style.DIM)), width, line("   "), 3)
        command = Segment(f"fangtan show {plain(humanize.argument(one.version))} --diff", Style.COMMAND)
        lines += indented(line(command), width, line(Segment(f"   {_('What differs: ')}", Style.DIM)), 5)
    return lines


def _about(text: str, id_: Segment) -> StyledLine:
    """Return a sentence about an interview, with its id in its style."""
    before, after = text.split("{interview}")
    return line(before, id_, after)


def _why(archive: "Archive", subject: Subject) -> LineLayout:
    """Return why a turn has its rank."""
    from search_cli.rendering.pages.score_report import why_lines

    hit = _hit(subject)
    order = subject.options.get("sort", "relevance")
    explanation = archive.why(hit.turn.address, subject.query, order, **subject.filters)
    return lambda width: why_lines(explanation, width, hints=False)


def _similar(archive: "Archive", subject: Subject) -> LineLayout:
    """Return the turns of other interviews that are similar to a hit."""
    from search_cli.rendering.pages.hits import Layout as HitLayout
    from search_cli.rendering.pages.similar_turns import SimilarPage, similar_lines

    similar = archive.similar(_hit(subject).turn.address)
    return lambda width: similar_lines(similar, SimilarPage(HitLayout(width), hints=False))


def _kwic(archive: "Archive", subject: Subject) -> LineLayout:
    """Return the occurrences of the words in their contexts."""
    from search_cli.kwic.concordance import WINDOW
    from search_cli.rendering.pages.concordance_lines import ConcordancePage, concordance_lines
    from search_cli.rendering.pages.no_turns import no_turns_lines

    if not words_and_fields(subject.query)[0]:
        raise UsageError(_("A concordance shows a word in its contexts."), _("Type the word in the query first."))
    found = archive.kwic(subject.query, limit=_LINES, window=2 * WINDOW, **subject.filters)
    if not found.lines:
        return lambda width: no_turns_lines(subject.query, (), width, hints=False)
    return lambda width: concordance_lines(found, ConcordancePage(width, hints=False))


def _timeline(archive: "Archive", subject: Subject) -> LineLayout:
    """Return the turns by year."""
    from search_cli.rendering.pages.timeline_chart import TimelinePage, timeline_lines

    found = archive.timeline(subject.query, "year", **subject.filters)
    return lambda width: timeline_lines(found, TimelinePage(width, hints=False))


def _hit(subject: Subject) -> Hit:
    if subject.hit is None:
        raise UsageError(_("There is no hit to show."), _("Search for something that is in the archive."))
    return subject.hit


EXCHANGE = ReadingView(
    "e",
    gettext_noop("exchange"),
    gettext_noop("the question and its answers"),
    _exchange,
    finds_hit=True,
    is_in_footer=False,
)
VIEWS = (
    EXCHANGE,
    ReadingView(
        "k", gettext_noop("kwic"), gettext_noop("every occurrence of the words in its context"), _kwic, is_of_hit=False
    ),
    ReadingView("s", gettext_noop("similar"), gettext_noop("turns of other interviews that are like it"), _similar),
    ReadingView(
        "t", gettext_noop("timeline"), gettext_noop("the turns that match, by year"), _timeline, is_of_hit=False
    ),
    ReadingView(
        "i", gettext_noop("whole"), gettext_noop("the whole interview around the hit"), _interview, finds_hit=True
    ),
    ReadingView("w", gettext_noop("why"), gettext_noop("why it has this rank"), _why, is_in_footer=False),
    ReadingView(
        "v",
        gettext_noop("versions"),
        gettext_noop("other transcripts of the interview"),
        _versions,
        is_in_footer=False,
    ),
)
"""The views of the reading pane, in the order of the footer."""
