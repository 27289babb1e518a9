"""Chats exported as JSON: Telegram, Discord, Slack, and the tools that export WeChat and QQ.

    {"name": "读书会", "messages": [{"type": "message", "date": "2021-05-08T20:01:40", "from": "小鱼", "text": "…"}]}
    [{"senderDisplayName": "小鱼", "createTime": 1620475300, "content": "…"}]

A list of objects of which most have a sender, a text and a time with its day; recognisers print times without one.
What is forwarded is an annotation: its words are somebody else's.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from indexer.model import Metadata
from indexer.readers.formats.chats import clock, notices
from indexer.readers.script import Line, Script

_SENDERS = (
    "senderDisplayName", "sender_display_name", "senderRemark", "senderName", "sender_name", "from", "nickname", "nick",
    "author", "user_profile", "sender", "fromUser", "from_name", "actor", "username", "user", "talker", "name",
    "发送者", "发送人", "昵称",
)  # fmt: skip
_NAMES = ("real_name", "display_name", "nickname", "displayName", "remark", "name", "username")  # of a sender's object
_TEXTS = ("text", "content", "message", "msg", "StrContent", "parsedContent", "内容", "消息内容")
_TIMES = (
    "date", "timestamp", "time", "datetime", "createTime", "create_time", "CreateTime", "StrTime", "formattedTime",
    "sendTime", "send_time", "sent_at", "date_unixtime", "ts", "时间", "发送时间",
)  # fmt: skip
_SYSTEM_TYPES = frozenset({"10000", "10002", "system", "service", "系统消息", "系统"})
_MIN_SECONDS = 1e9  # since 1970; smaller numbers are positions in a recording
_SAMPLE, _MIN_SHARE, _MAX_LISTS = 50, 0.6, 200

_Object = Mapping[str, object]


def parse_chats(content: object) -> Sequence[Script]:
    """Return the scripts of the chats in a value, an export of one or of all; empty if there are none."""
    listed = content.get("chats") if isinstance(content, dict) else None
    found = listed.get("list") if isinstance(listed, dict) else None
    return tuple(script for chat in (found if isinstance(found, list) else [content]) if (script := _chat(chat)))


def _chat(content: object) -> Script | None:
    """Return the script of a chat, None if the value is none."""
    messages = next((found for found in islice(_lists(content), _MAX_LISTS) if _is_chat(found)), None)
    if messages is None:
        return None
    days = [_when(message)[0] for message in messages]
    first = next((day for day in days if day), None)
    metadata: Metadata = (("date", first.isoformat()),) if first else ()
    name = content.get("name") if isinstance(content, dict) else None
    if isinstance(name, str) and name.strip():
        metadata = (("title", name.strip()), *metadata)
    return Script(tuple(_lines(messages, days, first)), metadata)


def _lists(content: object) -> Iterator[Sequence[_Object]]:
    """Yield the lists of objects in a value, down to the third level."""
    level: list[object] = [content]
    for _ in range(4):
        yield from (
            one for one in level if isinstance(one, list) and one and all(isinstance(x, dict) for x in one[:50])
        )
        level = [child for one in level if isinstance(one, dict) for child in one.values()]


def _is_chat(messages: Sequence[_Object]) -> bool:
    """Return whether most of the first objects have a sender, a text and a time with its day."""
    sample = [one for one in messages[:_SAMPLE] if isinstance(one, dict)]
    good = sum(bool(_sender(one) and _when(one)[0] and _text(one) is not None) for one in sample)
    return good > 1 and good >= _MIN_SHARE * len(sample)


def _lines(messages: Sequence[_Object], days: Sequence[date | None], first: date | None) -> Iterator[Line]:
    """Yield the lines of the messages, and a note where a later day begins."""
    current = first
    for number, (message, day) in enumerate(zip(messages, days, strict=True), start=1):
        if day and day != current:
            yield Line(number, clock.day_line(day), label="")
        current = day or current
        sender, text, start = (
            _sender(message),
            notices.without_marks(_text(message) or _medium(message)),
            _when(message)[1],
        )
        for line in filter(str.strip, text.splitlines()):
            if _is_system(message) or message.get("forwarded_from") or notices.is_notice(line, sender):
                yield Line(number, line.strip(), label="", kind="annotation")
            else:
                yield Line(number, line.strip(), label=sender, start=start, kind="message")


def _is_system(message: _Object) -> bool:
    return any(str(message.get(key, "")).lower() in _SYSTEM_TYPES for key in ("type", "localType", "msgType"))


def _sender(message: _Object) -> str:
    """Return the name of the sender, "" if there is none."""
    for key in _SENDERS:
        value = message.get(key)
        if isinstance(value, dict):
            value = next((name for one in _NAMES if isinstance(name := value.get(one), str) and name.strip()), "")
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return ""


def _text(message: _Object) -> str | None:
    """Return the text of a message, None if it has no field for one; Telegram splits a text at its links."""
    for key in _TEXTS:
        value = message.get(key)
        if isinstance(value, str):
            return value
        if isinstance(value, list):
            return "".join(
                one if isinstance(one, str) else str(one.get("text", ""))
                for one in value
                if isinstance(one, str | dict)
            )
    return None


def _medium(message: _Object) -> str:
    """Return a placeholder for a message without text."""
    kind = next((str(message[key]) for key in ("media_type", "action", "mediaType") if message.get(key)), "")
    return f"[{kind or 'photo'}]" if kind or "photo" in message or "file" in message else ""


def _when(message: _Object) -> tuple[date | None, int | None]:
    """Return the day and the clock of a message."""
    for key in _TIMES:
        value = message.get(key)
        if isinstance(value, int | float) and value < _MIN_SECONDS:
            continue
        if isinstance(value, str | int | float) and (found := clock.of_datetime(value))[0]:
            return found
    return None, None
