"""Chats exported as text: each message with its sender and time, in the forms of the messengers.

    2021-05-08 20:01:40 小鱼<a@example.org>         QQ, WeChat (MemoTrace): the message is below
    小鱼 2021/5/8 20:01:40                          copied from QQ, WeChat, DingTalk; with a colon or without
    小鱼  20:01                                     WeChat by e-mail, below a line —————  2021-05-08  —————
    20:10<tab>阿芝<tab>…                            LINE, below a line 2022/11/02（三）; also cloud recordings of Zoom
    [2023/8/19 下午8:31:10] 小滿: …                  WhatsApp on iOS
    2023/8/19 20:31 - 小滿: …                       WhatsApp on Android
    09:03:22 From 苗岭 to Everyone : …              Zoom

Lines without a time continue the message above. A later day is a note between the messages: （2021-05-09 周日）.
What the messenger writes itself (`notices`) is no speech.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from indexer.model import Metadata
from indexer.readers.formats.chats import clock, notices
from indexer.readers.script import Line, Script, split_lines

_MARKS = "\u200e\u202a\ufeff"
_WHEN = rf"(?P<day>{clock.DAY})(?:\s?(?:星期|周|週)[一二三四五六日天])?[,，\s]+(?P<clock>{clock.CLOCK})"
_NAME = r"(?P<name>[^\s：:][^：:\t]{0,39}?)"
_ABOVE = re.compile(rf"{_WHEN}[ \t　]+(?P<name>[^\s：:\d][^：:\t]{{0,59}}?|\(\d{{5,11}}\))\s*")
_BELOW_NAME = re.compile(
    rf"(?P<name>[^\s：:\d][^：:\t，。！？]{{0,39}}?)[ \t　]*[(（\[]?{_WHEN}[)）\]]?[：:]?\s*(?P<text>.*)"
)
_BY_MAIL = re.compile(rf"(?P<name>[^\s：:\d][^：:\t，。！？]{{0,39}}?)[ \t　]{{1,4}}(?P<clock>{clock.CLOCK})\s*")
_COLUMNS = re.compile(rf"(?P<clock>{clock.CLOCK})\t(?:(?P<name>[^\t]{{1,60}}?)[：:]?\t)?\t?(?P<text>.*)", re.DOTALL)
_SPACED = re.compile(rf"(?P<clock>{clock.CLOCK}) (?P<name>\S{{1,40}}) (?P<text>.*)", re.DOTALL)
_BRACKETS = re.compile(rf"[{_MARKS}]*\[{_WHEN}\][ \t]*(?:{_NAME}[ \t]*[：:](?=\s|$|\S)[ ]?)?(?P<text>.*)", re.DOTALL)
_DASH = re.compile(rf"[{_MARKS}]*{_WHEN}[ \u202f]?[-–—][ ](?:{_NAME}[：:] ?)?(?P<text>.*)", re.DOTALL)
_ZOOM = re.compile(
    rf"(?P<clock>{clock.CLOCK})\s+(?:From|来自|來自|从|從|自)\s+(?P<name>\S.{{0,60}}?)"
    r"(?:\s+(?:to|到|至|发送至|發送至|发送给|给|給)\s+[^:：]{1,80}?)?\s*[:：](?:\s+(?P<text>.*)|\s*)$",
    re.DOTALL | re.IGNORECASE,
)
_FORMS = (_ZOOM, _BRACKETS, _DASH, _COLUMNS, _ABOVE, _BELOW_NAME, _BY_MAIL, _SPACED)
_NEED_DAYS = frozenset({_BY_MAIL, _SPACED})
"""Forms that other text has too: read only below a line with a day."""

_DAY_LINE = re.compile(
    rf"[-—–─=\s]*(?:[A-Z][a-z]{{2}},? )?(?:日期[：:]\s*)?(?P<day>{clock.DAY})"
    r"\s*(?:[(（]?(?:(?:星期|周|週)?[一二三四五六日天月火水木金土]|[A-Z][a-z]{2,8})[)）]?)?[-—–─=\s]*"
)
_DASHED = re.compile(r"[-—–─=]{3}")
_LINE_TITLE = re.compile(r"\[LINE\].{1,80}")
_HEAD = re.compile(
    r"消息记录.{0,40}|消息(?:分组|对象|对像)[：:].*|(?:儲存|保存)日期[：:].*|saved on[：:].*|亲爱的微信用户[：:]?"
    r"|.{0,40}聊天[记記][录錄]如下[：:]?",
    re.IGNORECASE,
)
_OF_QQ = re.compile("消息对[象像][：:]")
_RULE = re.compile(r"[=\-—─_*]{4,}")
_ACCOUNT = re.compile(
    r"(?:【(?:群主|管理员|管理員|[^】]{1,8})】)?(?P<name>.*?)(?:[(（](?P<number>\d{5,11})[)）]|<[^<>\s]+@[^<>\s]+>)?"
)
_CLOCK = re.compile(r"\d[:：]\d\d")
_SAMPLE_CHARACTERS = 20_000
_SAMPLE_LINES, _MIN_MESSAGES, _MIN_SHARE = 60, 2, 0.25
"""Lines by which the form is recognised, and how many, and what share of them, open a message."""


@dataclass(slots=True)
class _Message:
    """A message: its sender as printed, "" for none, and its lines."""

    name: str
    day: str
    start: int | None
    lines: list[Line] = field(default_factory=list)


def parse_chat(text: str) -> Script | None:
    """Return the script of a chat, None if the text is none."""
    form = _form(split_lines(text[:_SAMPLE_CHARACTERS])[:_SAMPLE_LINES])
    if form is None:
        return None
    head, messages = _messages(split_lines(text), form)
    if not any(message.lines for message in messages):
        return None
    days = [message.day for message in messages if message.day]
    month_first = clock.is_month_first(days, bool(re.search("[AaPp][.]?[Mm]|[上下]午", text[:2000])))
    first = next((day for one in days if (day := clock.day(one, month_first))), None)
    metadata: Metadata = (("date", first.isoformat()),) if first else ()
    return Script((*head, *_lines(messages, first, month_first)), metadata)


def parse_page(lines: Sequence[Line]) -> Script | None:
    """Return the script of a chat that QQ saved as a page (.mht), None if the lines are of another.

    There, the name and the clock of a message are lines of their own, below a line 日期: 2021-05-08.
    """
    if not any(_OF_QQ.match(line.text) for line in lines[:_SAMPLE_LINES]):
        return None
    texts: list[str] = []
    for line in lines:
        is_clock = bool(re.fullmatch(clock.CLOCK, line.text.strip()))
        if is_clock and texts:
            texts[-1] = f"{texts[-1].strip()} {line.text.strip()}"
        else:
            texts.append(line.text)
    return parse_chat("\n".join(texts))


def _form(sample: Sequence[Line]) -> re.Pattern[str] | None:
    """Return the form that most of the first lines have, None if too few have one."""
    has_days = any(_DAY_LINE.fullmatch(line.text) for line in sample)
    is_of_line = any(_LINE_TITLE.fullmatch(line.text.strip(_MARKS)) for line in sample[:2])
    is_by_mail = any(_DASHED.match(line.text) and _DAY_LINE.fullmatch(line.text) for line in sample)
    is_by_mail = is_by_mail or (has_days and any(_OF_QQ.match(line.text) for line in sample))
    allowed = {_BY_MAIL: is_by_mail, _SPACED: has_days and is_of_line}
    timed = [line for line in sample if _CLOCK.search(line.text)]
    best, most = None, 0
    for form in _FORMS:
        count = sum(bool(_match(form, line.text)) for line in timed) if allowed.get(form, True) else 0
        if count > most:
            best, most = form, count
    return best if most >= _MIN_MESSAGES and most >= _MIN_SHARE * len(sample) - 4 else None


def _match(form: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the start of a message in a line; a sender has no sentence in the name."""
    match = form.fullmatch(text)
    if match and form in (_ABOVE, _BELOW_NAME, _BY_MAIL) and re.search(r"[。！？!?；]", match["name"]):
        return None
    return match


