"""The pages of `fangtan topics learn` and `apply`: the topics, the turns that change."""

from collections.abc import Sequence
from pathlib import Path

from indexer.dictionary.diff import DictionaryDiff
from indexer.text.printable import plain
from indexer.topics.archive_topics import TopicsChange
from indexer.topics.learn import LearnedTopic
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


def plan_lines(difference: DictionaryDiff | None, width: int) -> list[StyledLine]:
    """Return how many turns would have other topics; `difference` is None if the archive is up to date."""
    if difference is None:
        return [line(" The archive has the topics of topics.toml.")]
    return indented(line(f"{_turns(difference)} would have other topics."), width, line(" "), 1)


def done_lines(done: DictionaryDiff, seconds: float, width: int) -> list[StyledLine]:
    """Return how many turns have other topics now."""
    lines = indented(line(f"{_turns(done)} have other topics now; {seconds:.1f} s."), width, line(" "), 1)
    if done.unembedded:
        lines += indented(line(f"They have no vector now: {plain(done.unembedded)}"), width, line(" "), 1)
    return lines


def edit_lines(path: Path, width: int) -> list[StyledLine]:
    """Return where the topics can be edited."""
    text = f"To edit them: {plain(str(path))}, then fangtan topics apply"
    return indented(line(Segment(text, Style.DIM)), width, line(" "), 1)


def _turns(difference: DictionaryDiff) -> str:
    """Return a number of turns: 216 of 240 turns, in 9 interviews."""
    turns = f"{difference.relabelled:,} of {humanize.count(difference.of_turns, 'turn')}"
    return f"{turns}, in {humanize.count(difference.interviews, 'interview')},"


def _table(topics: Sequence[LearnedTopic], width: int) -> list[StyledLine]:
    return table(
        [
            Column("topic", [plain(one.name) for one in topics], least=12, style=Style.NAME),
            Column("turns", [f"{one.turns:,}" for one in topics], right=True),
            Column("terms", [plain(" ".join(list(one.weights)[:_TERMS])) for one in topics], least=20, rank=1),
        ],
        width,
    )
