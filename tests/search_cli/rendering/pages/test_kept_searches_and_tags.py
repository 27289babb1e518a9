"""The pages of what is kept in an archive: saved searches, what is new in them, tags."""

import re
from array import array
from collections.abc import Sequence

import pytest

from search_cli.rendering.pages import kept_search_list, new_turns_page, tag_table
from search_cli.rendering.terminal.styles import StyledLine, cells, plain_text
from search_cli.saved.saved_search import SavedSearch
from search_cli.saved.seen_file import LastLook, SeenTurns
from search_cli.search.kept_searches import KeptSearch
from search_cli.search.new_turns import NewTurns
from search_cli.tags.placement import PlacedEntry, Whereabouts
from search_cli.tags.tag_edits import TaggedTurn
from search_cli.tags.tag_list import ArchivedTag, NotedTurn, TagList
from search_cli.tags.tags_file import TagEntry

KEPT = KeptSearch("小米合作", "小米 合作", {}, "小米 合作 --role 受访", "", 1234, 56)
LOST = (
    NotedTurn("灯会记#7", "灯会记#7", ("重要",), "再核对", "与小米手机合作", Whereabouts.CHANGED, "灯会记#8"),
    NotedTurn("灯会记#9", "灯会记#9", ("重要",), "", "", Whereabouts.GONE),
)
TAGS = TagList((ArchivedTag("重要", 12, 3),), LOST)
PLACED = PlacedEntry(TagEntry("灯会记#7", ("重要",)), "灯会记#7", Whereabouts.GONE, "灯会记#8")


def new(number: int, since: str = "", added: int = 0) -> NewTurns:
    look = LastLook("", "", 0, 0, SeenTurns(array("Q")))
    return NewTurns("灯", "灯", since, "", 20, 3, number, added, (), look)


def shown(lines: Sequence[StyledLine]) -> list[str]:
    return [plain_text(line) for line in lines]


@pytest.mark.usefixtures("chinese")
def test_saved_searches_in_chinese() -> None:
    assert shown(kept_search_list.saved_lines(KEPT, 80, hints=True)) == [
        " 已保存 @小米合作：现有 56 篇访谈的 1,234 轮发言。",
        " 看新出现的：fangtan new 小米合作",
    ]
    head, row = shown(kept_search_list.list_lines([KEPT], 80))
    assert head.split() == ["名称", "上次查看", "检索"]
    assert row.split()[:2] == ["@小米合作", "从未"]
    (removed,) = kept_search_list.removed_lines([SavedSearch("灯", "灯笼", {})], 80)
    assert plain_text(removed) == " 已删除 @灯：灯笼"


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("found", "head"),
    [
        (new(0), " @灯  还没有看过，没有新出现的（20 轮发言）"),
        (new(2), " @灯  还没有看过：新出现 2 轮，共 20 轮发言"),
        (new(0, "2026-11-28"), " @灯  2026-11-28 00:00 以来没有新出现的（20 轮发言）"),
        (
            new(3, "2026-11-28", added=1),
            " @灯  2026-11-28 00:00 以来新出现 3 轮，共 20 轮发言 · 其中 2 轮出自原有的访谈",
        ),
    ],
)
def test_what_is_new_in_chinese(found: NewTurns, head: str) -> None:
    assert shown(new_turns_page.news_lines([found], 80, full=False, keep=False, hints=False))[0] == head


@pytest.mark.usefixtures("chinese")
def test_tags_in_chinese() -> None:
    assert shown(tag_table.list_lines(TAGS, 80)) == [
        " 标记  发言  访谈",
        " 重要    12     3",
        "",
        " 2 轮有标记的发言找不到了，它们的标记不计数：",
        "   灯会记#7  标 重要  再核对  文字改过；原来的开头：与小米手机合作",
        "     现在可能是 灯会记#8（fangtan tags --accept）",
        "   灯会记#9  标 重要  已不在档案库里",
    ]
    assert shown(tag_table.renamed_lines("重要", "要紧", 3, 80)) == [" 重要 → 要紧，共 3 轮发言"]


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("width", [40, 80, 120])
def test_pages_fit_the_width_and_have_no_english(width: int) -> None:
    pages = [
        kept_search_list.saved_lines(KEPT, width, hints=True),
        kept_search_list.list_lines([KEPT], width),
        kept_search_list.no_searches_lines(width),
        new_turns_page.news_lines([new(30, "2026-11-28"), new(0)], width, full=False, keep=True, hints=True),
        tag_table.tagged_lines([TaggedTurn("灯会记#7", (), "", changed=True)], width),
        tag_table.list_lines(TAGS, width),
        tag_table.list_lines(TagList((), ()), width),
        tag_table.accepted_lines([PLACED], width),
        tag_table.accepted_lines([], width),
        tag_table.dropped_lines([PLACED], width),
        tag_table.dropped_lines([], width),
    ]
    for line in (line for page in pages for line in page):
        said = plain_text(line)
        assert cells(line) <= width, said
        assert not re.search(r"[A-Za-z]+(?: [a-z]+){2}", re.sub(r"fangtan (?:save|new|tags?)\b", "", said)), said
