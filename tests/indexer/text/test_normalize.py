"""The normal form, and the mapping of its offsets to the original."""

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.text import normalize as module
from indexer.text.normalize import Cluster, NormalText, normalize
from indexer.text.simplify import simplified

EVERY = [chr(code) for code in range(0x110000)]

# What texts are made of, the rare but possible weighted up: wide forms, marks, jamo, invisible and broken characters
odd = st.sampled_from(
    "ｑＱ６！～　…⋯㈱㍿ﬁ½①Ⅳ℃ª²İıßẞſςΣJ\u030c\u0301\u0308\u0323\u200b\u200d\ufeff\u00ad\ufe0f\U000e0100\ud800\udfff"
    "ﾞﾟｶﾊかは\u3099\u309a하한\u1112\u1161\u11abㅎㅏㄴﾡￂ¨´ᾳ\u0345\u1e9b\u0958\u09c7\u09be👨👩資訊乾坤於麼沈坏\r\n\t\x00"
)
texts = st.text(st.one_of(odd, st.characters(), st.sampled_from("小米手机aA1. ，。")), max_size=30)
surrogates = st.text(st.integers(0xD7F0, 0xE010).map(chr) | odd, max_size=10)


def expected(text: str) -> str:
    """Return the normal form as the module's docstring defines it, of all the text at once."""
    invisible = (
        "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff"
    )
    text = re.sub("[\ud800-\udfff]", "\ufffd", re.sub(f"[{invisible}]", "", text))
    return simplified(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower()))


def originals(text: str) -> list[str]:
    """Return the original of each character of the normal form."""
    found = normalize(text)
    return [text[slice(*found.original_span(place, place + 1))] for place in range(len(found.text))]


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("", ""),
        ("小米手机", "小米手机"),
        ("ｉＰｈｏｎｅ６", "iphone6"),
        ("ＱＱ空间", "qq空间"),
        ("資訊與軟體", "资讯与软体"),
        ("乾坤、乾淨", "乾坤、干净"),
        ("月活跃用户６．１１亿", "月活跃用户6.11亿"),
        ("全角　空格", "全角 空格"),
        ("问：你好！", "问:你好!"),
        ("（笑）", "(笑)"),
        ("迈克尔·乔丹", "迈克尔·乔丹"),
        ("“沉淀”——留住感动", "“沉淀”——留住感动"),
        ("机器打坏了", "机器打坏了"),
        ("機器打壞了", "机器打坏了"),
        ("二〇二〇年", "二〇二〇年"),
        ("小\u200b米", "小米"),
        ("\ufeff开头", "开头"),
        ("葛\U000e0100城", "葛城"),
        ("a\ud800b", "a\ufffdb"),
    ],
)
def test_the_normal_form(text: str, normal: str) -> None:
    assert normalize(text).text == normal
    assert normalize(normal).text == normal


@pytest.mark.parametrize(
    ("text", "normal", "original_of_each"),
    [
        ("小米", "小米", ["小", "米"]),
        ("ＱＱ空间", "qq空间", ["Ｑ", "Ｑ", "空", "间"]),
        ("嗯…好", "嗯...好", ["嗯", "…", "…", "…", "好"]),
        ("㈱小米", "(株)小米", ["㈱", "㈱", "㈱", "小", "米"]),
        ("ﬁne", "fine", ["ﬁ", "ﬁ", "n", "e"]),
        ("½杯", "1⁄2杯", ["½", "½", "½", "杯"]),
        ("25℃高", "25°c高", ["2", "5", "℃", "℃", "高"]),
        ("İzmir", "i\u0307zmir", ["İ", "İ", "z", "m", "i", "r"]),
        ("cafe\u0301吧", "café吧", ["c", "a", "f", "e\u0301", "吧"]),
        ("ｅ\u0301", "é", ["ｅ\u0301"]),
        ("ｶﾞﾗｽ", "ガラス", ["ｶﾞ", "ﾗ", "ｽ"]),
        ("\u1112\u1161\u11ab글", "한글", ["\u1112\u1161\u11ab", "글"]),
        ("하\u11ab글", "한글", ["하\u11ab", "글"]),
        ("哈ㅠㅠ", "哈\u1172\u1172", ["哈", "ㅠ", "ㅠ"]),
        ("小\u200b米\u200b", "小米", ["小\u200b", "米\u200b"]),
        ("\u200b小", "小", ["小"]),
        ("葛\U000e0100城", "葛城", ["葛\U000e0100", "城"]),
        ("J\u030c", "ǰ", ["J\u030c"]),
        ("a\ud800b", "a\ufffdb", ["a", "\ud800", "b"]),
        ("👨\u200d👩", "👨👩", ["👨\u200d", "👩"]),
        ("……資訊……", "......资讯......", [*"…" * 3, *"…" * 3, "資", "訊", *"…" * 3, *"…" * 3]),
    ],
)
def test_each_character_maps_to_its_original(text: str, normal: str, original_of_each: list[str]) -> None:
    assert normalize(text).text == normal
    assert originals(text) == original_of_each


