"""Where turns open: the occurrences of believed labels that speech follows, at the beginning of a line or in it.

A believed name may still stand in a list of participants (主持人：曹淑敏 …研究院), in a summary made by a machine, in
credits. Those occurrences are refused here, with the reason.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from indexer.parsing import asides, evidence, lexicon, names
from indexer.parsing.evidence import ENOUGH, Belief
from indexer.parsing.labels import Form, Key, Label
from indexer.reading.script import Line

_BEFORE_LABEL = '。！？!?…”’"』」）)》】]～~'
_INNER_BRACKET = re.compile(r"[【\[]([^】\]【\[]{1,20})[】\]]")


@dataclass(frozen=True, slots=True)
class Openings:
    """The labels that open turns, in reading order, and why; `refused` holds the believed that do not, by place."""

    labels: tuple[Label, ...]
    beliefs: Mapping[Key, Belief]
    refused: Mapping[int, str] = field(default_factory=dict)
    _words: dict[Key, str] = field(default_factory=dict)

    def why(self, label: Label) -> str:
        """Return the evidence for a label, in words."""
        known = self._words.get(label.key)
        if known is None:
            belief = self.beliefs.get(label.key)
            known = self._words[label.key] = str(belief) if belief else "named by the format"
        return known


def find(labels: Sequence[Label], lines: Sequence[Line]) -> Openings:
    """Return where turns open, given every possible label at the beginning of a line."""
    beliefs = evidence.weigh([label for label in labels if label.form is not Form.FORMAT], lines)
    believed = [label for label in labels if label.form is Form.FORMAT or _is_believed(label, beliefs)]
    timed = [label.place for label in believed if label.form is Form.TIME]
    refused, opening = {}, []
    for label in believed:
        reason = _refusal(label, lines, timed)
        if reason:
            refused[label.place] = reason
        else:
            opening.append(label)
    return Openings(tuple(_with_inner(opening, lines)), beliefs, refused)


def _is_believed(label: Label, beliefs: Mapping[Key, Belief]) -> bool:
    belief = beliefs.get(label.key)
    return belief is not None and belief.score >= ENOUGH


def _refusal(label: Label, lines: Sequence[Line], timed: Sequence[int]) -> str:
    """Return why a believed label does not open a turn here, "" where it does."""
    if label.form in (Form.COLON, Form.BRACKET, Form.BARE, Form.STRONG) and len(timed) > 2 and label.place < timed[0]:
        return "stands before the first line with a time, in a summary or a list"
    introduces = label.form is Form.COLON and not label.alone and names.fold(label.name) in lexicon.INTRODUCING
    if introduces and names.is_value(lines[label.place].text[label.end :]):
        return "introduces somebody, what follows is not said"
    return ""


def _with_inner(opening: Sequence[Label], lines: Sequence[Line]) -> Iterator[Label]:
    """Yield the opening labels and, between them, those in mid-line that print a name already believed."""
    known = _known(opening)
    if not opening:
        return
    position, brackets = 0, sum(label.form is Form.BRACKET for label in opening) > 2
    for place in range(opening[0].place, len(lines)):
        start = 0
        while position < len(opening) and opening[position].place == place:
            yield opening[position]
            start, position = opening[position].end, position + 1
        yield from _inner(place, lines[place].text, start, known)
        if brackets:
            yield from _inner_brackets(place, lines[place].text, start, known)


def _known(opening: Sequence[Label]) -> dict[str, list[Label]]:
    """Return the labels as they may stand in mid-line, by their last character, the longest first."""
    spelled: dict[str, Label] = {}
    for label in opening:
        if label.form in (Form.COLON, Form.BRACKET, Form.HEADING, Form.STRONG):
            spelled.setdefault(label.printed, label)
            spelled.setdefault(label.name, label)
    known: dict[str, list[Label]] = {}
    for text, label in spelled.items():
        known.setdefault(text[-1], []).append(replace(label, printed=text))
    for group in known.values():
        group.sort(key=lambda label: -len(label.printed))
    return known


def _inner(place: int, text: str, start: int, known: Mapping[str, Sequence[Label]]) -> Iterator[Label]:
    """Yield the labels in mid-line: a known name after the end of a sentence or a caption, before a colon."""
    for found in re.finditer("[：:]", text[start:]) if "：" in text[start:] or ":" in text[start:] else ():
        colon = start + found.start()
        before = text[:colon].rstrip()
        bare = before.rstrip("0123456789") if before[-1:].isdigit() else before
        for label in known.get(bare[-1:], ()):
            begin = len(bare) - len(label.printed)
            if bare.endswith(label.printed) and _may_open(text, start, begin):
                end = colon + 1 + len(text[colon + 1 :]) - len(text[colon + 1 :].lstrip())
                yield replace(label, place=place, start=begin, end=end, form=Form.COLON, alone=False, time=None)
                break


def _may_open(text: str, start: int, begin: int) -> bool:
    """Tell whether a known name at `begin` stands where a turn can open."""
    before = text[start:begin].rstrip()
    if not before:
        return False
    return before[-1] in _BEFORE_LABEL or (start == 0 and asides.is_caption(before))


def _inner_brackets(place: int, text: str, start: int, known: Mapping[str, Sequence[Label]]) -> Iterator[Label]:
    """Yield the labels in brackets in mid-line."""
    for found in _INNER_BRACKET.finditer(text, start):
        for label in known.get(found[1][-1:], ()):
            if label.printed == found[1] and found.start() > start:
                yield replace(label, place=place, start=found.start(), end=found.end(), alone=False)
                break
