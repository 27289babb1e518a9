"""Errors as people read them: what, where, what to try."""

import pytest

from indexer.errors import FangtanError, NotFoundError, QueryError, ReadingError, UnreachableError
from search_cli.rendering.terminal.error_lines import error_lines, print_error, print_note
from search_cli.rendering.terminal.styles import cells, line, plain_text
from tests.support.screens import broken_width
from tests.support.spoken import HOSTILE


def screen(error: FangtanError, width: int = 80) -> list[str]:
    return [plain_text(one) for one in error_lines(error, width)]


def test_what_went_wrong_and_what_to_try():
    error = UnreachableError("Nothing answers at http://127.0.0.1:9200.", "Start it: fangtan node start")
    assert screen(error) == ["Error: Nothing answers at http://127.0.0.1:9200.", "Try: Start it: fangtan node start"]


def test_without_a_next_step():
    assert screen(ReadingError("a.txt", "not text", 3)) == ["Error: a.txt:3: not text"]


def test_the_character_to_blame_is_pointed_at_in_columns():
    assert screen(QueryError('小米 "合作', 3, "A quote is opened and not closed.", "Close it.")) == [
        "Error: A quote is opened and not closed.",
        '  小米 "合作',
        "       ^",
        "Try: Close it.",
    ]


@pytest.mark.parametrize("position", [0, 10, 60, 119, 120])
def test_a_long_query_is_shown_around_the_character(position):
    query = "小米和合作" * 24
    text, pointer = screen(QueryError(query, position, "Here."), 60)[1:]
    assert cells(line(text)) <= 60
    at = next(place for place in range(len(text) + 1) if cells(line(text[:place])) == len(pointer) - 1)
    assert text[at:].startswith(query[position : position + 2])


def test_names_like_the_one_not_found():
    error = NotFoundError("No speaker is called 郑志吴.", ("郑志昊", "郑志刚"), "fangtan speakers")
    assert screen(error) == [
        "Error: No speaker is called 郑志吴.",
        "  Did you mean: 郑志昊 · 郑志刚",
        "Try: fangtan speakers",
    ]


@pytest.mark.parametrize("width", [24, 40, 80])
@pytest.mark.parametrize(
    "error",
    [
        FangtanError(HOSTILE * 5, HOSTILE * 5),
        QueryError(HOSTILE * 5, 40, "x" * 100),
        NotFoundError("没有" * 60, (HOSTILE, "郑志昊" * 30), "fangtan speakers"),
    ],
)
def test_an_error_is_safe_and_fits(error, width):
    for one in error_lines(error, width):
        assert broken_width(one) <= width
        assert plain_text(one).isprintable()


def test_errors_go_to_standard_error(capsys):
    print_error(FangtanError("没有。", "再试。"))
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "Error: 没有。\nTry: 再试。\n"


def test_a_message_is_one_line_where_standard_error_is_no_terminal(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "30")
    path = f"/我的 文件夹/{'访谈' * 60}/all.jsonl"
    print_error(ReadingError(path, "not JSON", 2, "Write it anew. " * 9))
    assert capsys.readouterr().err.splitlines() == [
        f"Error: {path}:2: not JSON",
        f"Try: {'Write it anew. ' * 9}".rstrip(),
    ]
    print_error(QueryError("小米 " * 50 + '"合作', 150, "A quote is opened and not closed."))
    assert "小米 " * 50 in capsys.readouterr().err
    print_note(f"{path}:5: a word alone has no synonym: 腾讯", "Add one.")
    assert capsys.readouterr().err.splitlines()[0] == f"Note: {path}:5: a word alone has no synonym: 腾讯"
