"""A hit on the screen: who, when, where; what was asked, what was said; how to cite it."""

from dataclasses import replace
from typing import Any

import pytest

from indexer.text.printable import plain
from search_cli.models import Hit, HitMatch, Marked
from search_cli.rendering.pages.hits import Layout, hit_lines
from search_cli.rendering.terminal.styles import Style, cells, plain_text
from tests.support.screens import broken_width
from tests.support.spoken import ANSWER, HOSTILE, QUESTION, hit, question, spans, turn


def screen(one: Hit, width: int = 80, full: bool = False) -> list[str]:
    return [plain_text(line).rstrip() for line in hit_lines(one, Layout(width, full))]


def marks(one: Hit, style: Style, full: bool = False) -> list[str]:
    return [piece.text for line in hit_lines(one, Layout(80, full)) for piece in line if piece.style is style]


def test_a_hit_at_eighty_columns():
    assert screen(hit("小米", "合作")) == [
        " 1  郑志昊  受访 · 腾讯副总裁                                2013-08-02 · 搜狐IT",
        "    与小米手机合作发布红米手机                                    qzone-xiaomi#3",
        "    问 与小米的合作在我看来是QQ空间新的流量变现方式……",
        "    与小米的合作是QQ空间在社交营销方面的尝试,并不是出于变现的考虑。红米首发是通",
        "    过小米空间在QQ空间的官方认证帐号完成,认证空间在空间一个历史较悠久的体系了,和",
        "    微信没有关系。……",
        "    社交营销 · 商业化",
    ]


def test_a_hit_near_in_meaning_says_so_above_its_text():
    lines = screen(replace(hit(), match=HitMatch.MEANING))
    assert lines.index("    near in meaning") == 3
    assert not marks(replace(hit(), match=HitMatch.MEANING), Style.MARK)
    assert not any("near in meaning" in line for line in screen(hit("小米")))


def test_a_hit_at_forty_columns():
    assert screen(hit("小米", "合作"), 40) == [
        " 1  郑志昊  受访 · 腾讯副总裁",
        "    2013-08-02 · 搜狐IT",
        "    与小米手机合作发布…   qzone-xiaomi#3",
        "    问 与小米的合作在我看来是QQ……",
        "    与小米的合作是QQ空间在社交营销方面的",
        "    尝试,并不是出于变现的考虑。红米首发",
        "    是通过小米空间在QQ空间的……",
        "    社交营销 · 商业化",
    ]


def test_exactly_the_matched_characters_are_marked():
    assert marks(hit("小米", "合作"), Style.MARK) == ["小米", "合作", "小米"]
    assert marks(hit("小米", "合作"), Style.DIM_MARK) == ["小米", "合作"]


def test_a_mark_at_the_edge_of_a_line_is_whole_at_every_width():
    for width in range(30, 121):
        for line in hit_lines(hit("红米首发", "QQ空间", "社交营销"), Layout(width)):
            assert {piece.text for piece in line if piece.style is Style.MARK} <= {"红米首发", "QQ空间", "社交营销"}


def test_a_whole_turn_keeps_its_paragraphs():
    shown = screen(hit("小米"), full=True)
    assert "    微信没有关系。" in shown
    assert any(line.startswith("    基于社交网络") for line in shown)
    said = shown[shown.index("       发吗?") + 1 : -1]
    assert "".join(line.strip() for line in said) == ANSWER.replace("\n", "")
    assert marks(hit("小米"), Style.MARK, full=True) == ["小米"] * ANSWER.count("小米")


def test_a_mark_over_a_paragraph_break_is_marked_on_both_sides():
    one = turn(text="上一段\n下一段")
    assert marks(Hit(1, 1.0, one, ((2, 5),)), Style.MARK, full=True) == ["段", "下"]


@pytest.mark.parametrize("missing", ["date", "outlet", "affiliation", "title", "topics", "speaker"])
def test_what_is_missing_leaves_no_gap(missing):
    empty: Any = () if missing == "topics" else ""
    for width in (40, 80):
        shown = screen(hit("小米", **{missing: empty}), width)
        assert all(line.strip(" ·") for line in shown)
        assert not [line for line in shown if line.endswith("·") or "  · " in line or "· ·" in line]
        assert any("qzone-xiaomi#3" in line for line in shown)


def test_without_date_and_outlet_the_address_comes_first():
    shown = screen(hit("小米", date="", outlet="", topics=()))
    assert shown[0] == " 1  郑志昊  受访 · 腾讯副总裁                                     qzone-xiaomi#3"
    assert shown[1] == "    与小米手机合作发布红米手机"


def test_nothing_is_known_but_the_words():
    one = Hit(1, 1.0, turn(speaker="", role="other", affiliation="", title="", date="", outlet="", topics=()), ())
    assert screen(one)[0] == " 1  （未署名）                                                    qzone-xiaomi#3"
    assert screen(one)[1].startswith("    与小米的合作")


