"""The pages of `fangtan topics learn` and `apply`: the topics, the turns that change."""

from collections.abc import Sequence
from pathlib import Path

from indexer.dictionary.diff import DictionaryDiff
from indexer.language.messages import gettext as _
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
    topics, turns = humanize.count(len(diff.learned), "topic"), humanize.count(change.turns, "turn")
    if change.after == change.before:
        same = _("{topics} learned from {turns}: nothing changed.").format(topics=topics, turns=turns)
        return indented(line(same), width, line(" "), 1)
    summary = _("{topics} learned from {turns}: {new} new, {kept} with the name they had, {gone} gone.").format(
        topics=topics, turns=turns, new=f"{len(new):,}", kept=f"{len(diff.kept):,}", gone=f"{len(diff.gone):,}"
    )
    lines = indented(line(summary), width, line(" "), 1)
    lines += _table(new[:SHOWN], width) if new else []
    if len(new) > SHOWN:
        smaller = _("… and {number} smaller ones").format(number=f"{len(new) - SHOWN:,}")
        lines.append(line(Segment(f" {smaller}", Style.DIM)))
    if diff.gone:
        gone = line(Segment(plain(" · ".join(diff.gone)), Style.DIM))
        lines += indented(gone, width, line(f" {_('Gone: ')}"), 7)
    return lines


def plan_lines(difference: DictionaryDiff | None, width: int) -> list[StyledLine]:
    """Return how many turns would have other topics; `difference` is None if the archive is up to date."""
    if difference is None:
        return [line(f" {_('The archive has the topics of topics.toml.')}")]
    told = _("{changed} of {turns}, in {interviews}, would have other topics.").format(**_counts(difference))
    return indented(line(told), width, line(" "), 1)


def done_lines(done: DictionaryDiff, seconds: float, width: int) -> list[StyledLine]:
    """Return how many turns have other topics now."""
    told = _("{changed} of {turns}, in {interviews}, have other topics now; {seconds} s.").format(
        **_counts(done), seconds=f"{seconds:.1f}"
    )
    return [*indented(line(told), width, line(" "), 1), *unembedded_lines(done.unembedded, width)]


def unembedded_lines(problem: str, width: int) -> list[StyledLine]:
    """Return why the turns that were written have no vector; nothing if they have."""
    told = _("They have no vector now: {problem}").format(problem=plain(problem))
    return indented(line(told), width, line(" "), 1) if problem else []


def edit_lines(path: Path, width: int) -> list[StyledLine]:
    """Return where the topics can be edited."""
    text = _("To edit them: {path}, then fangtan topics apply").format(path=plain(str(path)))
    return indented(line(Segment(text, Style.DIM)), width, line(" "), 1)


def _counts(difference: DictionaryDiff) -> dict[str, str]:
    """Return what is counted: 216 changed of 240 turns, in 9 interviews."""
    return {
        "changed": f"{difference.relabelled:,}",
        "turns": humanize.count(difference.of_turns, "turn"),
        "interviews": humanize.count(difference.interviews, "interview"),
    }


def _table(topics: Sequence[LearnedTopic], width: int) -> list[StyledLine]:
    return table(
        [
            Column(_("topic"), [plain(one.name) for one in topics], least=12, style=Style.NAME),
            Column(_("turns"), [f"{one.turns:,}" for one in topics], right=True),
            Column(_("terms"), [plain(" ".join(list(one.weights)[:_TERMS])) for one in topics], least=20, rank=1),
        ],
        width,
    )
