"""Decoding: encodings recognised by their result, damage reported with its line."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indexer.errors import ReadingError, UsageError
from indexer.readers.encoding import decode, text_encoding
from indexer.readers.source import Source

SHARED = Path(__file__).parents[4] / "shared/data/encodings"
SIMPLIFIED = "记者：这个功能什么时候开放？\n郑志昊：我们的开放平台已经有很多开发者，在做一些工具化的应用。\n"
TRADITIONAL = "記者：為什麼要讓工程師去站櫃檯？\n林以柔：因為我們看錯了資料，後來到櫃檯一看，答案很簡單。\n"


def source(data: bytes, encoding: str = "") -> Source:
    return Source("a.txt", ".txt", lambda: BytesIO(data), encoding)


def read(data: bytes, encoding: str = "") -> str:
    decoded = decode(data, source(data, encoding))
    assert decoded.damage is None
    return decoded.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
def test_simplified_text_is_read_in_any_encoding(encoding: str) -> None:
    assert read(SIMPLIFIED.encode(encoding)) == SIMPLIFIED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "big5", "big5hkscs"])
def test_traditional_text_is_read_in_any_encoding(encoding: str) -> None:
    assert read(TRADITIONAL.encode(encoding)) == TRADITIONAL


@pytest.mark.parametrize("text", ["", "abc", "问：去吗？答：去。", "張三：好"])
def test_little_text_is_enough(text: str) -> None:
    for encoding in ("utf-8", "big5hkscs" if "張" in text else "gb18030"):
        assert read(text.encode(encoding)) == text


@given(st.text(alphabet="的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生，。：abc \n", min_size=4))
def test_common_text_survives_gb18030(text: str) -> None:
    data = text.encode("gb18030")
    assume(text.isascii() or not _is_utf8(data))  # 时 alone is ʱ in UTF-8, which comes first
    assert read(data) == text


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs", "utf-8"])
def test_a_file_cut_within_a_character_is_read_up_to_there_and_told(encoding: str) -> None:
    text = TRADITIONAL * 3
    data = text.encode(encoding).rstrip(b"\n")[:-1]
    decoded = decode(data, source(data))
    assert decoded.text == text.rstrip("\n")[:-1]
    assert decoded.damage is not None
    assert decoded.damage.line == 6
    assert "truncated" in decoded.damage.reason


def test_a_bad_byte_loses_one_character_not_the_file() -> None:
    data = (SIMPLIFIED * 20).encode() + b"\xff" + SIMPLIFIED.encode()
    decoded = decode(data, source(data))
    assert decoded.text == SIMPLIFIED * 20 + "\ufffd" + SIMPLIFIED
    assert decoded.damage is not None
    assert decoded.damage.line == 41


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x7fELF" + bytes(200) + b"\x01\x02abc" * 9, "bytes are zero"),
        (b"text" + bytes(96), "not text: 96% of its bytes are zero"),
        (bytes(range(128, 256)) * 20, "not text in a known encoding"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        decode(data, source(data))


@pytest.mark.parametrize(
    "text",
    ["测试字幕", "今天天气", "1\n00:00:00,000 --> 00:00:02,000\n测试字幕\n", "片头曲，演唱：陶喆", "你好", "谢谢收看"],
)
def test_a_few_words_of_everyday_use_are_enough_in_gbk(text: str) -> None:
    assert read(text.encode("gbk")) == text


@pytest.mark.parametrize(
    "text", ["測試字幕", "今天天氣", "1\n00:00:00,000 --> 00:00:02,000\n測試字幕\n", "片頭曲，演唱：何苗"]
)
def test_a_few_words_of_everyday_use_are_enough_in_big5(text: str) -> None:
    assert read(text.encode("big5")) == text


@pytest.mark.parametrize(
    "data",
    [b"\xb0\xa1\xb0\xa1", "ｶﾀｶﾅ".encode("shift_jis"), "перевод".encode("cp1251"), "café, déjà".encode("latin-1")],
)
def test_a_few_bytes_that_may_be_several_encodings_or_none_are_refused(data: bytes) -> None:
    with pytest.raises(ReadingError, match="not text in a known encoding"):
        read(data)


def test_an_encoding_can_be_forced() -> None:
    assert read("デジタル".encode("shift_jis"), "shift_jis") == "デジタル"
    with pytest.raises(ReadingError, match=r"a\.txt:2: not ascii text"):
        read("a\n问".encode(), "ascii")
    with pytest.raises(ReadingError, match="unknown encoding: utf-9"):
        read(b"a", "utf-9")


@pytest.mark.parametrize(
    ("name", "encoding"), [("GBK", "gbk"), ("utf8", "utf-8"), ("Big5-HKSCS", "big5hkscs"), ("auto", ""), ("AUTO", "")]
)
def test_an_encoding_is_known_by_any_of_its_names(name: str, encoding: str) -> None:
    assert text_encoding(name) == encoding


@pytest.mark.parametrize(
    ("name", "near"),
    [("gb1803", "Did you mean gb18030"), ("base64", ""), ("idna", ""), ("rot13", ""), ("x\0y", ""), ("utf-9", "utf-8")],
)
def test_a_name_that_is_no_encoding_of_text(name: str, near: str) -> None:
    with pytest.raises(UsageError, match=f"There is no encoding .*{near}") as error:
        text_encoding(name)
    assert error.value.next_step == "--encoding gb18030, big5, utf-8, utf-16 or auto"


def test_a_byte_order_mark_is_no_text_in_a_forced_encoding_either() -> None:
    assert read("\ufeff问".encode(), "utf-8") == "问"


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")
def test_real_files_decode_to_their_references() -> None:
    for path in sorted(SHARED.glob("*_*")):
        if path.name.startswith("ref_"):
            continue
        stem = path.name.split(".")[0]
        expected = (SHARED / f"ref_{stem}.utf8.txt").read_text(encoding="utf-8")
        text = read(path.read_bytes()).replace("\r\n", "\n")
        assert text == (expected[: len(text)] if "truncated" in path.name else expected), path.name
