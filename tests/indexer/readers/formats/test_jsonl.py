"""The JSON Lines interchange: taken as it is, or reported as invalid."""

import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ReadingError
from indexer.model import Guest, Interview, Role, Turn
from indexer.readers.formats import jsonl
from indexer.readers.script import Script
from indexer.readers.source import Item, Source


def items(text: str | bytes) -> list[Item]:
    data = text.encode() if isinstance(text, str) else text
    return list(jsonl.read(Source("all.jsonl", ".jsonl", lambda: io.BytesIO(data))))


def one(**fields: Any) -> Item:
    (item,) = items(json.dumps(fields, ensure_ascii=False))
    return item


def reason(**fields: Any) -> str:
    item = one(**fields)
    assert isinstance(item, ReadingError), item
    assert (item.path, item.line) == ("all.jsonl", 1)
    return item.reason


def test_the_least_is_a_text() -> None:
    assert one(turns=[{"text": "大家好。"}]) == Interview(turns=(Turn(1, "", Role.OTHER, "大家好。"),), language="")


def test_everything_is_honoured() -> None:
    interview = one(
        id="2013/qzone",
        title="红米",
        date="2013-08-02",
        outlet="搜狐IT",
        authors=["甲", "乙"],
        guests=["林晓岚", {"name": "郑志昊", "affiliation": "腾讯副总裁"}],
        url="https://example.org",
        language="zh-Hant",
        unknown={"is": "passed over"},
        turns=[
            {"turn": 3, "speaker": "搜狐IT", "label": "问", "role": "interviewer", "text": " 好吗？ ", "exchange": 1},
            {
                "turn": 7,
                "speaker": "郑志昊",
                "role": "interviewee",
                "text": "好。",
                "affiliation": "腾讯",
                "exchange": 1,
                "reply_to": 3,
                "topics": ["商业化"],
                "keywords": ["好"],
                "start": 1000,
                "end": 2500,
                "notes": ["（笑）", "（鼓掌）"],
                "note_offsets": [0, 2],
            },
        ],
    )
    assert interview == Interview(
        turns=(
            Turn(3, "搜狐IT", Role.INTERVIEWER, "好吗？", label="问", exchange=1),
            Turn(
                *(7, "郑志昊", Role.INTERVIEWEE, "好。", "郑志昊", "腾讯", 1, 3, ("商业化",), ("好",), 1000, 2500),
                notes=("（笑）", "（鼓掌）"),
                note_offsets=(0, 2),
            ),
        ),
        id="2013/qzone",
        title="红米",
        date=date(2013, 8, 2),
        outlet="搜狐IT",
        authors=("甲", "乙"),
        guests=(Guest("林晓岚"), Guest("郑志昊", "腾讯副总裁")),
        url="https://example.org",
        language="zh-Hant",
        attributed=True,
    )


def test_turns_are_neither_merged_nor_parsed_again() -> None:
    interview = one(turns=[{"speaker": "甲", "text": "问：一"}, {"speaker": "甲", "text": "答：二\n\n三"}])
    assert isinstance(interview, Interview)
    assert [(turn.speaker, turn.text) for turn in interview.turns] == [("甲", "问：一"), ("甲", "答：二\n\n三")]


def test_notes_without_a_place_stand_after_the_text() -> None:
    interview = one(turns=[{"text": "甲乙", "notes": "（笑）"}])
    assert isinstance(interview, Interview)
    assert (interview.turns[0].notes, interview.turns[0].note_offsets) == (("（笑）",), (2,))


def test_roles_are_settled_only_where_some_are_given() -> None:
    without, given = one(turns=[{"text": "甲"}]), one(turns=[{"text": "甲"}, {"text": "乙", "role": "host"}])
    assert isinstance(without, Interview)
    assert isinstance(given, Interview)
    assert not without.attributed
    assert given.attributed
    assert [turn.role for turn in given.turns] == [Role.OTHER, Role.HOST]


def test_one_author_may_be_a_text_and_an_id_a_number() -> None:
    interview = one(id=12, authors="甲", turns=[{"text": "甲"}])
    assert isinstance(interview, Interview)
    assert (interview.id, interview.authors) == ("12", ("甲",))


