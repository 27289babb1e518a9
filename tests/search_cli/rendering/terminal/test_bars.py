"""Facets: as a table, and on one line below the hits."""

from dataclasses import replace

import pytest

from search_cli.models import Facet
from search_cli.rendering.terminal.bars import below_hits, facet_line, facet_lines, heading
from search_cli.rendering.terminal.styles import cells, plain_text
from tests.support.spoken import HOSTILE, facet

SPEAKERS = facet("speaker", ("郑志昊", 7), ("搜狐IT", 2))
TOPICS = facet("topic", *((f"社交营销{number}", 14 - number) for number in range(12)), total=40, other=31)


def screen(one: Facet, width: int = 80) -> list[str]:
    return [plain_text(line).rstrip() for line in facet_lines(one, width)]


def test_a_facet_as_a_table():
    assert screen(SPEAKERS) == [
        " 郑志昊  ████████████████████████████████████████  7    78 %",
        " 搜狐IT  ███████████▍                              2    22 %",
    ]


def test_the_longest_bar_belongs_to_the_most_turns_and_shrinks_with_the_window():
    assert screen(SPEAKERS, 40)[0].count("█") < screen(SPEAKERS)[0].count("█")
    assert screen(SPEAKERS, 24) == [" 郑志昊  ████  7    78 %", " 搜狐IT  █▏    2    22 %"]


def test_a_count_is_never_without_a_bar():
    assert "▏" in screen(facet("speaker", ("甲", 10_000), ("乙", 1)))[1]


def test_numbers_stand_below_each_other():
    lines = facet_lines(facet("topic", ("社交营销", 26_931), ("商业化", 7)), 80)
    assert plain_text(lines[0]).endswith(" 26,931   100 %")
    assert plain_text(lines[1]).endswith("      7  <0.1 %")
    assert cells(lines[0]) == cells(lines[1])


def test_parts_of_a_topic_are_below_it():
    shown = screen(facet("topic", ("商业", 9), ("农业", 7), ("商业/广告", 5)))
    assert [row.split()[0] for row in shown] == ["商业", "商业/广告", "农业"]


def test_other_values_are_told():
    last = screen(TOPICS)[-1]
    assert last.split() == ["other", "31"]
    assert cells(facet_lines(TOPICS, 80)[-1]) + 8 == cells(facet_lines(TOPICS, 80)[0])


def test_months_stand_in_their_order():
    shown = screen(facet("month", ("2019-03", 9), ("2013-08", 4), ("2015-05", 2)))
    assert [line.split()[0] for line in shown] == ["2013-08", "2015-05", "2019-03"]


def test_roles_have_their_chinese_word():
    assert screen(facet("role", ("interviewee", 4), ("other", 1)))[0].startswith(" interviewee 受访  █")
    assert screen(facet("role", ("interviewee", 4), ("other", 1)))[1].startswith(" other             █")


def test_no_values_are_told():
    assert screen(facet("keyword", total=1)) == ["No turn has a keyword."]


def test_a_speaker_without_a_name():
    assert screen(facet("speaker", ("", 3)))[0].startswith(" （未署名）  █")


def test_a_facet_below_the_hits():
    assert plain_text(facet_line(SPEAKERS, 80, 7)) == " speaker  郑志昊 ████████████ 7   搜狐IT ███▍ 2"


def test_what_does_not_fit_below_the_hits_is_told():
    shown = plain_text(facet_line(TOPICS, 80, 7))
    assert shown.endswith("   +10 more")
    assert shown.count("社交营销") == 2


def test_values_that_were_not_read_are_told_below_the_hits():
    assert plain_text(facet_line(replace(SPEAKERS, values=2_514), 80, 7)).endswith(" 2   +2,512 more")
    chosen = plain_text(facet_line(replace(SPEAKERS, chosen=("郑志昊",)), 80, 7))
    assert chosen.startswith(" speaker  (all, 郑志昊 chosen)  郑志昊 █")


def test_labels_below_the_hits_are_aligned_and_empty_facets_left_out():
    shown = [plain_text(line) for line in below_hits([SPEAKERS, facet("keyword", total=1), TOPICS], 80)]
    assert [line[:10] for line in shown] == [" speaker  ", " topic    "]


@pytest.mark.parametrize("width", [24, 40, 80, 120])
@pytest.mark.parametrize(
    "one",
    [
        SPEAKERS,
        TOPICS,
        facet("speaker", (HOSTILE * 4, 5), ("x" * 300, 1_234_567)),
        facet("role", ("interviewee", 1)),
        replace(TOPICS, values=2_514, chosen=("社交营销0", HOSTILE * 4)),
        facet("month", ("2013-08", 1)),
    ],
)
def test_no_line_is_wider_than_the_terminal(one, width):
    for line in [*facet_lines(one, width), facet_line(one, width, 8), *heading(one, "小米" * 40, width)]:
        assert cells(line) <= width, plain_text(line)
        assert plain_text(line).isprintable()


def test_a_table_says_what_it_counts():
    assert [plain_text(line) for line in heading(Facet("speaker", (), 9), "小米", 80)] == [
        " speaker  in 9 turns with 小米"
    ]
    some = Facet("speaker", (), 9, match="some")
    assert [plain_text(line) for line in heading(some, "小米 合作", 80)] == [
        " speaker  in 9 turns with some of 小米 合作"
    ]
    assert [plain_text(line) for line in heading(Facet("speaker", (), 1), "", 80)] == [" speaker  in 1 turn"]
    chosen = Facet("speaker", (), 9, chosen=("郑志昊",))
    assert [plain_text(line) for line in heading(chosen, "", 80)] == [" speaker (all, 郑志昊 chosen)  in 9 turns"]
