"""Where turns open: the occurrences of believed labels that speech follows, at the beginning of a line or in it.

A believed name may still stand in a list of participants (主持人：曹淑敏 …研究院), in a summary made by a machine, in
credits. Those occurrences are refused here, with the reason.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from indexer.parser import footer, label_scores, lexicon, names, section_markers
from indexer.parser.label_scores import ENOUGH, Belief
from indexer.parser.labels import Form, Key, Label
from indexer.readers.script import Line

_BEFORE_LABEL = '。！？!?…”’"』」）)》】]～~'
_INNER_BRACKET = re.compile(r"[【\[]([^】\]【\[]{1,20})[】\]]")

_QA = frozenset(["q", "a", "问", "答"])
_TOP, _SHORT = 10, 12  # lines at the top of a page; characters up to which a line may be said twice
_SENTENCE = re.compile(r"[。！？!?…；~～]|[^\d.]\.\s*$")


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
    beliefs = label_scores.weigh([label for label in labels if label.form is not Form.FORMAT], lines)
    believed = [label for label in labels if label.form is Form.FORMAT or _is_believed(label, beliefs)]
    timed = [label.place for label in believed if label.form is Form.TIME]
    by_place = {label.place: label for label in labels if not label.start}
    refused = _before_text(believed, lines) | _introduced(believed, lines) | _printed_again(believed, lines)
    opening: list[Label] = []
    for label in believed:
        if label.place in refused:
            continue
        reason = _refusal(label, lines, timed) or _listed(label, lines, by_place)
        if reason:
            refused[label.place] = reason
        elif not opening or opening[-1].place < label.place or opening[-1].end <= label.start:
            opening.append(label)
    opening = [label for label in opening if not (label.alone and label.place + 1 in refused)]
    talk = _without_life(_without_tail(opening, lines), lines)
    refused |= {label.place: "stands in the tail, what follows is a title" for label in opening[len(talk) :]}
    if talk and (reason := _heads_text(talk[0], talk, lines)):
        refused[talk[0].place] = reason
        talk = talk[1:]
    if talk and {label.key[0] for label in talk} <= _QA and section_markers.is_help(lines[: talk[0].place]):
        refused |= {label.place: "stands on a page of frequent questions, which nobody asks" for label in talk}
        talk = ()
    return Openings(tuple(talk), beliefs, refused)


def _before_text(believed: Sequence[Label], lines: Sequence[Line]) -> dict[int, str]:
    """Return the places of labels before the line that says the text begins here, where most of them come behind it."""
    for place in reversed(section_markers.texts_begin(lines)):
        before = [label.place for label in believed if label.place < place]
        behind = sum(label.place > place for label in believed)
        if behind > 1 and behind >= len(before):
            return dict.fromkeys(before, "stands before the line with which the text begins")
    return {}


def _introduced(believed: Sequence[Label], lines: Sequence[Line]) -> dict[int, str]:
    """Return the places of labels in a list of those who take part: 【本期嘉宾】 and below it 大刘：夜班司机."""
    listed: dict[int, str] = {}
    for label in believed:
        above = label.place - 1
        if above < 0 or label.form is not Form.COLON or label.start:
            continue
        if above not in listed and not section_markers.lists_people(lines[above].text):
            continue
        life = (label.name, label.printed)
        if not is_said(label, lines) or footer.is_biography(lines[label.place].text, life):
            listed[above] = listed[label.place] = "stands in a list of those who take part"
    return listed


def _printed_again(believed: Sequence[Label], lines: Sequence[Line]) -> dict[int, str]:
    """Return the places of a label whose whole line comes twice at the top: a page's title, printed again above it.

    Not after somebody else began to speak, who may get the same answer twice.
    """
    top = [line.text.strip() for line in lines[:_TOP]]
    twice = {text for text in top if len(text) > _SHORT and top.count(text) > 1}
    places: list[int] = []
    for label in believed:
        if label.place >= len(top) or top[label.place] not in twice:
            break
        if not label.start:
            places.append(label.place)
    return dict.fromkeys(places, "heads the text, the line is printed twice")


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


def _heads_text(label: Label, believed: Sequence[Label], lines: Sequence[Line]) -> str:
    """Return whether the label is a title's: on the first line, no sentence, where that name else says sentences."""
    if label.place or label.start or label.form is not Form.COLON or label.alone or lines[0].start is not None:
        return ""  # a cue is said whatever it says
    others = [one for one in believed if one.key == label.key and one.place]
    if len(others) > 1 and not is_said(label, lines) and all(is_said(one, lines) for one in others):
        return "heads the text, what follows is a title"
    return ""


def _without_tail(opening: Sequence[Label], lines: Sequence[Line]) -> Sequence[Label]:
    """Return the labels without those that head links or credits: the tail begins before them, no sentence follows."""
    said = next((n for n in range(len(opening), 0, -1) if is_said(opening[n - 1], lines)), len(opening))
    for place in range(opening[said - 1].place + 1, opening[-1].place) if said < len(opening) else ():
        if footer.begins(lines[place].text):
            return [label for label in opening if label.place < place]
    return opening


def _without_life(opening: Sequence[Label], lines: Sequence[Line]) -> Sequence[Label]:
    """Return the labels without the last ones if those head the lives of speakers (何苗：1985年生，现任馆长)."""
    kept = len(opening)
    while kept > 2 and not opening[kept - 1].start:
        label = opening[kept - 1]
        if not footer.is_biography(lines[label.place].text, (label.name, label.printed)):
            break
        kept -= 1
    return opening[:kept]


def is_said(label: Label, lines: Sequence[Line]) -> bool:
    """Tell whether a sentence follows the label on its line."""
    return label.alone or bool(_SENTENCE.search(lines[label.place].text[label.end :]))


def _listed(label: Label, lines: Sequence[Line], by_place: Mapping[int, Label]) -> str:
    """Return whether the label stands in a list of keys and values: 时间：…, 主持人：Planner, 地点：…."""
    if label.start or is_said(label, lines) or names.fold(label.name) not in lexicon.INTRODUCING:
        return ""
    around = (by_place.get(label.place + step) for step in (-1, 1))
    if any(one is not None and names.fold(one.name) in lexicon.HEAD for one in around):
        return "stands in a list of keys and values"
    return ""
