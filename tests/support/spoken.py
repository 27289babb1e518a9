"""Turns and hits for the tests of what people see: the QQ空间 interview's first exchange, and hostile variations."""

import re
from typing import Any

from search_cli.catalog import ArchivedInterview, ArchivedSpeaker
from search_cli.models import Bucket, Facet, Hit, Marked, SearchResult, Span, SpokenTurn

QUESTION = "与小米的合作在我看来是QQ空间新的流量变现方式,这是受到微信公众账号系统的启发吗?"
ANSWER = (
    "与小米的合作是QQ空间在社交营销方面的尝试,并不是出于变现的考虑。红米首发是通过小米空间在QQ空间的官方认证帐号完成,"
    "认证空间在空间一个历史较悠久的体系了,和微信没有关系。\n"
    "基于社交网络平台的整合营销是商业发展的趋势,知名品牌正在越来越多地使用社交网络与他们的消费者进行沟通,社会化电商也正变得"
    "炙手可热。用户停留在社交网站上的时间也会逐渐增加,好友间的分享让品牌商家获得二次、三次乃至更多的流量创造机会。"
)
HOSTILE = "\x1b[31m红\x1b[0m\x1b]0;标题\x07米\x9b2J\u202e反\u2066向\u200b零\r\n第二段\t制表\x00\u2028行"


def spans(text: str, *words: str) -> tuple[Span, ...]:
    """Every place of the words in the text."""
    return tuple(found.span() for found in re.finditer("|".join(map(re.escape, words)), text)) if words else ()


def turn(**changes: Any) -> SpokenTurn:
    """The third turn of the interview, with changes."""
    fields: dict[str, Any] = {
        "interview_id": "qzone-xiaomi",
        "turn": 3,
        "speaker": "郑志昊",
        "label": "郑志昊",
        "role": "interviewee",
        "affiliation": "腾讯副总裁",
        "text": ANSWER,
        "title": "与小米手机合作发布红米手机",
        "date": "2013-08-02",
        "outlet": "搜狐IT",
        "authors": (),
        "source": "data/interviews/qzone-xiaomi.txt",
        "url": "",
        "exchange": 1,
        "reply_to": 2,
        "topics": ("社交营销", "商业化"),
        "keywords": ("空间", "小米"),
    }
    return SpokenTurn(**{**fields, **changes})


def question(*words: str, **changes: Any) -> Marked:
    """The question that turn answers."""
    asked = {"turn": 2, "speaker": "搜狐IT", "label": "问", "role": "interviewer", "affiliation": "", "text": QUESTION}
    one = turn(**{**asked, "reply_to": None, **changes})
    return Marked(one, spans(one.text, *words))


def hit(*words: str, rank: int = 1, near: tuple[Marked, ...] = (), **changes: Any) -> Hit:
    """That turn as a hit for the words."""
    one = turn(**changes)
    return Hit(rank, 8.5 / rank, one, spans(one.text, *words), question(*words), near)


def facet(field: str, *values: tuple[str, int], total: int = 0, other: int = 0) -> Facet:
    """A facet of some values and counts."""
    whole = total or sum(count for _, count in values)
    return Facet(field, tuple(Bucket(value, count, count / whole) for value, count in values), whole, other)


def result(*hits: Hit, **changes: Any) -> SearchResult:
    """A page with some hits, of eight interviews."""
    words = changes.get("words", ("小米", "合作"))
    fields: dict[str, Any] = {
        "query": " ".join(words),
        "hits": hits,
        "every": 7,
        "most": 7,
        "some": 12,
        "interviews": 1,
        "archive_interviews": 8,
        "milliseconds": 14,
        "page": 1,
        "limit": 10,
        "words": words,
        "total": 12,
    }
    return SearchResult(**{**fields, **changes})


def speaker(name: str = "郑志昊", **changes: Any) -> ArchivedSpeaker:
    """A speaker of the archive."""
    fields: dict[str, Any] = {
        "roles": ("interviewee",),
        "affiliations": ("腾讯副总裁、腾讯社区平台部总经理",),
        "turns": 7,
    }
    spoken = {"characters": 1875, "interviews": 1, "first": "2013-08-02", "last": "2013-08-02"}
    return ArchivedSpeaker(name=name, **{**fields, **spoken, **changes})


def interview(id: str = "qzone-xiaomi", **changes: Any) -> ArchivedInterview:
    """An interview of the archive."""
    fields: dict[str, Any] = {
        "title": "与小米手机合作发布红米手机",
        "date": "2013-08-02",
        "outlet": "搜狐IT",
        "authors": (),
        "guests": ("郑志昊（腾讯副总裁）",),
        "speakers": ("郑志昊", "搜狐IT"),
        "topics": ("社交营销",),
        "turns": 15,
        "characters": 2313,
        "source": "data/interviews/qzone-xiaomi.txt",
        "url": "",
        "language": "zh-Hans",
        "indexed_at": "2026-11-24T13:00:00Z",
    }
    return ArchivedInterview(id=id, **{**fields, **changes})
