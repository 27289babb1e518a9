"""`fangtan browse` on the sample interviews, key by key: what is shown is what the commands print."""

import os
import re
import shlex
import signal
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest

from indexer.settings import Settings
from search_cli.browse.browser import Browser
from search_cli.citation import citation
from search_cli.commands import browse_actions
from search_cli.query.request import SearchOptions
from tests.support.archives import Archive as Written
from tests.support.archives import transcript
from tests.support.cli import CommandLine
from tests.support.doc_outputs import ROOT, blocks
from tests.support.full_screen import Watched, columns, in_terminal, opened, watch, wire

GUIDES = (ROOT / "docs/browse.md", ROOT / "docs/zh-CN/browse.md")
SIZES = [(80, 24), (200, 60)]


@pytest.fixture
def run(sample: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(sample, monkeypatch, capsys)


def browser(settings: Settings, query: str = "", **options: object) -> Browser:
    return Browser(opened(settings), query, SearchOptions(**options), browse_actions.actions())  # type: ignore[typeddict-item]


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "200x60"])
def test_hits_change_as_one_types(sample: Settings, size: tuple[int, int]) -> None:
    async def look(screen: Watched) -> None:
        everything = screen.addresses
        await screen.type("小米")
        await screen.settled()
        assert screen.query == "小米"
        assert "8 turns · 4 of 15 interviews" in screen.rows[1]
        assert screen.addresses != everything
        assert screen.addresses[0] == "qzone-xiaomi#3"
        await screen.type(" 合作")
        await screen.settled()
        assert screen.rows[0].rstrip() == "▌小米 合作"
        assert "4 turns with every word, 13 with some" in screen.rows[1]
        assert "fangtan search 小米 合作" in screen.text
        assert "▸ 3" in screen.text
        assert columns(screen.rows) == {size[0]}, "no row is wider or narrower than the terminal"
        assert len(screen.rows) == size[1]

    watch(browser(sample), look, size)


def test_facets_add_up_and_narrow(sample: Settings, run: CommandLine) -> None:
    shown: list[str] = []
    browsed = browser(sample, "小米")

    async def look(screen: Watched) -> None:
        facets = {facet.field: facet for facet in browsed._facets.facets}
        for facet in opened(sample).facets("speaker", "topic", "outlet", "year", query="小米"):
            assert {one.value: one.count for one in facets[facet.field].buckets} == {
                one.value: one.count for one in facet.buckets
            }
        assert "郑志昊          3" in screen.text
        await screen.press("enter", "f", "space")
        await screen.settled()
        assert screen.query == "小米 speaker:郑志昊"
        assert "✓ 郑志昊" in screen.text
        assert "邵启年" in screen.text, "another speaker can be chosen, too"
        await screen.press("down", "space")
        await screen.settled()
        assert screen.query == "小米 speaker:(郑志昊 OR 邵启年)"
        row = next(index for index, text in enumerate(screen.rows) if "2013 " in text[:22])
        await screen.pilot.click("#facets", offset=(5, row - browsed._facets.region.y))
        await screen.settled()
        assert screen.query == "小米 speaker:(郑志昊 OR 邵启年) year:2013"
        assert "2014" in screen.text, "another year can be chosen, too"
        shown.extend(screen.addresses)

    watch(browsed, look)
    words = shlex.split(browsed.command)[1:]
    assert run(*words, "--ids", "--limit", "50").lines == shown


def test_a_facet_opens(sample: Settings) -> None:
    async def look(screen: Watched) -> None:
        panel = screen.browser._facets
        more = next(index for index, row in enumerate(panel.rows) if row.field == "topic" and row.more)
        await screen.press("enter", "f")
        panel.action_move_to(more)
        await screen.press("enter")
        await screen.settled()
        (topics,) = opened(sample).facets("topic", query="小米")
        assert [row.value for row in panel.rows if row.field == "topic"][1:] == [one.value for one in topics.buckets]
        assert screen.query == "小米"

    watch(browser(sample, "小米"), look)


