"""Arbitrary bytes: a reader yields items or an error, and no character of a text is lost."""

import json
from collections import Counter
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.readers import read
from indexer.readers.script import Script
from tests.support.epub_files import MEMBERS
from tests.support.kept_words import check, everything, visible
from tests.support.made_files import FORMS, damaged, made
from tests.support.pdf_files import of_pages
from tests.support.sources import items, packed, script
from tests.support.tier_files import eaf, eaf_reference, exb, textgrid
from tests.support.word_files import of_paragraphs

SUFFIXES = sorted({module: suffix for suffix, module in read._READERS.items()}.values())  # one of each reader
STARTS = (
    b"", b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x03\x04", b"%PDF-1.7\n", b"<html>", b"<?xml version='1.0'?><a>",
    b"WEBVTT\n\n", b"1\n00:00:01,000 --> 00:00:02,000\n", b'{"segments": [', b'[{"text": "', b"speaker,text\n",
    "说话人,内容\n甲,".encode(), b"---\ntitle: x\n---\n", "问：".encode("gb18030"), "問：".encode("big5hkscs"),
)  # fmt: skip
WHOLE = (
    textgrid({"甲": [(0, 1, "好吗？")], "乙": [(1, 2, "好。")]}).encode("utf-16"),
    eaf(
        [('TIER_ID="甲"', [(0, 1, "好吗？")])], eaf_reference('TIER_ID="en" PARENT_REF="甲"', [("a0-0", "Good?")])
    ).encode(),
    exb([('speaker="S" type="t"', [(0, 1, "好吗？")]), ('type="a"', [(0, 1, "a")])], {"S": "甲"}).encode(),
    *map(
        str.encode,
        (
            "@UTF8\n@Begin\n*INV:\t好 吗 [/] ? \x150_90\x15\n%mor:\ta|b\n@Date:\t1-MAR-2011\n@End\n",
            '<TEI><text><when xml:id="a" interval="2"/><u who="#a" start="#a">好<pause/>。</u></text></TEI>',
            '<Trans><Turn speaker="a b"><Sync time="0"/><Who nb="1"/>好？<Who nb="2"/>好。</Turn></Trans>',
            '<tt xmlns="http://www.w3.org/ns/ttml"><p begin="1s" dur="90f"><span begin="0">好</span></p></tt>',
            "[ti:甲]\n[offset:9]\n[00:01.00][00:02.00]<00:01.00>好。\n",
        ),
    ),
    of_paragraphs("# 专访", "**问：**好吗？", "答：好。"),
    packed(MEMBERS),
    packed({"a.txt": "问：好吗？\n答：好。", "b.srt": "1\n00:00:01,000 --> 00:00:02,000\n好\n"}),
    of_pages([(72.0, 700.0, "问：好吗？"), (72.0, 680.0, "答：好。")]),
    b'{"segments": [{"start": 0.0, "end": 2.5, "text": "\xe5\xa5\xbd", "speaker": "A"}]}',
    "WEBVTT\n\n00:01.000 --> 00:02.000\n<v 甲>好</v>\n".encode(),
)
FEW = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])

TEXT = st.text(
    st.one_of(
        st.sampled_from("问答：:，。？！\n\r\t 　*#>-_[](){}<>&;,\"'\\|`~0123456789→\u200b\ufeff"),
        st.characters(exclude_categories=("Cs", "Cc")),
    ),
    max_size=200,
)


@pytest.mark.parametrize("suffix", SUFFIXES)
@FEW
@given(start=st.sampled_from(STARTS), rest=st.one_of(st.binary(max_size=400), TEXT.map(str.encode)))
def test_any_bytes_give_items_or_say_what_is_wrong(suffix: str, start: bytes, rest: bytes) -> None:
    check(list(items(start + rest, suffix)))


@pytest.mark.parametrize("place", range(len(WHOLE)))
@FEW
@given(data=st.data())
def test_a_good_file_damaged_anywhere_gives_items_or_says_what_is_wrong(place: int, data: st.DataObject) -> None:
    whole = bytearray(WHOLE[place])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    check(list(items(bytes(whole[: cut or None]), ".txt")))


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXT),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                [
                    *("text", "segments", "start", "end", "speaker", "words", "data", "offsets", "cw", "turns", "bg"),
                    *("type", "zh", "messages", "channels"),
                ]
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=25,
)


@settings(deadline=None, max_examples=200)
@given(JSON)
def test_any_json_gives_items_or_says_what_is_wrong(content: object) -> None:
    check(list(items(json.dumps(content), ".json")))


def of(data: str, suffix: str) -> Counter[str]:
    return visible("".join(line.text + (line.label or "") for line in script(data, suffix).lines))


WORDS = st.text(
    st.characters(categories=("Lo", "Lu", "Nd"), include_characters="，。？！：（）“”"), min_size=1, max_size=40
)
LINES = st.lists(WORDS, min_size=1, max_size=12)


@settings(deadline=None, max_examples=200)
@given(TEXT.filter(lambda text: bool(text.strip())))
def test_nothing_of_a_text_is_lost(text: str) -> None:
    found = [item for item in items("普通文字\n" + text, ".txt") if isinstance(item, Script)]
    from indexer.readers.formats import markdown

    if not markdown.is_markdown("普通文字\n" + text):
        assert visible("".join(line.text for one in found for line in one.lines)) == visible("普通文字\n" + text)


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(LINES)
def test_nothing_of_the_words_in_any_format_is_lost(lines: list[str]) -> None:
    wanted = visible("".join(lines))
    signs = "abcdefghijkl"[: len(lines)]  # captions that begin with the one above would roll
    cues = "".join(
        f"\n{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{sign}{line}\n"
        for n, (sign, line) in enumerate(zip(signs, lines, strict=True), start=1)
    )
    marked = wanted + Counter(signs)
    assert of("WEBVTT\n" + cues.replace(",", "."), ".vtt") == marked
    assert of(cues.strip() + "\n", ".srt") == marked
    assert of("<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>", ".html") == wanted
    assert of("<a>" + "".join(f"<p>{line}</p>" for line in lines) + "</a>", ".xml") == wanted
    assert of(json.dumps([{"text": line} for line in lines]), ".json") == wanted
    assert of("id,text\n" + "".join(f'7,"{line}"\n' for line in lines), ".csv") == wanted
    words = script(of_paragraphs(*lines), ".docx")
    assert visible("".join(line.text for line in words.lines)) == wanted


@pytest.mark.slow
@pytest.mark.parametrize("suffix", sorted({suffix for suffix, _ in FORMS}))
@FEW  # `make trials` makes them for as long as one likes
@given(seed=st.integers(0, 2**64))
def test_nothing_of_a_file_made_by_chance_is_lost_and_none_that_is_damaged_fails(suffix: str, seed: int) -> None:
    chance = Random(seed)
    file = made(chance, suffix)
    found = list(items(file.data, file.suffix))
    check(found)
    assert not visible(file.words) - visible(everything(found))
    broken = list(items(damaged(chance, file.data), chance.choice((file.suffix, ".txt"))))
    check(broken)
    everything(broken)
