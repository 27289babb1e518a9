"""How a quotation can be read: …… leaves something out, brackets may be the editor's. Pure."""

import re
from dataclasses import dataclass

from search_cli.quotations.letters import letters

_LEFT_OUT = re.compile(
    r"[\[［(（【〔]\s*(?:…+|⋯+|\.{3,}|。{3,}|[前中后後下]?略|省略|删节|刪節)\s*[\]］)）】〕]|…+|⋯+|\.{3,}|。{3,}"
)
_BRACKETS = re.compile(r"[(（\[［【〔][^()（）\[\]［］【】〔〕]*[)）\]］】〕]")


@dataclass(frozen=True, slots=True)
class Interpretation:
    """One way to read a quotation: its parts as printed, one after another, and what an editor put into them."""

    parts: tuple[str, ...]
    insertions: tuple[str, ...] = ()

    @property
    def sought(self) -> tuple[str, ...]:
        """Return the letters of each part."""
        return tuple(letters(part).text for part in self.parts)


def interpretations(text: str) -> tuple[Interpretation, ...]:
    """Return the ways to read a quotation: to the letter, then without its brackets; none where it has no letters.

    Parts without letters are no parts: …… before and after a quotation leave nothing out of it.
    """
    cut = _LEFT_OUT.sub("\0", text)
    bare = _BRACKETS.sub("", cut)
    found = [Interpretation(parts) for parts in [_parts(cut)] if parts]
    if bare != cut and (parts := _parts(bare)):
        found.append(Interpretation(parts, tuple(one for one in _BRACKETS.findall(cut) if letters(one).text)))
    return tuple(found)


def _parts(cut: str) -> tuple[str, ...]:
    """Return the parts that hold letters."""
    return tuple(part.strip() for part in cut.split("\0") if letters(part).text)