def test_the_reading_pane_shows_what_the_commands_print(sample: Settings, run: CommandLine) -> None:
    seen: dict[str, str] = {}

    async def look(screen: Watched) -> None:
        await screen.press("enter")
        for key in "kstwive":
            await screen.press(key)
            await screen.settled()
            seen[key] = "".join(screen.pane.split())

    watch(browser(sample, "小米 合作"), look, (200, 60))
    printed = {
        "k": run("kwic", "小米", "合作", "--no-hints", "--window", "80").lines[0],
        "s": run("similar", "qzone-xiaomi#3", "--no-hints").lines[0],
        "t": run("timeline", "小米", "合作", "--no-hints").lines[0],
        "w": run("why", "qzone-xiaomi#3", "小米", "合作", "--no-hints").lines[0],
        "e": run("show", "qzone-xiaomi#3").out,
    }
    assert {key: "".join(text.split()) in seen[key] for key, text in printed.items()} == dict.fromkeys(printed, True)
    assert seen["v"].startswith("qzone-xiaomihas")
    assert "▸3" in seen["i"]
    assert seen["i"].count("郑志昊") > seen["e"].count("郑志昊")


def test_letters_are_typed_in_the_query_and_keys_elsewhere(sample: Settings) -> None:
    async def look(screen: Watched) -> None:
        await screen.type("kwic?q/")
        assert screen.query == "小米kwic?q/"
        await screen.press(*["backspace"] * 7, "down", "down", "n", "p", "o")
        await screen.settled()
        assert screen.query == "小米"
        assert "--sort date" in screen.text
        dates = [hit.turn.date for hit in screen.browser._hits.hits]
        assert dates == sorted(dates, reverse=True)
        await screen.press("question_mark")
        assert "turns with these words, best first" in screen.text
        await screen.press("escape", "slash")
        await screen.type("q")
        assert screen.query == "小米q"
        await screen.press("down", "q")

    watch(browser(sample, "小米"), look)


def test_a_mistake_in_the_query_is_told_in_place(sample: Settings) -> None:
    async def look(screen: Watched) -> None:
        before = screen.addresses
        await screen.type(' "合作')
        await screen.settled()
        assert "This quotation mark is not closed." in screen.message
        assert screen.addresses == before
        assert screen.browser._hits.faded
        await screen.type('"')
        await screen.settled()
        assert screen.message == ""
        assert not screen.browser._hits.faded
        await screen.type(" speaker:郑志")
        await screen.settled()
        assert "Did you mean: 郑志昊" in screen.message

    watch(browser(sample, "小米"), look)


def test_where_nothing_is_found_there_is_something_to_try(sample: Settings) -> None:
    async def look(screen: Watched) -> None:
        assert "No turn contains 小咪." in screen.text
        assert "Try: fangtan search 小米" in screen.text
        await screen.press("enter")
        await screen.settled()
        assert screen.query == "小米"
        assert screen.addresses
        await screen.type(" -小米")
        await screen.settled()
        await screen.press("enter", "k", "w", "c", "f", "space", "z", "escape")  # nothing of it fails
        await screen.settled()

    watch(browser(sample, "小咪"), look)


def test_the_screen_fits_a_terminal_that_changes(sample: Settings) -> None:
    async def look(screen: Watched) -> None:
        for size in ((160, 40), (50, 12), (80, 24)):
            await screen.pilot.resize_terminal(*size)
            await screen.settled()
            assert columns(screen.rows) == {size[0]}
            assert len(screen.rows) == size[1]
            assert "郑志昊" in screen.text

    watch(browser(sample, "小米 合作"), look)


def test_every_hit_can_be_scrolled_to(sample: Settings) -> None:
    async def look(screen: Watched) -> None:
        await screen.press("down")
        while len(screen.addresses) < 70:
            await screen.press("end")
            await screen.settled()
        assert screen.addresses[:70] == [hit.turn.address for hit in opened(sample).search("的", limit=70).hits]

    watch(browser(sample, "的"), look)


