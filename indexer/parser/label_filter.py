"""The labels that open turns: occurrences of accepted names followed by speech, at the start of a line or within it.

An accepted name may still occur in a list of participants (主持人：曹淑敏 …研究院), in a generated summary or in
credits. Those occurrences are rejected here, with the reason.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from indexer.language.messages import gettext_noop
from indexer.parser import footer, label_scores, lexicon, names, section_markers
from indexer.parser.label_scores import THRESHOLD, LabelScore
from indexer.parser.labels import Label, LabelForm, LabelKey
from indexer.readers.script import Line

_BEFORE_LABEL = '。！？!?…”’"』」）)》】]～~'
_INNER_BRACKET = re.compile(r"[【\[]([^】\]【\[]{1,20})[】\]]")

_QA = frozenset(["q", "a", "问", "答"])
_TOP_LINES, _SHORT_LINE = 10, 12  # lines at the top of a page; characters up to which speech may repeat
_CONTEXT = 400  # characters after a label of a line that may have a hundred thousand
_SENTENCE_MARKS = "。！？!?…；~～"


@dataclass(frozen=True, slots=True)
class AcceptedLabels:
    """The labels that open turns, in reading order; `rejected` maps line indices to reasons."""

    labels: tuple[Label, ...]
    scores: Mapping[LabelKey, LabelScore]
    rejected: Mapping[int, str] = field(default_factory=dict)
    _reasons: dict[LabelKey, str] = field(default_factory=dict)

    def reason(self, label: Label) -> str:
        """Return the score of a label as text."""
        if label.form is LabelForm.CORRECTION:
            return gettext_noop("named by a correction")
        text = self._reasons.get(label.key)
        if text is None:
            score = self.scores.get(label.key)
            text = self._reasons[label.key] = str(score) if score else gettext_noop("named by the format")
        return text


def accept_labels(
    labels: Sequence[Label], lines: Sequence[Line], named: Collection[str] = frozenset()
) -> AcceptedLabels:
    """Return the labels that open turns, of all candidates; `named` are the folded labels that a legend names."""
    scored = [label for label in labels if label.form is not LabelForm.FORMAT]
    scores = label_scores.score_labels(scored, lines, named)
    accepted = [label for label in labels if label.form is LabelForm.FORMAT or _is_accepted(label, scores)]
    timed_lines = [label.line_index for label in accepted if label.form is LabelForm.TIME]
    by_line = {label.line_index: label for label in labels if not label.start}
    rejected = (
        _before_text_marker(accepted, lines)
        | _in_participant_list(accepted, lines)
        | _in_repeated_title(accepted, lines)
        | _in_link_list(accepted, lines)
    )
    openings: list[Label] = []
    speaking: set[LabelKey] = set()
    unpunctuated = not any(label.form is LabelForm.COLON and has_speech(label, lines) for label in accepted)
    for label in accepted:
        if label.line_index in rejected:
            continue
        has_spoken = unpunctuated and label.key in speaking
        reason = _rejection(label, lines, timed_lines, has_spoken) or _is_in_key_list(label, lines, by_line)
        if reason:
            rejected[label.line_index] = reason
        elif not openings or openings[-1].line_index < label.line_index or openings[-1].end <= label.start:
            openings.append(label)
            speaking.add(label.key)
    openings = [label for label in openings if not (label.on_own_line and label.line_index + 1 in rejected)]
    kept = _without_biographies(_without_footer(openings, lines), lines)
    rejected |= {label.line_index: "in the footer, a title follows" for label in openings[len(kept) :]}
    if kept and (reason := _is_title(kept[0], kept, lines)):
        rejected[kept[0].line_index] = reason
        kept = kept[1:]
    if kept and {label.key[0] for label in kept} <= _QA and section_markers.is_faq(lines[: kept[0].line_index]):
        rejected |= {label.line_index: "on a page of frequently asked questions" for label in kept}
        kept = ()
    return AcceptedLabels(tuple(kept), scores, rejected)


def _before_text_marker(accepted: Sequence[Label], lines: Sequence[Line]) -> dict[int, str]:
    """Reject the labels before the line that starts the text, if most labels come after it."""
    indices = [label.line_index for label in accepted]
    for marker in reversed(section_markers.text_markers(lines)):
        before, after = bisect_left(indices, marker), len(indices) - bisect_right(indices, marker)
        if after > 1 and after >= before:
            return dict.fromkeys(indices[:before], "before the line that starts the text")
    return {}


def _in_participant_list(accepted: Sequence[Label], lines: Sequence[Line]) -> dict[int, str]:
    """Reject the labels in a list of participants: 【本期嘉宾】 and below it 大刘：夜班司机."""
    listed: dict[int, str] = {}
    for label in accepted:
        above = label.line_index - 1
        if above < 0 or label.form is not LabelForm.COLON or label.start:
            continue
        if above not in listed and not section_markers.participant_key(lines[above].text):
            continue
        is_biography = footer.is_biography(lines[label.line_index].text, (label.name, label.printed))
        if not has_speech(label, lines) or is_biography:
            listed[above] = listed[label.line_index] = "in a list of participants"
    return listed


def _in_repeated_title(accepted: Sequence[Label], lines: Sequence[Line]) -> dict[int, str]:
    """Reject a label if its whole line occurs twice at the top: a page title, printed again above the text.

    Not after another speaker has begun, who may get the same answer twice.
    """
    top = [line.text.strip() for line in lines[:_TOP_LINES]]
    repeated = {text for text in top if len(text) > _SHORT_LINE and top.count(text) > 1}
    titles: list[int] = []
    for label in accepted:
        if label.line_index >= len(top) or top[label.line_index] not in repeated:
            break
        if not label.start:
            titles.append(label.line_index)
    return dict.fromkeys(titles, "in a title that is printed twice")


def _in_link_list(accepted: Sequence[Label], lines: Sequence[Line]) -> dict[int, str]:
    """Reject the labels below 推荐阅读： if they are of one name, or of names that only introduce titles."""
    start = section_markers.link_list_start(lines)
    below = [label for label in accepted if label.line_index > start]
    before = {label.key for label in accepted if label.line_index < start}
    keys = {label.key for label in below}
    if not below or (len(keys) > 1 and not (before and keys.isdisjoint(before))):
        return {}
    return {label.line_index: "in a list of links" for label in below}


def _is_accepted(label: Label, scores: Mapping[LabelKey, LabelScore]) -> bool:
    """Return whether the name of a label reaches the threshold."""
    score = scores.get(label.key)
    return score is not None and score.total >= THRESHOLD


def _rejection(label: Label, lines: Sequence[Line], timed_lines: Sequence[int], has_spoken: bool) -> str:
    """Return the reason why an accepted name does not open a turn here, "" if it does."""
    is_untimed = label.form in (LabelForm.COLON, LabelForm.BRACKET, LabelForm.BARE, LabelForm.BOLD)
    if is_untimed and len(timed_lines) > 2 and label.line_index < timed_lines[0]:
        return "before the first line with a time, in a summary or a list"
    introduces = (
        label.form is LabelForm.COLON and not label.on_own_line and names.fold(label.name) in lexicon.PARTICIPANT_KEYS
    )
    text = lines[label.line_index].text[label.end : label.end + _CONTEXT] if introduces else ""
    # where nobody ends a sentence, who has spoken may say 谢谢老板, which is no value
    if text and names.is_value(text) and not has_spoken:
        return "introduces a participant, no speech follows"
    return ""


def _is_title(label: Label, accepted: Sequence[Label], lines: Sequence[Line]) -> str:
    """Return a reason if the label belongs to a title: on the first line, without the sentences it has elsewhere."""
    if (
        label.line_index
        or label.start
        or label.form is not LabelForm.COLON
        or label.on_own_line
        or lines[0].start is not None
    ):
        return ""  # a cue is always speech
    others = [other for other in accepted if other.key == label.key and other.line_index]
    if len(others) > 1 and not has_speech(label, lines) and all(has_speech(other, lines) for other in others):
        return "first line of the text, a title follows"
    return ""


def _without_footer(openings: Sequence[Label], lines: Sequence[Line]) -> Sequence[Label]:
    """Drop the last labels if they head links or credits: the footer begins before them, no sentence follows."""
    spoken = next((n for n in range(len(openings), 0, -1) if has_speech(openings[n - 1], lines)), len(openings))
    for line_number in (
        range(openings[spoken - 1].line_index + 1, openings[-1].line_index) if spoken < len(openings) else ()
    ):
        if footer.start_reason(lines[line_number].text):
            return [label for label in openings if label.line_index < line_number]
    return openings


def _without_biographies(openings: Sequence[Label], lines: Sequence[Line]) -> Sequence[Label]:
    """Drop the last labels if they head biographies of speakers (何苗：1985年生，现任馆长)."""
    kept = len(openings)
    while kept > 2 and not openings[kept - 1].start:
        label = openings[kept - 1]
        if not footer.is_biography(lines[label.line_index].text, (label.name, label.printed)):
            break
        kept -= 1
    return openings[:kept]


def has_speech(label: Label, lines: Sequence[Line]) -> bool:
    """Return whether a sentence follows the label on its line."""
    if label.on_own_line:
        return True
    text = lines[label.line_index].text
    return text.find("。", label.end, label.end + _CONTEXT) >= 0 or _last_sentence(text) >= label.end


@lru_cache(maxsize=8)  # a line may have many labels
def _last_sentence(text: str) -> int:
    """Return the position of the last mark that ends a sentence, -1 if there is none; that of 1.5. ends none."""
    bare = text.rstrip()
    ends = len(bare) > 1 and bare[-1] == "." and bare[-2] != "." and not bare[-2].isdecimal()
    return max(len(bare) - 2 if ends else -1, *map(text.rfind, _SENTENCE_MARKS))


def _is_in_key_list(label: Label, lines: Sequence[Line], by_line: Mapping[int, Label]) -> str:
    """Return a reason if the label is in a list of keys and values: 时间：…, 主持人：Planner, 地点：…."""
    if label.start or has_speech(label, lines) or names.fold(label.name) not in lexicon.PARTICIPANT_KEYS:
        return ""
    adjacent = (by_line.get(label.line_index + step) for step in (-1, 1))
    if any(other is not None and names.fold(other.name) in lexicon.HEADER_KEYS for other in adjacent):
        return "in a list of keys and values"
    return ""
