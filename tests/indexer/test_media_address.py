"""Links that open a recording at a time, and what is never linked."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.media_address import is_media, link, page_link, short, time_span


@pytest.mark.parametrize(
    ("media", "start", "opened"),
    [
        ("/data/talk.mp3", 63_400, "file:///data/talk.mp3#t=63"),
        ("/data/talk.MP4", None, "file:///data/talk.MP4"),
        ("/访 谈/录#1?.wav", 0, "file:///%E8%AE%BF%20%E8%B0%88/%E5%BD%95%231%3F.wav#t=0"),
        ("file:///data/talk.mp3", 5000, "file:///data/talk.mp3#t=5"),
        ("C:\\访谈\\talk.m4a", 5000, "file:///C:/%E8%AE%BF%E8%B0%88/talk.m4a#t=5"),
        ("file:///C:/a/talk.m4a", None, "file:///C:/a/talk.m4a"),
        ("https://a.cn/talk.mp3", 63_000, "https://a.cn/talk.mp3#t=63"),
        ("HTTPS://a.cn/访谈.mp3?k=1#t=9", 63_000, "https://a.cn/%E8%AE%BF%E8%B0%88.mp3?k=1#t=63"),
        ("https://www.youtube.com/watch?v=x1&t=9s", 63_000, "https://www.youtube.com/watch?v=x1&t=63"),
        ("https://youtu.be/x1", 63_000, "https://youtu.be/x1?t=63"),
        ("https://www.bilibili.com/video/BV1xx/?p=2", 63_000, "https://www.bilibili.com/video/BV1xx/?p=2&t=63"),
        ("https://evilyoutube.com/x", 63_000, "https://evilyoutube.com/x#t=63"),
    ],
)
def test_a_recording_is_opened_at_a_time(media: str, start: int | None, opened: str) -> None:
    assert link(media, start) == opened
    assert is_media(media)


@pytest.mark.parametrize(
    "media",
    [
        *("", "talk.mp3", "../talk.mp3", "/bin/sh", "/data/talk.desktop", "/data/talk.mp3.exe", "C:\\a\\talk.lnk"),
        *("//server/share/talk.mp3", "\\\\server\\share\\talk.mp3", "file://server/share/talk.mp3", "file:////s/t.mp3"),
        *("javascript:alert(1)//.mp3", "ftp://a.cn/talk.mp3", "https://", "https://a b.cn/x", "https://user:pw@a.cn/x"),
        *("/data/\x1b]8;;talk.mp3", "https://a.cn/\x1b\\x", "/data/talk\n.mp3", "file:///data/%00talk.mp3"),
    ],
)
def test_nothing_else_is_linked(media: str) -> None:
    assert link(media, 1000) == ""


@given(st.text(max_size=30), st.sampled_from(["", "/", "https://", "https://a.cn/", "file:///", "C:\\"]))
def test_a_link_is_printable_ascii_of_three_schemes(text: str, opening: str) -> None:
    for end in ("", ".mp3"):
        opened = link(f"{opening}{text}{end}", 1000)
        assert not opened or re.fullmatch(r"(?:https?://[!-~]+|file:///[!-~]+)", opened)


def test_the_page_of_a_video_is_its_recording_where_the_turn_has_a_time() -> None:
    page = "https://www.bilibili.com/video/BV1xx"
    assert page_link(page, 63_000) == f"{page}?t=63"
    assert page_link(page, None) == page_link("https://a.cn/1.html", 63_000) == page_link("", 63_000) == ""


def test_a_link_is_shown_short() -> None:
    assert short("/访谈/录 音.mp3", 63_000) == "录 音.mp3#t=63"
    assert short("C:\\a\\talk.mp3") == "talk.mp3"
    assert short("https://youtu.be/x1", 63_000) == "youtu.be/x1?t=63"


def test_times_are_a_span_with_hours() -> None:
    assert time_span(63_999, 80_000) == "00:01:03–00:01:20"
    assert time_span(3_723_000, None) == time_span(3_723_000, 3_723_000) == "01:02:03"
    assert time_span(None, 80_000) == ""
