"""Why a turn is found at its rank, or is not, in words: what was asked for, where it stands, what it earned."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate, pairwise

from indexer.text.printable import plain
from search_cli.explain.explanation import (
    ConditionKind,
    ConditionResult,
    Explanation,
    Passage,
    Read,
    ScoreKind,
    ScorePart,
    Where,
    WordFound,
)
from search_cli.rendering.pages.hits import attribution
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import indented, wrap

_PIECES = 6
"""Words, pairs or characters of a part of the score that are told one by one."""
_COMPARED = 4
"""Lines of the turn's words."""
_LABELS: Mapping[ScoreKind, str] = {
    ScoreKind.EVERY: "every word",
    ScoreKind.WORDS: "words",
    ScoreKind.PAIRS: "pairs of characters",
    ScoreKind.CHARACTERS: "single characters",
    ScoreKind.QUESTION: "the question",
    ScoreKind.PASSAGE: "the passage",
    ScoreKind.SPEAKER: "the speaker's name",
    ScoreKind.SPOKEN: "spoken",
    ScoreKind.OTHER: "other",
}
_ORDERS = {"date": "The latest stand first", "position": "Turns stand as in the archive"}
_BESIDE = 60
"""Columns from which what a part is given for stands beside its number and name; in a narrower window, below."""


def why_lines(told: Explanation, width: int, hints: bool = True) -> list[StyledLine]:
    """Return the whole screen: the rank, who speaks, the words, the score or the hurdles, what was compared."""
    lines = _head(told, width)
    lines += [(Segment(" "), *one) for one in attribution(told.turn, width - 1)]
    lines += [(), *_words(told, width)]
    if not told.found:
        lines += [(), *_hurdles(told.hurdles, width)]
    elif told.parts:
        lines += [(), *_score(told, width)]
    else:
        order = _ORDERS.get(told.sort, "The latest stand first")
        lines += [(), *wrap(line(f" {order}: nothing is scored."), width)]
    lines += [(), *_compared(told, width)]
    if hints and told.instead and not told.found:
        step = Segment(f"fangtan search {plain(humanize.query_arguments(told.instead))}", Style.COMMAND)
        lines += [(), *indented(line(step), width, line(Segment(" Found by: ", Style.DIM)), 3)]
    return [one for place, one in enumerate(lines) if one or (place and lines[place - 1])]


def _head(told: Explanation, width: int) -> list[StyledLine]:
    """Return the rank in one line, and what is to be said of it in another."""
    address = Segment(plain(told.turn.address), Style.ADDRESS)
    stands = f" is hit {told.rank:,} of {told.total:,}" if told.found else " is not found"
    query = plain(told.query).strip()
    asked = line("for  ", Segment(query, Style.NAME)) if query else line("for these filters")
    lines = indented(line(address, f"{stands} ", *asked), width, line(" "), 1)
    if told.found and not told.counted:
        lines += indented(line(_uncounted(told)), width, line(" "), 1)
    elif not told.found:
        others = humanize.count(told.total, "other turn") if told.total else "No turn"
        lines += wrap(line(Segment(f" {others} {'is' if told.total < 2 else 'are'} found by it.", Style.DIM)), width)
    return lines


def _uncounted(told: Explanation) -> str:
    """Return what a turn that is found lacks for being counted."""
    lacking = ", ".join(plain(word.word) for word in told.words if not set(word.places) - {Where.PARTLY})
    among = f"the {humanize.count(told.every, 'turn')} with every word" if told.every else "those with every word"
    found = "Found, but not counted" if told.every else "Found, as no turn has every word; not counted"
    return f"{found} among {among}: it lacks {lacking}." if lacking else f"{found} among {among}."


