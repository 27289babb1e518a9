"""Chats exported as JSON."""

import json
from typing import Any

from indexer.readers.script import Script
from tests.support.sources import items, script

SERVICE = {"type": "service", "date": "2021-05-08T20:00:00", "actor": "何苗", "action": "invite_members", "text": ""}
ASKED: dict[str, Any] = {
    "type": "message",
    "date": "2021-05-08T20:01:40",
    "from": "小舟",
    "text": ["看 ", {"type": "link", "text": "a.example"}, " 吗？"],
}
PICTURE = {"type": "message", "date": "2021-05-09T08:00:00", "from": "何苗", "photo": "x.jpg", "text": ""}
ANSWERED = {"type": "message", "date": "2021-05-09T08:01:00", "from": "何苗", "text": "看。"}


def lines(content: object) -> list[tuple[str | None, str, int | None]]:
    return [(line.label, line.text, line.start) for line in script(json.dumps(content), ".json").lines]


def test_telegram() -> None:
    chat = {"name": "渡口书屋", "messages": [SERVICE, ASKED, PICTURE, ANSWERED]}
    assert script(json.dumps(chat), ".json").metadata == (("title", "渡口书屋"), ("date", "2021-05-08"))
    assert lines(chat) == [
        ("", "[invite_members]", None),
        ("小舟", "看 a.example 吗？", 72_100_000),
        ("", "（2021-05-09 周日）", None),
        ("", "[photo]", None),
        ("何苗", "看。", 28_860_000),
    ]


def test_tools_that_export_wechat_count_seconds() -> None:
    chat = [
        {"senderDisplayName": "小舟", "createTime": 1620475300, "type": 1, "content": "好吗？"},
        {"senderDisplayName": "小舟", "createTime": 1620475310, "type": 10000, "content": "小舟撤回了一条消息"},
        {"senderDisplayName": "何苗", "createTime": 1620475320, "type": 1, "content": "好。"},
    ]
    assert lines(chat) == [
        ("小舟", "好吗？", 72_100_000),
        ("", "小舟撤回了一条消息", None),
        ("何苗", "好。", 72_120_000),
    ]


def test_a_sender_may_be_an_object() -> None:
    chat = {
        "channel": {"name": "x"},
        "messages": [
            {
                "timestamp": "2021-05-08T20:01:40.5+08:00",
                "content": "好吗？",
                "author": {"name": "z", "nickname": "小舟"},
            },
            {"timestamp": "2021-05-08T20:02:00+08:00", "content": "好。", "author": {"name": "何苗", "nickname": None}},
        ],
    }
    assert [line[:2] for line in lines(chat)] == [("小舟", "好吗？"), ("何苗", "好。")]


def test_segments_of_a_recogniser_are_no_messages() -> None:
    found = [{"speaker": "A", "text": "好吗？", "start": 1.5}, {"speaker": "B", "text": "好。", "start": 3.0}]
    assert lines(found) == [("A", "好吗？", 1500), ("B", "好。", 3000)]


def test_an_export_of_all_chats_is_a_transcript_each_and_what_is_forwarded_is_a_note() -> None:
    forwarded = {**ANSWERED, "forwarded_from": "河岸日报", "text": "渡口停航。"}
    chats = [{"name": "甲", "messages": [ASKED, ANSWERED]}, {"name": "乙", "messages": [ASKED, forwarded, ANSWERED]}]
    first, second = items(json.dumps({"chats": {"list": chats}}), ".json")
    assert isinstance(first, Script)
    assert isinstance(second, Script)
    assert [dict(one.metadata)["title"] for one in (first, second)] == ["甲", "乙"]
    assert [line.text for line in second.lines if line.kind == "annotation"] == ["渡口停航。"]
