"""The page of a report: HTML that stands alone, without a script and without a request."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from indexer.language import messages
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.model import own_name
from search_cli.charts import palette
from search_cli.charts.bar_chart import bar_chart
from search_cli.charts.column_chart import column_chart
from search_cli.charts.drawing import Drawing
from search_cli.charts.environment import environment
from search_cli.charts.heat_map import crosstab_map
from search_cli.charts.svg import chart_styles, svg_element
from search_cli.kwic.concordance import Occurrence
from search_cli.rendering.pages.results import turn_counts
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import columns_of
from search_cli.report.collection import Report, command_of
from search_cli.report.turns import anchored, language_tag, link, shown_hits

_PACKAGES = ("search_cli.report", "search_cli.charts")
_COLUMNS = 36
"""Columns of context on each side of a line: 18 Chinese characters."""

_UNTITLED = gettext_noop("All turns")
_ORDERS = {
    "relevance": gettext_noop("best first"),
    "date": gettext_noop("sorted by date"),
    "oldest": gettext_noop("sorted by oldest"),
    "position": gettext_noop("sorted by position"),
    "random": gettext_noop("sorted by random"),
}


@dataclass(frozen=True, slots=True)
class _Chart:
    """A chart on the page: `name` begins its ids."""

    name: str
    heading: str
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the concordance, as wide as the page; `link` is "" if its turn is not on the page."""

    occurrence: Occurrence
    left: str
    right: str
    speaker: str
    link: str
    language: str


def page(report: Report) -> Iterator[str]:
    """Yield the page, piece by piece."""
    jinja = environment(*_PACKAGES)
    styles = jinja.get_template("page.css.j2").render(
        language=messages.language(),
        light=palette.LIGHT,
        dark=palette.DARK,
        fonts=palette.FONTS,
        traditional=palette.TRADITIONAL_FONTS,
        charts=chart_styles(),
    )
    digest = b64encode(sha256(styles.encode()).digest()).decode()
    yield from jinja.get_template("page.html.j2").generate(
        report=report,
        language=messages.language(),
        result=report.result,
        title=_title(report),
        summary=_summary(report),
        counted=_counted(report),
        shown=_shown(report),
        lines_shown=_lines_shown(report),
        found_by=_found_by(report),
        made_by=_made_by(report),
        styles=styles,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        facets=[
            _Chart(f"facet-{one.field}", humanize.field(one.field).capitalize(), bar_chart(one, report.query))
            for one in report.facets
        ],
        timeline=_Chart("timeline", _("Timeline"), column_chart(report.timeline)),
        heat=_Chart("heat", _("Speakers × topics"), crosstab_map(report.crosstab, query=report.query)),
        hits=shown_hits(report.result.hits),
        lines=list(_lines(report)),
        command=command_of(report.query, report.options),
        svg=svg_element,
        count=humanize.count,
        field=humanize.field,
    )


def _title(report: Report) -> str:
    """Return the heading of the page: the query, or the filters of one without words."""
    return report.query.strip() or " ".join(report.options.typed) or _(_UNTITLED)


def _summary(report: Report) -> str:
    """Return the counts, as above the hits of a search: 7 turns with every word · 1 of 15 interviews."""
    result = report.result
    found = humanize.part_of(result.interviews, result.archive_interviews, "interview")
    also = [humanize.also(result.also)] if result.also else []
    near = [_("{number} near in meaning").format(number=f"{result.near:,}")] if result.near else []
    return " · ".join([turn_counts(result), *also, *near, found])


def _found_by(report: Report) -> str:
    """Return by what the hits were found."""
    return {
        "words": messages.pgettext("found by", "words"),
        "meaning": messages.pgettext("found by", "meaning"),
        "both": messages.pgettext("found by", "words and meaning"),
    }[report.result.by]


def _made_by(report: Report) -> str:
    """Return what the archive was made by: dictionary 1e54, topics ddcc."""
    names = {"dictionary": _("dictionary"), "topics": _("topics"), "speakers": _("speakers")}
    return _(", ").join(f"{names[name]} {digits}" for name, digits in report.revision.fingerprints.items())


def _shown(report: Report) -> str:
    """Return how many hits there are on the page, and in which order."""
    hits = report.result.pageable
    text = messages.ngettext("{shown} of {number} hit shown, {order}", "{shown} of {number} hits shown, {order}", hits)
    order = _(_ORDERS[report.result.sort])
    return text.format(shown=f"{len(report.result.hits):,}", number=f"{hits:,}", order=order)


def _lines_shown(report: Report) -> str:
    """Return how many lines the concordance has: 9 of 9 occurrences shown · 7 turns · 4 interviews; "" without one."""
    found = report.concordance
    if found is None:
        return ""
    shown = f"{len(found.lines):,}"
    if found.occurrences is None:
        lines = _("{shown} of more than it could count shown").format(shown=shown)
    else:
        text = messages.ngettext(
            "{shown} of {number} occurrence shown", "{shown} of {number} occurrences shown", found.occurrences
        )
        lines = text.format(shown=shown, number=f"{found.occurrences:,}")
    return " · ".join([lines, humanize.count(found.turns, "turn"), humanize.count(found.interviews, "interview")])


def _counted(report: Report) -> str:
    """Return which turns the charts count."""
    turns = humanize.count(report.timeline.turns, "turn")
    return humanize.with_words(turns, report.query, report.timeline.match if report.timeline.turns else "")


def _lines(report: Report) -> Iterator[_Line]:
    """Yield the lines of the concordance, with links to the turns that are on the page."""
    if report.concordance is None:
        return
    here = anchored(report.result.hits)
    languages = {hit.turn.interview_id: language_tag(hit.turn.language) for hit in report.result.hits}
    for one in report.concordance.lines:
        there = link(one.address) if one.address in here else ""
        speaker = own_name(one.speaker, one.interview_id).strip() or humanize.UNNAMED
        left, right = _narrow(one.left[::-1])[::-1], _narrow(one.right)
        yield _Line(one, left, right, speaker, there, languages.get(one.interview_id, "zh"))


def _narrow(text: str) -> str:
    """Return as much of the beginning of a text as a line has room for."""
    used = 0
    for place, character in enumerate(text):
        used += columns_of(character)
        if used > _COLUMNS:
            return text[:place]
    return text
