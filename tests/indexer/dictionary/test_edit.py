"""words.txt as it is edited: what is no word is told, and every other line stays as it was."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.dictionary.edit import TAGS, added, check_listed, check_word, line_of, without
from indexer.errors import NotFoundError, UsageError
from indexer.text.word_list import Entry, read


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("红米手机", "红米手机"),
        ("  紅米手機 ", "红米手机"),
        ("ＱＱ空间", "qq空间"),
        ("B站", "b站"),
        ("c++", "c++"),
        ("t-shirt", "t-shirt"),
        ("4.0时代", "4.0时代"),
        ("AT&T", "at&t"),
        ("5g", "5g"),
        ("红\u200b米", "红米"),
    ],
)
def test_words(typed: str, word: str) -> None:
    assert check_word(typed, "nz") == word


@pytest.mark.parametrize(
    ("typed", "told", "step"),
    [
        ("", "There is no word", "dict add"),
        ("  ", "There is no word", "dict add"),
        ("……", "There is no word", "dict add"),
        ("红\x07米", "control characters", "alone"),
        ("红米\n手机", "control characters", "alone"),
        ("红米，手机", "a piece of text", "one by one"),
        ("与小米的合作是流量变现方式吗？", "a piece of text", "one by one"),
        ("一" * 21, "a piece of text", "20 characters"),
        ("小米 手机", "ends a word at a space", "dict add 小米 手机"),
        ("迈克尔·乔丹", "ends a word at ·", "dict add 迈克尔 乔丹"),
        ("a/b", "ends a word at /", "without this character"),
        ("米", "one character", "two characters"),
        ("2013", "a number", "search 2013"),
        ("6.11", "a number", "search 6.11"),
    ],
)
def test_what_is_no_word_is_told(typed: str, told: str, step: str) -> None:
    with pytest.raises(UsageError, match=re.escape(told)) as raised:
        check_word(typed, "nz")
    assert step in raised.value.next_step
    assert "\n" not in raised.value.message
    assert raised.value.exit_code == 2


def test_what_it_is_must_be_known() -> None:
    with pytest.raises(UsageError, match="xx is not a part of speech") as raised:
        check_word("红米", "xx")
    assert all(tag in raised.value.next_step for tag in TAGS)


def test_a_word_is_put_at_the_end() -> None:
    entries = [Entry("红米手机", 20, "nz"), Entry("广点通", None, "")]
    assert added("qq空间 3 nz\n", entries) == "qq空间 3 nz\n红米手机 20 nz\n广点通\n"
    assert added("qq空间 3 nz", entries[:1]) == "qq空间 3 nz\n红米手机 20 nz\n"
    assert added("a\r\nb\r\n", entries[:1]) == "a\r\nb\r\n红米手机 20 nz\r\n"
    assert added("", entries[:1]) == "红米手机 20 nz\n"


def test_a_word_is_taken_out_however_it_is_written() -> None:
    text = "\ufeff紅米 9\n\nQQ空間 3 nz\nqq空间\r\n红米手机 20 nz\n"
    assert without(text, ["红米"]) == "\nQQ空間 3 nz\nqq空间\r\n红米手机 20 nz\n"
    assert without(text, ["qq空间", "红米手机"]) == "\ufeff紅米 9\n\n"
    assert without(text, ["小米"]) == text


def test_a_word_that_is_not_there_is_told_with_the_nearest() -> None:
    entries = [Entry("红米手机", 3, ""), Entry("广点通", 3, "")]
    check_listed("广点通", entries)
    with pytest.raises(NotFoundError) as raised:
        check_listed("红米手表", entries)
    assert raised.value.near == ("红米手机",)


_words = st.text("红米手机广点通abc", min_size=2, max_size=6)
_entries = st.builds(Entry, _words, st.none() | st.integers(0, 9999), st.sampled_from(["", *TAGS]))


@given(before=st.lists(_entries, max_size=5), fresh=st.lists(_entries, min_size=1, max_size=3))
def test_what_is_added_is_read_and_can_be_taken_out(tmp_path_factory: pytest.TempPathFactory, before, fresh) -> None:
    path: Path = tmp_path_factory.getbasetemp() / "wordlist.txt"
    text = added("", before)
    longer = added(text, fresh)
    path.write_text(longer, encoding="utf-8")
    assert read(path) == (*before, *fresh)
    assert longer.startswith(text)
    words = {entry.word for entry in fresh}
    assert without(longer, words) == "".join(f"{line_of(one)}\n" for one in before if one.word not in words)


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("typed", "tag", "message", "step"),
    [
        ("你好 吗", "nz", "jieba 遇到空格就断词：“你好 吗”不能是一个词。", "添加它的各个部分：fangtan dict add 你好"),
        ("12", "nz", "“12”是数字，本来就是词。", "直接检索：fangtan search 12"),
        ("红米", "zz", "zz 不是词性。", "从 n, nr, ns, nt, nz, t, v, vn, a 中选一个，例如人名用 --tag nr。"),
    ],
)
def test_what_is_no_word_is_told_in_chinese(typed: str, tag: str, message: str, step: str) -> None:
    with pytest.raises(UsageError) as refused:
        check_word(typed, tag)
    assert (refused.value.message, refused.value.next_step) == (message, step)
