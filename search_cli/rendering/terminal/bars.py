"""Facets as bars: a table, or one line below the hits."""

from collections.abc import Iterable

from indexer.language.messages import gettext as _
from indexer.text.printable import plain
from indexer.text.topic_path import in_tree_order
from search_cli.models import Bucket, Facet
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, columns_of, line, padded
from search_cli.rendering.terminal.wrapping import clip, wrap

_IN_ORDER = frozenset({"date", "month", "year"})
_LONGEST, _SHORT = 40, 12
_LEAST = 18  # columns for the number of values that do not fit
_FIXED = 13
"""Columns of a table's line besides value, bar and count: the share and the gaps."""
_PARTS = " ▏▎▍▌▋▊▉"
"""Eighths of a column: 3 and 4 turns look different even in short bars."""


def facet_lines(facet: Facet, width: int) -> list[StyledLine]:
    """Lay out a facet as a table: value, bar, turns, share.

    Dates are in chronological order, others by count; parts of a topic (商业/广告) are below it, which has their turns.
    """
    buckets = shown_buckets(facet)
    if not buckets:
        nothing = _("No turn has a {field}.").format(field=humanize.field(facet.field))
        return [line(Segment(nothing, Style.DIM))]
    shown = [value_label(facet.field, bucket.value) for bucket in buckets]
    number = max(len(f"{bucket.count:,}") for bucket in [*buckets, Bucket("", facet.other, 0)])
    label = max(2, min(max(cells(line(value)) for value in shown), max(width // 3, 12), width - number - _FIXED))
    room = min(_LONGEST, width - label - number - _FIXED)
    most = max(bucket.count for bucket in buckets)
    lines = [
        line(
            *_padded(clip(value, label), label),
            "  ",
            *(_padded(bar(bucket.count, most, room), room, Style.BAR) if room >= 4 else ()),
            f"  {bucket.count:>{number},}  ",
            Segment(f"{humanize.share(bucket.share):>6}", Style.DIM),
        )
        for value, bucket in zip(shown, buckets, strict=True)
    ]
    if facet.other:
        columns = label + 2 + (room if room >= 4 else 0) + 2 + number
        other = _("other")
        lines.append(line(Segment(f"{other}{facet.other:>{columns - columns_of(other)},}", Style.DIM)))
    return [(Segment(" "), *row) for row in lines]


def shown_buckets(facet: Facet) -> list[Bucket]:
    """Return the values of a facet in the order they are shown in."""
    buckets = list(facet.buckets)
    if facet.field in _IN_ORDER:
        buckets.sort(key=lambda bucket: bucket.value)
    if facet.field == "topic":
        by_name = {bucket.value: bucket for bucket in buckets}
        buckets = [by_name[name] for name in in_tree_order(by_name)]
    return buckets


def facet_line(facet: Facet, width: int, label: int) -> StyledLine:
    """Lay out a facet on one line, with the values that fit: speaker   郑志昊 ████████ 5   搜狐IT ███ 2."""
    segments: list[Segment] = [Segment(f" {padded(humanize.field(facet.field), label)}", Style.DIM)]
    room = width - cells(segments) - _LEAST
    if facet.chosen and room >= _SHORT:
        segments.append(Segment(f"  {clip(humanize.chosen(facet.chosen), min(room, width // 2))}", Style.DIM))
    most = max((bucket.count for bucket in facet.buckets), default=1)
    every = max(facet.values, len(facet.buckets))
    longest = _SHORT if width >= 60 else _SHORT // 2
    for index, bucket in enumerate(facet.buckets):
        entry = line(
            "   " if index else "  ",
            clip(value_label(facet.field, bucket.value), 24),
            " ",
            Segment(bar(bucket.count, most, longest), Style.BAR),
            f" {bucket.count:,}",
        )
        after = f"   {humanize.more(every - index)}"
        if cells(segments) + cells(entry) > width - (columns_of(after) if every > index + 1 else 0):
            segments.append(Segment(after, Style.DIM))
            break
        segments += entry
    else:
        if every > len(facet.buckets):
            segments.append(Segment(f"   {humanize.more(every - len(facet.buckets))}", Style.DIM))
    return tuple(segments)


def below_hits(facets: Iterable[Facet], width: int) -> list[StyledLine]:
    """Lay out the facets below the hits of a search, one line each."""
    shown = [facet for facet in facets if facet.buckets]
    label = max((columns_of(humanize.field(facet.field)) for facet in shown), default=0)
    return [facet_line(facet, width, label) for facet in shown]


def heading(facet: Facet, query: str, width: int) -> list[StyledLine]:
    """Lay out the heading of a facet's table: speaker (all, 郑志昊 chosen)  in 9 turns with 小米."""
    turns = humanize.with_words(humanize.count(facet.total, "turn"), query, facet.match if facet.total else "")
    about = _("in {turns}").format(turns=turns)
    chosen = f" {humanize.chosen(facet.chosen)}" if facet.chosen else ""
    field = Segment(humanize.field(facet.field), Style.NAME)
    return wrap(line(" ", field, Segment(f"{chosen}  {about}", Style.DIM)), width)


def value_label(field: str, value: str) -> str:
    """Return a facet's value as shown: roles with their Chinese word, missing names as 未署名."""
    if field == "role":
        return humanize.typed_role(value)
    return plain(value).strip() or humanize.UNNAMED


def bar(count: float, most: float, room: int) -> str:
    """Return a bar of up to `room` columns, in proportion to the highest count; never empty if there is a count."""
    if room <= 0 or count <= 0:
        return ""
    full, part = divmod(max(round(8 * room * count / most), 1), 8)
    return "█" * full + (_PARTS[part] if part else "")


def _padded(text: str, columns: int, style: Style = Style.PLAIN) -> StyledLine:
    """Pad the text with spaces to `columns`."""
    return line(Segment(text, style), " " * (columns - cells(line(text))))