def test_null_is_the_same_as_missing() -> None:
    fields = {"title": None, "date": None, "authors": None, "guests": None, "id": None}
    turn = {"text": "甲", "speaker": None, "role": None, "turn": None, "start": None, "topics": None}
    assert one(turns=[turn], **fields) == Interview(
        turns=(Turn(1, "", Role.OTHER, "甲"),), language="", attributed="role" in turn
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "turns is not a list"),
        ({"turns": []}, "turns is not a list of at least one turn"),
        ({"turns": "甲"}, "turns is not a list"),
        ({"turns": ["甲"]}, "turn 1 is not an object"),
        ({"turns": [{"text": "甲"}, {"text": " \n"}]}, "turn 2: text is missing or blank"),
        ({"turns": [{"text": 3}]}, "turn 1: text is not a string"),
        ({"turns": [{"text": "甲", "role": "guest"}]}, "role 'guest' is not one of interviewer, interviewee"),
        ({"turns": [{"text": "甲", "start": -1}]}, "start is not a non-negative integer"),
        ({"turns": [{"text": "甲", "start": 1.5}]}, "start is not a non-negative integer"),
        ({"turns": [{"text": "甲", "end": True}]}, "end is not a non-negative integer"),
        ({"turns": [{"text": "甲", "notes": ["（笑）"], "note_offsets": [2]}]}, "note_offsets is not a list of places"),
        ({"turns": [{"text": "甲", "notes": ["（笑）"], "note_offsets": []}]}, "note_offsets is not a list of places"),
        ({"turns": [{"text": "甲", "topics": [1]}]}, "topics is not a list of strings"),
        ({"turns": [{"text": "甲", "turn": 2}, {"text": "乙", "turn": 2}]}, "turn numbers do not increase"),
        ({"turns": [{"text": "甲", "turn": 1}, {"text": "乙"}]}, "turn numbers do not increase"),
        ({"turns": [{"text": "甲", "turn": 0}]}, "turn numbers do not increase"),
        ({"turns": [{"text": "甲"}], "date": "2013年8月2日"}, "is not YYYY-MM-DD"),
        ({"turns": [{"text": "甲"}], "date": "2013-02-30"}, "is not YYYY-MM-DD"),
        ({"turns": [{"text": "甲"}], "id": "a#1"}, "has a #"),
        ({"turns": [{"text": "甲"}], "id": "a\u001b[2J"}, "control characters"),
        ({"turns": [{"text": "甲"}], "guests": [{"affiliation": "腾讯"}]}, "a guest has no name"),
        ({"turns": [{"text": "甲"}], "title": ["甲"]}, "title is not a string"),
    ],
)
def test_what_cannot_be_taken_is_told(fields: dict[str, Any], expected: str) -> None:
    assert expected in reason(**fields)


def test_each_bad_line_is_told_with_its_number_and_the_rest_goes_on() -> None:
    found = items('\ufeff{"turns":[{"text":"甲"}]}\n\n[]\n{"turns":[{"text":"乙"}]}\n{"turns":\n')
    told = [(item.line, item.reason) for item in found if isinstance(item, ReadingError)]
    assert [line for line, _ in told] == [3, 5]
    assert told[0][1] == "not an object"
    assert "not JSON" in told[1][1]
    assert [item.turns[0].text for item in found if isinstance(item, Interview)] == ["甲", "乙"]


def test_bytes_that_are_no_text_are_told() -> None:
    (bad,) = items(b'{"turns":[{"text":"\xff\xfe"}]}')
    assert isinstance(bad, ReadingError)


def test_a_file_without_a_line_holds_nothing() -> None:
    assert items("") == []
    assert items("\n \n") == []


KEYS = st.sampled_from(["turns", "text", "role", "id", "date", "guests", "turn", "name", "authors"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
)


@pytest.mark.slow
@given(JSON)
def test_any_json_is_an_interview_or_an_error(content: object) -> None:
    found = items(json.dumps(content))
    assert len(found) == 1
    assert isinstance(found[0], Interview | ReadingError | Script)


def test_lines_that_each_say_one_thing_are_one_transcript() -> None:
    lines = [
        {"speaker": "记者", "start": 0.0, "end": 1.5, "text": "好吗？"},
        {"speaker": "何苗", "start": 1.5, "text": "好。"},
    ]
    (script,) = items("\n".join(json.dumps(line) for line in lines))
    assert isinstance(script, Script)
    assert [(line.number, line.label, line.text, line.start) for line in script.lines] == [
        (1, "记者", "好吗？", 0),
        (2, "何苗", "好。", 1500),
    ]


def test_short_texts_alone_are_one_transcript() -> None:
    (script,) = items('{"text": "记者：好吗？"}\n\n{"text": "何苗：好。"}\n')
    assert isinstance(script, Script)
    assert [line.text for line in script.lines] == ["记者：好吗？", "何苗：好。"]


def test_articles_are_a_transcript_each() -> None:
    articles = [{"id": n, "title": f"专访{n}", "content": "记者：好吗？\n何苗：好。"} for n in (7, 8)]
    found = items("\n".join(json.dumps(one, ensure_ascii=False) for one in articles))
    assert [(one.name, one.metadata, len(one.lines)) for one in found if isinstance(one, Script)] == [
        ("7", (("title", "专访7"),), 2),
        ("8", (("title", "专访8"),), 2),
    ]


def test_answers_of_recognisers_are_a_transcript_each() -> None:
    answer = {"segments": [{"start": 0, "end": 2, "text": "我们来谈一谈。", "speaker": "A"}]}
    found = items(f"{json.dumps(answer)}\n{json.dumps(answer)}\n")
    assert [[line.label for line in one.lines] for one in found if isinstance(one, Script)] == [["A"], ["A"]]


def test_all_kinds_of_lines_in_one_file() -> None:
    lines = ['{"turns": [{"text": "甲"}]}', '{"speaker": "乙", "text": "好"}', "{", '{"other": 1}', "[]"]
    interview, broken, nothing, no_object, script = items("\n".join(lines))
    assert isinstance(interview, Interview)
    assert isinstance(script, Script)
    assert [(one.line, one.reason[:8]) for one in (broken, nothing, no_object) if isinstance(one, ReadingError)] == [
        (3, "not JSON"),
        (4, "turns is"),
        (5, "not an o"),
    ]


def test_lines_without_end_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "_MAX_SEGMENTS", 2)
    error, script = items('{"speaker": "乙", "text": "好"}\n' * 4)
    assert isinstance(error, ReadingError)
    assert (error.line, error.reason) == (3, "more than 2 lines of speech")
    assert isinstance(script, Script)
    assert len(script.lines) == 2
