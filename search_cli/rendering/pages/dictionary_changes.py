"""The pages of `fangtan dict`: the effect of a change, its result, the list of words."""

import sys
from collections.abc import Iterable, Sequence

from indexer.dictionary.diff import DictionaryDiff, SegmentationChange
from indexer.language.messages import gettext as _
from indexer.language.messages import ngettext, pgettext
from indexer.text.printable import plain
from indexer.text.word_list import Entry
from search_cli.rendering.pages.learned_topics import unembedded_lines
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, filled, line
from search_cli.rendering.terminal.tables import Column, table
from search_cli.rendering.terminal.wrapping import indented


def change_lines(
    words: Sequence[str], difference: DictionaryDiff | None, width: int, *, adding: bool
) -> list[StyledLine]:
    """Return the turns that adding or removing words would change, with examples."""
    names = _listed(words)
    if difference is None:
        gains = _("Nothing is indexed yet: only words.txt gains {words}.")
        loses = _("Nothing is indexed yet: only words.txt loses {words}.")
        return [line(" ", *filled(gains if adding else loses, words=names))]
    if not difference.turns:
        return [line(" ", *_no_turns(names, difference))]
    summary = ngettext(
        "{words}: {number} of {turns}, in {interviews}, is segmented differently:",
        "{words}: {number} of {turns}, in {interviews}, are segmented differently:",
        difference.turns,
    )
    told = filled(
        summary,
        words=names,
        number=f"{difference.turns:,}",
        turns=humanize.count(difference.of_turns, "turn"),
        interviews=humanize.count(difference.interviews, "interview"),
    )
    lines = indented(told, width, line(" "), 1)
    for example in difference.examples:
        lines += _example(example, width)
    return lines


def _no_turns(names: Segment, difference: DictionaryDiff) -> StyledLine:
    """Return that no turn is segmented differently, and how many other documents are."""
    turns = humanize.count(difference.of_turns, "turn")
    if not difference.documents:
        return filled(_("{words}: none of {turns} is segmented differently."), words=names, turns=turns)
    text = _("{words}: none of {turns} is segmented differently; {documents} to update.")
    return filled(text, words=names, turns=turns, documents=humanize.count(difference.documents, "other document"))


def done_lines(words: Sequence[str], done: DictionaryDiff | None, seconds: float, *, adding: bool) -> list[StyledLine]:
    """Return the result of a change; `done` is None if no document had to be updated."""
    names = _listed(words)
    if done is None:
        return [line(" ", *filled(_state(len(words), adding=adding), words=names))]
    told = filled(
        _result(adding=adding, has_reindexed=bool(done.documents)),
        words=names,
        documents=humanize.count(done.documents, "document"),
        interviews=humanize.count(done.interviews, "interview"),
        seconds=f"{seconds:.1f}",
    )
    return [line(" ", *told), *unembedded_lines(done.unembedded, sys.maxsize)]


def _state(words: int, *, adding: bool) -> str:
    """Return the sentence that words are, or are not, in the dictionary."""
    if adding:
        return ngettext("{words} is in the dictionary.", "{words} are in the dictionary.", words)
    return ngettext("{words} is no longer in the dictionary.", "{words} are no longer in the dictionary.", words)


def _result(*, adding: bool, has_reindexed: bool) -> str:
    """Return the sentence that words were added or removed, and what was updated."""
    if has_reindexed and adding:
        return _("Added {words}: {documents} of {interviews} reindexed, in {seconds} s.")
    if has_reindexed:
        return _("Removed {words}: {documents} of {interviews} reindexed, in {seconds} s.")
    if adding:
        return _("Added {words}: nothing to reindex, in {seconds} s.")
    return _("Removed {words}: nothing to reindex, in {seconds} s.")


def entry_lines(entries: Sequence[Entry], width: int) -> list[StyledLine]:
    """Return the words of the dictionary with their frequencies and kinds."""
    if not entries:
        return [line(Segment(f" {_('The dictionary has no words: fangtan dict add WORD')}", Style.DIM))]
    kinds = _kinds()
    frequencies = ["" if entry.frequency is None else f"{entry.frequency:,}" for entry in entries]
    return table(
        [
            Column(_("word"), [plain(entry.word) for entry in entries], least=10, style=Style.NAME),
            Column(_("frequency"), frequencies, right=True, rank=1),
            Column(_("kind"), [kinds.get(entry.tag, entry.tag) for entry in entries], rank=2),
        ],
        width,
    )


def _kinds() -> dict[str, str]:
    """Return the parts of speech by their tags."""
    return {
        "n": pgettext("part of speech", "thing"),
        "nr": pgettext("part of speech", "person"),
        "ns": pgettext("part of speech", "place"),
        "nt": pgettext("part of speech", "organisation"),
        "nz": pgettext("part of speech", "brand or term"),
        "t": pgettext("part of speech", "time"),
        "v": pgettext("part of speech", "verb"),
        "vn": pgettext("part of speech", "activity"),
        "a": pgettext("part of speech", "adjective"),
    }


def _listed(words: Iterable[str]) -> Segment:
    return Segment(plain(" · ".join(words)), Style.NAME)


def _example(example: SegmentationChange, width: int) -> list[StyledLine]:
    """Return the segmentation of a turn as it is now, and below it as it would be.

    qzone-xiaomi#3  发布 红米 手机
                  → 发布 红米手机
    """
    before, after = (plain(" ".join(filter(str.strip, words))) for words in (example.before, example.after))
    address = line("   ", Segment(plain(example.address), Style.ADDRESS), "  ")
    indent = min(cells(address), width // 2)
    lines = indented(line(Segment(before, Style.DIM)), width, address, indent)
    return [*lines, *indented(line(after), width, line(" " * (indent - 2), "→ "), indent)]
