"""Turns in reading order, and how to cite them."""

import time

import pytest

from search_cli.catalog import WholeInterview
from search_cli.models import SpokenTurn
from search_cli.rendering.pages.transcript_page import cite_lines, exchange_lines, interview_lines, turn_lines
from search_cli.rendering.terminal.styles import Style, StyledLine, cells, plain_text
from tests.support.spoken import ANSWER, HOSTILE, interview, question, turn

ASKED, SAID = question().turn, turn(text="与小米的合作是QQ空间在社交营销方面的尝试,并不是出于变现的考虑。")


def screen(lines: list[StyledLine]) -> list[str]:
    return [plain_text(line).rstrip() for line in lines]


def test_an_exchange():
    assert screen(exchange_lines([ASKED, SAID], SAID, 80)) == [
        " 与小米手机合作发布红米手机",
        " 搜狐IT · 2013-08-02 · data/interviews/qzone-xiaomi.txt",
        "",
        "   2  问（搜狐IT）  与小米的合作在我看来是QQ空间新的流量变现方式,这是受到微信公",
        "                    众账号系统的启发吗?",
        " ▸ 3  郑志昊        与小米的合作是QQ空间在社交营销方面的尝试,并不是出于变现的考",
        "                    虑。",
        "",
        " Cite: 郑志昊，《与小米手机合作发布红米手机》，搜狐IT，2013-08-02，",
        "       qzone-xiaomi#3",
    ]


def test_a_wide_window_has_the_head_on_one_line():
    shown = screen(exchange_lines([ASKED, SAID], SAID, 100))
    assert shown[0].startswith(" 与小米手机合作发布红米手机   ")
    assert shown[0].endswith("搜狐IT · 2013-08-02 · data/interviews/qzone-xiaomi.txt")


def test_a_narrow_window_has_speakers_above():
    assert screen(exchange_lines([ASKED, SAID], SAID, 40))[3:9] == [
        "",
        "   2  问（搜狐IT）",
        "      与小米的合作在我看来是QQ空间新的流",
        "      量变现方式,这是受到微信公众账号系",
        "      统的启发吗?",
        "",
    ]


def test_only_the_chosen_turn_is_pointed_at():
    shown = screen(turn_lines([ASKED, SAID], 80, chosen={3}))
    assert [line[1] for line in shown if line.strip()[:3] in {"2  ", "▸ 3"}] == [" ", "▸"]
    assert not [line for line in screen(turn_lines([ASKED, SAID], 80)) if "▸" in line]


def test_paragraphs_stay_apart():
    shown = screen(turn_lines([turn()], 80))
    assert any(line.strip().startswith("基于社交网络") for line in shown)
    assert "".join(line.strip() for line in shown).replace("3  郑志昊  ", "") == ANSWER.replace("\n", "")


def test_notes_stand_dimmed_at_their_place():
    noted = turn(text="一。\n二。", notes=("（示例）", "（笑）", "（無人舉手）"), note_offsets=(0, 2, 5))
    for width in (80, 40):
        lines = turn_lines([noted], width)
        text = "".join(screen(lines)).replace("3  郑志昊", "").split()
        assert text == ["（示例）", "一。", "（笑）", "二。", "（無人舉手）"]
        dimmed = [one.text for line in lines for one in line if one.style is Style.DIM and one.text.strip()]
        assert dimmed == list(noted.notes)


def test_numbers_stand_below_each_other():
    turns = [turn(turn=number, text="是。") for number in (9, 10, 100)]
    assert screen(turn_lines(turns, 80)) == ["     9  郑志昊  是。", "    10  郑志昊  是。", "   100  郑志昊  是。"]


def test_times_in_the_recording():
    assert screen(turn_lines([turn(text="是。", start=3_723_000)], 80)) == [
        "   3  郑志昊  1:02:03",
        "              是。",
    ]


def test_narration_and_turns_without_a_name():
    lead = turn(turn=1, speaker="", label="", role="narration", text="腾讯QQ空间近日与小米手机联合发布红米手机。")
    other = turn(turn=2, speaker="", label="", role="other", text="是。")
    assert screen(turn_lines([lead, other], 80)) == [
        "   1  旁白  腾讯QQ空间近日与小米手机联合发布红米手机。",
        "   2        是。",
    ]


