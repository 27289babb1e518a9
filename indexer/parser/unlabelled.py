"""Interviews that mark only their questions: the paragraphs below a question answer it.

    问：几岁开始的？            only the questions have a label
    六岁。我妈剪，我捡纸屑。

    **你为什么回来种地？**      the questions are in bold, nobody has a label
    最早是因为我爷爷病了。

Whoever answers is called 答 (A below Q), who asks in bold 问: as where they are printed. An article whose sub-heads are
questions looks the same, and so does a page of frequent questions; the second kind needs a head that calls it an
interview, and somebody who says 你 or 我.
"""

import re
from collections.abc import Sequence

from indexer.parser import non_speech, section_markers
from indexer.parser.label_filter import Openings
from indexer.parser.labels import Form, Label
from indexer.parser.names import fold
from indexer.readers.script import Line

_ANSWERS = {"问": "答", "记者": "答", "提问": "答", "q": "A"}
_FEWEST = 3  # questions, of which most must be answered
_QUESTION = re.compile(r"[？?][”’」』\"')）\s]*$")
_ASKS = re.compile(r"[？?][”’」』\"')）\s]*$|[你您].{2,}[。.]\s*$")
_INTERVIEW = re.compile(r"采访|专访|访谈|对话|问答|受访|口述|聊了|聊聊|谈了|(?<![a-z])q\s?&\s?a(?![a-z])")
_WHY_ANSWER = "answers a question, only the questions are marked"
_WHY_QUESTION = "asks in bold, what follows answers"


def complete(opened: Openings, lines: Sequence[Line]) -> Openings:
    """Return the openings with those of the answers, where only the questions are marked."""
    if not opened.labels and not opened.refused:
        return _bold(opened, lines)
    keys = {label.key[0] for label in opened.labels}
    if len(keys) != 1 or len(opened.labels) < _FEWEST:
        return opened
    key = next(iter(keys))
    answer, least = (
        _ANSWERS.get(key, "答"),
        6 if key in _ANSWERS else 9,
    )  # 北岸生活： asks too, but must do nothing else
    # each line once, however many labels stand in it
    asking = {place for place in {label.place for label in opened.labels} if _QUESTION.search(lines[place].text)}
    asked = [label for label in opened.labels if label.place in asking]
    ends = [label.place for label in opened.labels[1:]] + [len(lines)]
    below = [_answer(lines, label.place + 1, end) for label, end in zip(opened.labels, ends, strict=True)]
    answered = [place for place in below[:-1] if place is not None]
    if len(asked) * 10 < len(opened.labels) * least or len(answered) * 10 < (len(opened.labels) - 1) * 8:
        return opened
    given = [_label(place, answer) for place in below if place is not None]
    return _with(opened, [*opened.labels, *given], {(fold(answer), False): _WHY_ANSWER})


def _bold(opened: Openings, lines: Sequence[Line]) -> Openings:
    """Return the openings of an interview in which nothing but bold type marks the questions."""
    bold = [place for place, line in enumerate(lines) if _is_bold(line)]
    questions = [place for place in bold if _ASKS.search(lines[place].text)]
    if len(questions) < _FEWEST or not _is_interview(lines, questions):
        return opened
    ends = [*questions[1:], len(lines)]
    below = [_answer(lines, place + 1, end) for place, end in zip(questions, ends, strict=True)]
    if None in below[:-1] or sum(place > questions[0] for place in bold) > 2 * len(questions):
        return opened
    asked = [_label(place, "问") for place in questions]
    given = [_label(place, "答") for place in below if place is not None]
    return _with(opened, [*asked, *given], {("问", False): _WHY_QUESTION, ("答", False): _WHY_ANSWER})


def _is_interview(lines: Sequence[Line], questions: Sequence[int]) -> bool:
    """Tell whether the head calls it an interview, and the questions address somebody or the answers say 我."""
    head = lines[: questions[0]]
    if section_markers.is_help(head) or not any(_INTERVIEW.search(fold(line.text[:200])) for line in head):
        return False
    addressing = sum("你" in lines[place].text or "您" in lines[place].text for place in questions)
    speaking = sum("我" in lines[place + 1].text for place in questions if place + 1 < len(lines))
    return addressing * 3 >= len(questions) or speaking * 2 >= len(questions)


def _is_bold(line: Line) -> bool:
    return 4 <= line.strong >= len(line.text.strip()) and line.label is None


def _answer(lines: Sequence[Line], start: int, end: int) -> int | None:
    """Return the first line between two questions that somebody says, None where there is none."""
    return next(
        (place for place in range(start, end) if not non_speech.of(lines[place]) and not _is_bold(lines[place])), None
    )


def _label(place: int, name: str) -> Label:
    """Return the label of a turn that has none in print."""
    return Label(place, (fold(name), False), name, name, "", 0, 0, Form.COLON, alone=False)


def _with(opened: Openings, labels: Sequence[Label], why: dict[tuple[str, bool], str]) -> Openings:
    """Return the openings with other labels, in reading order."""
    return Openings(tuple(sorted(labels, key=lambda label: label.place)), opened.beliefs, opened.refused, why)
