"""The use of labels in one file: what follows each, and which forms are usual; `label_scores` weighs it."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from indexer.parser import label_prefix, lexicon, names
from indexer.parser.labels import Label, LabelForm, LabelKey
from indexer.readers.script import Line

_CONTEXT, _LONG_SPEECH = 60, 40  # characters examined after a label; length above which they are speech
_SENTENCE = re.compile(r"[。！？!?…；]|[.~～][\s”\"’)]*$")
_SAYS = frozenset("说說道问問答曰讲講喊叫")
_OPENING_QUOTES = ("“", "「", "『", "‘", '"')


@dataclass(frozen=True, slots=True)
class LabelUsage:
    """The use of labels in one file.

    `speech` is the share of speech after each label (by line index and start), `usual_forms` are the forms used
    throughout, `mostly_speech` is true if speech follows most labels, `numbered` are the names printed after the number
    of a paragraph (（三）避免浪费：), `headings` those that only begin headings (## 冷库的难点：结露), and `quoting`
    those before a quotation (男孩说：“你好”). `named` are the folded labels that a legend names.
    """

    speech: Mapping[tuple[int, int], float]
    usual_forms: frozenset[LabelForm]
    mostly_speech: bool
    numbered: frozenset[LabelKey]
    headings: frozenset[LabelKey]
    quoting: frozenset[LabelKey]
    named: Collection[str]

    def speech_after(self, label: Label) -> float:
        """Return the share of speech after a label, 0 to 1."""
        return self.speech[label.line_index, label.start]


def describe_usage(
    labels: Sequence[Label], lines: Sequence[Line], repeated: set[LabelKey], named: Collection[str]
) -> LabelUsage:
    """Return the use of labels in a file, judged by the repeated ones."""
    speech = {(label.line_index, label.start): _speech_share(label, lines) for label in labels}
    form_counts = Counter(label.form for label in labels if label.key in repeated)
    shares = [speech[label.line_index, label.start] for label in labels if label.key in repeated]
    usual_forms = frozenset(form for form, count in form_counts.items() if count >= 3)
    mostly = sum(share == 1.0 for share in shares) * 2 > len(shares)
    numbered_keys = {
        label.key
        for label in labels
        if not label.start and label_prefix.has_number(lines[label.line_index].text, label.printed)
    }
    in_headings = [label for label in labels if lines[label.line_index].kind == "heading" and not label.on_own_line]
    in_heading = {label.key for label in in_headings}
    elsewhere = {label.key for label in labels if lines[label.line_index].kind != "heading"} if in_heading else set()
    quoting = {label.key for label in labels if _quotes(label, lines[label.line_index].text)}
    return LabelUsage(
        speech,
        usual_forms,
        mostly,
        frozenset(numbered_keys),
        frozenset(in_heading - elsewhere),
        frozenset(quoting),
        named,
    )


def _quotes(label: Label, text: str) -> bool:
    """Return whether a label ends with a verb of speech and a quotation follows: 男孩说：“你好”."""
    if label.name[-1] not in _SAYS or len(label.name) < 2 or label.key[0] in lexicon.ROLE_WORDS:
        return False
    return text[label.end : label.end + _CONTEXT].lstrip()[:1] in _OPENING_QUOTES


def _speech_share(label: Label, lines: Sequence[Line]) -> float:
    """Return how far the text after a label is speech.

    A sentence or a long line is 1, a few words (好的) are 0.5, nothing or a value (90人, 张三, …研究院) is 0.
    """
    if label.form in (LabelForm.TIME, LabelForm.FORMAT):
        return 1.0
    index, start = (label.line_index + 1, 0) if label.on_own_line else (label.line_index, label.end)
    if index >= len(lines):
        return 0.0
    text = lines[index].text[start : start + _CONTEXT]
    if lines[index].start is not None and text.strip():
        return 1.0  # a cue is always speech
    if len(text) < _LONG_SPEECH and "；" in text and names.is_value(text.replace("；", "、")):
        return 0.0  # 人物：林深，教师；何苗，船工
    if len(text) >= _LONG_SPEECH or _SENTENCE.search(text):
        return 1.0
    return 0.0 if not text.strip() or names.is_value(text) else 0.5
