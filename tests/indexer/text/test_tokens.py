"""Tokens: bigrams, runs and their parts, characters, words without punctuation."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.normalize import normalize
from indexer.text.tokens import bigrams, chars, words

normal_texts = st.text(
    st.one_of(
        st.sampled_from("小米手机空间𠮷々〇のカー한aiz019.-_,%， \u3000\n·éß"), st.characters(exclude_categories=["Cs"])
    ),
    max_size=25,
).map(lambda text: normalize(text).text)


def found(text: str) -> list[str]:
    return sorted(bigrams(normalize(text).text))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("小米手机", "小米 米手 手机"),
        ("资訊、軟體", "资讯 软体"),
        ("米", "米"),
        ("大米，米。", "大米 米"),
        ("QQ空间", "qq 空间"),
        ("B站", "b 站"),
        ("在B站上看", "在 b 站上 上看"),
        ("iPhone6", "iphone6 iphone 6"),
        ("iPhone 6s", "iphone 6s 6 s"),
        ("iPhone6s", "iphone6s iphone 6 s"),
        ("6.11亿元", "6.11 亿元"),
        ("6.11亿", "6.11 亿"),
        ("2020年", "2020 年"),
        ("二〇二〇年", "二〇 〇二 二〇 〇年"),
        ("v1.2.3", "v1.2.3 v 1.2.3"),
        ("hhczy.com", "hhczy com"),
        ("t-shirt", "t shirt"),
        ("a_b", "a b"),
        ("18~35岁", "18 35 岁"),
        ("70%", "70"),
        ("3。5", "3 5"),
        ("5.", "5"),
        ("迈克尔·乔丹", "迈克 克尔 乔丹"),
        ("𠮷野家", "𠮷野 野家"),
        ("人々", "人々"),
        ("こんにちは", "こん んに にち ちは"),
        ("한국어", "한국 국어"),
        ("Привет мир", "привет мир"),
        ("café", "café"),
        ("😀，。！", ""),
        ("", ""),
    ],
)
def test_pairs_runs_and_their_parts(text: str, terms: str) -> None:
    assert found(text) == sorted(terms.split())


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("互联", "互联网"),
        ("QQ", "QQ空间"),
        ("空间", "QQ空间"),
        ("ｑｑ空间", "QQ空间"),
        ("iPhone", "iPhone6"),
        ("iPhone6", "iPhone6 和 iPhone7"),
        ("乔丹", "迈克尔·乔丹"),
        ("資訊", "资讯"),
        ("红米", "红米手机"),
        ("6.11亿", "6.11亿美元"),
    ],
)
def test_what_is_asked_is_found(asked: str, text: str) -> None:
    assert set(found(asked)) & set(found(text))


def test_the_two_spellings_of_a_model_meet() -> None:
    assert {"iphone", "6", "s"} <= set(found("iPhone 6s")) & set(found("iPhone6s"))


@given(normal_texts)
def test_every_letter_and_every_pair_is_somewhere(text: str) -> None:
    terms = bigrams(text)
    assert all(terms)
    assert not any(any(character.isspace() for character in term) for term in terms)
    assert all(character in "".join(terms) for character in text if character.isalnum())
    assert all(term in text for term in terms)


@given(st.text("小米手机空间𠮷", min_size=2, max_size=20))
def test_a_run_of_han_gives_each_neighbouring_pair(text: str) -> None:
    assert Counter(bigrams(text)) == Counter(text[place : place + 2] for place in range(len(text) - 1))


def test_characters_are_all_but_spaces() -> None:
    assert chars("小米 手机,\u3000“6”\n\t。") == list("小米手机,“6”。")
    assert chars("𠮷😀") == ["𠮷", "😀"]
    assert chars(" \n\u2028\u00a0") == []
    assert chars("") == []


@given(st.text(max_size=30))
def test_a_phrase_of_characters_is_the_exact_substring(text: str) -> None:
    tokens = chars(text)
    assert all(len(token) == 1 and not token.isspace() for token in tokens)
    assert "".join(tokens) == "".join(text.split())
    assert " ".join(tokens).split() == tokens  # so Elasticsearch's whitespace analyzer gives the same


def test_words_are_tokens_with_a_letter_or_a_digit() -> None:
    tokens = ["qq", "空间", "，", " ", "\r\n", "6.11", "70%", "c++", "++", "--", "_", "😀", "·", "…", "é", "한", "٣"]
    assert words(tokens) == ["qq", "空间", "6.11", "70%", "c++", "é", "한", "٣"]
    assert words([]) == []
