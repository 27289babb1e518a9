"""Interpretations of a quotation: …… marks an omission, brackets may be the editor's. Pure."""

import re
from dataclasses import dataclass

from search_cli.quotations.alignment_text import alignment_text

_OMISSION = re.compile(
    r"[\[［(（【〔]\s*(?:…+|⋯+|\.{3,}|。{3,}|[前中后後下]?略|省略|删节|刪節)\s*[\]］)）】〕]|…+|⋯+|\.{3,}|。{3,}"
)
_BRACKETS = re.compile(r"[(（\[［【〔][^()（）\[\]［］【】〔〕]*[)）\]］】〕]")


@dataclass(frozen=True, slots=True)
class Interpretation:
    """One way to read a quotation: its parts as printed, in order, and the insertions of an editor."""

    parts: tuple[str, ...]
    insertions: tuple[str, ...] = ()

    @property
    def letters(self) -> tuple[str, ...]:
        """Return the letters of each part."""
        return tuple(alignment_text(part).text for part in self.parts)


def interpretations(text: str) -> tuple[Interpretation, ...]:
    """Return the interpretations of a quotation: literal, then without its brackets; none for one without letters.

    Parts without letters are dropped: …… before and after a quotation omits nothing of it.
    """
    cut = _OMISSION.sub("\0", text)
    bare = _BRACKETS.sub("", cut)
    readings = [Interpretation(parts) for parts in [_parts(cut)] if parts]
    if bare != cut and (parts := _parts(bare)):
        insertions = tuple(bracket for bracket in _BRACKETS.findall(cut) if alignment_text(bracket).text)
        readings.append(Interpretation(parts, insertions))
    return tuple(readings)


def _parts(cut: str) -> tuple[str, ...]:
    """Return the parts that have letters."""
    return tuple(part.strip() for part in cut.split("\0") if alignment_text(part).text)
