"""The display of the fields in Kibana: a Chinese label, an English description, a format, a popularity."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FieldDisplay:
    """The display of one field; Discover lists fields with a `popularity` first, the most popular at the top."""

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

_SHARED: Mapping[str, FieldDisplay] = {
    "interview_id": FieldDisplay("访谈编号", "The interview's id, the first part of a turn's address", 4),
    "title": FieldDisplay("标题", "The interview's title", 7),
    "date": FieldDisplay("日期", "The date of the interview", 8, _DAY),
    "outlet": FieldDisplay("媒体", "The medium that published it", 6),
    "authors": FieldDisplay("作者", "The authors of the transcript"),
    "source": FieldDisplay("来源文件", "The name of the transcript file"),
    "url": FieldDisplay("链接", "The web address of the transcript", format=_LINK),
    "media": FieldDisplay("录音录像", "The recording: a path or a web address"),
    "language": FieldDisplay("文字", "Simplified (zh-Hans) or Traditional (zh-Hant)"),
    "added_at": FieldDisplay("入库时间", "When the interview was first indexed; indexing it again does not change it"),
}

TURNS: Mapping[str, FieldDisplay] = {
    **_SHARED,
    "speaker": FieldDisplay("说话人", "The speaker under one name, however the transcript labels them", 10),
    "role": FieldDisplay("角色", "interviewer, interviewee, host, other or narration", 5, _ROLE),
    "text": FieldDisplay("发言", "The text of the turn as in the transcript: put phrases in quotation marks", 9),
    "topics": FieldDisplay("话题", "Topics of the exchange this turn belongs to", 8),
    "keywords": FieldDisplay("关键词", "Characteristic words of the turn", 5),
    "affiliation": FieldDisplay("任职", "The speaker's organisation and position", 3),
    "printed_speaker": FieldDisplay("原文姓名", "The speaker's name as this transcript has it, in its script"),
    "printed_affiliation": FieldDisplay("原文任职", "The affiliation that this transcript gives"),
    "printed_role": FieldDisplay(
        "原文角色", "The role by the transcript, where speakers.toml gives another", format=_ROLE
    ),
    "mentions": FieldDisplay("提到的人", "The people whose names the turn says, under one name each", 6),
    "printed_mentions": FieldDisplay("原文所提姓名", "The names of people as the turn says them"),
    "label": FieldDisplay("原文称呼", "The label before the turn in the transcript: 问, 郑志昊"),
    "turn": FieldDisplay(
        "第几段", "The number of the turn in its interview, from 1; interview_id#turn is its address", 3, _WHOLE
    ),
    "exchange": FieldDisplay(
        "第几问答", "The exchange (a question and its answers) that the turn belongs to", format=_WHOLE
    ),
    "reply_to": FieldDisplay(
        "回答第几段", "The number of the turn with the question that this turn answers", format=_WHOLE
    ),
    "reply_to_speaker": FieldDisplay("回答谁", "The speaker of the question that this turn answers", 3),
    "numbers": FieldDisplay("数字", "Amounts and years in the text, as numbers: 6.11亿 is 611000000", 2, _AMOUNT),
    "length": FieldDisplay("字数", "The turn's length in characters", 2, _THOUSANDS),
    "start": FieldDisplay("开始", "The start of the turn in the recording", format=_DURATION),
    "end": FieldDisplay("结束", "The end of the turn in the recording", format=_DURATION),
    "notes": FieldDisplay("附注", "Lines in brackets that nobody speaks, beside the turn", 1),
    "note_offsets": FieldDisplay("附注位置", "The number of characters of the turn before each note", format=_WHOLE),
    "note_chars": FieldDisplay("附注单字", "Characters of the notes, in normal form; used to find them"),
    "note_bigrams": FieldDisplay("附注二元字组", "Pairs of characters of the notes; used to find them"),
    "passage": FieldDisplay("段落编号", "The passage that the turn belongs to; used for ranking"),
    "words": FieldDisplay("分词", "Words of the normal form (Simplified, lower case): words: 资讯 also finds 資訊", 1),
    "bigrams": FieldDisplay("二元字组", "Pairs of characters of the normal form; used for ranking"),
    "chars": FieldDisplay("单字", "Characters of the normal form, separated by spaces; used for exact phrases"),
    "asked": FieldDisplay(
        "问题分词", "Words and pairs of characters of the question that this turn answers; used for ranking"
    ),
}

INTERVIEWS: Mapping[str, FieldDisplay] = {
    **_SHARED,
    "guests": FieldDisplay("嘉宾", "The people introduced in the header or the lead", 5),
    "speakers": FieldDisplay("说话人", "All speakers", 6),
    "mentions": FieldDisplay("提到的人", "All people whose names its turns say", 4),
    "topics": FieldDisplay("话题", "The topics of all exchanges", 5),
    "turns": FieldDisplay("发言段数", "The number of turns", 3, _THOUSANDS),
    "passages": FieldDisplay("段落数", "The number of passages", format=_THOUSANDS),
    "characters": FieldDisplay("总字数", "The length in characters", 3, _THOUSANDS),
    "path": FieldDisplay("文件路径", "The absolute path of the transcript at the time of indexing"),
    "part": FieldDisplay("文件内第几篇", "The position of the interview in a file of several, from 1", format=_WHOLE),
    "parts": FieldDisplay("文件内篇数", "The number of interviews in the file", format=_WHOLE),
    "hash": FieldDisplay("文件哈希", "A hash of the file: an unchanged file is not indexed again"),
    "content": FieldDisplay("内容哈希", "A hash of the interview as read from the file"),
    "fingerprint": FieldDisplay("指纹", "A hash of the dictionary, topics and speakers it was indexed with"),
    "given": FieldDisplay("覆盖项", "Overrides: metadata from a sidecar file or --meta"),
    "attributed": FieldDisplay(
        "署名轮数",
        "The number of turns with a named speaker; of several transcripts, the one with the most is the primary",
    ),
    "spoken": FieldDisplay("署名字数", "The number of characters in those turns"),
    "known": FieldDisplay("元数据项数", "The number of metadata fields that have a value"),
    "script": FieldDisplay(
        "文字来历",
        "0: written in Traditional; 1: Simplified, or undecided; 2: converted to Traditional",
    ),
    "sketch": FieldDisplay("摘样", "A sketch of the text, to recognise two transcripts of one interview"),
    "version_of": FieldDisplay("主版本", "The primary transcript of the interview, if this one is a duplicate"),
    "versions": FieldDisplay("重复稿", "Duplicates: other transcripts of the interview, whose turns are not indexed"),
    "indexed_at": FieldDisplay("索引时间", "The time of indexing"),
}

MACHINE_FIELDS = ("bigrams", "chars", "asked", "passage", "note_offsets", "note_chars", "note_bigrams")
"""Fields for ranking, which Discover does not show."""