def test_a_label_that_is_the_name_is_not_repeated():
    shown = screen(turn_lines([turn(label="", text="是。"), turn(label="郑志昊", text="是。")], 80))
    assert shown == ["   3  郑志昊  是。"] * 2


def test_a_turn_without_words_keeps_its_line():
    assert screen(turn_lines([turn(text="")], 80)) == ["   3  郑志昊"]


def test_a_whole_interview_names_its_guests():
    about = interview(guests=("郑志昊（腾讯副总裁）", "王小川"), authors=("韩若溪",), url="https://example.org/x")
    shown = screen(interview_lines(WholeInterview(about, (ASKED, SAID)), 80))
    assert shown[2:6] == [" 受访 郑志昊（腾讯副总裁）、王小川", " 作者 韩若溪", " https://example.org/x", ""]


def test_an_interview_without_a_title_is_called_by_its_id():
    about = interview(title="", date="", outlet="", guests=(), source="")
    assert screen(interview_lines(WholeInterview(about, ()), 80)) == [" qzone-xiaomi", ""]


@pytest.mark.parametrize(
    ("changes", "cited"),
    [
        ({}, "郑志昊，《与小米手机合作发布红米手机》，搜狐IT，2013-08-02，qzone-xiaomi#3"),
        ({"title": "", "date": ""}, "郑志昊，搜狐IT，qzone-xiaomi#3"),
        ({"speaker": "", "title": "", "date": "", "outlet": ""}, "qzone-xiaomi#3"),
    ],
)
def test_how_to_cite(changes, cited):
    assert "".join(line.strip() for line in screen(cite_lines(turn(**changes), 120))) == f"Cite: {cited}"


def test_the_address_in_a_citation_is_whole_at_every_width():
    for width in range(30, 121):
        addresses = [one.text for line in cite_lines(turn(), width) for one in line if one.style is Style.ADDRESS]
        assert addresses == ["qzone-xiaomi#3"]


@pytest.mark.parametrize("width", [24, 40, 59, 60, 80, 120])
def test_no_line_is_wider_and_nothing_steers_the_terminal(width):
    fields = dict.fromkeys(("speaker", "label", "title", "outlet", "date", "source"), HOSTILE)
    hostile: list[SpokenTurn] = [turn(text=HOSTILE * 5, **fields), turn(text="x" * 300, label="很长的名字" * 9)]
    about = interview(title=HOSTILE, guests=(HOSTILE,), authors=(HOSTILE,), url=HOSTILE)
    lines = exchange_lines(hostile, hostile[0], width) + interview_lines(WholeInterview(about, tuple(hostile)), width)
    for line in lines:
        assert cells(line) <= width, plain_text(line)
        assert plain_text(line).isprintable()


def test_a_long_interview_is_laid_out_at_once():
    turns = [turn(turn=number, text=ANSWER) for number in range(1, 401)]
    began = time.process_time()
    turn_lines(turns, 80)
    assert time.process_time() - began < 5


def test_a_turn_is_heard_where_it_starts():
    said = turn(text="好。", start=63_400, end=80_000, media="/访谈/talk.mp3")
    lines = exchange_lines([said], said, 80)
    assert screen(lines)[3:5] == [" ▸ 3  郑志昊  1:03", "              好。"]
    assert screen(lines)[-3:] == [
        " Cite: 郑志昊，《与小米手机合作发布红米手机》，搜狐IT，2013-08-02，",
        "       00:01:03–00:01:20，qzone-xiaomi#3",
        " Listen: file:///%E8%AE%BF%E8%B0%88/talk.mp3#t=63",
    ]
    linked = {segment.text for row in lines for segment in row if segment.link}
    assert linked == {"1:03", "file:///%E8%AE%BF%E8%B0%88/talk.mp3#t=63"}
    assert screen(turn_lines([said], 40))[1] == "      1:03"


def test_a_link_is_whole_however_long_it_is():
    said = turn(text="好。", start=63_400, media=f"/{'录音' * 30}.mp3")
    shown = screen(exchange_lines([said], said, 80))
    assert shown[-2:] == [" Listen:", f" {said.media_link}"]
