"""The screen of `fangtan why`: the words of the query, where they occur, the score or the failed conditions."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.text.printable import plain
from search_cli.explain.explanation import (
    Explanation,
    MatchLocation,
    ParsedTerm,
    PassageMatch,
    ScoreKind,
    ScorePart,
    WordMatch,
)
from search_cli.rendering.pages.failed_conditions import failed_conditions
from search_cli.rendering.pages.hits import attribution
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, columns_of, filled, line, padded
from search_cli.rendering.terminal.wrapping import indented, wrap

_TERMS = 6
"""Terms of a part of the score that are listed."""
_INDEXED_LINES = 4
"""Lines of the turn's indexed words."""
_LABELS: Mapping[ScoreKind, str] = {
    ScoreKind.EVERY: gettext_noop("every word"),
    ScoreKind.NOTE: gettext_noop("a note"),
    ScoreKind.WORDS: gettext_noop("words"),
    ScoreKind.PAIRS: gettext_noop("pairs of characters"),
    ScoreKind.CHARACTERS: gettext_noop("single characters"),
    ScoreKind.QUESTION: gettext_noop("the question"),
    ScoreKind.PASSAGE: gettext_noop("the passage"),
    ScoreKind.SPEAKER: gettext_noop("the speaker's name"),
    ScoreKind.SPOKEN: gettext_noop("spoken"),
    ScoreKind.MEANING: gettext_noop("near in meaning"),
    ScoreKind.AROUND: gettext_noop("turns around it"),
    ScoreKind.OTHER: gettext_noop("other"),
}
_ORDERS = {
    "date": gettext_noop("Sorted by date, latest first: nothing is scored."),
    "position": gettext_noop("Sorted as in the archive: nothing is scored."),
}
_BESIDE = 60
"""Columns from which the details of a part are beside its number and name; in a narrower window, below."""


def why_lines(explanation: Explanation, width: int, hints: bool = True) -> list[StyledLine]:
    """Lay out the screen: rank, speaker, words, score or failed conditions, indexed words."""
    lines = _head(explanation, width)
    lines += [(Segment(" "), *row) for row in attribution(explanation.turn, width - 1)]
    lines += [(), *_words(explanation, width)]
    if not explanation.found:
        lines += [(), *failed_conditions(explanation.conditions, width)]
    elif explanation.parts:
        lines += [(), *_score(explanation, width)]
    else:
        order = _(_ORDERS.get(explanation.sort, _ORDERS["date"]))
        lines += [(), *wrap(line(f" {order}"), width)]
    lines += [(), *_indexed_words(explanation, width)]
    if hints and explanation.alternative and not explanation.found:
        step = Segment(f"fangtan search {plain(humanize.query_arguments(explanation.alternative))}", Style.COMMAND)
        lines += [(), *indented(line(step), width, line(Segment(f" {_('Found by: ')}", Style.DIM)), 3)]
    return [row for index, row in enumerate(lines) if row or (index and lines[index - 1])]


def _head(explanation: Explanation, width: int) -> list[StyledLine]:
    """Lay out the rank, and a note on it: not counted, or how many turns are found instead."""
    lines = indented(_rank(explanation), width, line(" "), 1)
    if explanation.found and not explanation.counted:
        lines += indented(line(_uncounted(explanation)), width, line(" "), 1)
    elif not explanation.found:
        lines += wrap(line(Segment(f" {_others(explanation.total)}", Style.DIM)), width)
    return lines


def _rank(explanation: Explanation) -> StyledLine:
    """Lay out which hit the turn is: qzone-xiaomi#3 is hit 3 of 12 for  小米 合作."""
    query = plain(explanation.query).strip()
    if explanation.found:
        told = (
            _("{address} is hit {rank} of {total} for  {query}")
            if query
            else _("{address} is hit {rank} of {total} for these filters")
        )
    else:
        told = _("{address} is not found for  {query}") if query else _("{address} is not found for these filters")
    return filled(
        told,
        address=Segment(plain(explanation.turn.address), Style.ADDRESS),
        rank=f"{explanation.rank:,}",
        total=f"{explanation.total:,}",
        query=Segment(query, Style.NAME),
    )


def _others(turns: int) -> str:
    """Return how many turns are found instead."""
    if not turns:
        return _("The query finds no turn.")
    return _("The query finds {turns}.").format(turns=humanize.count(turns, "other turn"))


def _uncounted(explanation: Explanation) -> str:
    """Return why a turn that is found is not counted."""
    lacking = [plain(word.word) for word in explanation.words if not set(word.places) - {MatchLocation.PARTLY}]
    turns = humanize.count(explanation.every, "turn") if explanation.every else ""
    return _(_UNCOUNTED[bool(turns), bool(lacking)]).format(turns=turns, words=_(", ").join(lacking))


_UNCOUNTED = {
    (True, True): gettext_noop("Found, but not counted among the {turns} with every word: it lacks {words}."),
    (True, False): gettext_noop("Found, but not counted among the {turns} with every word."),
    (False, True): gettext_noop(
        "Found, as no turn has every word; not counted among those with every word: it lacks {words}."
    ),
    (False, False): gettext_noop("Found, as no turn has every word; not counted among those with every word."),
}
"""Why a turn is not counted, by whether any turn has every word, and whether it is known which it lacks."""


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
        turns = Segment(f" · {_in_archive(word.turns)}", Style.DIM)
        lines += indented(line(location(word, explanation), turns), width, first, column)
    return lines


def _in_archive(turns: int) -> str:
    """Return how many turns of the archive have a word."""
    if not turns:
        return _("no turn in the archive")
    return _("{turns} in the archive").format(turns=humanize.count(turns, "turn"))


