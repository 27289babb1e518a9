"""What other programs read: stable, exact, UTF-8, harmless."""

import csv
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.printable import UNSAFE
from search_cli.models import Ranked
from search_cli.rendering.formats import machine
from tests.support.spoken import ANSWER, HOSTILE, QUESTION, facet, hit, question, result


def harmless(text: str) -> bool:
    return not {unicodedata.category(one) for one in text.replace("\n", "")} & UNSAFE


def test_the_object_of_a_search():
    found = result(hit("小米"), facets=(facet("speaker", ("郑志昊", 5), ("搜狐IT", 2), other=1),))
    parsed = json.loads(machine.json_text(machine.result_object(found)))
    assert list(parsed) == [
        *("query", "words", "match", "every", "most", "some", "total", "also"),
        *("interviews", "archive_interviews", "milliseconds", "page", "limit", "hits", "facets"),
    ]
    assert parsed["query"] == "小米 合作"
    assert parsed["words"] == ["小米", "合作"]
    assert parsed["facets"] == [
        {
            "field": "speaker",
            "buckets": [
                {"value": "郑志昊", "count": 5, "share": 5 / 7},
                {"value": "搜狐IT", "count": 2, "share": 2 / 7},
            ],
            "total": 7,
            "other": 1,
        }
    ]


def test_a_hit_with_everything_in_it():
    parsed = json.loads(machine.json_text(machine.hit_object(hit("小米", near=(question(),)))))
    assert list(parsed) == [
        *(
            "rank",
            "score",
            "address",
            "interview_id",
            "turn",
            "speaker",
            "label",
            "role",
            "affiliation",
            "text",
            "title",
        ),
        *("date", "outlet", "authors", "source", "url", "exchange", "reply_to", "topics", "keywords", "start", "end"),
        *("marks", "question", "before", "after", "versions"),
    ]
    assert parsed["address"] == "qzone-xiaomi#3"
    assert [parsed["text"][a:b] for a, b in parsed["marks"]] == ["小米", "小米"]
    assert parsed["question"]["text"] == QUESTION
    assert parsed["question"]["address"] == "qzone-xiaomi#2"
    assert [QUESTION[a:b] for a, b in parsed["question"]["marks"]] == ["小米"]
    assert [one["address"] for one in parsed["before"]] == ["qzone-xiaomi#2"]
    assert parsed["after"] == []
    assert parsed["start"] is None


def test_text_is_exact_and_still_harmless():
    printed = machine.json_text(machine.hit_object(hit("米", text=HOSTILE, title=HOSTILE)))
    assert harmless(printed)
    assert "\n" not in printed
    assert json.loads(printed)["text"] == HOSTILE
    assert json.loads(printed)["title"] == HOSTILE


@given(st.text(st.characters(codec="utf-8")))
def test_json_reads_back_whatever_the_text(text):
    for indent in (None, 2):
        printed = machine.json_text({"text": text, "list": [text]}, indent)
        assert json.loads(printed) == {"text": text, "list": [text]}
        assert harmless(printed)


def test_chinese_is_not_escaped():
    assert machine.json_text({"text": "小米 　全角"}) == '{"text": "小米 　全角"}'


def test_csv_has_a_header_and_a_line_a_hit():
    rows = list(
        csv.DictReader("".join(machine.csv_lines([hit("小米"), hit(rank=2, start=5)])).splitlines(keepends=True))
    )
    assert [row["address"] for row in rows] == ["qzone-xiaomi#3"] * 2
    assert rows[0]["text"] == ANSWER
    assert rows[0]["question"] == QUESTION
    assert rows[0]["topics"] == "社交营销；商业化"
    assert rows[0]["score"] == "8.5"
    assert [row["start"] for row in rows] == ["", "5"]
    assert tuple(rows[0]) == machine.COLUMNS


def test_csv_lines_come_one_by_one():
    lines = list(machine.csv_lines([hit(text="一。"), hit(text="二。")]))
    assert len(lines) == 3
    assert all(line.endswith("\n") and not line.endswith("\r\n") for line in lines)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("+1", "'+1"),
        ("-广告", "'-广告"),
        ("@cmd", "'@cmd"),
        ("\t=1", "'=1"),
        ("\u200b=1", "'=1"),
        ("小米=1", "小米=1"),
        ("一\n二", "一\n二"),
        ("红\x1b[31m米\u202e", "红[31m米"),
        (("甲", "乙"), "甲；乙"),
        (None, ""),
        (-3, "-3"),
        (0.123456789, "0.123457"),
        ("", ""),
    ],
)
def test_a_cell_is_no_formula(value, expected):
    assert machine.cell(value) == expected


@given(st.text())
def test_no_text_becomes_a_formula(text):
    assert not machine.cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert harmless(machine.cell(text))


def test_a_trec_run():
    ranked = [Ranked(1, "qzone-xiaomi#3", 12.5), Ranked(2, "口述史/染坊#2", 3.25)]
    assert list(machine.trec_lines("q1", ranked)) == [
        "q1 Q0 qzone-xiaomi#3 1 12.500000 fangtan\n",
        "q1 Q0 口述史/染坊#2 2 3.250000 fangtan\n",
    ]


def test_white_space_in_an_id_does_not_shift_the_columns():
    (line,) = machine.trec_lines("q 1", [Ranked(1, "my talk\t#3", 1.0)])
    assert line == "q%201 Q0 my%20talk%09#3 1 1.000000 fangtan\n"
    assert len(line.split()) == 6
