"""The file of tags: what a person wrote there stays, what is not an entry is told with its line."""

from pathlib import Path

import pytest

from indexer.errors import SettingsError, UsageError
from indexer.settings import Settings
from search_cli.tags import tags_file
from search_cli.tags.tags_file import TagEntry, changed_text, checked_note, checked_tag, opening, spelt

FILE = """\
# ours

a/first#3\t信任 价格\ta note\t0123456789abcdef\t是这样的
# by hand
b#12\t信任
c#1\t\tonly a note
"""
FIRST = TagEntry("a/first#3", ("信任", "价格"), "a note", "0123456789abcdef", "是这样的", 3)


def entries(text: str) -> tuple[TagEntry, ...]:
    return tuple(tags_file.parse(text, "tags.txt"))


def test_lines_are_entries() -> None:
    assert entries(FILE) == (FIRST, TagEntry("b#12", ("信任",), line=5), TagEntry("c#1", (), "only a note", line=6))
    assert entries(FILE.replace("\n", "\r\n")) == entries(FILE) == entries(f"\ufeff{FILE}")
    assert FIRST.interview_id == "a/first"
    assert FIRST.turn == 3


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("b\t信任", "tags.txt:2: this is not a tagged turn"),
        ("b#0\t信任", "tags.txt:2: this is not a tagged turn"),
        ("b#3 信任", "tags.txt:2: this is not a tagged turn"),
        ("b#3\t\t", "tags.txt:2: this is not a tagged turn"),
        ("b#3\t信任\t\tnone", "tags.txt:2: none is not the hash"),
    ],
)
def test_a_line_that_is_not_an_entry_is_told(tmp_path: Path, line: str, told: str) -> None:
    (tmp_path / "tags.txt").write_text(f"# ours\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=told):
        tags_file.load(Settings(data=tmp_path))


def test_every_other_line_is_kept() -> None:
    new = TagEntry("d#1", ("新",), "", "fedcba9876543210", "嗯")
    after = changed_text(FILE, [TagEntry("a/first#4", ("信任",), line=3), TagEntry("b#12", (), line=5), new])
    assert after == ("# ours\n\na/first#4\t信任\n# by hand\nc#1\t\tonly a note\nd#1\t新\t\tfedcba9876543210\t嗯\n")
    assert changed_text(FILE, entries(FILE)) == FILE
    windows = FILE.replace("\n", "\r\n")
    assert changed_text(windows, entries(windows)) == windows


def test_tags_and_notes_are_one_word_and_one_line() -> None:
    assert checked_tag(" 价格/便宜 ") == "价格/便宜"
    for wrong in ("", "两 个", "a#3", "长" * 41, "信\u202e任", "信\n任"):
        with pytest.raises(UsageError, match="is not a tag"):
            checked_tag(wrong)
    assert checked_note("第一行\n第二行\t\u202e尾") == "第一行 第二行 尾"
    with pytest.raises(UsageError, match="at most 2,000 characters"):
        checked_note("长" * 2001)


def test_a_tag_is_spelt_as_it_was_first() -> None:
    assert spelt("價格", ["信任", "价格"]) == "价格"
    assert spelt("ＡＩ", ["ai"]) == "ai"
    assert spelt("新", ["信任"]) == "新"


def test_the_first_words_are_on_one_line() -> None:
    assert opening("一\n二\t三\u202e四") == "一 二 三四"
    assert opening("字" * 30) == "字" * 16 + "…"


@pytest.mark.usefixtures("chinese")
def test_a_line_that_is_none_is_told_in_the_language_of_the_reader() -> None:
    with pytest.raises(SettingsError) as told:
        entries("x y\n")
    assert told.value.message == "tags.txt:1：这一行不是有标记的发言。"
    assert told.value.next_step.endswith("批注，例如 qzone-xiaomi#3⇥信任⇥…")
