"""Labels in mid-line: a name that is printed as a label elsewhere, after the end of a sentence."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from indexer.parser import labels as labels_of
from indexer.parser import names, non_speech
from indexer.parser.labels import Label, LabelForm
from indexer.readers.script import Line

_BEFORE_LABEL = '。！？!?…”’"』」）)》】]～~'
_BRACKET = re.compile(r"[【\[]([^】\]【\[]{1,20})[】\]]")
_COLON = re.compile("[：:]")
_MAX_DISTANCE = 120  # characters before a colon that contain the name and a caption attached to it
_NAME_BEFORE_COLON = re.compile(r"(?:^|[。！？!?…”」）)】\s])([^\s：:，。！？,!?“”（）()「」【】]{1,10})[：:]")
_TEXT_MARKER = re.compile("(?:实录|實錄|全文|如下|内容|內容|记录|記錄)[：:]$")  # 以下为节目实录: 主持人:
_ABSTRACT = re.compile(r"[\s　【\[]*(?:核心|内容|內容|阅读|閱讀)?(?:提示|提要|概要|摘要)[】\]]?\s*[：:]")
"""Start of an editor's abstract, which quotes the text below: 核心提示：…。梁文道：…."""

_ABSTRACT_STARTS = frozenset("【[核内內阅閱提摘概")
_LONG_LINE = 200  # characters of a line that may hold a conversation without line breaks
_FORMS = frozenset({LabelForm.COLON, LabelForm.BRACKET, LabelForm.HEADING, LabelForm.BOLD})

_ANSWERS = {"问": "答", "問": "答", "Q": "A", "q": "a", "记者": "答", "記者": "答"}
"""Labels of answers, which may never occur at the start of a line: 问：去哪里？答：码头。"""

_AT_LINE_END = re.compile(  # 呢？水野一郎： and the answer on the next line
    r"(?:[。！？!?…”」）)]|^)\s*(?P<name>[^\s：:，。！？、,!?“”（）()「」]{2,12})[：:]\s*$"
)
_COLONS = frozenset("：:")
_SAYING = ("问", "問", "答", "道", "说", "說")  # 有人问：
_CAPTION = re.compile(r"[^。！？!?…”」，、；：,;:]{2,24}$")
_NOT_IN_CAPTION = re.compile(r"[我你他她它您咱说說问問告诉訴看读讀见見叫让讓请請给給对對向跟]")
_AFTER_QUESTION = "”’」』\"')）" + "".join(chr(code) for code in range(0x3001) if chr(code).isspace())

KnownLabels = Mapping[str, Mapping[int, Mapping[str, Label]]]
"""Labels by last character, length (the longest first), and text: many may end in the same character."""


def add_inline_labels(
    labels: Sequence[Label], lines: Sequence[Line], legend: frozenset[int] = frozenset()
) -> Iterator[Label]:
    """Yield the labels at the start of lines and, between them, those in mid-line, in reading order.

    The lines of `legend` say who the labels are; they have none.
    """
    known_labels = _index_by_last_character([*labels, *_names_in_running_text(labels, lines)])
    use_brackets = sum(label.form is LabelForm.BRACKET for label in labels) > 2
    position = 0
    for line_index, line in enumerate(lines):
        first = None
        if position < len(labels) and labels[position].line_index == line_index:
            yield (first := labels[position])
            position += 1
        if (use_brackets or "：" in line.text or ":" in line.text) and line_index not in legend:
            if line.text.lstrip()[:1] in _ABSTRACT_STARTS and _ABSTRACT.match(line.text):
                continue
            inline = _labels_in_line(line_index, line.text, known_labels, use_brackets)
            yield from (label for label in inline if not (first and _is_same_label(first, label)))


def _is_same_label(first: Label, inline: Label) -> bool:
    """Return whether a label in mid-line is the one at the start, matched again after its number: （三）记者：."""
    return first.end == inline.end and first.key == inline.key