def _words(told: Explanation, width: int) -> list[StyledLine]:
    """Return what was read as what, and where each word occurs."""
    readings = [said for read in told.read for said in (_read(read), _also(read)) if said]
    lines = [one for said in readings for one in wrap(line(Segment(said, Style.DIM)), width)]
    widest = max((cells(line(plain(word.word))) for word in told.words), default=0)
    column = min(widest, max(width // 3, 8)) + 3
    for word in told.words:
        name = plain(word.word)
        gap = " " * max(column - 1 - cells(line(name)), 2)
        first = line(" ", Segment(name, Style.NAME), gap)
        turns = f" · {humanize.count(word.turns, 'turn')} of the archive" if word.turns else " · no turn of the archive"
        lines += indented(line(place(word, told), Segment(turns, Style.DIM)), width, first, column)
    return lines


def _read(read: Read) -> str:
    """Return how a typed word was read, "" where it is searched as it was typed."""
    if read.quoted or read.words == (read.typed,):
        return ""
    words = plain(" · ".join(read.words))
    if len(read.words) == 1:
        return f" {plain(read.typed)} is searched as {words}."
    return f" No turn holds {plain(read.typed)} as it was typed: it is read as {words}."


def _also(read: Read) -> str:
    """Return which other words are searched with a typed one: synonyms, the nearest spelling."""
    return f" Searched with {plain(read.typed)}: {plain(' · '.join(read.also))}." if read.also else ""


def place(word: WordFound, told: Explanation) -> str:
    """Return where a word occurs: twice here, and in the question it answers (#8)."""
    said: list[str] = []
    for where in word.places:
        match where:
            case Where.TURN:
                said.append(f"{_times(word.times)} here" if word.times else "here, written otherwise")
            case Where.QUESTION:
                number = f" (#{told.turn.reply_to})" if told.turn.reply_to is not None else ""
                said.append(f"in the question it answers{number}")
            case Where.SPEAKER:
                said.append("the speaker is called so")
            case Where.OTHERWISE:
                said.append(
                    f"another word for it: {', '.join(map(plain, word.also))}" if word.also else "in another form"
                )
            case Where.PARTLY:
                shared = ", ".join(map(plain, word.shared))
                said.append(f"only a part of it here{f': {shared}' if shared else ''}")
    return ", and ".join(said) or "not here"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def _score(told: Explanation, width: int) -> list[StyledLine]:
    """Return the score and its parts, whose printed numbers add up to it."""
    shown = rounded([part.score for part in told.parts])
    size = max(len(f"{told.score:,.2f}"), 6)
    total = line(f" {f'{sum(shown) / 100:,.2f}':>{size}}  ")
    lines = indented(line(Segment("score, made up of", Style.DIM)), width, total, cells(total))
    column = max(len(_LABELS[part.kind]) for part in told.parts) + 2
    for part, worth in zip(told.parts, shown, strict=True):
        number, label = f" {f'{worth / 100:,.2f}':>{size}}  ", _LABELS[part.kind]
        said = line(Segment(_given_for(part, told.passages), Style.DIM))
        if width >= _BESIDE:
            first = line(number, f"{label:<{column}}")
            lines += indented(said, width, first, cells(first)) if said else [first]
        else:
            lines += indented(line(label), width, line(number), len(number))
            indent = " " * min(size + 3, width // 4)
            lines += indented(said, width, line(indent), len(indent)) if said else []
    return lines


def rounded(scores: Sequence[float]) -> list[int]:
    """Return numbers in hundredths that add up to their sum in hundredths: none is off by more than one."""
    sums = [0, *(round(100 * total) for total in accumulate(scores))]
    return [after - before for before, after in pairwise(sums)]


def _given_for(part: ScorePart, passages: Iterable[Passage]) -> str:
    """Return what earned a part of the score."""
    if part.kind is ScoreKind.EVERY:
        return "such turns come before all others"
    if part.kind is ScoreKind.SPOKEN:
        return "somebody's own words, no narration"
    if part.kind is ScoreKind.PASSAGE:
        return "; ".join(_passage(one) for one in passages)
    if part.kind is ScoreKind.OTHER:
        return plain(" · ".join(piece.term for piece in part.pieces if piece.term))
    said = [f"{plain(piece.term)} {piece.score:,.2f}" for piece in part.pieces[:_PIECES]]
    return " · ".join([*said, *([f"{len(part.pieces) - _PIECES} more"] if len(part.pieces) > _PIECES else [])])


def _passage(passage: Passage) -> str:
    """Return which turns a passage spans, and what it says: turns 1–11 say 用户 23 times."""
    turns = f"turns {passage.first}–{passage.last}" if passage.last > passage.first else f"turn {passage.first}"
    said = ", ".join(f"{plain(word)} {_times(times)}" for word, times in passage.says)
    verb = "say" if passage.last > passage.first else "says"
    return f"{turns} {verb} {said}" if said else f"{turns}: some of it"


def _hurdles(hurdles: Iterable[ConditionResult], width: int) -> list[StyledLine]:
    """Return why a turn is not found: each thing it fails."""
    lines: list[StyledLine] = [line(Segment(" Not found because", Style.NAME))]
    for hurdle in hurdles:
        if not hurdle.passed:
            what = "" if hurdle.kind == ConditionKind.ENOUGH else plain(hurdle.typed)
            first = line("   ", Segment(what, Style.NAME), ": " if what else "")
            lines += indented(line(_failure(hurdle)), width, first, 5)
    return lines


def _failure(hurdle: ConditionResult) -> str:
    """Return what a turn has in place of what was asked for."""
    has = ", ".join(map(plain, hurdle.has))
    if tell := _FILTERS.get(hurdle.kind):
        return tell(has)
    match hurdle.kind:
        case ConditionKind.WITHOUT:
            return "the turn has it, and it was to be left out"
        case ConditionKind.QUOTE:
            return "these characters do not stand in the turn in a row"
        case ConditionKind.GROUP:
            return "none of these holds"
        case ConditionKind.SOME_WORD:
            return f"only the question it answers says {has}" if has else "the turn says nothing of it"
        case _:
            return f"--match {hurdle.typed} asks for {hurdle.typed} of the words; it lacks {has or 'some'}"


_FILTERS: Mapping[str, Callable[[str], str]] = {
    "speaker": lambda has: f"this turn is by {has}" if has else "this turn has no speaker",
    "role": lambda has: f"its speaker's role is {' '.join(dict.fromkeys((has, humanize.role(has)))).strip()}",
    "topic": lambda has: f"its topics are {has}" if has else "it has no topic",
    "keyword": lambda has: f"its keywords are {has}" if has else "it has no keywords",
    "outlet": lambda has: f"it appeared in {has}" if has else "it is not known where it appeared",
    "interview": lambda has: f"it is of the interview {has}",
    "date": lambda has: f"it is of {has}" if has else "its interview has no date",
    "number": lambda has: f"the numbers it says are {has}" if has else "it says no number",
}


def _compared(told: Explanation, width: int) -> list[StyledLine]:
    """Return the words that the turn was compared by, those asked for marked, as many as four lines take."""
    asked = {word.word for word in told.words}
    pieces: list[Segment] = []
    for word in told.compared.split():
        pieces += [Segment(plain(word), Style.MARK if word in asked else Style.PLAIN), Segment(" ")]
    lines = [(Segment("   "), *one) for one in wrap(line(*pieces), width - 3)]
    head = wrap(line(Segment(" Everything it was compared by:", Style.DIM)), width)
    return [*head, *lines[:_COMPARED], *([line("   ……")] if len(lines) > _COMPARED else [])]
