"""The user dictionary: jieba's format, jieba's frequencies, jieba's output."""

import random
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import jieba
import jieba.finalseg
import pytest

from indexer.errors import SettingsError
from indexer.text.jieba_data import DUPLICATE, TOTAL, Frequencies, path
from indexer.text.normalize import normalize
from indexer.text.segment import Segmenter
from indexer.text.user_words import STEP
from indexer.text.word_list import Entry, read

WORDS = Path(__file__).parents[3] / "data" / "words.txt"
TEXTS = (
    "红米手机在QQ空间首发，广点通是第三代网络广告，郑志昊说社会化电商炙手可热",
    "江大桥说他们在南京市长江大桥上看到了红米手机和大红米",
    "𠮷野家的迈克尔·乔丹用iPhone6s上hhczy.com，买了B站的T恤",
)

pytestmark = pytest.mark.usefixtures("frequencies_read_once")
jieba.setLogLevel("WARNING")


@pytest.fixture
def words(tmp_path: Path) -> Path:
    return tmp_path / "words.txt"


@pytest.fixture(autouse=True)
def removed_words_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """jieba keeps them for the whole process, whichever test removes them."""
    monkeypatch.setattr(jieba.finalseg, "Force_Split_Words", set())


@cache
def _plain() -> tuple[dict[str, int], int]:
    jieba.initialize()
    return dict(jieba.dt.FREQ), jieba.dt.total


def original(words: Path) -> Any:
    """Return jieba with its own copy of the dictionary, the total rounded up as ours."""
    frequencies, total = _plain()
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = dict(frequencies), total, True
    tokenizer.load_userdict(str(words))
    tokenizer.total += -(tokenizer.total - TOTAL) % STEP
    return tokenizer


def same(words: Path, texts: tuple[str, ...] = TEXTS) -> None:
    """Assert that jieba and we segment alike with this dictionary."""
    ours, theirs = Segmenter(words), original(words)
    for text in texts:
        normal = normalize(text).text
        assert ours.words(normal) == theirs.lcut(normal)


# reading


def test_a_line_is_a_word_with_frequency_and_tag(words: Path) -> None:
    words.write_text("红米手机 20 nz\n广点通 nz\n泛商务 7\n自媒体\n", "utf-8")
    assert read(words) == (
        Entry("红米手机", 20, "nz"),
        Entry("广点通", None, "nz"),
        Entry("泛商务", 7, ""),
        Entry("自媒体", None, ""),
    )


def test_words_are_put_into_normal_form(words: Path) -> None:
    words.write_text("紅米手機\niPhone\nＱＱ空間 3 nz\n", "utf-8")
    assert [entry.word for entry in read(words)] == ["红米手机", "iphone", "qq空间"]
    assert "红米手机" in Segmenter(words).words(normalize("紅米手機首發").text)


def test_empty_lines_marks_and_line_ends_of_windows_are_no_matter(words: Path) -> None:
    words.write_bytes("\ufeff红米手机 20\r\n\r\n  \n\t广点通 nz  \r\n".encode())
    assert read(words) == (Entry("红米手机", 20, ""), Entry("广点通", None, "nz"))


def test_a_word_may_hold_spaces_as_in_jieba(words: Path) -> None:
    words.write_text("Edu Trust认证 2000\n", "utf-8")
    assert read(words) == (Entry("edu trust认证", 2000, ""),)


def test_an_empty_dictionary_is_one(words: Path) -> None:
    words.write_text("", "utf-8")
    assert read(words) == ()
    same(words)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("红米手机 20次", "红米手机 20次"),
        ("红米手机\t20\tnz", "红米手机"),
        ("红米手机  20 个", "红米手机"),
        ("# 这是 注释", "# 这是 注释"),
        ("\u200b", ""),
    ],
)
def test_an_invalid_line_is_reported_with_its_number(words: Path, line: str, told: str) -> None:
    words.write_text(f"广点通\n{line}\n", "utf-8")
    with pytest.raises(SettingsError) as caught:
        read(words)
    assert caught.value.message.startswith(f"{words}:2: ")
    assert told in caught.value.message
    assert "红米手机 20 nz" in caught.value.next_step
    assert caught.value.exit_code == 2


def test_other_encodings_are_reported_with_their_line(words: Path) -> None:
    words.write_bytes("广点通\n".encode() + "红米手机\n".encode("gbk"))
    with pytest.raises(SettingsError, match=r"words\.txt:2: not UTF-8") as caught:
        read(words)
    assert caught.value.next_step


def test_a_missing_dictionary_has_no_words_and_an_unreadable_one_is_reported(tmp_path: Path) -> None:
    assert read(tmp_path / "nowhere.txt") == ()
    with pytest.raises(SettingsError, match="it is a folder, not a file") as caught:
        read(tmp_path)
    assert caught.value.exit_code == 2


# jieba's own numbers


def test_jiebas_totals() -> None:
    assert _plain()[1] == TOTAL
    counted = Counter(line.split(" ")[0] for line in path("dict.txt").read_text("utf-8").splitlines())
    assert [word for word, times in counted.items() if times > 1] == ["B超"]
    assert Frequencies().of("B超") == DUPLICATE


def test_frequencies_are_jiebas() -> None:
    frequencies = Frequencies()
    for word in ("的", "手机", "红", "长江大桥", "AT&T", "c++", "龠", "龢"):
        assert frequencies.of(word) == _plain()[0][word] > 0
    assert frequencies.of("长江大") == _plain()[0]["长江大"] == 0
    assert frequencies.of("不存在的词") is None


