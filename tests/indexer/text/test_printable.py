"""What is shown of a transcript: no character that steers a terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.printable import UNSAFE, plain
from tests.support.spoken import HOSTILE


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("与小米的合作", "与小米的合作"),
        ("\x1b[31m红米\x1b[0m", "[31m红米[0m"),
        ("\x9b2J清屏", "2J清屏"),
        ("\x1b]0;标题\x07后", "]0;标题后"),
        ("一\u202e二\u2066三\u2069", "一二三"),
        ("一\n二\t三\r四\u2028五\x85六", "一 二 三 四 五 六"),
        ("零\u200b宽\ufeff", "零宽"),
        ("\ud800代理", "代理"),
        ("全角　空格", "全角　空格"),
        ("e\u0301 и שלום 😀", "e\u0301 и שלום 😀"),
        ("👨‍👩‍👧‍👦一家", "👨‍👩‍👧‍👦一家"),
        ("👩🏽‍💻 ❤️‍🔥 🏳️‍🌈", "👩🏽‍💻 ❤️‍🔥 🏳️‍🌈"),
        ("🇹🇼 1️⃣ 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", None),
        ("甲\u200d乙 👨\u200d甲 甲\u200d👨 👨\u200d\u202e👩", "甲乙 👨甲 甲👨 👨👩"),
        ("甲\U000e0067\U000e0062\U000e007f", "甲"),
        ("", ""),
    ],
)
def test_plain_leaves_what_can_be_read(text: str, shown: str | None) -> None:
    assert plain(text) == (text if shown is None else shown)


@given(st.text(alphabet="甲👨👩🏽❤\ufe0f\u200d\u202e🏴\U000e0067\U000e007f\n"))
def test_joiners_stay_in_emoji_only(text: str) -> None:
    shown = plain(text)
    assert plain(shown) == shown
    assert "\u202e" not in shown
    for index, character in enumerate(shown):
        if character == "\u200d":
            assert shown[index - 1] in "👨👩🏽❤\ufe0f🏴"
            assert shown[index + 1] in "👨👩🏽❤🏴"


@given(st.text())
def test_plain_leaves_nothing_that_steers_a_terminal(text: str) -> None:
    assert not {unicodedata.category(character) for character in plain(text)} & UNSAFE
    assert plain(plain(text)) == plain(text)


@given(st.text())
def test_what_plain_leaves_can_be_written_as_utf8(text: str) -> None:
    assert plain(text).encode("utf-8").decode("utf-8") == plain(text)


def test_plain_of_a_hostile_transcript() -> None:
    assert "\x1b" not in plain(HOSTILE)
    assert "米" in plain(HOSTILE)
