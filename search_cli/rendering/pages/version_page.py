"""The screen that compares two transcripts of one interview: counts, then the turns that differ."""

from collections.abc import Iterator, Sequence
from typing import Any

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop, in_english, pgettext
from indexer.text.normalize import fold
from indexer.text.printable import plain
from search_cli.models import SpokenTurn
from search_cli.quotations.align import ADDED, DROPPED, KEPT
from search_cli.quotations.quotation import TextChange
from search_cli.quotations.version_diff import TurnDiff
from search_cli.rendering.pages.quotation_report import change_segment
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.wrapping import indented, wrap

_AROUND = 20
"""Characters shown of unchanged text beside a change."""

_FACTS = {
    "title": gettext_noop("title"),
    "date": gettext_noop("date"),
    "outlet": gettext_noop("outlet"),
    "url": gettext_noop("url"),
}
"""Metadata that are compared, and their labels."""


def diff_lines(primary: str, version: str, diffs: Sequence[TurnDiff], width: int) -> list[StyledLine]:
    """Lay out the differences from a primary to its duplicate."""
    first, second = (Segment(plain(one), Style.ADDRESS) for one in (primary, version))
    lines = wrap(line(" ", first, " → ", second), width)
    lines += indented(line(_counts(diffs)), width, line(" "), 1)
    lines += [row for text in _facts(diffs) for row in indented(line(text), width, line(" "), 1)]
    different = [diff for diff in diffs if not diff.same]
    if not different:
        return lines
    size = max(len(_number(diff)) for diff in different) + 2
    for diff in different:
        number = line(" ", Segment(f"{_number(diff):<{size}}", Style.ADDRESS))
        text = line(Segment(_speaker(diff), Style.NAME), *_shortened(diff.changes))
        lines += [(), *indented(text, width, number, size + 1)]
    first_only, second_only = _("only in the first"), _("only in the second")
    signs = (change_segment(DROPPED, first_only), " ", change_segment(ADDED, second_only))
    return [*lines, (), *wrap(line(" ", *signs), width)]


def _counts(diffs: Sequence[TurnDiff]) -> str:
    """Return the number of turns that are the same, changed, and in one alone."""
    same = sum(diff.same for diff in diffs)
    dropped, added = sum(diff.after is None for diff in diffs), sum(diff.before is None for diff in diffs)
    changed = len(diffs) - same - dropped - added
    parts = [
        _("{turns} alike").format(turns=humanize.count(same, "turn")),
        _("{number} changed").format(number=changed),
        _("{number} only in the first").format(number=dropped) if dropped else "",
        _("{number} only in the second").format(number=added) if added else "",
    ]
    return pgettext("clauses", ", ").join(filter(None, parts))


def _facts(diffs: Sequence[TurnDiff]) -> Iterator[str]:
    """Yield the metadata that differs."""
    before = next((diff.before for diff in diffs if diff.before), None)
    after = next((diff.after for diff in diffs if diff.after), None)
    if before is not None and after is not None:
        for name, label in _FACTS.items():
            one, other = (plain(getattr(turn, name)) or pgettext("metadata", "none") for turn in (before, after))
            if fold(one) != fold(other):
                yield _("{label}: {before} → {after}").format(label=_(label), before=one, after=other)


def _number(diff: TurnDiff) -> str:
    """Return the numbers of a turn in both: #3, #3→#4, #3→, →#4."""
    before, after = (f"#{turn.turn}" if turn else "" for turn in (diff.before, diff.after))
    return before if before == after else f"{before}→{after}"


def _speaker(diff: TurnDiff) -> str:
    """Return the speaker, both where they are not the same name; 唐凤 and 唐鳳 are."""
    names = {fold(name): name for turn in (diff.after, diff.before) if turn and (name := _name(turn))}
    return f"{' → '.join(reversed(names.values()))}  "


def _name(turn: SpokenTurn) -> str:
    return plain(turn.name or turn.label) or humanize.role(turn.role) or humanize.UNNAMED


def _shortened(changes: Sequence[TextChange]) -> Iterator[Segment]:
    """Yield the changes of a turn with some of the text around each."""
    for index, change in enumerate(changes):
        text = plain(change.text)
        if change.what == KEPT:
            left, right = (text[:_AROUND] if index else "", text[-_AROUND:] if index + 1 < len(changes) else "")
            text = text if len(text) <= len(left) + len(right) + 1 else f"{left}…{right}"
        yield change_segment(change.what, text)


def diff_object(primary: str, version: str, diffs: Sequence[TurnDiff]) -> dict[str, Any]:
    """Return the object that `fangtan show ID --diff --json` prints.

    {"primary", "version", "same", "turns": [{"before", "after", "speaker", "changes": [{"what", "text"}, ...]}, ...]}:
    the turns that differ, "before" and "after" their addresses or null, "what" kept, dropped or added.
    """
    with in_english():  # a turn without a name has the word of its role
        speakers = [_speaker(diff).strip() for diff in diffs]
    turns = [
        {
            "before": diff.before.address if diff.before else None,
            "after": diff.after.address if diff.after else None,
            "speaker": speaker,
            "changes": [{"what": change.what, "text": change.text} for change in diff.changes],
        }
        for diff, speaker in zip(diffs, speakers, strict=True)
        if not diff.same
    ]
    return {"primary": primary, "version": version, "same": sum(diff.same for diff in diffs), "turns": turns}