def test_narration_is_called_so():
    assert screen(hit(speaker="", role="narration", affiliation=""))[0].startswith(" 1  旁白   ")


def test_english_names_and_their_affiliation():
    shown = screen(hit(speaker="Elizabeth Kovács", affiliation="Documentary filmmaker", outlet="Screen"))
    assert shown[0] == " 1  Elizabeth Kovács  受访 · Documentary filmmaker           2013-08-02 · Screen"


def test_a_very_long_title_is_cut_before_the_address():
    shown = screen(hit(title="一个很长很长的标题" * 20))
    assert shown[1].endswith("…   qzone-xiaomi#3") or shown[1].endswith("…  qzone-xiaomi#3")


def test_a_very_long_address_stands_alone_and_whole():
    address = "2019/interviews-of-the-spring-festival/part-two/xinglin-school"
    for width in (80, 120):
        assert any(line.strip().endswith(f"{address}#3") for line in screen(hit(interview_id=address), width))


def test_a_long_affiliation_is_cut_only_where_it_must_be():
    long = "腾讯副总裁、腾讯社区平台部总经理、某某大学客座教授、某某基金会理事"
    assert "…" in screen(hit(affiliation=long))[0]
    assert long in screen(hit(affiliation=long), 120)[0]


def test_the_time_in_a_recording_is_shown():
    assert screen(hit(start=751_000))[1].endswith("12:31  qzone-xiaomi#3")


def test_ranks_of_three_digits_move_the_hit():
    assert screen(hit(rank=100))[0].startswith("100  郑志昊")
    assert screen(hit(rank=100))[1].startswith("     与小米")
    assert screen(hit(rank=42))[0].startswith("42  郑志昊")


def test_context_stands_around_the_hit_and_the_question_only_once():
    lead = Marked(
        turn(turn=1, speaker="", label="", role="narration", text="腾讯QQ空间近日与小米手机联合发布红米手机。")
    )
    one = replace(hit("小米"), before=(lead, question()), after=(question(turn=4, text="QQ空间的商业化状况如何?"),))
    shown = screen(one)
    assert shown[2] == "    #1 旁白  腾讯QQ空间近日与小米手机联合发布红米手机。"
    assert shown[3].startswith("    #2 搜狐IT  与小米的合作在我看来")
    assert shown[-2] == "    #4 搜狐IT  QQ空间的商业化状况如何?"
    assert not [line for line in shown if line.strip().startswith("问 ")]


def test_a_long_question_is_shown_whole_when_all_is():
    shown = screen(hit("小米"), full=True)
    asked = shown[2].removeprefix("    问 ") + shown[3].strip()
    assert asked == QUESTION


def test_a_topic_is_shown_without_its_parents():
    shown = screen(hit(topics=("商业/广告", "商业", "农业")), 80)
    assert shown[-1].strip() == "商业/广告 · 农业"


def test_only_topics_that_fit_are_shown():
    shown = screen(hit(topics=tuple(f"第{number}个话题" for number in range(30))), 40)
    assert shown[-1] == "    第0个话题 · 第1个话题 · 第2个话题"


HOSTILES: dict[str, dict[str, Any]] = {
    "text": {"text": HOSTILE * 3},
    "everything": dict.fromkeys(("speaker", "affiliation", "title", "outlet", "date", "interview_id", "text"), HOSTILE)
    | {"topics": (HOSTILE, HOSTILE)},
    "emoji": {"text": "大家好😀👨‍👩‍👧❤️ 小米🎉" * 12, "title": "🎉" * 60, "speaker": "小😀"},
    "right to left": {"text": "他说 שלום עולם 然后 مرحبا بالعالم 小米。" * 8, "speaker": "אליהו בן דוד"},
    "no spaces": {"text": "x" * 400 + "小米" + "y" * 400, "title": "t" * 200},
    "blank": {"text": " \n\n ", "title": " ", "speaker": " "},
    "combining": {"text": "小" + "\u0301" * 100 + "米" + "e\u0301" * 90},
}


@pytest.mark.parametrize("kind", HOSTILES)
@pytest.mark.parametrize("width", [24, 40, 80, 120])
@pytest.mark.parametrize("full", [False, True])
def test_no_line_is_wider_than_the_terminal_whatever_a_transcript_holds(kind, width, full):
    one = turn(**HOSTILES[kind])
    asked = question("小米", **{name: value for name, value in HOSTILES[kind].items() if name == "text"})
    shown = Hit(7, 1.0, one, spans(one.text, "小米", "米"), asked, (asked,), (asked,))
    for line in hit_lines(shown, Layout(width, full)):
        assert broken_width(line) <= width, plain_text(line)
        assert all(plain(piece.text) == piece.text for piece in line)


@pytest.mark.parametrize("width", range(24, 121, 3))
def test_no_line_is_wider_at_any_width(width):
    for one in (hit("小米", "合作"), hit("用户", rank=12), hit(start=751_000, affiliation="腾讯" * 20)):
        assert max(cells(line) for line in hit_lines(one, Layout(width))) <= width
