"""The screen of `fangtan why`: the words of the query, where they occur, the score or the failed conditions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate, pairwise

from indexer.text.printable import plain
from search_cli.explain.explanation import (
    ConditionKind,
    ConditionResult,
    Explanation,
    MatchLocation,
    ParsedTerm,
    PassageMatch,
    ScoreKind,
    ScorePart,
    WordMatch,
)
from search_cli.rendering.pages.hits import attribution
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import indented, wrap

_TERMS = 6
"""Terms of a part of the score that are listed."""
_INDEXED_LINES = 4
"""Lines of the turn's indexed words."""
_LABELS: Mapping[ScoreKind, str] = {
    ScoreKind.EVERY: "every word",
    ScoreKind.NOTE: "a note",
    ScoreKind.WORDS: "words",
    ScoreKind.PAIRS: "pairs of characters",
    ScoreKind.CHARACTERS: "single characters",
    ScoreKind.QUESTION: "the question",
    ScoreKind.PASSAGE: "the passage",
    ScoreKind.SPEAKER: "the speaker's name",
    ScoreKind.SPOKEN: "spoken",
    ScoreKind.MEANING: "near in meaning",
    ScoreKind.AROUND: "turns around it",
    ScoreKind.OTHER: "other",
}
_ORDERS = {"date": "Sorted by date, latest first", "position": "Sorted as in the archive"}
_BESIDE = 60
"""Columns from which the details of a part are beside its number and name; in a narrower window, below."""


def why_lines(explanation: Explanation, width: int, hints: bool = True) -> list[StyledLine]:
    """Lay out the screen: rank, speaker, words, score or failed conditions, indexed words."""
    lines = _head(explanation, width)
    lines += [(Segment(" "), *row) for row in attribution(explanation.turn, width - 1)]
    lines += [(), *_words(explanation, width)]
    if not explanation.found:
        lines += [(), *_failed_conditions(explanation.conditions, width)]
    elif explanation.parts:
        lines += [(), *_score(explanation, width)]
    else:
        order = _ORDERS.get(explanation.sort, _ORDERS["date"])
        lines += [(), *wrap(line(f" {order}: nothing is scored."), width)]
    lines += [(), *_indexed_words(explanation, width)]
    if hints and explanation.alternative and not explanation.found:
        step = Segment(f"fangtan search {plain(humanize.query_arguments(explanation.alternative))}", Style.COMMAND)
        lines += [(), *indented(line(step), width, line(Segment(" Found by: ", Style.DIM)), 3)]
    return [row for index, row in enumerate(lines) if row or (index and lines[index - 1])]


def _head(explanation: Explanation, width: int) -> list[StyledLine]:
    """Lay out the rank, and a note on it: not counted, or how many turns are found instead."""
    address = Segment(plain(explanation.turn.address), Style.ADDRESS)
    rank = f" is hit {explanation.rank:,} of {explanation.total:,}" if explanation.found else " is not found"
    query = plain(explanation.query).strip()
    subject = line("for  ", Segment(query, Style.NAME)) if query else line("for these filters")
    lines = indented(line(address, f"{rank} ", *subject), width, line(" "), 1)
    if explanation.found and not explanation.counted:
        lines += indented(line(_uncounted(explanation)), width, line(" "), 1)
    elif not explanation.found:
        others = humanize.count(explanation.total, "other turn") if explanation.total else "no turn"
        lines += wrap(line(Segment(f" The query finds {others}.", Style.DIM)), width)
    return lines


def _uncounted(explanation: Explanation) -> str:
    """Return why a turn that is found is not counted."""
    lacking = ", ".join(plain(word.word) for word in explanation.words if not set(word.places) - {MatchLocation.PARTLY})
    if explanation.every:
        turns = humanize.count(explanation.every, "turn")
        note = f"Found, but not counted among the {turns} with every word"
    else:
        note = "Found, as no turn has every word; not counted among those with every word"
    return f"{note}: it lacks {lacking}." if lacking else f"{note}."


