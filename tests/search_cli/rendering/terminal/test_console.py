"""What reaches a terminal: colour where it is wanted, no failing encoding."""

import io

import pytest

from search_cli.rendering.terminal import console
from search_cli.rendering.terminal.console import color_mode, prepare, width, write
from search_cli.rendering.terminal.styles import ColorMode, Segment, Style, line


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def no_colour_wishes(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.mark.parametrize(
    ("stream", "variables", "expected"),
    [
        (io.StringIO(), {}, ColorMode.NONE),
        (Terminal(), {}, ColorMode.COLOR),
        (Terminal(), {"NO_COLOR": "1"}, ColorMode.SHADES),
        (Terminal(), {"NO_COLOR": ""}, ColorMode.COLOR),
        (io.StringIO(), {"NO_COLOR": "1"}, ColorMode.NONE),
        (io.StringIO(), {"FORCE_COLOR": "1"}, ColorMode.COLOR),
        (io.StringIO(), {"FORCE_COLOR": "0"}, ColorMode.NONE),
        (io.StringIO(), {"FORCE_COLOR": ""}, ColorMode.NONE),
        (io.StringIO(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, ColorMode.NONE),
        (Terminal(), {"TERM": "dumb"}, ColorMode.NONE),
    ],
)
def test_colour_follows_the_terminal_and_the_wishes(monkeypatch, stream, variables, expected):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert color_mode(stream) is expected


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


def test_only_a_terminal_that_knows_links_gets_them(monkeypatch):
    linked = [line(Segment("听", link="https://a.cn/x"))]
    for stream, term, wanted in (
        (Terminal(), "xterm", True),
        (Terminal(), "linux", False),
        (Terminal(), "dumb", False),
        (io.StringIO(), "xterm", False),
    ):
        monkeypatch.setenv("TERM", term)
        monkeypatch.setenv("FORCE_COLOR", "1")
        write(linked, stream)
        assert ("\x1b]8;;https://a.cn/x" in stream.getvalue()) is wanted


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
