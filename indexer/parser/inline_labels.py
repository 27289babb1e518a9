"""Labels in the middle of a line: a name that is printed as a label elsewhere, after the end of a sentence."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from indexer.parser import labels as labels_of
from indexer.parser import names, non_speech
from indexer.parser.labels import Form, Label
from indexer.readers.script import Line

_BEFORE_LABEL = '。！？!?…”’"』」）)》】]～~'
_BRACKET = re.compile(r"[【\[]([^】\]【\[]{1,20})[】\]]")
_COLON = re.compile("[：:]")
_REACH = 120  # characters before a colon in which a name and the caption glued before it must lie
_SEED = re.compile(r"(?:^|[。！？!?…”」）)】\s])([^\s：:，。！？,!?“”（）()「」【】]{1,10})[：:]")
_BEGINS = re.compile("(?:实录|實錄|全文|如下|内容|內容|记录|記錄)[：:]$")  # 以下为节目实录: 主持人:
_ABSTRACT = re.compile(r"[\s　【\[]*(?:核心|内容|內容|阅读|閱讀)?(?:提示|提要|概要|摘要)[】\]]?\s*[：:]")
"""How an editor's abstract begins, which quotes what is said below: 核心提示：…。梁文道：…."""

_ABSTRACTS = frozenset("【[核内內阅閱提摘概")
_LONG = 200  # characters of a line in which a talk without breaks is looked for
_FORMS = frozenset({Form.COLON, Form.BRACKET, Form.HEADING, Form.STRONG})

_ANSWERS = {"问": "答", "問": "答", "Q": "A", "q": "a", "记者": "答", "記者": "答"}
"""Who answers where these ask, though it may never stand at the beginning of a line: 问：去哪里？答：码头。"""

Known = Mapping[str, Sequence[Label]]


def with_inner(labels: Sequence[Label], lines: Sequence[Line]) -> Iterator[Label]:
    """Yield the labels at the beginning of lines and, between them, those in mid-line, in reading order."""
    known = _known([*labels, *_flowing(labels, lines)])
    brackets = sum(label.form is Form.BRACKET for label in labels) > 2
    position = 0
    for place, line in enumerate(lines):
        first = None
        if position < len(labels) and labels[position].place == place:
            yield (first := labels[position])
            position += 1
        if brackets or "：" in line.text or ":" in line.text:
            if line.text.lstrip()[:1] in _ABSTRACTS and _ABSTRACT.match(line.text):
                continue
            inner = _in_line(place, line.text, known, brackets)
            yield from (label for label in inner if not (first and _is_same(first, label)))


def _is_same(first: Label, inner: Label) -> bool:
    """Tell whether a label in mid-line is the one at the beginning, found again behind its number: （三）记者：."""
    return first.end == inner.end and first.key == inner.key


def _flowing(labels: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """Return the names that repeat before colons inside lines but never begin one.

    Where the breaks of a whole talk were lost, any name in long lines; else persons behind the label of another, where
    two speak on each line: 记者：累吗？许国良：累。
    """
    if sum(label.form in _FORMS and names.likeness(label.name)[0] > 0.0 for label in labels) > 1:
        ends = {label.place: label.end for label in labels if label.form is Form.COLON}
        texts = (lines[place].text[end:] for place, end in ends.items())
        counts = Counter(found[1] for text in texts if "：" in text or ":" in text for found in _SEED.finditer(text))
        new = {name for name, count in counts.items() if count > 1} - {label.name for label in labels}
        return [labels_of.seed(name) for name in sorted(new) if names.likeness(name)[0] >= 2.0]
    counts = Counter(found[1] for line in lines if len(line.text) > _LONG for found in _SEED.finditer(line.text))
    return [labels_of.seed(name) for name, count in counts.items() if count > 1 and names.likeness(name)[0] >= 1.0]


def _in_line(place: int, text: str, known: Known, brackets: bool) -> Iterator[Label]:
    """Yield the labels in mid-line, one after another."""
    end = 0
    found = [*_inner(place, text, known), *(_inner_brackets(place, text, known) if brackets else ())]
    for label in sorted(found, key=lambda one: one.start) if len(found) > 1 else found:
        if label.start >= end:
            yield label
            end = label.end


def _known(labels: Iterable[Label]) -> Known:
    """Return the labels as they may stand in mid-line, by their last character, the longest first."""
    spelled: dict[str, Label] = {}
    for label in labels:
        if label.form in _FORMS and names.likeness(label.name)[0] > -4.0:
            spelled.setdefault(label.printed, label)
            spelled.setdefault(label.name, label)
            if answer := _ANSWERS.get(label.name):
                spelled.setdefault(answer, replace(label, key=(names.fold(answer), False), name=answer, office=""))
    known: dict[str, list[Label]] = {}
    for text, label in spelled.items():
        known.setdefault(text[-1], []).append(replace(label, printed=text))
    for group in known.values():
        group.sort(key=lambda label: -len(label.printed))
    return known


def _inner(place: int, text: str, known: Known) -> Iterator[Label]:
    """Yield the known names after the end of a sentence, or a caption, and before a colon."""
    for found in _COLON.finditer(text):
        colon = found.start()
        floor = max(0, colon - _REACH)
        before = text[floor:colon].rstrip()
        bare = before.rstrip("0123456789") if before[-1:].isdigit() else before
        for label in known.get(bare[-1:], ()):
            begin = len(bare) - len(label.printed)
            if bare.endswith(label.printed) and _may_open(bare[:begin], floor == 0):
                yield _at(label, place, text, floor + begin, colon + 1)
                break


def _may_open(before: str, from_line_start: bool) -> bool:
    """Tell whether a turn can open behind these characters: a sentence's end, a caption, a gap in Chinese text."""
    bare = before.rstrip()
    if not bare:
        return False
    if bare[-1] in "：:":
        return bool(_BEGINS.search(bare, max(0, len(bare) - 12)))
    gap = len(bare) < len(before) and "㐀" <= bare[-1] <= "鿿"
    return gap or bare[-1] in _BEFORE_LABEL or (from_line_start and non_speech.is_caption(bare))


def _inner_brackets(place: int, text: str, known: Known) -> Iterator[Label]:
    """Yield the known names in brackets."""
    for found in _BRACKET.finditer(text):
        for label in known.get(found[1][-1:], ()):
            if label.printed == found[1] and text[: found.start()].strip():
                yield _at(label, place, text, found.start(), found.end())
                break


def _at(label: Label, place: int, text: str, start: int, end: int) -> Label:
    """Return a known label at another place."""
    while end < len(text) and text[end].isspace():
        end += 1
    form = Form.BRACKET if label.form is Form.BRACKET and text[start] in "【[" else Form.COLON
    return replace(label, place=place, start=start, end=end, form=form, alone=False, time=None)