def test_a_span_maps_to_its_original() -> None:
    text = "他说…ＱＱ空間（Qzone）很ﬁne"
    found = normalize(text)
    for word, print_ in {"qq空间": "ＱＱ空間", "(qzone)": "（Qzone）", ".qq": "…ＱＱ", "ine": "ﬁne"}.items():
        start = found.text.index(word)
        assert text[slice(*found.original_span(start, start + len(word)))] == print_


def test_an_empty_span_stays_empty() -> None:
    found = normalize("a…b")
    assert [found.original_span(place, place) for place in range(6)] == [(0, 0), (1, 1), (1, 1), (1, 1), (2, 2), (3, 3)]


def test_ordinary_text_needs_no_mapping() -> None:
    assert normalize("郑志昊:QQ空间（国内第一大社交网络平台），月活跃用户6.11亿。") == NormalText(
        "郑志昊:qq空间(国内第一大社交网络平台),月活跃用户6.11亿。"
    )
    assert normalize("嗯…").clusters == (Cluster(1, 4, 1, 2),)


def test_usual_characters_are_one_for_one_and_join_nothing() -> None:
    usual = re.compile(f"[{module._USUAL}{module._WIDE}]")
    seen = [one for one in EVERY if usual.match(one)]
    assert len(seen) > 80_000
    for one in seen:
        lower = unicodedata.normalize("NFKC", one).lower()
        assert len(lower) == 1, hex(ord(one))
        assert unicodedata.normalize("NFKC", lower) == lower
        assert unicodedata.combining(one) == 0
        assert unicodedata.category(one)[0] not in "M"
        assert module._DROPPED.match(one) is None


def test_usual_characters_are_all_that_nfkc_leaves_alone_but_for_the_wide() -> None:
    narrow = re.compile(f"[{module._USUAL}]")
    for one in EVERY:
        if narrow.match(one):
            assert unicodedata.normalize("NFKC", one) == one, hex(ord(one))


def test_every_single_character() -> None:
    usual = re.compile(f"[{module._USUAL}]")
    for one in EVERY:
        if usual.match(one) or unicodedata.category(one) in ("Cn", "Co"):
            continue
        found = normalize(one)
        assert found.text == expected(one), hex(ord(one))
        if found.text:
            assert found.original_span(0, len(found.text)) == (0, 1)


@given(texts)
@example("cafe\u0301\u0323")
@example("\u0301\u200b\u0301x")
@example("가\u11a8\u11a8")
@example("ΑΣ ΑΣ\u0301Α")
@example("e\u200b\u0301")
@example("\u09c7\u200b\u09be")
def test_the_form_is_that_of_the_whole_text(text: str) -> None:
    assert normalize(text).text == expected(text)


@given(surrogates)
def test_lone_surrogates_harm_nothing(text: str) -> None:
    assert normalize(text).text == expected(text)
    normalize(text).text.encode()


@given(texts)
def test_prints_follow_each_other_and_cover_all(text: str) -> None:
    found = normalize(text)
    spots = [found.original_span(place, place + 1) for place in range(len(found.text))]
    for (start, end), (next_start, next_end) in pairwise(spots):
        assert start <= next_start
        assert end <= next_end
        assert next_start in (start, end)  # either the same print, or the one right after
    if spots:
        assert found.original_span(0, len(found.text)) == (spots[0][0], spots[-1][1])
        assert spots[-1][1] == len(text)
        assert normalize(text[: spots[0][0]]).text == ""  # only invisible characters come before the first


@given(texts)
def test_the_original_of_a_span_has_its_normal_form(text: str) -> None:
    found = normalize(text)
    form = module._form(text)  # before the conversion, which looks at neighbours
    place = 0
    while place < len(form):
        start, end = found.original_span(place, place + 1)
        length = len(module._form(text[start:end]))
        assert module._form(text[start:end]).replace("ς", "σ") == form[place : place + length].replace("ς", "σ")
        assert length > 0
        place += length


@given(texts)
def test_normal_text_does_not_change(text: str) -> None:
    once = normalize(text.replace("薴", "")).text  # OpenCC makes 薴 苧, and 苧 苎
    assert normalize(once).text == once


def test_a_character_has_thirty_marks_at_most_and_a_hundred_thousand_take_no_time() -> None:
    marks = "\u0301\u0323" * 50_000
    text = f"好e{marks}吗"
    normal = normalize(text)
    assert len(normal.text) < 40
    assert normal.original_span(len(normal.text) - 1, len(normal.text)) == (len(text) - 1, len(text))
    assert normalize(f"e{marks}").text == normalize(f"e{marks[:30]}").text
