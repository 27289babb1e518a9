"""Interviews as documents: whole documents compared, every field of the mapping written, nothing else."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from indexer.model import Guest, Interview, Role, Turn
from indexer.settings import sample_data
from indexer.store import documents, mapping
from indexer.store.documents import (
    QUESTION_TERMS,
    AnalyzedInterview,
    content_hash,
    duplicate_document,
    interview_document,
    turn_documents,
)
from indexer.store.indexed_interview import SourceInfo
from indexer.text import analysis

ANALYZER = analysis.load(Path(sample_data() / "words.txt"))
QUESTION = Turn(2, "搜狐IT", Role.INTERVIEWER, "与小米的合作，是变现吗？", "问", exchange=1, start=1000, end=4000)
ANSWER = Turn(
    turn=3,
    speaker="郑志昊",
    role=Role.INTERVIEWEE,
    text="QQ說空間有6.11億用戶。",
    label="郑志昊",
    affiliation="腾讯副总裁",
    exchange=1,
    reply_to=2,
    topics=("社交营销", "商业化"),
    keywords=("空间", "用户"),
    start=4000,
    end=9500,
    notes=("（鼓掌）", "（開票：A案 3票）"),
    note_offsets=(3, 14),
    printed_speaker="鄭志昊",
    printed_affiliation="腾讯副总裁",
    printed_role="other",
    mentions=("林晓岚",),
    printed_mentions=("林曉嵐",),
)
INTERVIEW = Interview(
    turns=(Turn(1, "", Role.NARRATION, "导语"), QUESTION, ANSWER),
    id="qzone-xiaomi",
    title="与小米手机合作发布红米手机",
    date=date(2013, 8, 2),
    outlet="搜狐IT",
    authors=("记者甲", "记者乙"),
    guests=(Guest("郑志昊", "腾讯副总裁"), Guest("林晓岚")),
    url="https://example.org/a",
    media="/archive/data/qzone-xiaomi.mp3",
    language="zh-Hans",
)
ORIGIN = SourceInfo(
    source="data/qzone-xiaomi.txt",
    path="/archive/data/qzone-xiaomi.txt",
    hash="ab12",
    content="cd34",
    fingerprint="ef56",
    indexed_at="2026-11-24T09:30:00+00:00",
    added_at="2026-11-01T09:30:00+00:00",
    overrides=("outlet=搜狐IT",),
    sketch="AAAA",
    script=1,
)


def analyzed(interview: Interview) -> AnalyzedInterview:
    return AnalyzedInterview(interview, [ANALYZER.analyze(turn.text) for turn in interview.turns], ANALYZER.analyze)


def turns(interview: Interview = INTERVIEW, source: str = "data/qzone-xiaomi.txt"):
    return list(turn_documents(analyzed(interview), source, ORIGIN.added_at))


def passages(interview: Interview = INTERVIEW):
    return [
        document
        for kind, _, document in documents.documents(analyzed(interview), "", ORIGIN.added_at)
        if kind == "passages"
    ]


def of_exchanges(*sizes: int) -> tuple[Turn, ...]:
    """Turns in exchanges of these sizes: 0 is what comes before the first question."""
    exchanges = [exchange for exchange, size in enumerate(sizes) for _ in range(size)]
    return tuple(Turn(place, "甲", Role.OTHER, "话", exchange=of) for place, of in enumerate(exchanges, start=1))


def test_a_turn_says_everything_a_search_needs():
    document = turns()[2]
    assert document.pop("numbers") == [611000000]
    # frequencies are all that is indexed of these two: their order is nobody's business
    bigrams, asked = ({*document.pop(name).split()} for name in ("bigrams", "asked"))
    assert [{*pairs.split()} for pairs in document.pop("note_bigrams")] == [{"鼓掌"}, {"开票", "a", "案", "3", "票"}]
    assert bigrams == {"qq", "说空", "空间", "间有", "6.11", "亿用", "用户"}
    words = {"与", "小米", "的", "合作", "是", "变现", "吗"}
    assert asked == words | {"与小", "小米", "米的", "的合", "合作", "是变", "变现", "现吗"}
    assert document == {
        "interview_id": "qzone-xiaomi",
        "turn": 3,
        "exchange": 1,
        "reply_to": 2,
        "reply_to_speaker": "搜狐IT",
        "speaker": "郑志昊",
        "label": "郑志昊",
        "role": "interviewee",
        "affiliation": "腾讯副总裁",
        "printed_speaker": "鄭志昊",
        "printed_affiliation": "腾讯副总裁",
        "printed_role": "other",
        "mentions": ["林晓岚"],
        "printed_mentions": ["林曉嵐"],
        "title": "与小米手机合作发布红米手机",
        "date": "2013-08-02",
        "outlet": "搜狐IT",
        "authors": ["记者甲", "记者乙"],
        "source": "data/qzone-xiaomi.txt",
        "url": "https://example.org/a",
        "media": "/archive/data/qzone-xiaomi.mp3",
        "language": "zh-Hans",
        "added_at": "2026-11-01T09:30:00+00:00",
        "text": "QQ說空間有6.11億用戶。",
        "words": "qq 说 空间 有 6.11 亿 用户",
        "chars": "q q 说 空 间 有 6 . 1 1 亿 用 户 。",
        "passage": ["qzone-xiaomi/p1"],
        "topics": ["社交营销", "商业化"],
        "keywords": ["空间", "用户"],
        "start": 4000,
        "end": 9500,
        "notes": ["（鼓掌）", "（開票：A案 3票）"],
        "note_offsets": [3, 14],
        "note_chars": ["( 鼓 掌 )", "( 开 票 : a 案 3 票 )"],
        "length": 14,
    }


def test_what_a_turn_does_not_have_is_left_out():
    narration = Interview((Turn(1, "", Role.NARRATION, "……"),), id="x", language="zh-Hans")
    (document,) = turns(narration, "x.txt")
    assert document == {
        "interview_id": "x",
        "turn": 1,
        "exchange": 0,
        "role": "narration",
        "source": "x.txt",
        "language": "zh-Hans",
        "added_at": "2026-11-01T09:30:00+00:00",
        "text": "……",
        "chars": ". . . . . .",
        "passage": ["x/p1"],
        "length": 2,
    }


def test_only_answers_carry_a_question():
    assert ["asked" in document for document in turns()] == [False, False, True]


def test_every_answer_carries_its_own_question():
    one = replace(QUESTION, turn=1, text="小米呢")
    other = replace(QUESTION, turn=3, text="华为呢", exchange=2)
    answers = (replace(ANSWER, turn=2, reply_to=1), replace(ANSWER, turn=4, reply_to=3, exchange=2))
    late = replace(ANSWER, turn=5, reply_to=1, exchange=2)
    asked = [document.get("asked", "") for document in turns(Interview((one, answers[0], other, answers[1], late)))]
    assert ["小米" in one for one in asked] == [False, True, False, False, True]
    assert ["华为" in one for one in asked] == [False, False, False, True, False]


def test_a_speech_is_not_repeated_on_each_answer():
    speech = replace(QUESTION, turn=1, text="开场白" + "合作" * 5000 + "，小米呢")
    asked = turns(Interview((speech, replace(ANSWER, turn=2, reply_to=1))))[1]["asked"].split()
    assert len(asked) <= 2 * QUESTION_TERMS
    assert "小米" in asked
    assert "开场" not in asked


def test_a_question_that_is_not_there_asks_nothing():
    assert "asked" not in turns(Interview((replace(ANSWER, reply_to=99),)))[0]


def test_a_passage_has_the_words_of_its_turns_and_what_they_may_be_narrowed_by():
    (document,) = passages()
    said = turns()
    assert document == {
        "interview_id": "qzone-xiaomi",
        "ordinal": 1,
        "first_turn": 1,
        "last_turn": 3,
        "speaker": ["搜狐IT", "郑志昊"],
        "role": ["narration", "interviewer", "interviewee"],
        "affiliation": ["腾讯副总裁"],
        "date": "2013-08-02",
        "outlet": "搜狐IT",
        "authors": ["记者甲", "记者乙"],
        "language": "zh-Hans",
        "added_at": "2026-11-01T09:30:00+00:00",
        "topics": ["社交营销", "商业化"],
        "bigrams": " ".join(one["bigrams"] for one in said),
    }


def test_an_interview_says_what_is_in_it_and_where_it_came_from():
    assert interview_document(INTERVIEW, ORIGIN, 1, ("qzone-2",)) == {
        "interview_id": "qzone-xiaomi",
        "title": "与小米手机合作发布红米手机",
        "date": "2013-08-02",
        "outlet": "搜狐IT",
        "authors": ["记者甲", "记者乙"],
        "source": "data/qzone-xiaomi.txt",
        "url": "https://example.org/a",
        "media": "/archive/data/qzone-xiaomi.mp3",
        "language": "zh-Hans",
        "added_at": "2026-11-01T09:30:00+00:00",
        "guests": ["郑志昊（腾讯副总裁）", "林晓岚"],
        "speakers": ["搜狐IT", "郑志昊"],
        "mentions": ["林晓岚"],
        "topics": ["社交营销", "商业化"],
        "turns": 3,
        "passages": 1,
        "characters": 28,
        "path": "/archive/data/qzone-xiaomi.txt",
        "part": 1,
        "parts": 1,
        "hash": "ab12",
        "given": ["outlet=搜狐IT"],
        "content": "cd34",
        "attributed": 2,
        "spoken": 26,
        "known": 7,
        "script": 1,
        "sketch": "AAAA",
        "versions": ["qzone-2"],
        "fingerprint": "ef56",
        "indexed_at": "2026-11-24T09:30:00+00:00",
    }


LONG = interview_document(INTERVIEW, ORIGIN, 1, ("qzone-2",))


def test_a_version_keeps_its_document_without_turns():
    version = duplicate_document(LONG, "main")
    assert (version["version_of"], version["versions"], version["turns"], version["passages"]) == ("main", [], 0, 0)
    changed = ("version_of", "versions", "turns", "passages", "topics", "mentions")
    assert {**version, **dict.fromkeys(changed)} == {**LONG, **dict.fromkeys(changed)}
    assert not {"topics", "mentions"} & version.keys()


def test_the_mappings_have_every_field_that_is_written_and_no_other():
    assert turns()[2].keys() == mapping.TURN.keys()
    (passage,) = passages()
    assert passage.keys() == mapping.PASSAGE.keys()
    assert {*LONG, *duplicate_document(LONG, "main")} == mapping.INTERVIEW.keys()


def test_a_file_whose_last_interview_is_not_known_yet_says_0_parts():
    assert interview_document(INTERVIEW, replace(ORIGIN, parts=0), 1)["parts"] == 0


def test_the_documents_of_an_interview_come_with_their_addresses():
    long = replace(INTERVIEW, turns=of_exchanges(*[2] * 11))
    written = list(documents.documents(analyzed(long), "", ORIGIN.added_at))
    assert [id_ for kind, id_, _ in written if kind == "turns"] == [f"qzone-xiaomi#{n}" for n in range(1, 23)]
    numbers = range(1, len(analyzed(long).spans) + 1)
    assert [id_ for kind, id_, _ in written if kind == "passages"] == [f"qzone-xiaomi/p{n}" for n in numbers]
    assert [document for kind, _, document in written if kind == "turns"] == turns(long, "")


@pytest.mark.parametrize("sizes", [[2] * 11, [1] * 25, [0, 30], [3], [9, 6, 4, 4]])
def test_a_turn_names_the_passages_it_lies_in_and_they_say_its_bigrams(sizes):
    long = replace(INTERVIEW, turns=of_exchanges(*sizes))
    of_turns = turns(long, "")
    within = {
        document["ordinal"]: [turn for turn in of_turns if f"qzone-xiaomi/p{document['ordinal']}" in turn["passage"]]
        for document in passages(long)
    }
    assert sum(map(len, within.values())) == sum(len(turn["passage"]) for turn in of_turns)
    for document in passages(long):
        inside = within[document["ordinal"]]
        assert [turn["turn"] for turn in inside] == list(range(document["first_turn"], document["last_turn"] + 1))
        assert document.get("bigrams", "") == " ".join(turn["bigrams"] for turn in inside)


def test_a_passage_comes_right_after_its_last_turn():
    last = 0
    for kind, _, document in documents.documents(analyzed(replace(INTERVIEW, turns=of_exchanges(*[1] * 60)))):
        if kind == "turns":
            last = document["turn"]
        else:
            assert document["last_turn"] == last


def test_documents_come_before_the_interview_is_read_to_its_end():
    endless = replace(INTERVIEW, turns=of_exchanges(*[1] * 30))
    first = next(iter(documents.documents(analyzed(endless))))
    assert first[1] == "qzone-xiaomi#1"


def test_the_hash_of_what_was_read_is_that_of_the_words_not_of_the_name():
    assert content_hash(INTERVIEW) == content_hash(replace(INTERVIEW, id="other"))
    assert content_hash(INTERVIEW) != content_hash(replace(INTERVIEW, outlet="新浪"))
    assert content_hash(INTERVIEW) != content_hash(replace(INTERVIEW, turns=INTERVIEW.turns[:2]))
