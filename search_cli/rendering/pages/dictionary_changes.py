"""The pages of `fangtan dict`: the effect of a change, its result, the list of words."""

from collections.abc import Iterable, Sequence

from indexer.dictionary.diff import DictionaryDiff, SegmentationChange
from indexer.text.printable import plain
from indexer.text.word_list import Entry
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.tables import Column, table
from search_cli.rendering.terminal.wrapping import indented

_TAGS = {
    "n": "thing",
    "nr": "person",
    "ns": "place",
    "nt": "organisation",
    "nz": "brand or term",
    "t": "time",
    "v": "verb",
    "vn": "activity",
    "a": "adjective",
}


def change_lines(
    words: Sequence[str], difference: DictionaryDiff | None, width: int, *, adding: bool
) -> list[StyledLine]:
    """Return the turns that adding or removing words would change, with examples."""
    names = _listed(words)
    if difference is None:
        return [line(" Nothing is indexed yet: only words.txt ", "gains " if adding else "loses ", names, ".")]
    if not difference.turns:
        turns = f"none of {humanize.count(difference.of_turns, 'turn')} is segmented differently"
        documents = humanize.count(difference.documents, "other document")
        return [line(" ", names, f": {turns}{f'; {documents} to update' if difference.documents else ''}.")]
    turns = f"{difference.turns:,} of {humanize.count(difference.of_turns, 'turn')}"
    interviews = humanize.count(difference.interviews, "interview")
    verb = "is" if difference.turns == 1 else "are"
    summary = line(names, f": {turns}, in {interviews}, {verb} segmented differently:")
    lines = indented(summary, width, line(" "), 1)
    for example in difference.examples:
        lines += _example(example, width)
    return lines


def done_lines(words: Sequence[str], done: DictionaryDiff | None, seconds: float, *, adding: bool) -> list[StyledLine]:
    """Return the result of a change; `done` is None if no document had to be updated."""
    names = _listed(words)
    if done is None:
        verb = "is" if len(words) == 1 else "are"
        return [line(" ", names, f" {verb} {'in' if adding else 'no longer in'} the dictionary.")]
    documents = f"{humanize.count(done.documents, 'document')} of {humanize.count(done.interviews, 'interview')}"
    result = f"{documents} reindexed" if done.documents else "nothing to reindex"
    lines = [line(" Added " if adding else " Removed ", names, f": {result}, in {seconds:.1f} s.")]
    return [*lines, *([line(f" They have no vector now: {plain(done.unembedded)}")] if done.unembedded else [])]


def entry_lines(entries: Sequence[Entry], width: int) -> list[StyledLine]:
    """Return the words of the dictionary with their frequencies and kinds."""
    if not entries:
        return [line(Segment(" The dictionary has no words: fangtan dict add WORD", Style.DIM))]
    frequencies = ["" if entry.frequency is None else f"{entry.frequency:,}" for entry in entries]
    return table(
        [
            Column("word", [plain(entry.word) for entry in entries], least=10, style=Style.NAME),
            Column("frequency", frequencies, right=True, rank=1),
            Column("kind", [_TAGS.get(entry.tag, entry.tag) for entry in entries], rank=2),
        ],
        width,
    )


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
