"""Turns of interviews in which only the questions are marked: the paragraphs below a question are its answer.

    问：几岁开始的？            only the questions have a label
    六岁。我妈剪，我捡纸屑。

    **你为什么回来种地？**      the questions are in bold, there are no labels
    最早是因为我爷爷病了。

Answers get the label 答 (A after Q), questions in bold 问: as where these are printed. An article whose subheadings are
questions looks the same, and so does a page of frequently asked questions; the second kind therefore needs a header
that announces an interview, and 你 or 我 in the text.
"""

import re
from collections.abc import Sequence

from indexer.parser import non_speech, section_markers
from indexer.parser.label_filter import AcceptedLabels
from indexer.parser.labels import Label, LabelForm
from indexer.parser.names import fold
from indexer.readers.script import Line

_ANSWERS = {"问": "答", "记者": "答", "提问": "答", "q": "A"}
_MIN_QUESTIONS = 3  # most of them must be answered
_QUESTION = re.compile(r"[？?][”’」』\"')）\s]*$")
_ADDRESSES = re.compile(r"[？?][”’」』\"')）\s]*$|[你您].{2,}[。.]\s*$")
_INTERVIEW = re.compile(r"采访|专访|访谈|对话|问答|受访|口述|聊了|聊聊|谈了|(?<![a-z])q\s?&\s?a(?![a-z])")
_ANSWER_REASON = "answers a question; only the questions are labelled"
_QUESTION_REASON = "a question in bold, an answer follows"


def add_unlabelled_turns(accepted: AcceptedLabels, lines: Sequence[Line]) -> AcceptedLabels:
    """Add the labels of unlabelled answers, or of questions in bold and their answers."""
    if not accepted.labels and not accepted.rejected:
        return _from_bold_questions(accepted, lines)
    keys = {label.key[0] for label in accepted.labels}
    if len(keys) != 1 or len(accepted.labels) < _MIN_QUESTIONS:
        return accepted
    key = next(iter(keys))
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


def _from_bold_questions(accepted: AcceptedLabels, lines: Sequence[Line]) -> AcceptedLabels:
    """Return labels for an interview whose questions are marked only by bold type."""
    bold = [line_index for line_index, line in enumerate(lines) if _is_bold(line)]
    questions = [line_index for line_index in bold if _ADDRESSES.search(lines[line_index].text)]
    if len(questions) < _MIN_QUESTIONS or not _is_interview(lines, questions):
        return accepted
    ends = [*questions[1:], len(lines)]
    answer_lines = [_answer_line(lines, line_index + 1, end) for line_index, end in zip(questions, ends, strict=True)]
    if None in answer_lines[:-1] or sum(line_index > questions[0] for line_index in bold) > 2 * len(questions):
        return accepted
    question_labels = [_label(line_index, "问") for line_index in questions]
    answer_labels = [_label(line_index, "答") for line_index in answer_lines if line_index is not None]
    reasons = {("问", False): _QUESTION_REASON, ("答", False): _ANSWER_REASON}
    return _with_labels(accepted, [*question_labels, *answer_labels], reasons)


def _is_interview(lines: Sequence[Line], questions: Sequence[int]) -> bool:
    """Return whether the header announces an interview, and the questions address somebody or the answers say 我."""
    head = lines[: questions[0]]
    if section_markers.is_faq(head) or not any(_INTERVIEW.search(fold(line.text[:200])) for line in head):
        return False
    addressing = sum("你" in lines[line_index].text or "您" in lines[line_index].text for line_index in questions)
    speaking = sum("我" in lines[line_index + 1].text for line_index in questions if line_index + 1 < len(lines))
    return addressing * 3 >= len(questions) or speaking * 2 >= len(questions)


def _is_bold(line: Line) -> bool:
    return 4 <= line.bold_prefix_length >= len(line.text.strip()) and line.label is None


def _answer_line(lines: Sequence[Line], start: int, end: int) -> int | None:
    """Return the index of the first line of speech between two questions, None if there is none."""
    return next(
        (
            line_index
            for line_index in range(start, end)
            if not non_speech.classify(lines[line_index]) and not _is_bold(lines[line_index])
        ),
        None,
    )


def _label(line_index: int, name: str) -> Label:
    """Return the label of a turn without a printed one."""
    return Label(line_index, (fold(name), False), name, name, "", 0, 0, LabelForm.COLON, on_own_line=False)


def _with_labels(
    accepted: AcceptedLabels, labels: Sequence[Label], reasons: dict[tuple[str, bool], str]
) -> AcceptedLabels:
    """Return the accepted labels with these labels instead, in reading order."""
    return AcceptedLabels(
        tuple(sorted(labels, key=lambda label: label.line_index)), accepted.scores, accepted.rejected, reasons
    )
