"""Turns of interviews in which only the questions, or only the answers, are labelled, or neither.

    问：几岁开始的？            only the questions have a label: the paragraphs below a question are its answer
    六岁。我妈剪，我捡纸屑。

    **你为什么回来种地？**      the questions are in bold, headings, quotations, or behind a dash or a number; there are
    最早是因为我爷爷病了。      no labels

    ──你為什麼回來？            so are the questions, but the answers have labels
    何：爺爺病了。

Answers get the label 答 (A after Q), questions 问: as where these are printed. An article whose subheadings are
questions looks the same, and so does a page of frequently asked questions; without labels, a text therefore needs a
header that announces an interview, and 你 or 我 in the text.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from indexer.language.messages import gettext_noop
from indexer.parser import non_speech, section_markers
from indexer.parser.label_filter import AcceptedLabels
from indexer.parser.labels import Label, LabelForm
from indexer.parser.names import fold
from indexer.readers.script import Line

_ANSWERS = {"问": "答", "记者": "答", "提问": "答", "q": "A"}
_ASKING = frozenset({*_ANSWERS, "采访者", "访问者", "访", "问题", "疑问", "主持人", "主持", "主席", "审"})
_MIN_QUESTIONS = 3  # most of them must be answered
_QUESTION = re.compile(r"[？?][”’」』\"')）\s]*$")
_ADDRESSES = re.compile(r"[？?][”’」』\"')）\s]*$|[你您].{2,}[。.]\s*$")
_INTERVIEW = re.compile(r"采访|专访|访谈|对话|问答|受访|口述|聊了|聊聊|谈了|(?<![a-z])q\s?&\s?a(?![a-z])")
_PREFIXES = {"dash": re.compile(r"\s*[—─–―]{1,3}\s*(?=\S)"), "number": re.compile(r"\s*\d{1,3}\s*[.、．)）]\s*(?=\D)")}
_KINDS = ("bold", "heading", "quote", "dash", "number")
_ANSWER_REASON = gettext_noop("answers a question; only the questions are labelled")
_QUESTION_REASON = gettext_noop("a question in bold, an answer follows")
_LABELLED_ANSWER_REASON = gettext_noop("a question without a label, a labelled answer follows")


class _Mark(NamedTuple):
    """The way in which a line is set apart, "" if it is not, and the characters before its words."""

    kind: str
    prefix: int = 0


def add_unlabelled_turns(accepted: AcceptedLabels, lines: Sequence[Line]) -> AcceptedLabels:
    """Add the labels of unlabelled answers or questions, or of questions that are set apart and their answers."""
    if not accepted.labels and not accepted.rejected:
        return _from_marked_questions(accepted, lines)
    keys = {label.key[0] for label in accepted.labels}
    if len(accepted.labels) < _MIN_QUESTIONS:
        return accepted
    if keys.isdisjoint(_ASKING) and (questions := _questions_before_answers(accepted, lines)):
        return _with_labels(accepted, [*accepted.labels, *questions], {("问", False): _LABELLED_ANSWER_REASON})
    return _with_answers(accepted, lines, next(iter(keys))) if len(keys) == 1 else accepted


def _with_answers(accepted: AcceptedLabels, lines: Sequence[Line], key: str) -> AcceptedLabels:
    """Add the labels of unlabelled answers to labelled questions."""
    answer = _ANSWERS.get(key, "答")
    min_questions = 6 if key in _ANSWERS else 9  # of ten; 北岸生活： may ask too, but must do nothing else
    # each line once, however many labels it has
    questions = {
        index for index in {label.line_index for label in accepted.labels} if _QUESTION.search(lines[index].text)
    }
    asked = sum(label.line_index in questions for label in accepted.labels)
    ends = [label.line_index for label in accepted.labels[1:]] + [len(lines)]
    answer_lines = [
        _answer_line(lines, label.line_index + 1, end) for label, end in zip(accepted.labels, ends, strict=True)
    ]
    answered = [line_index for line_index in answer_lines[:-1] if line_index is not None]
    if asked * 10 < len(accepted.labels) * min_questions or len(answered) * 10 < (len(accepted.labels) - 1) * 8:
        return accepted
    answers = [_label(line_index, answer) for line_index in answer_lines if line_index is not None]
    return _with_labels(accepted, [*accepted.labels, *answers], {(fold(answer), False): _ANSWER_REASON})


def _questions_before_answers(accepted: AcceptedLabels, lines: Sequence[Line]) -> list[Label]:
    """Return labels for the questions directly above labelled answers, all set apart alike; [] if they are too few."""
    opening = {label.line_index for label in accepted.labels}
    above = [label.line_index - 1 for label in accepted.labels if label.line_index and not label.start]
    asking = [index for index in above if index not in opening and _QUESTION.search(lines[index].text[-10:])]
    enough = max(_MIN_QUESTIONS, len(accepted.labels) * 6 // 10)
    for kind in _KINDS if len(asking) >= enough else ():
        found = [index for index in asking if _mark(lines[index]).kind == kind]
        if len(found) >= enough:
            return [_label(index, "问", _mark(lines[index]).prefix) for index in found]
    return []


def _from_marked_questions(accepted: AcceptedLabels, lines: Sequence[Line]) -> AcceptedLabels:
    """Return labels for an interview whose questions are only set apart: in bold, as headings, behind a dash."""
    marks = [_mark(line).kind for line in lines]
    for kind in _KINDS:
        if labels := _marked_turns(lines, [index for index, one in enumerate(marks) if one == kind], kind):
            reasons = {("问", False): _QUESTION_REASON, ("答", False): _ANSWER_REASON}
            return _with_labels(accepted, labels, reasons)
    return accepted


def _marked_turns(lines: Sequence[Line], marked: Sequence[int], kind: str) -> list[Label]:
    """Return labels for the questions among the lines that are set apart, and for their answers."""
    questions = [line_index for line_index in marked if _ADDRESSES.search(lines[line_index].text)]
    if len(questions) < _MIN_QUESTIONS or not _is_interview(lines, questions):
        return []
    ends = [*questions[1:], len(lines)]
    answer_lines = [
        _answer_line(lines, line_index + 1, end, kind) for line_index, end in zip(questions, ends, strict=True)
    ]
    if None in answer_lines[:-1] or sum(line_index > questions[0] for line_index in marked) > 2 * len(questions):
        return []
    question_labels = [_label(line_index, "问", _mark(lines[line_index]).prefix) for line_index in questions]
    return [*question_labels, *(_label(line_index, "答") for line_index in answer_lines if line_index is not None)]


def _is_interview(lines: Sequence[Line], questions: Sequence[int]) -> bool:
    """Return whether the header announces an interview, and the questions address somebody or the answers say 我."""
    head = lines[: questions[0]]
    if section_markers.is_faq(head) or not any(_INTERVIEW.search(fold(line.text[:200])) for line in head):
        return False
    addressing = sum("你" in lines[line_index].text or "您" in lines[line_index].text for line_index in questions)
    speaking = sum("我" in lines[line_index + 1].text for line_index in questions if line_index + 1 < len(lines))
    return addressing * 3 >= len(questions) or speaking * 2 >= len(questions)


def _mark(line: Line) -> _Mark:
    """Return how a line is set apart from the paragraphs around it."""
    if line.label is not None:
        return _Mark("")
    if 4 <= line.bold_prefix_length >= len(line.text.strip()):
        return _Mark("bold")
    if line.kind in _KINDS:
        return _Mark(line.kind)
    if not line.kind:
        for kind, pattern in _PREFIXES.items():
            if match := pattern.match(line.text):
                return _Mark(kind, match.end())
    return _Mark("")


def _answer_line(lines: Sequence[Line], start: int, end: int, kind: str = "bold") -> int | None:
    """Return the index of the first line of speech between two questions, None if there is none."""
    return next(
        (
            line_index
            for line_index in range(start, end)
            if not non_speech.classify(lines[line_index]) and _mark(lines[line_index]).kind not in (kind, "bold")
        ),
        None,
    )


def _label(line_index: int, name: str, end: int = 0) -> Label:
    """Return the label of a turn without a printed one; `end` is behind a dash or a number."""
    return Label(line_index, (fold(name), False), name, name, "", 0, end, LabelForm.COLON, on_own_line=False)


def _with_labels(
    accepted: AcceptedLabels, labels: Sequence[Label], reasons: dict[tuple[str, bool], str]
) -> AcceptedLabels:
    """Return the accepted labels with these labels instead, in reading order."""
    return AcceptedLabels(
        tuple(sorted(labels, key=lambda label: label.line_index)), accepted.scores, accepted.rejected, reasons
    )
