"""Conversion to Simplified, compared with OpenCC; detection of the script."""

import subprocess
import unicodedata
from pathlib import Path

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text import simplify as module
from indexer.text.simplify import PREFILTER_AFTER, ScriptOrigin, Simplifier, detect_script, original_script, simplified

CORPUS = Path(__file__).parents[3].parent / "shared/data/interviews"
TABLES = Path(opencc.__file__).parent / "clib" / "share" / "opencc"
READER = Path(opencc.__file__).parent / "clib" / "bin" / "opencc_dict"
CONVERT = opencc.OpenCC("t2s").convert
CODES = (*range(0x3400, 0xA000), *range(0xF900, 0xFB00), *range(0x20000, 0x323B0))
HAN = [chr(code) for code in CODES if unicodedata.is_normalized("NFKC", chr(code))]


@pytest.fixture
def settled() -> Simplifier:
    """Return a simplifier with its pre-filter."""
    simplifier = Simplifier()
    for _ in range(PREFILTER_AFTER + 1):
        simplifier("資訊")
    assert simplifier._traditional is not None
    return simplifier


def entries(folder: Path, name: str) -> list[tuple[str, str]]:
    """Return a table of OpenCC: words and their first conversion."""
    subprocess.run([READER, "-i", TABLES / name, "-o", folder / "table.txt", "-f", "ocd2", "-t", "text"], check=True)
    lines = (folder / "table.txt").read_text("utf-8").splitlines()
    return [(word, forms.split(" ")[0]) for word, forms in (line.split("\t") for line in lines)]


def as_opencc(text: str) -> str:
    """Convert a text with OpenCC, except for 坏."""
    return "".join("坏" if one == "坏" else after for one, after in zip(text, CONVERT(text), strict=True))


@pytest.mark.parametrize(
    ("traditional", "expected"),
    [
        ("資訊", "资讯"),
        ("軟體", "软体"),
        ("說說看這個計畫", "说说看这个计划"),
        ("乾坤", "乾坤"),
        ("乾淨", "干净"),
        ("瞭解、回覆、藉口、沈默", "了解、回复、借口、沉默"),
        ("姓沈的", "姓沈的"),
        ("慰藉", "慰藉"),
        ("打壞了", "打坏了"),
        ("打坏了，一坏就换", "打坏了，一坏就换"),
        ("小米手机合作", "小米手机合作"),
        ("𠮷野家", "𠮷野家"),
        ("", ""),
    ],
)
def test_words(traditional: str, expected: str, settled: Simplifier) -> None:
    assert simplified(traditional) == expected
    assert Simplifier()(traditional) == expected
    assert settled(traditional) == expected


def test_every_character_becomes_one(settled: Simplifier) -> None:
    together = CONVERT("\n".join(HAN)).split("\n")
    assert all(len(one) == 1 for one in together)
    assert [settled(one) for one in HAN] == together


@pytest.mark.skipif(not READER.exists(), reason="this build of OpenCC has no dictionary reader")
@pytest.mark.parametrize("table", ["TSPhrases.ocd2", "TSCharacters.ocd2", "TSCharactersExt.ocd2"])
def test_every_entry_keeps_its_length(table: str, tmp_path: Path) -> None:
    found = entries(tmp_path, table)
    assert len(found) > 100
    assert [(word, form) for word, form in found if len(word) != len(form)] == []


@pytest.mark.skipif(not READER.exists(), reason="this build of OpenCC has no dictionary reader")
def test_no_word_is_overlooked(tmp_path: Path, settled: Simplifier) -> None:
    for word, _ in entries(tmp_path, "TSPhrases.ocd2"):
        for text in (word, f"他说{word}的"):
            assert settled(text) == as_opencc(text)


@given(st.text(st.sampled_from("資讯訊体體沈默藉口反覆瞭解甦哩坏壞乾坤净淨么麼小米a1，"), max_size=12))
def test_once_settled_nothing_changes(text: str) -> None:
    fresh, tried = Simplifier(), _TRIED
    assert fresh(text) == tried(text) == as_opencc(text)


_TRIED = Simplifier()
_TRIED._traditional = _TRIED._prefilter()


def test_one_simplifier_serves_all() -> None:
    assert module._simplifier() is module._simplifier()


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("與小米的合作是QQ空間在社交行銷方面的嘗試。", "zh-Hant"),
        ("与小米的合作是QQ空间在社交营销方面的尝试。", "zh-Hans"),
        ("大家好。", "zh-Hans"),
        ("Hello everybody.", "zh-Hans"),
        ("", "zh-Hans"),
        (
            "一句话里提到「鬱」字，别的都是简体，说了很多很多很多很多很多很多很多很多很多很多很多很多很多很多很多很多很多。",
            "zh-Hans",
        ),
    ],
)
def test_the_script_of_a_text(text: str, tag: str) -> None:
    assert detect_script([text]) == tag


def test_only_the_beginning_decides_the_script() -> None:
    assert detect_script(["好" * 3000, "與" * 9000]) == "zh-Hans"
    assert detect_script(["你好。", "與這個。"]) == "zh-Hant"


WRITTEN = "這禮拜我們在台灣的鄉下跑了一週，裡面的人著手做的事，跟公佈出來的不一樣，佔用的公有土地也一樣。"
PLAIN = "我們說過的話都記錄下來，這個問題後來還會問到，誰也沒有說清楚。"


def test_a_text_written_in_traditional_is_told_from_a_converted_one() -> None:
    assert original_script([simplified(WRITTEN)] * 60) is ScriptOrigin.UNDECIDED
    assert original_script([WRITTEN] * 60) is ScriptOrigin.TRADITIONAL
    for name in ("s2t", "s2tw", "s2hk"):
        assert original_script([opencc.OpenCC(name).convert(simplified(WRITTEN))] * 60) is ScriptOrigin.CONVERTED


def test_a_short_text_tells_by_a_difference_alone() -> None:
    assert original_script([WRITTEN]) is ScriptOrigin.TRADITIONAL
    assert original_script([PLAIN]) is ScriptOrigin.UNDECIDED
    assert original_script([PLAIN] * 100) is ScriptOrigin.CONVERTED


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.exists(), reason="the shared data is not here")
def test_real_transcripts_were_written_in_traditional_and_their_conversions_were_not() -> None:
    texts = [path.read_text("utf-8") for path in sorted((CORPUS / "traditional").glob("*.txt"))[::4]]
    long = [text for text in texts if len(text) > 2000]
    assert len(long) > 40
    assert {original_script([text]) for text in long} == {ScriptOrigin.TRADITIONAL}
    convert = opencc.OpenCC("s2tw").convert
    converted = [original_script([convert(simplified(text))]) for text in long]
    assert converted.count(ScriptOrigin.CONVERTED) >= 0.97 * len(long)