# jieba's output


def test_the_projects_own_words() -> None:
    same(WORDS)
    ours = Segmenter(WORDS)
    for entry in read(WORDS):
        assert entry.word == normalize(entry.word).text
        assert entry.frequency, f"{entry.word} has no frequency: every start would read jieba's dictionary for it"
        assert entry.tag
        assert _plain()[0].get(entry.word, 0) == 0, f"jieba knows {entry.word}"
        assert ours.words(entry.word) == [entry.word]


def test_the_projects_own_words_are_cut_whole_in_a_sentence() -> None:
    ours = Segmenter(WORDS)
    for entry in read(WORDS):
        assert entry.word in ours.words(f"我们说{entry.word}的时候"), entry.word


@pytest.mark.parametrize(
    "lines",
    [
        "红米手机",
        "红米手机 1",
        "红米手机 5000 nz",
        "红米\n红米手机\n手机在",
        "广点通是\n网络广告 1\n第三代网络广告",
        "手机 1",
        "手机 1\n手机 3\n手机 900",
        "的 1\n是 1",
        "江大桥\n南京市长",
        "江大桥 5000",
        "hhczy.com\niphone6s 3\nb站\nt恤 4",
        "迈克尔·乔丹 10\n𠮷野家 10\nx y 10",
        "𠮷\n·\n鿿",
        "b\nb站",
    ],
)
def test_words_count_as_in_jieba(words: Path, lines: str) -> None:
    words.write_text(lines, "utf-8")
    same(words)


def test_a_frequency_that_is_missing_is_the_one_jieba_computes(words: Path) -> None:
    words.write_text("红米手机\n的手\n手机在\n的手机在\n长江大\n", "utf-8")
    theirs = original(words)
    explicit = words.with_name("explicit.txt")
    explicit.write_text("".join(f"{entry.word} {theirs.FREQ[entry.word]}\n" for entry in read(words)), "utf-8")
    computed, given = Segmenter(words), Segmenter(explicit)
    for text in (*TEXTS, "我的手机在长江大桥", "他的手长江大"):
        assert computed.words(text) == given.words(text) == theirs.lcut(text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "lines", ["长江大桥 0", "江大桥 0\n长江大桥 0\n南京市长 5", "手机 0\n手机 3", "红米手机 0\n的手机"]
)
def test_words_can_be_removed_as_in_jieba(words: Path, lines: str) -> None:
    words.write_text(lines, "utf-8")
    same(words, (*TEXTS, "我的手机", "长江大桥", "没有这些词"))


@pytest.mark.slow
def test_any_dictionary(words: Path) -> None:
    chance = random.Random(3)
    known = [word for word in _plain()[0] if word == normalize(word).text]
    singles = [word for word in known if len(word) == 1]
    for _ in range(4):
        taught = [chance.choice(known) + chance.choice(["", *singles]) for _ in range(12)]
        lines = (word + chance.choice(["", " 1", " 3", " 800"]) + chance.choice(["", " nz"]) for word in taught)
        words.write_text("\n".join(lines), "utf-8")
        ours, theirs = Segmenter(words), original(words)
        for _ in range(200):
            pieces = [chance.choice(taught), chance.choice(taught)[1:], chance.choice(singles), "a1.-，"]
            text = "".join(chance.choices(pieces, k=9))
            assert ours.words(text) == theirs.lcut(text)


# the total


def test_without_words_the_total_is_jiebas(words: Path) -> None:
    words.write_text("", "utf-8")
    assert Segmenter(words).total == Segmenter().total == TOTAL


@pytest.mark.parametrize("lines", ["红米 9", "红米 9\n红米手机 20 nz", "红米手机", f"红米 {STEP}", "手机 1", "手机 0"])
def test_with_words_it_is_rounded_up(words: Path, lines: str) -> None:
    words.write_text(lines, "utf-8")
    segmenter = Segmenter(words)
    assert segmenter.total == original(words).total
    assert (segmenter.total - TOTAL) % STEP == 0
    assert segmenter.frequencies == {word: original(words).FREQ[word] for word in segmenter.frequencies}


def test_a_word_moves_nothing_in_texts_without_it(words: Path) -> None:
    """The last bit of the total breaks the tie between equally likely segmentations."""
    words.write_text("红米 9\n", "utf-8")
    before = Segmenter(words)
    chance = random.Random(7)
    texts = ["谢谢谢处长", *("".join(chance.choices("谢凿寧组一二兵看", k=20)) for _ in range(2000))]
    for frequency in (1, 3, 100, 5000):
        words.write_text(f"红米 9\n龘龘龘 {frequency}\n", "utf-8")
        after = Segmenter(words)
        assert after.total == before.total
        assert [after.words(text) for text in texts] == [before.words(text) for text in texts]


# fingerprint


def test_the_fingerprint_follows_the_content(words: Path) -> None:
    def fingerprint(content: str) -> str:
        words.write_text(content, "utf-8")
        return Segmenter(words).fingerprint

    plain = fingerprint("红米手机 20 nz\n广点通\n")
    assert fingerprint("\ufeff紅米手機 20 nz\r\n\n广点通") == plain  # says the same
    others = ("红米手机 21 nz\n广点通", "红米手机 20\n广点通", "广点通\n红米手机 20 nz", "广点通")
    assert len({plain, *map(fingerprint, others)}) == 5
    assert Segmenter().fingerprint == fingerprint("")
