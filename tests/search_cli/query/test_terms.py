"""What was typed, as it is searched for: pieces, their words, which count as one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.analysis import Analyzer
from search_cli.query.parser import Phrase, Prefix, Word, parse
from search_cli.query.stopwords import FUNCTION_WORDS
from search_cli.query.terms import QueryTerms, amount, analyze_query, content_words, text_nodes
from search_cli.query.unparse import retyped

ANALYZER = Analyzer()  # jieba's dictionary alone: no word of ours helps


def read(query: str) -> QueryTerms:
    return analyze_query(parse(query), ANALYZER.analyze)


def pieces(query: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(piece.text, piece.tokens) for found in read(query).pieces.values() for piece in found]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("小米", [("小米", ("小米",))]),
        ("小米 合作", [("小米", ("小米",)), ("合作", ("合作",))]),
        ("红米手机", [("红米手机", ("红米", "手机"))]),
        ("刘三发", [("刘三发", ("刘三发",))]),  # jieba: 刘 三发
        ("区块链", [("区块链", ("区块链",))]),  # jieba: 区块 链
        ("米", [("米", ("米",))]),
        ("我们", [("我们", ("我们",))]),
        ("我的手机", [("我的手机", ("手机",))]),
        ("ＱＱ空间", [("qq空间", ("qq", "空间"))]),
        ("B站", [("b站", ("b站",))]),
        ("iPhone 6s", [("iphone", ("iphone",)), ("6s", ("6s",))]),
        ("6.11亿", [("6.11亿", ("6.11亿",))]),
        ("6.11亿元", [("6.11亿元", ("6.11亿元",))]),
        ("2020年", [("2020年", ("2020年",))]),
        ("70%", [("70%", ("70%",))]),
        ("C++", [("c++", ("c++",))]),
        ("迈克尔·乔丹", [("迈克尔·乔丹", ("迈克尔", "乔丹"))]),
        ("資訊", [("资讯", ("资讯",))]),
        ("推出“QQ空间”的原因", [("推出", ("推出",)), ("qq空间", ("qq", "空间")), ("的原因", ("原因",))]),
        ("小米，合作！", [("小米", ("小米",)), ("合作", ("合作",))]),
        (
            "陸特和漢斯雷頓開創了哪一地區對梵語的學術研究？",
            [
                (
                    "陆特和汉斯雷顿开创了哪一地区对梵语的学术研究",
                    ("陆特", "汉斯", "雷顿", "开创", "地区", "梵语", "学术研究"),
                )
            ],
        ),
    ],
)
def test_what_a_person_calls_a_word(typed: str, meant: list[tuple[str, tuple[str, ...]]]) -> None:
    assert pieces(typed) == meant


def test_signs_count_only_where_nothing_else_is_asked_for() -> None:
    assert pieces("？") == [("?", ("?",))]
    assert pieces("小米 ，") == [("小米", ("小米",))]
    assert pieces("😀") == [("😀", ("😀",))]


def test_phrases_and_prefixes_keep_their_signs() -> None:
    found = read("“红米，手机” 小*")
    assert found.text(Phrase("红米，手机", 0)) == "红米,手机"
    assert found.text(Prefix("小", 8)) == "小"
    assert found.required_words(Phrase("红米，手机", 0)) == ("红米,手机",)


def test_the_archive_decides_whether_a_piece_is_one_word() -> None:
    word = Word("红米手机", 0)
    found = read("红米手机")
    assert found.compounds == ("红米手机",)
    assert found.required_words(word) == ("红米", "手机")
    known = replace(found, attested=frozenset({"红米手机"}))
    assert known.required_words(word) == ("红米手机",)
    assert known.tokens(word) == ("红米", "手机")


def test_only_words_of_several_parts_are_asked_about_each_once() -> None:
    assert read("小米 红米手机 红米手机 -社交营销 “用户数据”").compounds == ("红米手机", "社交营销")


def test_what_is_left_out_is_not_sought() -> None:
    query = parse("小米 -广告 (华为 OR -三星) -(苹果 中兴)")
    assert list(map(retyped, text_nodes(query))) == ["小米", "华为"]
    assert set(map(retyped, read("小米 -(广告 “首发”)").pieces)) == {"小米", "广告", '"首发"'}


def test_characters_joined_must_stand_side_by_side() -> None:
    assert content_words(["红", "米", "手机"], "红米手机") == ["红米", "手机"]
    assert content_words(["红", "米"], "红·米粉天地会") == ["红", "米"]


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("6.11亿", 611_000_000.0),
        ("6.11亿元", 611_000_000.0),
        ("30万", 300_000.0),
        ("1兆", 1e12),
        ("1万亿", 1e12),
        ("2020", 2020.0),
        ("2020年", 2020.0),
        ("二〇二〇年", 2020.0),
        ("六亿一千一百万", 611_000_000.0),
        ("18岁", None),
        ("70%", None),
        ("万一", None),
        ("小米", None),
        ("iphone6", None),
        ("到500万", None),  # a part of a sentence: only as typed
    ],
)
def test_amounts_and_years_are_taken_by_value_small_numbers_are_not(word: str, number: float | None) -> None:
    assert amount(word) == number


def test_function_words_are_in_normal_form() -> None:
    assert {ANALYZER.analyze(word).normal.text for word in FUNCTION_WORDS} == FUNCTION_WORDS


@given(st.text(st.sampled_from("小米合作的了红手机ＱQ空间6.亿，·？ 站b年a+%"), max_size=20))
def test_pieces_hold_their_parts_and_nothing_asked_for_is_lost(text: str) -> None:
    query = parse(text.replace("*", ""))
    found = analyze_query(query, ANALYZER.analyze)
    assert found.nodes == tuple(text_nodes(query))
    for node in found.nodes:
        assert node in found.pieces
        for piece in found.pieces[node]:
            assert piece.tokens
            assert all(token and token in piece.text for token in piece.tokens)
            assert not any(character.isspace() for character in piece.text)
    letters = {character for character in ANALYZER.analyze(text).normal.text if character.isalnum()}
    held = {character for found_ in found.pieces.values() for one in found_ for character in one.text}
    assert letters <= held