def test_what_is_copied_and_written(sample: Settings, tmp_path: Path) -> None:
    async def look(screen: Watched) -> None:
        await screen.press("enter", "c")
        await screen.settled()
        turn = screen.browser._hits.hits[0].turn
        assert screen.browser.clipboard == citation(turn)
        await screen.press("y")
        await screen.settled()
        assert screen.browser.clipboard == f"{turn.text}\n\n{citation(turn)}\n"
        await screen.press("x")
        assert "Write all hits to the file" in screen.text
        await screen.press("ctrl+a", "ctrl+k")
        await screen.paste(str(tmp_path / "hits.csv"))
        await screen.press("enter")
        await screen.settled()
        assert "13 hits are in" in screen.message
        await screen.press("x", "ctrl+a", "ctrl+k")
        await screen.paste(str(tmp_path / "hits.csv"))
        await screen.press("enter")
        await screen.settled()
        assert "is there already" in screen.message

    watch(browser(sample, "小米 合作"), look)
    assert len((tmp_path / "hits.csv").read_text("utf-8-sig").splitlines()) > 13


def test_turns_are_tagged_and_searches_saved(archive: Written, tmp_path: Path) -> None:
    archive.write(foo_txt=transcript(3, "社交营销"))
    archive.index()
    settings = replace(archive.settings, data=tmp_path)
    shown = opened(settings)

    async def answer(screen: Watched, key: str, text: str) -> None:
        await screen.press(key, "ctrl+a", "ctrl+k")
        await screen.paste(text)
        await screen.press("enter")
        await screen.settled()

    async def look(screen: Watched) -> None:
        await screen.press("enter")
        address = screen.addresses[0]
        await answer(screen, "g", "信任 重要")
        assert screen.message == f"{address}: 信任 重要"
        assert "信任" in screen.pane
        await answer(screen, "m", "与第二轮对照")
        assert screen.message == f"{address}: 信任 重要 · 与第二轮对照"
        await answer(screen, "g", "信任")
        assert [(one.address, one.tags) for one in shown.tags().turns] == [(address, ("信任",))]
        await screen.press("l")
        await screen.settled()
        assert f"{address} has no recording." in screen.message
        await answer(screen, "a", "营销")
        assert screen.message == "Saved: fangtan search @营销"
        assert shown.search("@营销").total == shown.search("社交营销 role:受访").total > 0

    watch(browser(settings, "社交营销 role:受访"), look)


