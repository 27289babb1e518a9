"""The dictionary on a screen: what a word would change, what was done, which words there are."""

from collections.abc import Iterable, Sequence

from indexer.dictionary.diff import Difference, Recut
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
    "nt": "body",
    "nz": "brand or term",
    "t": "time",
    "v": "doing",
    "vn": "activity",
    "a": "quality",
}


def change_lines(words: Sequence[str], difference: Difference | None, width: int, *, adding: bool) -> list[StyledLine]:
    """Return what adding or removing words would change, with examples."""
    which = _listed(words)
    if difference is None:
        return [line(" Nothing is indexed yet: ", which, f" {'goes into' if adding else 'goes out of'} words.txt.")]
    if not difference.turns:
        rest = "no turn is cut otherwise" + (
            f", {humanize.count(difference.documents, 'document')} follow" if difference.documents else ""
        )
        return [line(" ", which, f": {rest}. Of {humanize.count(difference.of_turns, 'turn')}.")]
    turns = f"{difference.turns:,} of {humanize.count(difference.of_turns, 'turn')}"
    where = humanize.count(difference.interviews, "interview")
    verb = "is" if difference.turns == 1 else "are"
    lines = indented(line(which, f": {turns}, in {where}, {verb} cut otherwise:"), width, line(" "), 1)
    for example in difference.examples:
        lines += _example(example, width)
    return lines


def done_lines(words: Sequence[str], done: Difference | None, seconds: float, *, adding: bool) -> list[StyledLine]:
    """Return what was done; None where there was nothing to do but, at most, the file."""
    which, verb = _listed(words), "Added" if adding else "Removed"
    if done is None:
        return [line(" ", which, " is there already." if len(words) == 1 else " are there already.")]
    written = f"{humanize.count(done.documents, 'document')} of {humanize.count(done.interviews, 'interview')}"
    what = f"{written} indexed anew" if done.documents else "nothing to index anew"
    return [line(f" {verb} ", which, f": {what}, in {seconds:.1f} s.")]


def entry_lines(entries: Sequence[Entry], width: int) -> list[StyledLine]:
    """Return the words of the dictionary: word, how often jieba is to count it, what it is."""
    if not entries:
        return [line(Segment(" There are none: fangtan dict add WORD", Style.DIM))]
    often = ["" if entry.frequency is None else f"{entry.frequency:,}" for entry in entries]
    return table(
        [
            Column("word", [plain(entry.word) for entry in entries], least=10, style=Style.NAME),
            Column("counts as", often, right=True, rank=1),
            Column("is", [_TAGS.get(entry.tag, entry.tag) for entry in entries], rank=2),
        ],
        width,
    )


def _listed(words: Iterable[str]) -> Segment:
    return Segment(plain(" · ".join(words)), Style.NAME)


def _example(example: Recut, width: int) -> list[StyledLine]:
    """Return how one turn is cut now, and below it how it would be.

    qzone-xiaomi#3  发布 红米 手机
                  → 发布 红米手机
    """
    before, after = (plain(" ".join(filter(str.strip, one))) for one in (example.before, example.after))
    address = line("   ", Segment(plain(example.address), Style.ADDRESS), "  ")
    room = min(cells(address), width // 2)
    now = indented(line(Segment(before, Style.DIM)), width, address, room)
    return [*now, *indented(line(after), width, line(" " * (room - 2), "→ "), room)]