def _names_in_running_text(labels: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """Return labels for the names that repeat before colons within lines but never start one.

    If the line breaks of a whole conversation are lost, any name in long lines; else persons after the label of another
    speaker, where two speak on each line: 记者：累吗？许国良：累。
    """
    if sum(label.form in _FORMS and names.likeness(label.name)[0] > 0.0 for label in labels) > 1:
        ends = {label.line_index: label.end for label in labels if label.form is LabelForm.COLON}
        texts = (lines[line_index].text[end:] for line_index, end in ends.items())
        counts = Counter(
            match[1] for text in texts if "：" in text or ":" in text for match in _NAME_BEFORE_COLON.finditer(text)
        )
        new = {name for name, count in counts.items() if count > 1} - {label.name for label in labels}
        likely = {name for name in new if names.likeness(name)[0] >= 2.0}
        return [labels_of.unplaced(name) for name in sorted(likely | _names_at_line_ends(lines))]
    counts = Counter(
        match[1] for line in lines if len(line.text) > _LONG_LINE for match in _NAME_BEFORE_COLON.finditer(line.text)
    )
    return [labels_of.unplaced(name) for name, count in counts.items() if count > 1 and names.likeness(name)[0] >= 1.0]


def _names_at_line_ends(lines: Sequence[Line]) -> set[str]:
    """Return the names that repeat behind a sentence, before a colon at the end of a line; they need not look like it.

    The answer stands below: 新声周刊：近来怎样？水野和一郎：
    """
    matches = (
        _AT_LINE_END.search(line.text, max(0, len(line.text) - 20))
        for line in lines
        if line.text[-3:].rstrip()[-1:] in _COLONS
    )
    counts = Counter(match["name"] for match in matches if match)
    repeated = (name for name, count in counts.items() if count > 1 and not name.endswith(_SAYING))
    return {name for name in repeated if names.likeness(name)[0] >= 0.0}


def _labels_in_line(line_index: int, text: str, known_labels: KnownLabels, use_brackets: bool) -> Iterator[Label]:
    """Yield the labels in mid-line, in order and without overlaps."""
    end = 0
    found = [
        *_labels_before_colons(line_index, text, known_labels),
        *(_labels_in_brackets(line_index, text, known_labels) if use_brackets else ()),
    ]
    for label in sorted(found, key=lambda label: label.start) if len(found) > 1 else found:
        if label.start >= end:
            yield label
            end = label.end


def _index_by_last_character(labels: Iterable[Label]) -> KnownLabels:
    """Return the labels as they may be printed in mid-line, by their last character, the longest first."""
    spelled: dict[str, Label] = {}
    for label in labels:
        if label.form in _FORMS and names.likeness(label.name)[0] > -4.0:
            spelled.setdefault(label.printed, label)
            spelled.setdefault(label.name, label)
            if answer := _ANSWERS.get(label.name):
                spelled.setdefault(answer, replace(label, key=(names.fold(answer), False), name=answer, affiliation=""))
    known_labels: dict[str, dict[int, dict[str, Label]]] = {}
    for text in sorted(spelled, key=len, reverse=True):
        label = replace(spelled[text], printed=text)
        known_labels.setdefault(text[-1], {}).setdefault(len(text), {})[text] = label
    return known_labels


def _ending(text: str, known_labels: KnownLabels) -> Iterator[Label]:
    """Yield the known labels that a text ends with, the longest first."""
    for length, labels in known_labels.get(text[-1:], {}).items():
        if label := labels.get(text[-length:]):
            yield label


def _labels_before_colons(line_index: int, text: str, known_labels: KnownLabels) -> Iterator[Label]:
    """Yield the known names after the end of a sentence, or a caption, and before a colon."""
    bare = text.rstrip(_AFTER_QUESTION)
    question = len(bare) - 1 if bare.endswith(("？", "?")) else -1
    for match in _COLON.finditer(text):
        colon = match.start()
        window_start = max(0, colon - _MAX_DISTANCE)
        before = text[window_start:colon].rstrip()
        bare = before.rstrip("0123456789") if before[-1:].isdigit() else before
        for label in _ending(bare, known_labels):
            start = len(bare) - len(label.printed)
            if _can_open_turn(bare[:start], window_start == 0):
                yield _moved(label, line_index, text, window_start + start, colon + 1)
                break
            if start and question > colon and (caption := _caption_length(bare[:start], label)):
                moved = _moved(label, line_index, text, window_start + start, colon + 1)
                yield replace(moved, caption=caption)
                break


def _caption_length(before: str, label: Label) -> int:
    """Return the length of a caption without a full stop between an answer and the label of a question, or 0.

    桥板晒了一整天。《旧桥》布展当日东岸周刊：累吗？ But 。后来我问东岸周刊：累吗？ is no caption.
    """
    match = _CAPTION.search(before)
    if not match or not match.start() or before[match.start() - 1] not in _BEFORE_LABEL:
        return 0
    likely = len(label.name) > 2 and names.likeness(label.name)[0] >= 1.5
    if not likely or _NOT_IN_CAPTION.search(match[0]):
        return 0
    return len(match[0])


def _can_open_turn(before: str, from_line_start: bool) -> bool:
    """Return whether a turn can open after this text: the end of a sentence, a caption, a gap in Chinese text."""
    bare = before.rstrip()
    if not bare:
        return False
    if bare[-1] in "：:":
        return bool(_TEXT_MARKER.search(bare, max(0, len(bare) - 12)))
    gap = len(bare) < len(before) and "㐀" <= bare[-1] <= "鿿"
    return gap or bare[-1] in _BEFORE_LABEL or (from_line_start and non_speech.is_caption(bare))


def _labels_in_brackets(line_index: int, text: str, known_labels: KnownLabels) -> Iterator[Label]:
    """Yield the known names in brackets."""
    first = len(text) - len(text.lstrip())
    for match in _BRACKET.finditer(text):
        label = known_labels.get(match[1][-1], {}).get(len(match[1]), {}).get(match[1])
        if label and match.start() > first:
            yield _moved(label, line_index, text, match.start(), match.end())


def _moved(label: Label, line_index: int, text: str, start: int, end: int) -> Label:
    """Return a known label at another position."""
    while end < len(text) and text[end].isspace():
        end += 1
    form = LabelForm.BRACKET if label.form is LabelForm.BRACKET and text[start] in "【[" else LabelForm.COLON
    at_end = end >= len(text)
    return replace(label, line_index=line_index, start=start, end=end, form=form, on_own_line=at_end, time=None)
