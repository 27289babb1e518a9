"""The pages of `fangtan dict`."""

import pytest

from indexer.dictionary.diff import DictionaryDiff, SegmentationChange
from indexer.text.word_list import Entry
from search_cli.rendering.pages.dictionary_changes import change_lines, done_lines, entry_lines
from search_cli.rendering.terminal.styles import StyledLine, plain_text
from tests.support.screens import broken_width

EXAMPLES = [
    SegmentationChange("qzone-xiaomi#3", ("发布", "红米", "手机", "。"), ("发布", "红米手机", "。")),
    SegmentationChange("qzone-xiaomi#4", ("的", " ", "红米", "手机"), ("的", " ", "红米手机")),
]


def said(lines: list[StyledLine]) -> list[str]:
    return [plain_text(one).rstrip() for one in lines]


def test_what_would_change() -> None:
    found = DictionaryDiff(2, 5, 1, 281, EXAMPLES)
    assert said(change_lines(["红米手机"], found, 80, adding=True)) == [
        " 红米手机: 2 of 281 turns, in 1 interview, are segmented differently:",
        "   qzone-xiaomi#3  发布 红米 手机 。",
        "                 → 发布 红米手机 。",
        "   qzone-xiaomi#4  的 红米 手机",
        "                 → 的 红米手机",
    ]


@pytest.mark.parametrize(
    ("difference", "adding", "line"),
    [
        (DictionaryDiff(1, 3, 1, 10), True, " 红米: 1 of 10 turns, in 1 interview, is segmented differently:"),
        (DictionaryDiff(0, 0, 0, 10), True, " 红米: none of 10 turns is segmented differently."),
        (
            DictionaryDiff(0, 2, 1, 10),
            True,
            " 红米: none of 10 turns is segmented differently; 2 other documents to update.",
        ),
        (None, True, " Nothing is indexed yet: only words.txt gains 红米."),
        (None, False, " Nothing is indexed yet: only words.txt loses 红米."),
    ],
)
def test_heads(difference: DictionaryDiff | None, adding: bool, line: str) -> None:
    assert said(change_lines(["红米"], difference, 80, adding=adding)) == [line]


@pytest.mark.parametrize(
    ("typed", "done", "adding", "line"),
    [
        (["红米"], DictionaryDiff(2, 5, 1, 281), True, " Added 红米: 5 documents of 1 interview reindexed, in 1.2 s."),
        (
            ["红米"],
            DictionaryDiff(2, 5, 2, 281),
            False,
            " Removed 红米: 5 documents of 2 interviews reindexed, in 1.2 s.",
        ),
        (["红米"], DictionaryDiff(of_turns=281), True, " Added 红米: nothing to reindex, in 1.2 s."),
        (["红米"], None, True, " 红米 is in the dictionary."),
        (["红米"], None, False, " 红米 is no longer in the dictionary."),
        (["红米", "广点通"], None, True, " 红米 · 广点通 are in the dictionary."),
    ],
)
def test_what_was_done(typed: list[str], done: DictionaryDiff | None, adding: bool, line: str) -> None:
    assert said(done_lines(typed, done, 1.23, adding=adding)) == [line]


def test_the_words() -> None:
    lines = entry_lines([Entry("红米", 9, "nz"), Entry("刘三发", 1234, "nr"), Entry("x", None, "eng")], 80)
    assert [line.split() for line in said(lines)] == [
        ["word", "frequency", "kind"],
        ["红米", "9", "brand", "or", "term"],
        ["刘三发", "1,234", "person"],
        ["x", "eng"],
    ]
    assert "dict add" in said(entry_lines([], 80))[0]


def test_control_characters_do_not_reach_the_terminal() -> None:
    bad = DictionaryDiff(1, 1, 1, 1, [SegmentationChange("a\x1b[2J#1", ("\x1b[31m", "红"), ("\x9b红",))])
    shown = "".join(said(change_lines(["红\x07"], bad, 80, adding=True)))
    assert not {"\x1b", "\x07", "\x9b"} & set(shown)


@pytest.mark.parametrize("width", [24, 40, 80])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    found = DictionaryDiff(
        2, 5, 1, 281, [SegmentationChange("a-rather-long-interview-id#31", ("红米手机",) * 20, ("红米", "手机") * 20)]
    )
    lines = change_lines(["红米手机", "口袋公园", "骑楼茶社"], found, width, adding=True)
    assert max(map(broken_width, lines)) <= width


@pytest.mark.usefixtures("chinese")
def test_pages_in_chinese() -> None:
    assert said(change_lines(["红米手机", "鹅厂"], DictionaryDiff(2, 5, 1, 281), 80, adding=True)) == [
        " 红米手机 · 鹅厂：281 轮发言中有 2 轮（在 1 篇访谈里）的分词会改变："
    ]
    done = DictionaryDiff(2, 5, 1, 281, unembedded="按意思检索需要 onnxruntime 和 tokenizers。")
    assert said(done_lines(["红米手机"], done, 1.2, adding=False)) == [
        " 已删除 红米手机：重新索引了 1 篇访谈的 5 个文档，用时 1.2 秒。",
        " 这些发言现在没有向量：按意思检索需要 onnxruntime 和 tokenizers。",
    ]
    assert said(entry_lines([Entry("红米手机", 12, "nz"), Entry("刘三发", None, "nr")], 80)) == [
        " 词        词频  词性",
        " 红米手机    12  品牌或术语",
        " 刘三发          人名",
    ]
