"""Find who is spoken of: the people whose names the turns of an interview say.

    蔡玉玲政委也有来      蔡玉玲     a word that is a name (text.chinese_names)
    林全院长              林全       may be a name, beside a title; then everywhere in the interview
    唐鳳怎麼看            唐鳳       speaks in this interview, or is in speakers.toml under this name

What a turn says depends on its interview, the dictionary and speakers.toml alone, not on other interviews. Surnames
with a title (陈部长) name nobody in particular, unless speakers.toml has them as somebody's alias.

Measured on 420 interviews: see docs/analysis.md.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from indexer.enrich.generic_names import is_generic
from indexer.enrich.speakers import Speakers
from indexer.model import Interview, Turn
from indexer.text.chinese_names import (
    TITLES,
    Certainty,
    certainty,
    certainty_of_two,
    has_form_of_name,
    may_end_given_name,
)
from indexer.text.name_lexicon import SURNAMES
from indexer.text.normalize import NormalText, normalize

if TYPE_CHECKING:
    from indexer.text.analysis import Analysis

# a word that begins with a surname, and the next word if both together may have three characters; the surname is the
# first thing to look for, as that is twice as fast
_WORD = re.compile(
    rf"(?P<word>[{''.join(sorted(SURNAMES))}](?<![^ ].)[^ ]{{0,2}})(?= (?P<next>[^ ]{{1,2}})(?![^ ])| |$)"
)
_LATIN = re.compile(r"[a-z][a-z.'-]*(?: [a-z.'-]+){1,3}")
_DOTTED = re.compile(r"[㐀-鿿]+(?:·[㐀-鿿]+)+")


class Names:
    """Names to find in texts, in normal form."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        for name in sorted(names, key=len, reverse=True):
            if len(name) > 1:
                self._by_start.setdefault(name[:2], []).append(name)
        firsts, seconds = ("".join(map(re.escape, sorted({start[n] for start in self._by_start}))) for n in (0, 1))
        self._start = re.compile(f"[{firsts}](?=[{seconds}])") if firsts else None

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the spans of names in a normal text, the longest at each place; Latin ones only as whole words."""
        covered = 0
        for found in self._start.finditer(text) if self._start else ():
            start = found.start()
            names = self._by_start.get(text[start : start + 2], ()) if start >= covered else ()
            for name in names:
                end = start + len(name)
                if text.startswith(name, start) and not (_cuts(text, start) or _cuts(text, end)):
                    covered = end
                    yield start, end
                    break


def _cuts(text: str, offset: int) -> bool:
    """Tell whether an offset is within a Latin word."""
    around = text[max(offset - 1, 0) : offset + 1]
    return len(around) == 2 and around.isascii() and around.isalnum()


class AnalyzedText(NamedTuple):
    """What of the analysis of a turn its mentions are found in; `words` are joined by spaces."""

    normal: NormalText
    words: str


def kept(analyses: Iterable["Analysis"], texts: list[AnalyzedText]) -> Iterator["Analysis"]:
    """Yield analyses, and add what mentions need of them to `texts`: a long interview is analyzed anew each time."""
    for one in analyses:
        texts.append(AnalyzedText(one.normal, one.joined_words))
        yield one


def annotate(interview: Interview, texts: Sequence[AnalyzedText], not_names: Set[str], known: Speakers) -> Interview:
    """Add to the turns whom they mention; `not_names` are words of the user dictionary that are no names."""
    names = _names(interview.turns, texts, not_names, known)
    turns = (
        _annotated(turn, text.normal, names, interview.id, known)
        for turn, text in zip(interview.turns, texts, strict=True)
    )
    return replace(interview, turns=tuple(turns))


def _names(turns: Sequence[Turn], texts: Sequence[AnalyzedText], not_names: Set[str], known: Speakers) -> Names:
    """Return the names that the turns of an interview may say."""
    own = set(filter(None, map(_own_name, {turn.printed_speaker or turn.speaker for turn in turns})))
    found = {name for text in texts for name in _names_of(text.words)} - not_names
    sure = own | known.spellings
    # 唐凤 and a word after it, not a name of three characters
    longer = {
        name for name in found - sure if len(name) > 2 and name[:2] in sure | found and not may_end_given_name(name[2])
    }
    return Names((sure | found) - longer - known.not_people)


def _names_of(joined: str) -> Iterator[str]:
    """Yield the names among words."""
    for found in _WORD.finditer(joined):
        word, following = found.groups("")
        sure, name, end = certainty(word), word, found.end()
        if not sure and len(word) + len(following) == 3:
            sure, name, end = certainty_of_two(word, following), word + following, found.end("next")
        if sure is Certainty.CERTAIN or (sure and _is_beside_title(joined, found.start(), end)):
            yield name


def _is_beside_title(joined: str, start: int, end: int) -> bool:
    """Tell whether the word before or after those from `start` to `end` is a title."""
    before = joined[joined.rfind(" ", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)]
    behind = joined.find(" ", end + 1)
    return before in TITLES or joined[end + 1 : behind if behind >= 0 else None] in TITLES


def _own_name(printed: str) -> str:
    """Return a speaker's name in normal form if texts can be searched for it, else "": not of 文化部代表, 主持人."""
    name = normalize(printed).text.strip()
    is_name = has_form_of_name(name) or _LATIN.fullmatch(name) or _DOTTED.fullmatch(name)
    return name if is_name and not is_generic(printed) else ""


def _annotated(turn: Turn, normal: NormalText, names: Names, interview_id: str, known: Speakers) -> Turn:
    """Return a turn with its mentions; itself without any."""
    spans = list(names.find(normal.text))
    if not spans and not turn.printed_mentions:
        return turn
    printed = tuple(dict.fromkeys(turn.text[slice(*normal.original_span(*span))] for span in spans))
    mentions = dict.fromkeys(known.labelled(interview_id, one) or known.canonical(one) for one in printed)
    return replace(turn, mentions=tuple(mentions), printed_mentions=printed)
