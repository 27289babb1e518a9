"""The page of `fangtan topics edit` and its single steps: which topics differ, how many turns.

`--json` prints {"topics": [{"kind", "name", "before", "added", "removed", "own"}, ...], "archive": {"turns",
"documents", "interviews", "of_turns", "examples", "relabelled"}, or null if nothing is indexed, "written"};
"relabelled" counts the turns with other topics. Fields may be added; none is renamed or removed.
"""

from collections.abc import Iterator
from dataclasses import asdict

from indexer.dictionary.diff import DictionaryDiff
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.text.printable import plain
from indexer.topics.archive_topics import TopicsChange
from indexer.topics.topic_differences import Kind, TopicDifference, differences
from search_cli.rendering.pages import learned_topics
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import indented

_LABEL = 10
_SHOWN, _TERMS = 30, 12

_KINDS = {
    Kind.NEW: gettext_noop("new"),
    Kind.RENAMED: gettext_noop("renamed"),
    Kind.CHANGED: gettext_noop("changed"),
    Kind.DROPPED: gettext_noop("dropped"),
    Kind.REMOVED: gettext_noop("removed"),
}
"""How topics differ, as it is shown."""


def change_lines(change: TopicsChange, width: int) -> list[StyledLine]:
    """Return the topics that differ, a line each."""
    found = differences(change.before, change.after)
    if not found:
        return [line(f" {_('No topic differs: only comments, or the order.')}")]
    lines: list[StyledLine] = []
    for one in found[:_SHOWN]:
        lines += indented(line(*_names(one)), width, _label(one.kind), _LABEL)
        if one.kind is not Kind.REMOVED:
            for sign, terms, style in (("+", one.added, Style.ADDED), ("−", one.removed, Style.DROPPED)):
                text = line(Segment(_listed(terms), style))
                lines += indented(text, width, line(" " * _LABEL, f"{sign} "), _LABEL + 2) if terms else []
    if len(found) > _SHOWN:
        more = _("… and {number} more").format(number=f"{len(found) - _SHOWN:,}")
        lines.append(line(Segment(f" {more}", Style.DIM)))
    return lines


def _label(kind: Kind) -> StyledLine:
    """Return how a topic differs, as wide as all labels are."""
    label = f" {_(_KINDS[kind])}"
    return line(Segment(label + " " * (_LABEL - cells(line(label))), Style.DIM))


def unchanged_lines(width: int) -> list[StyledLine]:
    """Return that the file was not changed."""
    return indented(line(_("topics.toml is as it was.")), width, line(" "), 1)


def plan_lines(difference: DictionaryDiff | None, width: int) -> list[StyledLine]:
    """Return how many turns would have other topics; `difference` is None if nothing is indexed."""
    if difference is None:
        return [line(f" {_('Nothing is indexed yet: only topics.toml changes.')}")]
    return learned_topics.plan_lines(difference, width)


def change_object(change: TopicsChange, difference: DictionaryDiff | None, *, is_written: bool) -> dict[str, object]:
    """Return the object of a change; `difference` is None if nothing is indexed."""
    topics = [asdict(one) for one in differences(change.before, change.after)]
    return {"topics": topics, "archive": None if difference is None else asdict(difference), "written": is_written}


def _names(one: TopicDifference) -> Iterator[Segment | str]:
    """Yield the names of a topic, before and after, and whose it is."""
    if one.kind is Kind.RENAMED:
        yield f"{plain(one.before)} → "
    yield Segment(plain(one.name), Style.NAME)
    if one.own and one.kind is not Kind.DROPPED:
        yield Segment(f"  {_('(yours from now on)')}", Style.DIM)


def _listed(terms: tuple[str, ...]) -> str:
    """Return terms, not too many."""
    shown = plain("、".join(terms[:_TERMS]))
    if len(terms) <= _TERMS:
        return shown
    return _("{names} … {number} more").format(names=shown, number=f"{len(terms) - _TERMS:,}")
