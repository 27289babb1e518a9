"""The pages of `fangtan topics learn`: the topics that it would write, and its result."""

from collections.abc import Sequence

from indexer.dictionary.diff import DictionaryDiff
from indexer.text.printable import plain
from indexer.topics.learn import LearnedTopic
from indexer.topics.update import TopicsChange
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.tables import Column, table
from search_cli.rendering.terminal.wrapping import indented

SHOWN = 20
"""New topics that are shown, the largest: all are in topics.toml."""

_TERMS = 8


def change_lines(change: TopicsChange, width: int) -> list[StyledLine]:
    """Return the topics that are learned: how many are as before, which are new, which are gone."""
    diff, new = change.diff, change.diff.new
    count = f"{humanize.count(len(diff.learned), 'topic')} learned from {humanize.count(change.turns, 'turn')}"
    if change.after == change.before:
        return [line(f" {count}: nothing changed.")]
    summary = f"{count}: {len(new):,} new, {len(diff.kept):,} with the name they had, {len(diff.gone):,} gone."
    lines = indented(line(summary), width, line(" "), 1)
    lines += _table(new[:SHOWN], width) if new else []
    if len(new) > SHOWN:
        lines.append(line(Segment(f" … and {len(new) - SHOWN:,} smaller ones", Style.DIM)))
    if diff.gone:
        lines += indented(line(Segment(plain(" · ".join(diff.gone)), Style.DIM)), width, line(" Gone: "), 7)
    return lines


def done_lines(change: TopicsChange, done: DictionaryDiff, seconds: float, width: int) -> list[StyledLine]:
    """Return the number of turns whose topics were changed, and where the topics can be edited."""
    turns = f"{done.relabelled:,} of {humanize.count(done.of_turns, 'turn')}"
    result = f"{turns} have other topics now, in {humanize.count(done.interviews, 'interview')}; {seconds:.1f} s."
    path = plain(str(change.path))
    return [
        *indented(line(result), width, line(" "), 1),
        *indented(line(Segment(f"To edit them: {path}, then fangtan index --rebuild", Style.DIM)), width, line(" "), 1),
    ]


def _table(topics: Sequence[LearnedTopic], width: int) -> list[StyledLine]:
    return table(
        [
            Column("topic", [plain(one.name) for one in topics], least=12, style=Style.NAME),
            Column("turns", [f"{one.turns:,}" for one in topics], right=True),
            Column("terms", [plain(" ".join(list(one.weights)[:_TERMS])) for one in topics], least=20, rank=1),
        ],
        width,
    )
