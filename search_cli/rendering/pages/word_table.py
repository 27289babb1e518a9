"""The screen of a word list: counts, and keyness against the other turns."""

from collections.abc import Iterator, Sequence

from indexer.text.printable import plain
from search_cli.kwic.keyness import CERTAIN, PER, KeyWord
from search_cli.kwic.words import WordList
from search_cli.rendering.pages.crosstab_table import rate_text
from search_cli.rendering.pages.no_turns import no_turns_lines
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.tables import Column, table
from search_cli.rendering.terminal.wrapping import indented, wrap

_NOTHING = "·"


def word_lines(found: WordList, width: int, filters: Sequence[str] = (), hints: bool = True) -> list[StyledLine]:
    """Lay out a word list; `filters` are those of the command as typed."""
    if not found.turns:
        return no_turns_lines(found.query, filters, width, hints)
    lines = [*_head(found, filters, width), ()]
    if not found.words:
        several = humanize.count(found.least, "time")
        return [*lines, *wrap(line(f" No word occurs {several} or more; with fewer: --min 1"), width)]
    lines += table(_columns(found), width)
    for note in _notes(found):
        lines += indented(line(Segment(note, Style.DIM)), width, line(" "), 1)
    return [*lines, *(_next_step(found, filters, width) if hints else [])]


def _head(found: WordList, filters: Sequence[str], width: int) -> list[StyledLine]:
    """Lay out what the words are from: words · 103,031 in 560 turns with 人工智能 · 131 interviews."""
    of = f"{found.turns:,} of " if found.turns < found.of_turns else ""
    counted = f"{of}{humanize.count(max(found.turns, found.of_turns), 'turn')}"
    turns = humanize.with_words(counted, found.query, found.match)
    parts = ["", f"{found.total:,} in {turns}", humanize.count(found.interviews, "interview"), *map(plain, filters)]
    return wrap(line(" ", Segment("words", Style.NAME), Segment(" · ".join(parts), Style.DIM)), width)


def _columns(found: WordList) -> list[Column]:
    """Return the columns; the word and its count are dropped last."""
    columns = [
        Column("word", [plain(one.word) for one in found.words], least=4, style=Style.NAME),
        Column("count", [f"{one.count:,}" for one in found.words], right=True, rank=1),
        Column("per 10,000", [rate_text(one.per_10k) for one in found.words], right=True, rank=5),
    ]
    if found.others:
        others = [rate_text(one.others_per_10k) if one.others else _NOTHING for one in found.words]
        columns.append(Column("elsewhere", others, right=True, rank=4))
    columns.append(Column("interviews", [f"{one.interviews:,}" for one in found.words], right=True, rank=6))
    if found.others:
        columns.append(Column("score", [f"{one.score:,.1f}" for one in found.words], right=True, rank=2))
        columns.append(Column("log ratio", [ratio_text(one) for one in found.words], right=True, rank=3))
    return columns


def ratio_text(one: KeyWord) -> str:
    """Format a log ratio with its sign; > or < where a count of 0 stands for .5."""
    bound = "" if one.count and one.others else (">" if one.log_ratio > 0 else "<")
    return f"{bound}{one.log_ratio:+.1f}"


def keyness_notes(others: str) -> list[str]:
    """Return what score and log ratio mean; `others` is what the words are compared with."""
    return [
        f"Score: log-likelihood against {others}; {CERTAIN}: chance 1 in 10,000",
        "Log ratio: +1 is twice as frequent here, +2 four times, -1 half as frequent",
    ]


def _notes(found: WordList) -> Iterator[str]:
    """Yield what the numbers mean, and what is left out."""
    if found.others:
        about = "about" if found.is_estimate else "the"
        yield from keyness_notes(f"{about} {found.others:,} words of the other turns")
        if found.turns < found.of_turns:
            yield "Counted in some interviews at random, estimated elsewhere; in all turns: --csv"
        elif found.is_estimate:
            yield "Counts of other turns are estimates: Elasticsearch still counts turns that were replaced"
    if more := found.found - len(found.words):
        yield f"{humanize.count(more, 'more word')} that occur {found.least:,} times or more: --limit {found.found}"
    if not found.function_words:
        yield f"Per {PER:,} words, without function words (的, 是, 我们); with them: --function-words"


def _next_step(found: WordList, filters: Sequence[str], width: int) -> list[StyledLine]:
    """Lay out the command that shows the first word in context."""
    query = f"({found.query})" if " OR " in found.query else found.query
    words = humanize.query_arguments(f"{query} {found.words[0].word}".strip())
    both = ["--match all"] if query and not any(one.startswith("--match") for one in filters) else []
    typed = plain(" ".join(["fangtan kwic", words, *filters, *both]))
    return indented(line(Segment(typed, Style.COMMAND)), width, line(Segment(" Read on: ", Style.DIM)), 3)