def _words(explanation: Explanation, width: int) -> list[StyledLine]:
    """Lay out how each term was parsed, and where each word occurs."""
    notes = [note for term in explanation.terms for note in (_searched_as(term), _expansion(term)) if note]
    lines = [row for note in notes for row in wrap(line(Segment(note, Style.DIM)), width)]
    widest = max((cells(line(plain(word.word))) for word in explanation.words), default=0)
    column = min(widest, max(width // 3, 8)) + 3
    for word in explanation.words:
        name = plain(word.word)
        gap = " " * max(column - 1 - cells(line(name)), 2)
        first = line(" ", Segment(name, Style.NAME), gap)
        turns = f" · {humanize.count(word.turns, 'turn')} in the archive" if word.turns else " · no turn in the archive"
        lines += indented(line(location(word, explanation), Segment(turns, Style.DIM)), width, first, column)
    return lines


def _searched_as(term: ParsedTerm) -> str:
    """Return how a typed word is searched, "" if unchanged."""
    if term.quoted or term.words == (term.typed,):
        return ""
    words = plain(" · ".join(term.words))
    if len(term.words) == 1:
        return f" {plain(term.typed)} is searched as {words}."
    return f" No turn contains {plain(term.typed)} as typed: it is searched as {words}."


def _expansion(term: ParsedTerm) -> str:
    """Return which other words are searched with a typed one: synonyms, the nearest spelling."""
    return f" Searched with {plain(term.typed)}: {plain(' · '.join(term.also))}." if term.also else ""


def location(word: WordMatch, explanation: Explanation) -> str:
    """Return where a word occurs: twice here, and in the question it answers (#8)."""
    places: list[str] = []
    for place in word.places:
        match place:
            case MatchLocation.TURN:
                places.append(f"{_times(word.times)} here" if word.times else "here, written differently")
            case MatchLocation.QUESTION:
                number = f" (#{explanation.turn.reply_to})" if explanation.turn.reply_to is not None else ""
                places.append(f"in the question it answers{number}")
            case MatchLocation.SPEAKER:
                places.append("in the speaker's name")
            case MatchLocation.NOTE:
                places.append("in a note")
            case MatchLocation.OTHERWISE:
                places.append(
                    f"another word for it: {', '.join(map(plain, word.also))}" if word.also else "in another form"
                )
            case MatchLocation.PARTLY:
                shared = ", ".join(map(plain, word.shared))
                places.append(f"only part of it here{f': {shared}' if shared else ''}")
    return ", and ".join(places) or "not here"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def _score(explanation: Explanation, width: int) -> list[StyledLine]:
    """Lay out the score and its parts, whose printed numbers add up to it."""
    shown = rounded([part.score for part in explanation.parts])
    size = max(len(f"{explanation.score:,.2f}"), 6)
    total = line(f" {f'{sum(shown) / 100:,.2f}':>{size}}  ")
    lines = indented(line(Segment("score, made up of", Style.DIM)), width, total, cells(total))
    column = max(len(_LABELS[part.kind]) for part in explanation.parts) + 2
    for part, hundredths in zip(explanation.parts, shown, strict=True):
        number, label = f" {f'{hundredths / 100:,.2f}':>{size}}  ", _LABELS[part.kind]
        details = line(Segment(_details(part, explanation), Style.DIM))
        if width >= _BESIDE:
            first = line(number, f"{label:<{column}}")
            lines += indented(details, width, first, cells(first)) if details else [first]
        else:
            lines += indented(line(label), width, line(number), len(number))
            indent = " " * min(size + 3, width // 4)
            lines += indented(details, width, line(indent), len(indent)) if details else []
    return lines


def rounded(scores: Sequence[float]) -> list[int]:
    """Round numbers to hundredths that add up to their rounded sum; none is off by more than one."""
    sums = [0, *(round(100 * total) for total in accumulate(scores))]
    return [after - before for before, after in pairwise(sums)]


def _details(part: ScorePart, explanation: Explanation) -> str:
    """Return what a part of the score is for."""
    if part.kind is ScoreKind.EVERY:
        return "such turns come before all others"
    if part.kind is ScoreKind.NOTE:
        return "turns with a note that holds every word come next"
    if part.kind is ScoreKind.SPOKEN:
        return "speech, not narration"
    if part.kind is ScoreKind.PASSAGE:
        return "; ".join(map(_passage, explanation.passages))
    if part.kind is ScoreKind.MEANING:
        return f"cosine {explanation.cosine:.2f} with the query; the nearest turn has {explanation.nearest:.2f}"
    if part.kind is ScoreKind.AROUND:
        return "up to three before and after it are found, too"
    if part.kind is ScoreKind.OTHER:
        return plain(" · ".join(term.term for term in part.terms if term.term))
    terms = [f"{plain(term.term)} {term.score:,.2f}" for term in part.terms[:_TERMS]]
    return " · ".join([*terms, *([f"{len(part.terms) - _TERMS} more"] if len(part.terms) > _TERMS else [])])


def _passage(passage: PassageMatch) -> str:
    """Return the turns of a passage and its counts: turns 1–11 say 用户 23 times."""
    turns = f"turns {passage.first}–{passage.last}" if passage.last > passage.first else f"turn {passage.first}"
    counts = ", ".join(f"{plain(word)} {_times(times)}" for word, times in passage.says)
    verb = "say" if passage.last > passage.first else "says"
    return f"{turns} {verb} {counts}" if counts else f"{turns}: part of the query"


def _failed_conditions(conditions: Iterable[ConditionResult], width: int) -> list[StyledLine]:
    """Lay out the conditions that a turn fails."""
    lines: list[StyledLine] = [line(Segment(" Not found because", Style.NAME))]
    for condition in conditions:
        if not condition.passed:
            label = "" if condition.kind == ConditionKind.ENOUGH else plain(condition.typed)
            first = line("   ", Segment(label, Style.NAME), ": " if label else "")
            lines += indented(line(_failure(condition)), width, first, 5)
    return lines


def _failure(condition: ConditionResult) -> str:
    """Return why a turn fails a condition."""
    has = ", ".join(map(plain, condition.has))
    if message := _FILTER_FAILURES.get(condition.kind):
        return message(has)
    match condition.kind:
        case ConditionKind.WITHOUT:
            return "the turn contains it, but it is excluded"
        case ConditionKind.QUOTE:
            return "the turn does not contain this phrase"
        case ConditionKind.GROUP:
            return "none of these matches"
        case ConditionKind.SOME_WORD:
            return f"only the question it answers contains {has}" if has else "the turn contains none of it"
        case _:
            return f"--match {condition.typed} requires {condition.typed} of the words; it lacks {has or 'some'}"


_FILTER_FAILURES: Mapping[str, Callable[[str], str]] = {
    "speaker": lambda has: f"this turn is by {has}" if has else "this turn has no speaker",
    "role": lambda has: f"its speaker's role is {' '.join(dict.fromkeys((has, humanize.role(has)))).strip()}",
    "topic": lambda has: f"its topics are {has}" if has else "it has no topics",
    "keyword": lambda has: f"its keywords are {has}" if has else "it has no keywords",
    "outlet": lambda has: f"its outlet is {has}" if has else "its outlet is unknown",
    "interview": lambda has: f"it is in the interview {has}",
    "title": lambda has: f"its title is {has}" if has else "its interview has no title",
    "author": lambda has: f"its authors are {has}" if has else "its interview has no authors",
    "affiliation": lambda has: f"its speaker's affiliation is {has}" if has else "its speaker has no affiliation",
    "label": lambda has: f"its label is {has}" if has else "it has no label",
    "language": lambda has: f"its language is {has}" if has else "its language is unknown",
    "year": lambda has: f"its date is {has}" if has else "its interview has no date",
    "mentions": lambda has: f"it mentions {has}" if has else "it mentions nobody",
    "tag": lambda has: f"its tags are {has}" if has else "nobody gave it a tag",
    "asked": lambda has: f"its question, #{has}, does not have it" if has else "it answers no question",
    "answered": lambda has: "the turn does not have it itself" if has else "it answers no question",
    "volunteered": lambda has: f"{has} said it before" if has else "it answers no question, or does not have it itself",
    "date": lambda has: f"its date is {has}" if has else "its interview has no date",
    "number": lambda has: f"its numbers are {has}" if has else "it has no numbers",
}


def _indexed_words(explanation: Explanation, width: int) -> list[StyledLine]:
    """Lay out the turn's indexed words in up to four lines, the words of the query marked."""
    searched = {word.word for word in explanation.words}
    segments: list[Segment] = []
    for word in explanation.indexed_words.split():
        segments += [Segment(plain(word), Style.MARK if word in searched else Style.PLAIN), Segment(" ")]
    lines = [(Segment("   "), *row) for row in wrap(line(*segments), width - 3)]
    head = wrap(line(Segment(" Indexed words of the turn:", Style.DIM)), width)
    return [*head, *lines[:_INDEXED_LINES], *([line("   ……")] if len(lines) > _INDEXED_LINES else [])]
