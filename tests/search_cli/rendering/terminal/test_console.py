"""What reaches a terminal: no control character of a transcript, colour where it is wanted, no failing encoding."""

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_cli.rendering.terminal import console
from search_cli.rendering.terminal.console import ink, plain, prepare, width, write
from search_cli.rendering.terminal.styles import ColorMode, Segment, Style, line
from tests.support.spoken import HOSTILE


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def no_colour_wishes(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("与小米的合作", "与小米的合作"),
        ("\x1b[31m红米\x1b[0m", "[31m红米[0m"),
        ("\x9b2J清屏", "2J清屏"),
        ("\x1b]0;标题\x07后", "]0;标题后"),
        ("一\u202e二\u2066三\u2069", "一二三"),
        ("一\n二\t三\r四\u2028五\x85六", "一 二 三 四 五 六"),
        ("零\u200b宽\ufeff", "零宽"),
        ("\ud800代理", "代理"),
        ("全角　空格", "全角　空格"),
        ("e\u0301 и שלום 😀", "e\u0301 и שלום 😀"),
        ("", ""),
    ],
)
def test_plain_leaves_what_can_be_read(text, shown):
    assert plain(text) == shown


@given(st.text())
def test_plain_leaves_nothing_that_steers_a_terminal(text):
    assert not {unicodedata.category(character) for character in plain(text)} & console.UNSAFE
    assert plain(plain(text)) == plain(text)


@given(st.text())
def test_what_plain_leaves_can_be_written_as_utf8(text):
    assert plain(text).encode("utf-8").decode("utf-8") == plain(text)


def test_plain_of_a_hostile_transcript():
    assert "\x1b" not in plain(HOSTILE)
    assert "米" in plain(HOSTILE)


@pytest.mark.parametrize(
    ("stream", "variables", "expected"),
    [
        (io.StringIO(), {}, ColorMode.NONE),
        (Terminal(), {}, ColorMode.COLOUR),
        (Terminal(), {"NO_COLOR": "1"}, ColorMode.SHADES),
        (Terminal(), {"NO_COLOR": ""}, ColorMode.COLOUR),
        (io.StringIO(), {"NO_COLOR": "1"}, ColorMode.NONE),
        (io.StringIO(), {"FORCE_COLOR": "1"}, ColorMode.COLOUR),
        (io.StringIO(), {"FORCE_COLOR": "0"}, ColorMode.NONE),
        (io.StringIO(), {"FORCE_COLOR": ""}, ColorMode.NONE),
        (io.StringIO(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, ColorMode.NONE),
        (Terminal(), {"TERM": "dumb"}, ColorMode.NONE),
    ],
)
def test_colour_follows_the_terminal_and_the_wishes(monkeypatch, stream, variables, expected):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ink(stream) is expected


@pytest.mark.parametrize(("columns", "expected"), [("80", 80), ("40", 40), ("120", 120), ("300", 120), ("5", 24)])
def test_width_is_the_terminals_within_reason(monkeypatch, columns, expected):
    monkeypatch.setenv("COLUMNS", columns)
    assert width() == expected


def test_lines_are_written_without_spaces_at_their_end():
    stream = io.StringIO()
    write([line("郑志昊", "  "), (), line(Segment("小米", Style.MARK))], stream)
    assert stream.getvalue() == "郑志昊\n\n小米\n"


def test_a_terminal_gets_the_marks_in_colour():
    stream = Terminal()
    write([line("与", Segment("小米", Style.MARK), "的")], stream)
    assert stream.getvalue() == "与\x1b[1;31m小米\x1b[0m的\n"


def test_a_stream_of_another_encoding_never_fails():
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="gbk", write_through=True)
    prepare(stream)
    write([line("小米😀")], stream)
    assert raw.getvalue() == "小米?\n".encode("gbk")


def test_streams_that_cannot_be_changed_are_left_alone():
    prepare(io.StringIO())


def test_the_consoles_of_rich_take_no_markup_from_text(capsys):
    console.out().print("[bold]小米[/bold]")
    assert console.err().stderr
    assert capsys.readouterr().out == "[bold]小米[/bold]\n"
