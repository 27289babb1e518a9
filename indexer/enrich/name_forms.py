"""Join the forms of one name that an archive prints: 唐鳳 and 唐凤, 王  明 and 王明, MARK and Mark. Pure.

Forms are one name if their normal forms without spaces are the same. The canonical one is that of most turns; of
several with as many, the one that is not padded, then one in Traditional, which names more than its Simplified form
does. It depends on the turns of the archive alone, not on the order in which they came. People of one name are kept
apart by speakers.toml, whose names are joined with no others.

Measured on 420 interviews of an archive in both scripts: 2,485 names of 2,338 people; each of the 147 pairs is one name
in Traditional and Simplified, and no name has two forms in Traditional.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from indexer.enrich.generic_names import is_generic
from indexer.enrich.speakers import Speakers
from indexer.model import qualified_name
from indexer.text.normalize import fold
from indexer.text.simplify import simplified

_PADDING = 2
"""Spaces that pad a name of two characters to the width of three: Audrey Tang has one, as it should."""


class NameForms:
    """The canonical names of an archive, whose `printed` names have so many turns.

    `mentioned` are the names that its turns say, with their turns: those of speakers are theirs.
    """

    def __init__(self, printed: Mapping[str, int], known: Speakers, mentioned: Mapping[str, int] | None = None) -> None:
        self.known = known
        self._canonical = _joined({name: turns for name, turns in printed.items() if not known.has(name)})
        self._generic = {name for name in printed if is_generic(name) and not known.has(name)}
        self._of_form = {fold(name): self.canonical(name) for name in printed if name not in self._generic}
        others = {name: turns for name, turns in (mentioned or {}).items() if fold(name) not in self._of_form}
        self._mentioned = _joined({name: turns for name, turns in others.items() if not known.has(name)})

    def of(self, names: Iterable[str]) -> dict[str, str]:
        """Return those of some printed names that have another canonical form, each with it."""
        return {name: form for name in names if (form := self._canonical.get(name, name)) != name}

    def canonical(self, printed: str) -> str:
        """Return the canonical name of a printed one, wherever it is printed."""
        return self.known.canonical(self._canonical.get(printed, printed))

    def speaker(self, printed: str, label: str, interview_id: str, turn: int) -> str:
        """Return the speaker of a turn; one whose name is a label (记者) is that of the interview."""
        if given := self.known.turns.get((interview_id, turn)) or self.known.labelled(interview_id, printed, label):
            return given
        return qualified_name(printed, interview_id) if printed in self._generic else self.canonical(printed)

    def mention(self, said: str, interview_id: str = "") -> str:
        """Return the canonical name of a person whose name a turn says."""
        if given := self.known.labelled(interview_id, said):
            return given
        if self.known.has(said):
            return self.known.canonical(said)
        return self._mentioned.get(said) or self._of_form.get(fold(said), said)


def _joined(turns: Mapping[str, int]) -> dict[str, str]:
    """Return the canonical form of each name that has several."""
    by_form: defaultdict[str, list[str]] = defaultdict(list)
    for name in turns:
        by_form[fold(name)].append(name)
    several = (names for names in by_form.values() if len(names) > 1)
    return {name: canonical for names in several for canonical in [min(names, key=_rank(turns))] for name in names}


def _rank(turns: Mapping[str, int]) -> Callable[[str], tuple[bool, int, bool, str]]:
    """Return the key by which the canonical form comes first."""
    return lambda name: (_is_padded(name), -turns[name], simplified(name) == name, name)


def _is_padded(name: str) -> bool:
    """Tell whether a name has spaces that only pad it: beside Han characters, or several."""
    return "\u3000" in name or " " * _PADDING in name or (" " in name and not name.isascii())
