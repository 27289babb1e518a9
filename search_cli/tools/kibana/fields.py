"""How Kibana shows the fields: a Chinese label, an English description, a format, and what comes first in Discover."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as Kibana shows it; the larger its `popularity`, the higher it stands in Discover, 0: not picked out."""

    label: str
    description: str
    popularity: int = 0
    format: Mapping[str, Any] | None = None


_WHOLE = {"id": "number", "params": {"pattern": "0"}}
_THOUSANDS = {"id": "number", "params": {"pattern": "0,0"}}
_AMOUNT = {"id": "number", "params": {"pattern": "0,0.[000]"}}
_DAY = {"id": "date", "params": {"pattern": "YYYY-MM-DD"}}
_LINK = {"id": "url", "params": {"type": "a", "openLinkInCurrentTab": False}}
_DURATION = {"id": "duration", "params": {"inputFormat": "milliseconds", "outputFormat": "humanizePrecise"}}

ROLES: Mapping[str, str] = {
    "interviewer": "采访者",
    "interviewee": "受访者",
    "host": "主持人",
    "other": "其他",
    "narration": "叙述",
}
_ROLE = {
    "id": "static_lookup",
    "params": {"lookupEntries": [{"key": key, "value": value} for key, value in ROLES.items()]},
}

_OF_THE_INTERVIEW: Mapping[str, Shown] = {
    "interview_id": Shown("访谈编号", "The interview's id, the first part of a turn's address", 4),
    "title": Shown("标题", "The interview's title", 7),
    "date": Shown("日期", "The day of the interview", 8, _DAY),
    "outlet": Shown("媒体", "Who published it", 6),
    "authors": Shown("作者", "Who wrote it down"),
    "source": Shown("来源文件", "The transcript it was read from"),
    "url": Shown("链接", "Where it was published", format=_LINK),
    "language": Shown("文字", "Simplified (zh-Hans) or Traditional (zh-Hant)"),
}

TURNS: Mapping[str, Shown] = {
    **_OF_THE_INTERVIEW,
    "speaker": Shown("发言人", "Who speaks: one name a person, however the transcript labels them", 10),
    "role": Shown("角色", "interviewer, interviewee, host, other or narration", 5, _ROLE),
    "text": Shown("发言", "What was said, as printed: put phrases in quotes", 9),
    "topics": Shown("话题", "Topics of the exchange this turn belongs to", 8),
    "keywords": Shown("关键词", "The turn's own characteristic words", 5),
    "affiliation": Shown("身份", "The speaker's office or house", 3),
    "label": Shown("原文称呼", "What the transcript prints before the turn: 问, 郑志昊"),
    "turn": Shown("第几段", "The turn's place in the interview, from 1: interview_id#turn is its address", 3, _WHOLE),
    "exchange": Shown("第几问答", "The exchange (a question and its answers) the turn belongs to", format=_WHOLE),
    "reply_to": Shown("回答第几段", "The turn of the question this turn answers", format=_WHOLE),
    "numbers": Shown("数字", "Amounts and years said, as numbers: 6.11亿 is 611000000", 2, _AMOUNT),
    "length": Shown("字数", "The turn's length in characters", 2, _THOUSANDS),
    "start": Shown("开始", "When the turn begins in the recording", format=_DURATION),
    "end": Shown("结束", "When the turn ends in the recording", format=_DURATION),
    "passage": Shown("段落编号", "The passage the turn lies in; used for ranking"),
    "words": Shown("分词", "Words of the normal form (Simplified, lower case): words: 资讯 also finds 資訊", 1),
    "bigrams": Shown("字对", "Pairs of characters of the normal form; used for ranking"),
    "chars": Shown("单字", "Characters of the normal form, a space between two; used for exact quotes"),
    "asked": Shown("问题分词", "Words and pairs of the question this turn answers; used for ranking"),
}

INTERVIEWS: Mapping[str, Shown] = {
    **_OF_THE_INTERVIEW,
    "guests": Shown("嘉宾", "People the head or lead introduces", 5),
    "speakers": Shown("发言人", "Everyone who speaks", 6),
    "topics": Shown("话题", "Topics of all its exchanges", 5),
    "turns": Shown("发言段数", "How many turns it has", 3, _THOUSANDS),
    "passages": Shown("段落数", "How many passages it has", format=_THOUSANDS),
    "characters": Shown("总字数", "Its length in characters", 3, _THOUSANDS),
    "path": Shown("文件路径", "The transcript's absolute path when it was indexed"),
    "part": Shown("文件内第几篇", "Its place in a file of several interviews", format=_WHOLE),
    "parts": Shown("文件内篇数", "How many interviews its file holds", format=_WHOLE),
    "hash": Shown("文件哈希", "Of the file's bytes: an unchanged file is not indexed again"),
    "content": Shown("内容哈希", "Of what was read from the file"),
    "fingerprint": Shown("指纹", "Of the dictionary, topics and speakers it was indexed with"),
    "given": Shown("人工著录", "What a person said of it when it was indexed (--meta)"),
    "attributed": Shown("署名轮数", "Turns of a named speaker; of several versions, the one with most is searched"),
    "spoken": Shown("署名字数", "Characters of those turns"),
    "sketch": Shown("摘样", "Of what is said: tells whether two transcripts are of one interview"),
    "version_of": Shown("主版本", "The interview this is another transcript of; it has no turns of its own"),
    "versions": Shown("其他版本", "Other transcripts of the same interview, whose turns are left out"),
    "indexed_at": Shown("索引时间", "When it was indexed"),
}

MACHINE_FIELDS = ("bigrams", "chars", "asked", "passage")
"""Fields made for ranking, kept out of Discover's rows."""
