"""Properties of every script: nothing is lost, nothing fails, nothing is invented."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.model import Guest, Interview, Role, Turn
from indexer.parser import overrides
from indexer.parser.parse import explain, parse
from indexer.parser.trace import SPOKEN, LineClass
from indexer.readers.script import Line, Script
from tests.support.forms import FORMS, Form
from tests.support.scripts import marked, script

# what transcripts are made of: labels, traps, mark-up, times, furniture
PIECES = st.sampled_from(
    (
        *("问：", "答： ", "记者: ", "【主持人】", "[岳建平]", "郑志昊：", "Q1：", "A1. ", "K.K.：", "说话人1 00:42"),
        *(
            "陈可(00:00:04): ",
            "00:01 甲：",
            "第一：",
            "他说：",
            "时间：",
            "编辑：小北",
            "好吗？",
            "好。",
            "（笑）",
            "……",
        ),
        *(
            "（记者 王小明）",
            "“走。”",
            "————",
            "12",
            "10:02",
            "2013年8月2日",
            "标题在这里",
            "版权声明",
            "图为某某",
            "全文总结",
            "前言：",
            "关键词",
            "订阅本刊 https://a.b/c",
            "[12:22] 好。",
            "（两行的",
            "上次会议议事录",
            "时间：三点",
            "提案人：何苗",
            "散会",
            "各位好这次我们走进一间钟表铺",
            "[1] ",
        ),
        *("https://a.b:80/c", "（", "）", "【", "］", "：", "Hello. ", "　", "\u200b"),
    )
)
LINES = st.lists(st.lists(PIECES | st.text(max_size=6), max_size=6).map("".join), max_size=30)


def letters(text: str) -> str:
    return "".join(text.replace("\u200b", "").replace("\ufeff", "").split())


@settings(max_examples=300)
@given(LINES)
def test_nothing_is_lost(texts: list[str]) -> None:
    given_script = script("\n".join(texts))
    interview, pieces = explain(given_script)
    assert "".join(piece.text for piece in pieces) == "".join(line.text for line in given_script.lines)
    assert [piece.line.number for piece in pieces] == sorted(piece.line.number for piece in pieces)
    spoken = letters("".join(piece.text for piece in pieces if piece.line_class in SPOKEN))
    in_turns = letters("".join(turn.text for turn in interview.turns))
    assert in_turns == spoken
    assert all(piece.reason for piece in pieces)
    assert [turn.turn for turn in interview.turns] == list(range(1, len(interview.turns) + 1))
    assert all(turn.text.strip() for turn in interview.turns)


@settings(max_examples=300)
@given(
    st.lists(
        st.builds(
            Line,
            number=st.just(1),
            text=st.text(max_size=20) | PIECES,
            label=st.none() | st.sampled_from(["", "甲", "说话人0", "沈 佳", "：", "【】"]),
            start=st.none() | st.integers(0, 10**7),
            end=st.none() | st.integers(0, 10**7),
            kind=st.sampled_from(["", "heading", "caption", "item", "quote", "note", "rule"]),
            bold_prefix_length=st.integers(0, 20),
        ),
        max_size=20,
    )
)
def test_no_script_fails_whatever_its_format_says(given_lines: list[Line]) -> None:
    numbered = tuple(
        Line(n, one.text, one.label, one.start, one.end, one.kind, one.bold_prefix_length)
        for n, one in enumerate(given_lines, 1)
    )
    interview, pieces = explain(Script(numbered))
    assert "".join(piece.text for piece in pieces) == "".join(line.text for line in numbered)
    assert all(turn.text.strip() for turn in interview.turns)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_nothing_of_a_form_is_lost(form: Form) -> None:
    given_script = marked(form.text) if form.markdown else script(form.text)
    interview, pieces = explain(given_script)
    assert "".join(piece.text for piece in pieces) == "".join(line.text for line in given_script.lines)
    spoken = letters("".join(piece.text for piece in pieces if piece.line_class in SPOKEN))
    assert spoken == letters("".join(turn.text for turn in interview.turns))
    assert all(piece.reason for piece in pieces)
    notes = [piece.text.strip() for piece in pieces if piece.is_note]
    assert letters("".join(notes)) == letters("".join(note for turn in interview.turns for note in turn.notes))


def test_an_empty_script_is_an_interview_without_turns() -> None:
    assert parse(Script(())) == Interview(turns=(), language="")


def test_parsing_and_explaining_say_the_same() -> None:
    text = script("标题\n问：好吗？\n答：好。")
    assert parse(text) == explain(text)[0]


def test_roles_but_those_the_head_tells_are_left_to_annotating() -> None:
    text = "主持人：陈可\n采访：林深\n\n林深：好吗？\n郑明：好。\n林深：嗯？\n郑明：嗯。\n陈可：谢谢两位。\n"
    assert [turn.role for turn in parse(script(text)).turns] == [
        Role.INTERVIEWER,
        Role.OTHER,
        Role.INTERVIEWER,
        Role.OTHER,
        Role.HOST,
    ]


def test_the_format_is_asked_where_the_text_says_nothing_and_a_person_overrides_both() -> None:
    lines = script("渡船上的图书馆\n2020年3月2日\n来源：某报\n\n问：好吗？\n答：好。").lines
    meta = (
        ("title", "渡船上的图书馆_某网"),
        ("date", "2020-03-03"),
        ("outlet", "某网"),
        ("url", "https://example.org"),
    )
    told = parse(Script(lines, meta))
    assert (told.title, told.date, told.outlet, told.url) == (
        "渡船上的图书馆",
        date(2020, 3, 3),
        "某网",
        "https://example.org",
    )
    given_ = (("title", "另一个"), ("date", "2021-01-01"), ("outlet", "另一报"), ("author", "甲"), ("author", "乙"))
    person = parse(
        Script(lines, meta, (*given_, ("guest", "何苗\t馆长"), ("url", "https://b.example"), ("language", "x")))
    )
    assert (person.title, person.date, person.outlet, person.authors) == (
        "另一个",
        date(2021, 1, 1),
        "另一报",
        ("甲", "乙"),
    )
    assert (person.guests, person.url, person.language) == ((Guest("何苗", "馆长"),), "https://b.example", "x")


def test_an_interview_that_was_not_parsed_is_overridden_too() -> None:
    interview = Interview(turns=(Turn(1, "甲", Role.OTHER, "好。"),), title="旧", outlet="旧报")
    assert overrides.apply_overrides(interview, (("title", "新"), ("date", "2020年1月2日"))) == Interview(
        turns=interview.turns, title="新", outlet="旧报", date=date(2020, 1, 2)
    )
    assert overrides.apply_overrides(interview, ()) == interview


LONG = {
    "colons": "：" * 50_000,
    "brackets": "（" * 50_000,
    "one line": "一句话说完了。" * 25_000,
    "paragraphs": "一句话说完了。\n" * 25_000,
    "one answer": "问：好？\n答：好。\n" + "一句话说完了。\n" * 25_000 + "问：好？\n答：好。\n",
    "labels on one line": "问：好。" * 10_000,
    "labels in brackets": "【甲】" * 10_000,
    "short lines": "甲乙\n" * 10_000,
    "different names": "".join(f"甲{number}：好。\n" for number in range(5_000)),
    "latin": "a: " * 25_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", LONG)
def test_long_input_takes_time_in_proportion(kind: str) -> None:
    began = time.process_time()
    interview, _ = explain(script(LONG[kind]))
    assert isinstance(interview, Interview)
    # all take less than 2 s, loaded machine or not; in proportion to the square the longest would take a quarter hour
    assert time.process_time() - began < 5


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FORMS), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 30), PIECES), max_size=8))
def test_nothing_is_lost_of_a_damaged_transcript(form: Form, damage: list[tuple[int, int, str]]) -> None:
    lines = form.text.split("\n")
    for place, at, piece in damage:
        line = lines[place % len(lines)]
        lines[place % len(lines)] = line[:at] + piece + line[at:] if at % 3 else line[at:]
    damaged = script("\n".join(lines))
    interview, pieces = explain(damaged)
    assert "".join(piece.text for piece in pieces) == "".join(line.text for line in damaged.lines)
    assert all(turn.text.strip() for turn in interview.turns)


def test_every_kind_of_piece_has_a_name_for_people() -> None:
    assert len({taken.value for taken in LineClass}) == len(LineClass)
