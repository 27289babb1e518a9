"""The screen of turns like one."""

from dataclasses import replace

import pytest

from search_cli.models import HitMatch
from search_cli.rendering.pages.hits import Layout
from search_cli.rendering.pages.similar_turns import SimilarPage, similar_lines
from search_cli.rendering.terminal.styles import plain_text
from search_cli.search.more_like_this import Compared, SimilarTurn, SimilarTurns
from tests.support.screens import broken_width
from tests.support.spoken import HOSTILE, hit, question, turn

SIMILAR = SimilarTurns(
    turn=turn(),
    by=Compared.WITH_QUESTION,
    compared=(question().turn, turn()),
    found=(SimilarTurn(hit("小米"), ("小米", "社交")),),
    same_interview=False,
    milliseconds=12,
)


def screen(similar: SimilarTurns, width: int = 80, filters: tuple[str, ...] = (), hints: bool = True) -> list[str]:
    page = SimilarPage(Layout(width), filters, hints)
    return [plain_text(line).rstrip() for line in similar_lines(similar, page)]


def test_the_turn_those_like_it_and_what_they_share() -> None:
    shown = screen(SIMILAR)
    assert shown[0] == " Turns similar to qzone-xiaomi#3 in other interviews"
    assert shown[1].startswith("    郑志昊  与小米的合作是QQ空间")
    assert shown[3:5] == [" Compared with the question it answers (#2).", ""]
    assert shown[5].startswith(" 1  郑志昊  受访")
    assert shown[-3:] == ["    shared: 小米 · 社交", "", " Read on: fangtan show qzone-xiaomi#3"]


@pytest.mark.parametrize(
    ("by", "says"),
    [
        (Compared.TURN, " Compared by itself: it has no question and no answer."),
        (Compared.WITH_ANSWER, " Compared with its answer (#3)."),
        (Compared.EXCHANGE, " The turn is short: its exchange (#2–#3) was compared."),
    ],
)
def test_what_was_compared_is_told(by: Compared, says: str) -> None:
    assert says in screen(replace(SIMILAR, by=by))


def test_nothing_alike_and_what_to_try() -> None:
    nothing = replace(SIMILAR, found=())
    assert screen(nothing)[-3:] == [
        " No turn of another interview shares its words.",
        "",
        " Try: fangtan similar qzone-xiaomi#3 --same-interview",
    ]
    narrowed = screen(nothing, filters=("--speaker 唐凤",))
    assert narrowed[-3:] == [
        " No turn of another interview with --speaker 唐凤 shares its words.",
        "",
        " Try: fangtan similar qzone-xiaomi#3",
    ]
    assert screen(replace(nothing, same_interview=True))[-1] == " No turn shares its words."
    assert screen(nothing, hints=False)[-1] == " No turn of another interview shares its words."


def test_that_meaning_was_compared_is_told() -> None:
    near = replace(hit(), marks=(), match=HitMatch.MEANING)
    shown = screen(replace(SIMILAR, found=(SimilarTurn(near, ()),), by_meaning=True))
    assert shown[3] == " Compared with the question it answers (#2). Its meaning was compared, too."
    assert "    near in meaning" in shown
    assert not any("shared:" in row for row in shown)
    nothing = screen(replace(SIMILAR, found=(), by_meaning=True))
    assert " No turn of another interview shares its words or is near in meaning." in nothing


def test_where_was_looked() -> None:
    assert screen(replace(SIMILAR, same_interview=True))[0] == (
        " Turns similar to qzone-xiaomi#3 in this interview and others"
    )


@pytest.mark.parametrize("width", [24, 40, 80, 120])
def test_no_line_is_wider_than_the_screen_and_nothing_steers_the_terminal(width: int) -> None:
    hostile = turn(speaker=HOSTILE, text=HOSTILE, title=HOSTILE)
    one = SimilarTurn(replace(hit("小米"), turn=hostile, marks=()), (HOSTILE, "小米"))
    for similar in (replace(SIMILAR, turn=hostile, found=(one,)), replace(SIMILAR, turn=hostile, found=())):
        for line in similar_lines(similar, SimilarPage(Layout(width), (HOSTILE,))):
            assert broken_width(line) <= width, plain_text(line)
            assert plain_text(line).isprintable()


@pytest.mark.usefixtures("chinese")
def test_turns_like_it_in_chinese() -> None:
    shown = screen(SIMILAR)
    assert shown[0] == " 别的访谈里与 qzone-xiaomi#3 相近的发言"
    assert shown[3] == " 连同它所回答的提问（#2）一起比较。"
    assert shown[-3:] == ["    共有的词：小米 · 社交", "", " 接着读：fangtan show qzone-xiaomi#3"]
    nothing = screen(replace(SIMILAR, found=(), by_meaning=True), filters=("--speaker 唐凤",))
    assert nothing[-3] == " 没有别的访谈里符合 --speaker 唐凤 的发言与它有共同的词或意思相近。"