def _searched_as(term: ParsedTerm) -> str:
    """Return how a typed word is searched, "" if unchanged."""
    if term.quoted or term.words == (term.typed,):
        return ""
    words = plain(" · ".join(term.words))
    told = _("No turn contains {typed} as typed: it is searched as {words}.")
    if len(term.words) == 1:
        told = _("{typed} is searched as {words}.")
    return f" {told.format(typed=plain(term.typed), words=words)}"


def _expansion(term: ParsedTerm) -> str:
    """Return which other words are searched with a typed one: synonyms, the nearest spelling."""
    if not term.also:
        return ""
    told = _("Searched with {typed}: {words}.")
    return f" {told.format(typed=plain(term.typed), words=plain(' · '.join(term.also)))}"


def location(word: WordMatch, explanation: Explanation) -> str:
    """Return where a word occurs: twice here, and in the question it answers (#8)."""
    return _(", and ").join(_place(place, word, explanation) for place in word.places) or _("not here")


def _place(place: MatchLocation, word: WordMatch, explanation: Explanation) -> str:
    """Return one of the places where a word occurs."""
    match place:
        case MatchLocation.TURN:
            return _here(word.times)
        case MatchLocation.QUESTION if explanation.turn.reply_to is not None:
            return _("in the question it answers (#{number})").format(number=explanation.turn.reply_to)
        case MatchLocation.QUESTION:
            return _("in the question it answers")
        case MatchLocation.SPEAKER:
            return _("in the speaker's name")
        case MatchLocation.NOTE:
            return _("in a note")
        case MatchLocation.OTHERWISE if word.also:
            return _("another word for it: {words}").format(words=_(", ").join(map(plain, word.also)))
        case MatchLocation.OTHERWISE:
            return _("in another form")
        case MatchLocation.PARTLY if word.shared:
            return _("only part of it here: {parts}").format(parts=_(", ").join(map(plain, word.shared)))
        case MatchLocation.PARTLY:
            return _("only part of it here")


def _here(times: int) -> str:
    """Return how often a word is in the turn."""
    told = {0: _("here, written differently"), 1: _("once here"), 2: _("twice here")}
    return told.get(times) or _("{number} times here").format(number=f"{times:,}")


def _score(explanation: Explanation, width: int) -> list[StyledLine]:
    """Lay out the score and its parts, whose printed numbers add up to it."""
    shown = rounded([part.score for part in explanation.parts])
    size = max(len(f"{explanation.score:,.2f}"), 6)
    total = line(f" {f'{sum(shown) / 100:,.2f}':>{size}}  ")
    lines = indented(line(Segment(_("score, made up of"), Style.DIM)), width, total, cells(total))
    column = max(columns_of(_(_LABELS[part.kind])) for part in explanation.parts) + 2
    for part, hundredths in zip(explanation.parts, shown, strict=True):
        number, label = f" {f'{hundredths / 100:,.2f}':>{size}}  ", _(_LABELS[part.kind])
        details = line(Segment(_details(part, explanation), Style.DIM))
        if width >= _BESIDE:
            first = line(number, padded(label, column))
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
        return _("such turns come before all others")
    if part.kind is ScoreKind.NOTE:
        return _("turns with a note that holds every word come next")
    if part.kind is ScoreKind.SPOKEN:
        return _("speech, not narration")
    if part.kind is ScoreKind.PASSAGE:
        return _("; ").join(map(_passage, explanation.passages))
    if part.kind is ScoreKind.MEANING:
        told = _("cosine {cosine} with the query; the nearest turn has {nearest}")
        return told.format(cosine=f"{explanation.cosine:.2f}", nearest=f"{explanation.nearest:.2f}")
    if part.kind is ScoreKind.AROUND:
        return _("up to three before and after it are found, too")
    if part.kind is ScoreKind.OTHER:
        return plain(" · ".join(term.term for term in part.terms if term.term))
    terms = [f"{plain(term.term)} {term.score:,.2f}" for term in part.terms[:_TERMS]]
    if more := len(part.terms[_TERMS:]):
        terms.append(_("{number} more").format(number=more))
    return " · ".join(terms)


def _passage(passage: PassageMatch) -> str:
    """Return the turns of a passage and its counts: turns 1–11 say 用户 23 times."""
    said = _(", ").join(_said(plain(word), times) for word, times in passage.says)
    told = _(_PASSAGES[passage.last > passage.first, bool(said)])
    return told.format(first=passage.first, last=passage.last, said=said)


_PASSAGES = {
    (True, True): gettext_noop("turns {first}–{last} say {said}"),
    (True, False): gettext_noop("turns {first}–{last}: part of the query"),
    (False, True): gettext_noop("turn {first} says {said}"),
    (False, False): gettext_noop("turn {first}: part of the query"),
}
"""What a passage says, by whether it has several turns, and whether whole words are counted in it."""


def _said(word: str, times: int) -> str:
    """Return how often a word is said: 小米 11 times."""
    told = {1: _("{word} once"), 2: _("{word} twice")}.get(times, _("{word} {number} times"))
    return told.format(word=word, number=f"{times:,}")


def _indexed_words(explanation: Explanation, width: int) -> list[StyledLine]:
    """Lay out the turn's indexed words in up to four lines, the words of the query marked."""
    searched = {word.word for word in explanation.words}
    segments: list[Segment] = []
    for word in explanation.indexed_words.split():
        segments += [Segment(plain(word), Style.MARK if word in searched else Style.PLAIN), Segment(" ")]
    lines = [(Segment("   "), *row) for row in wrap(line(*segments), width - 3)]
    head = wrap(line(Segment(f" {_('Indexed words of the turn:')}", Style.DIM)), width)
    return [*head, *lines[:_INDEXED_LINES], *([line("   ……")] if len(lines) > _INDEXED_LINES else [])]
