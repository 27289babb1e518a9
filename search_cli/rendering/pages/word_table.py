"""The screen of a word list: counts, and keyness against the other turns."""

from collections.abc import Iterator, Sequence

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop, pgettext
from indexer.text.printable import plain
from search_cli.kwic.keyness import CERTAIN, KeyWord
from search_cli.kwic.words import WordList
from search_cli.rendering.pages.crosstab_table import rate_text
from search_cli.rendering.pages.no_turns import no_turns_lines
from search_cli.rendering.pages.occurrence_head import part_of_turns
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.tables import Column, table
from search_cli.rendering.terminal.wrapping import indented, wrap

_NOTHING = "·"
_OTHERS = gettext_noop(
    "Score: log-likelihood against the {number} words of the other turns; {score}: chance 1 in 10,000"
)
_ABOUT_OTHERS = gettext_noop(
    "Score: log-likelihood against about {number} words of the other turns; {score}: chance 1 in 10,000"
)


def word_lines(found: WordList, width: int, filters: Sequence[str] = (), hints: bool = True) -> list[StyledLine]:
    """Lay out a word list; `filters` are those of the command as typed."""
    if not found.turns:
        return no_turns_lines(found.query, filters, width, hints)
    lines = [*_head(found, filters, width), ()]
    if not found.words:
        nothing = _("No word occurs {times} or more; with fewer: --min 1")
        return [*lines, *wrap(line(f" {nothing.format(times=humanize.count(found.least, 'time'))}"), width)]
    lines += table(_columns(found), width)
    for note in _notes(found):
        lines += indented(line(Segment(note, Style.DIM)), width, line(" "), 1)
    return [*lines, *(_next_step(found, filters, width) if hints else [])]


def _head(found: WordList, filters: Sequence[str], width: int) -> list[StyledLine]:
    """Lay out what the words are from: words · 103,031 in 560 turns with 人工智能 · 131 interviews."""
    turns = humanize.with_words(part_of_turns(found.turns, found.of_turns), found.query, found.match)
    words = _("{number} in {turns}").format(number=f"{found.total:,}", turns=turns)
    parts = ["", words, humanize.count(found.interviews, "interview"), *map(plain, filters)]
    return wrap(line(" ", Segment(_("words"), Style.NAME), Segment(" · ".join(parts), Style.DIM)), width)


def _columns(found: WordList) -> list[Column]:
    """Return the columns; the word and its count are dropped last."""
    columns = [
        Column(_("word"), [plain(one.word) for one in found.words], least=4, style=Style.NAME),
        Column(_("count"), [f"{one.count:,}" for one in found.words], right=True, rank=1),
        Column(words_heading(), [rate_text(one.per_10k) for one in found.words], right=True, rank=5),
    ]
    if found.others:
        others = [rate_text(one.others_per_10k) if one.others else _NOTHING for one in found.words]
        columns.append(Column(_("elsewhere"), others, right=True, rank=4))
    columns.append(Column(_("interviews"), [f"{one.interviews:,}" for one in found.words], right=True, rank=6))
    if found.others:
        columns.append(Column(_("score"), [f"{one.score:,.1f}" for one in found.words], right=True, rank=2))
        columns.append(Column(_("log ratio"), [ratio_text(one) for one in found.words], right=True, rank=3))
    return columns


def words_heading() -> str:
    """Return the heading of frequencies."""
    return pgettext("of words", "per 10,000")


def ratio_text(one: KeyWord) -> str:
    """Format a log ratio with its sign; > or < where a count of 0 stands for .5."""
    bound = "" if one.count and one.others else (">" if one.log_ratio > 0 else "<")
    return f"{bound}{one.log_ratio:+.1f}"


def log_ratio_note() -> str:
    """Return what the log ratio means."""
    return _("Log ratio: +1 is twice as frequent here, +2 four times, -1 half as frequent")


def _notes(found: WordList) -> Iterator[str]:
    """Yield what the numbers mean, and what is left out."""
    if found.others:
        score = _(_ABOUT_OTHERS if found.is_estimate else _OTHERS)
        yield score.format(number=f"{found.others:,}", score=CERTAIN)
        yield log_ratio_note()
        if found.turns < found.of_turns:
            yield _("Counted in some interviews at random, estimated elsewhere; in all turns: --csv")
        elif found.is_estimate:
            yield _("Counts of other turns are estimates: Elasticsearch still counts turns that were replaced")
    if more := found.found - len(found.words):
        told = _("{words} that occur {number} times or more: --limit {limit}")
        yield told.format(words=humanize.count(more, "more word"), number=f"{found.least:,}", limit=found.found)
    if not found.function_words:
        yield _("Per 10,000 words, without function words (的, 是, 我们); with them: --function-words")


def _next_step(found: WordList, filters: Sequence[str], width: int) -> list[StyledLine]:
    """Lay out the command that shows the first word in context."""
    query = f"({found.query})" if " OR " in found.query else found.query
    words = humanize.query_arguments(f"{query} {found.words[0].word}".strip())
    both = ["--match all"] if query and not any(one.startswith("--match") for one in filters) else []
    typed = plain(" ".join(["fangtan kwic", words, *filters, *both]))
    return indented(line(Segment(typed, Style.COMMAND)), width, line(Segment(f" {_('Read on: ')}", Style.DIM)), 3)