def test_a_recording_is_opened_or_its_link_copied(archive: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.path("talk_srt").write_text("1\n00:01:03,000 --> 00:01:20,000\n甲：我们谈谈合作。\n", encoding="utf-8")
    archive.path("talk_mp3").write_bytes(b"ID3")
    archive.index()
    link = f"{archive.path('talk_mp3').as_uri()}#t=63"
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    async def look(screen: Watched) -> None:
        await screen.press("enter", "l")
        await screen.settled()
        assert screen.browser.clipboard == link

    watch(browser(archive.settings, "合作"), look)


def test_elasticsearch_goes_and_comes_back(sample: Settings) -> None:
    with wire(sample.url) as line:
        settings = replace(sample, url=line.url)
        browsed = Browser(opened(settings), "小米", open_archive=lambda: opened(settings))

        async def look(screen: Watched) -> None:
            before = screen.addresses
            line.cut()
            await screen.type(" 合作")
            await screen.until(lambda: screen.message)
            assert "F5 asks again." in screen.message
            assert "Try:" in screen.message
            assert screen.addresses == before
            assert screen.browser._hits.faded
            line.mend()
            await screen.press("f5")
            await screen.settled()
            assert screen.message == ""
            assert "4 turns with every word, 13 with some" in screen.rows[1]

        watch(browsed, look)


def test_nothing_waits_for_an_elasticsearch_that_hangs(sample: Settings) -> None:
    with wire(sample.url) as line:
        browsed = browser(replace(sample, url=line.url), "小米")
        left: list[float] = []

        async def look(screen: Watched) -> None:
            line.hang()
            await screen.type(" 合作")
            assert screen.query == "小米 合作"
            await screen.press("down", "down", "question_mark", "escape")
            assert screen.browser._hits.cursor == 1
            await screen.until(lambda: "waiting for Elasticsearch" in screen.rows[1])
            left.append(monotonic())

        watch(browsed, look)
        assert monotonic() - left[0] < 5, "leaving does not wait either"


def test_a_transcript_is_only_ever_text(archive: Written) -> None:
    evil = "[red]红字[/red] [@click=app.leave]点我[/] \x1b[31m红\x1b]0;标题\x07 \u202e倒写 $(ls)"
    archive.write(evil_txt=f"近日，记者专访了王小明。\n\n问：公园怎么样？\n\n王小明：公园很好，{evil}\n")
    archive.index()

    async def look(screen: Watched) -> None:
        assert "[red]红字[/red][@click=app.leave]点我[/][31m红]0;标题倒写$(ls)" in "".join(screen.pane.split())
        assert "[red]红字[/red]" in screen.text
        assert not any(mark in screen.text for mark in "\x1b\x07\u202e")
        await screen.press("down", "c")
        await screen.settled()
        for key in "kstwiv":
            await screen.press(key)
            await screen.settled()
            assert not any(mark in screen.text + screen.pane for mark in "\x1b\x07\u202e")

    watch(browser(archive.settings, "公园"), look, (120, 40))


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("size", SIZES, ids=["80x24", "200x60"])
def test_the_screen_is_chinese_for_its_readers(sample: Settings, size: tuple[int, int]) -> None:
    async def look(screen: Watched) -> None:
        assert {" 说话人", " 话题", " 媒体", " 年份"} <= {row.partition("▕")[0].rstrip() for row in screen.rows}
        assert "─问题及其回答─" in screen.text.replace(" ", "")
        await screen.press("enter")
        await screen.settled()
        footer = "F1 帮助 q 退出 k 语境 s 相近 t 时间线 i 全文 c 引用 g 标记 a 保存 x 导出"
        assert screen.rows[-1].rstrip() == footer
        await screen.press("v")
        await screen.settled()
        assert "qzone-xiaomi 没有重复稿：档案库里只有这一份文稿。" in screen.text
        await screen.press("l")
        await screen.settled()
        assert screen.message == "错误： qzone-xiaomi#3 没有录音录像。 试试： 把它放在文稿旁边，用同样的文件名。"
        assert columns(screen.rows) == {size[0]}
        await screen.press("question_mark")
        await screen.settled()
        assert "小米 合作        含这些词的发言，最相关的在前" in screen.text
        assert "╭─ 帮助 ─" in screen.text
        assert columns(screen.rows) == {size[0]}
        await screen.press("escape", "g")
        await screen.settled()
        assert "这轮发言的标记，用空格隔开（- 表示没有）：" in screen.text
        assert columns(screen.rows) == {size[0]}

    watch(browser(sample, "小米"), look, size)


def test_without_a_terminal_another_command_is_named(run: CommandLine) -> None:
    printed = run("browse", "小米", "--speaker", "郑志昊", "--sort", "date")
    assert printed.code == 2
    assert "fangtan search 小米 speaker:郑志昊 --sort date" in printed.err


LEFT = b"\x1b[?1049l"
"""What brings the terminal back as it was."""


def test_a_terminal_is_left_as_it_was(sample: Settings) -> None:
    variables = {"ELASTICSEARCH_URL": sample.url, "FANGTAN_INDEX": sample.index}
    counts = b"8 turns"
    code, written = in_terminal(
        "browse", "小米", seen=counts, do=lambda handle, process: _type(handle, b"\rq"), **variables
    )
    assert code == 0
    assert written.partition(LEFT)[2].decode().strip().endswith("fangtan search 小米")
    code, written = in_terminal(
        "browse", "小米", seen=counts, do=lambda handle, process: os.kill(process, signal.SIGTERM), **variables
    )
    assert code == 128 + signal.SIGTERM
    assert LEFT in written
    assert b"Traceback" not in written


def test_a_terminal_without_screens_is_told_of_another_command(sample: Settings) -> None:
    code, written = in_terminal("browse", "小米", seen=b"\0", do=lambda handle, process: None, TERM="dumb")
    assert code == 2
    assert "fangtan search 小米" in written.decode()


def _type(handle: int, keys: bytes) -> None:
    os.write(handle, keys)


def test_the_screen_of_the_guide(sample: Settings) -> None:
    async def look(screen: Watched) -> None:
        await screen.press("down", "down")
        await screen.settled()
        shown = re.sub(r" · \d+ ms\b", "", screen.text)
        for page in GUIDES:
            (drawn,) = [block.text.rstrip("\n") for block in blocks(page) if block.language == "text"]
            assert drawn == shown, f"{page.name} has another screen than this"

    watch(browser(sample, "小米 合作"), look)