def _messages(lines: Sequence[Line], form: re.Pattern[str]) -> tuple[list[Line], list[_Message]]:
    """Return the lines above the first message, and the messages."""
    head: list[Line] = []
    messages: list[_Message] = []
    day = ""
    for line in lines:
        groups = match.groupdict() if (match := _match(form, line.text)) else {}
        if groups:
            day = groups.get("day") or day
            sender = _sender(groups.get("name") or "")
            messages.append(_Message(sender, day, clock.milliseconds(groups["clock"])))
            if (said := groups.get("text") or "").strip():
                messages[-1].lines.append(Line(line.number, said))
        elif _DAY_LINE.fullmatch(line.text) and form not in (_BRACKETS, _DASH):
            day = line.text.strip()
            if not messages:
                head.append(Line(line.number, line.text, kind="annotation"))
        elif messages:
            messages[-1].lines.append(line)
        else:
            head.append(_head_line(line))
    return head, messages


def _head_line(line: Line) -> Line:
    """Return a line above the messages with its kind."""
    text = line.text.strip(_MARKS).strip()
    if _LINE_TITLE.fullmatch(text):
        return Line(line.number, text, kind="heading")
    kind = "rule" if _RULE.fullmatch(text) else "annotation" if _HEAD.fullmatch(text) else ""
    return Line(line.number, text, kind=kind)


def _sender(printed: str) -> str:
    """Return the name of a sender without the account: 小鱼 of 【管理员】小鱼(123456)."""
    printed = notices.without_marks(printed).strip().removeprefix("~").strip()
    match = _ACCOUNT.fullmatch(printed)
    if not match or match["number"] == "10000":
        return ""
    return match["name"].strip() or match["number"] or printed


def _lines(messages: Sequence[_Message], first: date | None, month_first: bool) -> Iterator[Line]:
    """Yield the lines of the messages, and a note where a later day begins."""
    current = first
    for message in messages:
        day = clock.day(message.day, month_first) if message.day else None
        if day and day != current and message.lines:
            yield Line(message.lines[0].number, clock.day_line(day), label="")
        current = day or current
        yield from _of_message(message)


def _of_message(message: _Message) -> Iterator[Line]:
    """Yield the lines of a message; LINE puts one of several lines in quotation marks."""
    texts = [notices.without_marks(line.text).strip("\t ") for line in message.lines]
    if len(texts) > 1 and texts[0].startswith('"') and texts[-1].endswith('"'):
        texts[0], texts[-1] = texts[0][1:], texts[-1][:-1]
    is_notice = notices.is_notice("\n".join(line.text for line in message.lines), message.name)
    for line, text in zip(message.lines, texts, strict=True):
        if text.strip() and (is_notice or notices.is_notice(line.text, message.name)):
            yield Line(line.number, text, label="", kind="annotation")
        elif text.strip():
            yield Line(line.number, text, label=message.name, start=message.start, kind="message")
