"""Why a turn is not found, a line for each condition of the query that it fails."""

from collections.abc import Iterable, Mapping

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.text.printable import plain
from search_cli.explain.explanation import ConditionKind, ConditionResult
from search_cli.query.request import Match
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.wrapping import indented

_NO_QUESTION = gettext_noop("it answers no question")
_NO_DATE = gettext_noop("its interview has no date")
_NO_PHRASE = gettext_noop("the turn does not contain this phrase")
_EXCLUDED = gettext_noop("the turn contains it, but it is excluded")
_NONE_MATCHES = gettext_noop("none of these matches")
_ROLE = gettext_noop("its speaker's role is {has}")
_INTERVIEW = gettext_noop("it is in the interview {has}")

FAILURES: Mapping[str, tuple[str, str]] = {
    ConditionKind.WITHOUT: (_EXCLUDED, _EXCLUDED),
    ConditionKind.QUOTE: (_NO_PHRASE, _NO_PHRASE),
    ConditionKind.GROUP: (_NONE_MATCHES, _NONE_MATCHES),
    ConditionKind.SOME_WORD: (
        gettext_noop("only the question it answers contains {has}"),
        gettext_noop("the turn contains none of it"),
    ),
    "speaker": (gettext_noop("this turn is by {has}"), gettext_noop("this turn has no speaker")),
    "role": (_ROLE, _ROLE),
    "topic": (gettext_noop("its topics are {has}"), gettext_noop("it has no topics")),
    "keyword": (gettext_noop("its keywords are {has}"), gettext_noop("it has no keywords")),
    "outlet": (gettext_noop("its outlet is {has}"), gettext_noop("its outlet is unknown")),
    "interview": (_INTERVIEW, _INTERVIEW),
    "title": (gettext_noop("its title is {has}"), gettext_noop("its interview has no title")),
    "author": (gettext_noop("its authors are {has}"), gettext_noop("its interview has no authors")),
    "affiliation": (
        gettext_noop("its speaker's affiliation is {has}"),
        gettext_noop("its speaker has no affiliation"),
    ),
    "label": (gettext_noop("its label is {has}"), gettext_noop("it has no label")),
    "language": (gettext_noop("its language is {has}"), gettext_noop("its language is unknown")),
    "date": (gettext_noop("its date is {has}"), _NO_DATE),
    "year": (gettext_noop("its date is {has}"), _NO_DATE),
    "number": (gettext_noop("its numbers are {has}"), gettext_noop("it has no numbers")),
    "mentions": (gettext_noop("it mentions {has}"), gettext_noop("it mentions nobody")),
    "tag": (gettext_noop("its tags are {has}"), gettext_noop("nobody gave it a tag")),
    "to": (gettext_noop("it answers {has}"), _NO_QUESTION),
    "added": (gettext_noop("it was added {has}"), gettext_noop("it is not known when it was added")),
    "asked": (gettext_noop("its question, #{has}, does not have it"), _NO_QUESTION),
    "answered": (gettext_noop("the turn does not have it itself"), _NO_QUESTION),
    "volunteered": (
        gettext_noop("{has} said it before"),
        gettext_noop("it answers no question, or does not have it itself"),
    ),
}
"""Why a turn fails a condition of a kind: with what it has instead, and where it has nothing."""

_REQUIRED = {
    Match.ALL: gettext_noop("--match all requires all of the words"),
    Match.MOST: gettext_noop("--match most requires most of the words"),
    Match.SOME: gettext_noop("--match some requires some of the words"),
}


def failed_conditions(conditions: Iterable[ConditionResult], width: int) -> list[StyledLine]:
    """Lay out the conditions that a turn fails."""
    lines: list[StyledLine] = [line(Segment(f" {_('Not found because')}", Style.NAME))]
    for condition in conditions:
        if not condition.passed:
            label = "" if condition.kind == ConditionKind.ENOUGH else plain(condition.typed)
            first = line("   ", Segment(label, Style.NAME), _(": ") if label else "")
            lines += indented(line(_failure(condition)), width, first, 5)
    return lines


def _failure(condition: ConditionResult) -> str:
    """Return why a turn fails a condition."""
    if condition.kind == ConditionKind.ENOUGH:
        return _too_few(condition)
    has = _(", ").join(map(plain, condition.has))
    if condition.kind == "role":
        has = " ".join(dict.fromkeys((has, humanize.role(has)))).strip()
    with_values, without = FAILURES[condition.kind]
    return _(with_values if has else without).format(has=has)


def _too_few(condition: ConditionResult) -> str:
    """Return how many of the words a turn needs, and which it lacks."""
    lacking = _(", ").join(map(plain, condition.has))
    lacks = _("it lacks {words}").format(words=lacking) if lacking else _("it lacks some")
    return _("; ").join((_(_REQUIRED[Match(condition.typed)]), lacks))
