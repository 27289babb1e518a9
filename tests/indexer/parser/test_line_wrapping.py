"""Hard-wrapped lines are joined; others are not."""

from indexer.parser import line_wrapping
from indexer.readers.script import Line
from tests.support.scripts import lines, said

# 78 columns wide, as e-texts of the 1990s are
WRAPPED = """\
    林深：郑老师，修一页书，从头到尾大概要多长时间？

    郑：那要看是什么病。虫蛀的最多，也最费功夫。一页上有几十个洞，每个洞要
撕一小片纸来补，纸的厚薄、帘纹都要对得上。快的一天能补三页，慢的时候一页要
两天。

    林深：有没有修坏过？

    郑：有的：八三年有一册，浆糊调得太稠，干了以后纸就皱了。我师傅看了没有
说话，第二天早上他把那册书全部揭开，重新来了一遍。
"""


def test_a_line_goes_on_where_a_full_line_broke_off() -> None:
    assert line_wrapping.continuation_lines(lines(WRAPPED)) == {2, 3, 6}


def test_paragraphs_are_whole_again() -> None:
    assert said(WRAPPED)[1] == (
        "郑",
        "那要看是什么病。虫蛀的最多，也最费功夫。一页上有几十个洞，每个洞要撕一小片纸来补，"
        "纸的厚薄、帘纹都要对得上。快的一天能补三页，慢的时候一页要两天。",
    )


def test_words_in_latin_letters_get_their_space_back() -> None:
    text = WRAPPED.replace("每个洞要\n撕一", "each one\nneed")
    assert "each one need小片纸" in said(text)[1][1]


def test_a_label_after_a_full_line_still_opens_a_turn() -> None:
    text = WRAPPED.replace("\n\n", "\n")  # no blank lines: only the indent tells a new paragraph
    assert [speaker for speaker, _ in said(text)] == ["林深", "郑", "林深", "郑"]


def test_a_page_header_in_mid_sentence() -> None:
    text = WRAPPED.replace("每个洞要\n", "每个洞要\n\n第 3 页\n\n")
    assert "每个洞要撕一小片纸" in said(text)[1][1]


def test_paragraphs_on_one_line_each_are_not_wrapped() -> None:
    long = "一句很长的话说了又说说了又说说了又说说了又说说了又说说了又说说了又说说了又说说了又说说了又说，没有完。\n"
    assert line_wrapping.continuation_lines(lines("问：好吗？\n答：好。\n" * 10 + long)) == set()
    assert line_wrapping.continuation_lines(lines(long * 20)) == set()


def test_short_lines_of_any_width_are_not_wrapped() -> None:
    text = "\n".join(f"甲：{'话' * n}。" for n in range(3, 30))
    assert line_wrapping.continuation_lines(lines(text)) == set()


def test_what_mark_up_or_times_part_is_never_joined() -> None:
    wrapped = lines(WRAPPED)
    assert line_wrapping.continuation_lines([Line(one.number, one.text, kind="item") for one in wrapped]) == set()
    assert line_wrapping.continuation_lines([Line(one.number, one.text, start=1000) for one in wrapped]) == set()


def test_paragraphs_of_about_one_length_are_not_wrapped() -> None:
    text = (
        "【主持人】林馆长您好，欢迎您来做客今天的茶馆。\n【林小满】主持人好，各位听众朋友们大家下午好。\n"
        "【主持人】馆里去年一共来了多少位读者您记得吗？\n【林小满】三十一万两千人，比前年多出四万多人次。\n"
        "【主持人】谢谢。\n【林小满】不谢。\n"
    )
    assert line_wrapping.continuation_lines(lines(text)) == set()
    assert len(said(text)) == 6


def test_a_label_at_the_left_edge_after_a_full_line_that_ends_opens_a_turn() -> None:
    text = WRAPPED.replace("每个洞要\n撕一", "每个洞都补。\n林深：撕一")
    assert [speaker for speaker, _ in said(text)] == ["林深", "郑", "林深", "林深", "郑"]
