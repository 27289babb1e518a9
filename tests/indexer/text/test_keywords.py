"""Keywords: jieba's formula on tokens that are already segmented."""

from pathlib import Path

import jieba
import pytest

from indexer.text import keywords as module
from indexer.text.keywords import is_noun, keywords, ranked
from indexer.text.normalize import normalize

SAMPLE = (Path(__file__).parents[3] / "data" / "interviews" / "qzone-xiaomi.txt").read_text("utf-8").splitlines()
ANSWER = [
    "QQ空间",
    "是",
    "增值",
    "业务",
    "模式",
    "的",
    "先行者",
    "，",
    "我们",
    "的",
    "广点通",
    "是",
    "社交",
    "广告",
    "，",
    "广告",
    "其实",
    "就是",
    "广告",
]


def test_keywords_are_characteristic_words_most_telling_first() -> None:
    found = keywords(ANSWER)
    assert found[0] == "广告"
    assert {"先行者", "增值", "广点通"} <= set(found)


def test_stopwords_single_characters_and_digits_are_not_keywords() -> None:
    assert keywords(["我们", "其实", "就是", "觉得", "的", "是", "空", "2013", "6.11", "70%", "谢谢"]) == ()


def test_at_most_as_many_as_asked() -> None:
    assert len(keywords(ANSWER, limit=3)) == 3
    assert keywords([]) == ()


def test_ties_are_in_text_order() -> None:
    assert keywords(["红米某某", "蓝米某某", "绿米某某"]) == ("红米某某", "蓝米某某", "绿米某某")


def test_nouns_are_those_of_the_dictionary() -> None:
    words = ["开发者", "高兴", "沟通", "平台", "郑志昊", "越来越", "北京"]
    assert set(filter(is_noun, words)) == {"开发者", "平台", "北京"}


def test_every_word_has_its_place() -> None:
    assert ranked(["红米", "的", "广告", "平台", "广告", "2013"]) == ["广告", "红米", "平台"]
    assert ranked(["平台", "红米", "广告"]) == ["红米", "广告", "平台"]


@pytest.mark.parametrize(
    "text", [*SAMPLE, "社交广告是传统互联网广告之后的第三代网络广告，开放平台的开发者集中于游戏领域。" * 2]
)
def test_the_order_is_that_of_jieba(text: str) -> None:
    from jieba.analyse import extract_tags  # half a second in each process that only collects

    text = normalize(text).text
    weight = dict(extract_tags(text, topK=None, withWeight=True))
    left = {word for word in weight if word not in module._stopwords() and module._has_letter(word)}
    ours = keywords(jieba.lcut(text), limit=20)
    assert set(ours) <= left
    # jieba breaks ties by nothing in particular: compare the weights, not the words
    assert [weight[word] for word in ours] == sorted((weight[word] for word in left), reverse=True)[:20]


def test_unknown_words_get_the_median() -> None:
    assert 11 < module._inverse_frequencies().default < 13
    assert "郑志昊" not in module._inverse_frequencies().by_word
