"""Segmentation with rjieba, compared with jieba token by token."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import jieba
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.text import segment as module
from indexer.text.jieba_data import TOTAL
from indexer.text.normalize import normalize
from indexer.text.segment import Segmenter
from indexer.text.user_words import STEP

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared" / "data"
WORDS = ROOT / "data" / "words.txt"
MEGABYTES = 3
VOCABULARY = """
小米手机 空间 社交网络 第三代 发展 发展趋势 的 了 是 有意见 有意 意见 分歧 南京市 长江大桥 市长 江大桥 结婚 和尚 尚未
人工智能 c++ c# 4s店 γ射线 at&t 说说 郑志昊 红米 兵 兵兵 南南 看看 慢慢 嗯 哈哈 对 一个 一下
"""
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the texts for measurement are not here")

jieba.setLogLevel("WARNING")


@cache
def segmenter() -> Segmenter:
    return Segmenter()


@cache
def ours() -> tuple[Segmenter, Any]:
    """Return a segmenter with the project's words, and jieba with the same file."""
    tokenizer = jieba.Tokenizer()
    tokenizer.load_userdict(str(WORDS))
    tokenizer.total += -(tokenizer.total - TOTAL) % STEP  # ours is rounded up: see `user_words`
    return Segmenter(WORDS), tokenizer


def paragraphs() -> Iterator[str]:
    """Yield paragraphs of the shared texts in UTF-8, some from every folder, in a fixed order."""
    files = [path for path in sorted(SHARED.rglob("*")) if path.suffix in {".txt", ".jsonl", ".tsv", ".srt", ".vtt"}]
    lots: dict[Path, list[str]] = {}
    for path in files:
        try:
            lines = path.read_text("utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        lots.setdefault(path.parent, []).extend(filter(None, lines))
    chance = random.Random(5)
    for lines in lots.values():
        chance.shuffle(lines)
    longest = max(map(len, lots.values()))
    yield from (lines[turn] for turn in range(longest) for lines in lots.values() if turn < len(lines))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("与小米的合作是QQ空间在社交营销方面的尝试", "与 小米 的 合作 是 qq 空间 在 社交 营销 方面 的 尝试"),
        ("发邮件至service@hhczy.com", "发邮件 至 service @ hhczy . com"),
        ("到sli.do上提问", "到 sli . do 上 提问"),
        ("一件t-shirt", "一件 t - shirt"),
        ("2019-11-13开会", "2019 - 11 - 13 开会"),
        ("用户6.11亿，占70%", "用户 6.11 亿 , 占 70%"),
        ("版本v1.2.3和ab.1c", "版本 v1.2 . 3 和 ab.1 c"),
        ("c++和c#", "c++ 和 c#"),
        ("a_b+c", "a _ b + c"),
        ("𠮷野家", "𠮷 野家"),
        ("我们常在看电影", "我们 常 在 看 电影"),
        ("兵兵兵兵兵", "兵兵 兵兵兵"),
        ("😀好👪", "😀 好 👪"),
    ],
)
def test_words(text: str, tokens: str) -> None:
    normal = normalize(text).text
    assert segmenter().words(normal) == jieba.lcut(normal)
    assert segmenter().words(normal) == tokens.split(" ")


def test_nothing_is_left_out() -> None:
    assert segmenter().words("") == []
    assert segmenter().words("你好，\r\n 世界\u3000") == ["你好", "，", "\r\n", " ", "世界", "\u3000"]


@needs_shared
def test_the_sample_interview() -> None:
    text = normalize((SHARED / "qzone-xiaomi.txt").read_text("utf-8")).text
    assert segmenter().words(text) == jieba.lcut(text)
    ours_now, original = ours()
    assert ours_now.words(text) == original.lcut(text)


@pytest.mark.slow
@needs_shared
def test_megabytes_of_other_texts() -> None:
    seen = 0
    for paragraph in paragraphs():
        text = normalize(paragraph).text
        assert segmenter().words(text) == jieba.lcut(text)
        seen += len(text.encode())
        if seen > MEGABYTES * 1_000_000:
            return
    pytest.fail(f"only {seen} bytes of text")


def test_every_way_letters_digits_and_signs_meet() -> None:
    for length in range(1, 5):
        for characters in product("a1.-_%+中", repeat=length):
            text = "".join(characters)
            assert segmenter().words(text) == jieba.lcut(text)


# Dictionary words, their beginnings, single characters in and out of its range, and everything besides
vocabulary = st.sampled_from(VOCABULARY.split())
signs = st.sampled_from(
    [*"abcxyz019.-_%+#&@/:,，。、…·~ \t\n\u3000\x00\x1c\u2028", "\r\n", "6.11", "1,234.5", "t-", ".5", "%%"]
)
rare = st.sampled_from("㐀䶵鿕鿖鿿豈﨎𠮷𪚥𫝀\U0002fa1d\U00030000😀👪\u200d\ufe0fがカ한éßжα١\ud800\udfff")
han = st.integers(0x4E00, 0x9FFF).map(chr)
mixed = st.lists(st.one_of(vocabulary, vocabulary, signs, rare, han, st.characters()), max_size=20).map("".join)
repeated = st.text("嗯哈一二兵南红米", max_size=12)


@settings(max_examples=500, deadline=None)
@given(mixed)
@example("")
@example("中文a.b中文-c")
@example("𠮷小米𠮷𠮷手机")
def test_any_text(text: str) -> None:
    assert segmenter().words(text) == jieba.lcut(text)


@settings(max_examples=500, deadline=None)
@given(repeated)
@example("兵兵兵兵兵")
@example("二一一一南")
@example("红红红米")
def test_readings_that_weigh_the_same(text: str) -> None:
    assert segmenter().words(text) == jieba.lcut(text)


def test_readings_that_weigh_the_same_but_for_the_last_bit() -> None:
    # The way through the dictionary is settled by rounding here, so both totals must agree to the last unit
    text = "凿凿凿寧凿寧寧寧寧寧凿a凿凿凿寧凿寧寧寧寧寧凿"
    assert segmenter().words(text) == jieba.lcut(text)
    chance = random.Random(2)
    for _ in range(3000):
        half = "".join(chance.choice(["凿凿", "凿", "寧", "组组", "组"]) for _ in range(20))
        assert segmenter().words(f"{half}a{half}") == jieba.lcut(f"{half}a{half}")


@given(mixed)
@settings(deadline=None)
def test_tokens_are_the_text(text: str) -> None:
    assert "".join(segmenter().words(text)) == text


def test_threads_share_a_segmenter() -> None:
    lines = [f"第{number}个问题，QQ空间的用户有{number}.11亿，嗯嗯嗯嗯嗯，hhczy.com" for number in range(400)]
    alone = [segmenter().words(line) for line in lines]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(segmenter().words, lines)) == alone


def test_segmenters_do_not_disturb_each_other(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("社交营销方面\n", "utf-8")
    with_word, without = Segmenter(path), Segmenter()
    assert with_word.words("社交营销方面") == ["社交营销方面"]
    assert without.words("社交营销方面") == ["社交", "营销", "方面"]
    assert segmenter().words("社交营销方面") == ["社交", "营销", "方面"]


def test_jieba_itself_is_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_original", lambda: pytest.fail("jieba was imported"))
    fresh = Segmenter(WORDS)
    for text in ("QQ空间在hhczy.com上，𠮷野家有6.11亿用户", "嗯嗯嗯嗯嗯，一个一个地看看", "2013年8月1日16:00"):
        assert fresh.words(text)
