"""The screen of a concordance: whole screens at two widths, and the word in one column whatever is around it."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from search_cli.kwic.concordance import Concordance
from search_cli.rendering.pages.concordance_lines import ConcordancePage, concordance_lines
from search_cli.rendering.terminal.styles import ColorMode, Style, StyledLine, paint
from tests.support.concordances import concordance, occurrence
from tests.support.screens import broken_width


def screen(told: Concordance, width: int = 80, **more: bool) -> list[str]:
    return [paint(line, ColorMode.NONE).rstrip() for line in concordance_lines(told, ConcordancePage(width, **more))]


SAMPLE = concordance(
    occurrence(
        "平均年龄三十四岁，有一家做手环的公司愿意给我们四十万人的匿名数据，华为、",
        "小米",
        "各种牌子的都有，步数、心率、睡眠，漂亮得很。可是戴手环的人",
        "苏未名",
        "clinic-2021#11",
    ),
    occurrence("", "小米", "空间在QQ空间的官方认证帐号完成,认证空间在空间一个历史较悠久的体系了"),
    occurrence(
        "大家也看到QQ空间开放平台已经成为互联网开放的旗帜,现有月活跃用户6.11亿,在", "小米", "。", "", "qzone-xiaomi#1"
    ),
    occurrence("“我们”——", "小米", "……很好", "搜狐IT", "shibei-2014#119"),
    turns=3,
)


def test_a_screen_of_80_columns():
    assert screen(SAMPLE) == [
        " 4 occurrences of 小米 · 3 turns · 3 of 15 interviews",
        "",
        " 苏未名  四十万人的匿名数据，华为、 小米 各种牌子的都有，步数、心率   clinic#11",
        " 郑志昊                             小米 空间在QQ空间的官方认证帐号   qzone#3",
        " 旁白    帜,现有月活跃用户6.11亿,在 小米 。                           qzone#1",
        " 搜狐IT                    “我们”—— 小米 ……很好                       shibei#119",
        "",
        " Read on: fangtan show clinic#11 · words near it: --collocates",
    ]


def test_a_screen_of_120_columns():
    lefts = [
        "手环的公司愿意给我们四十万人的匿名数据，华为、",
        "",
        "经成为互联网开放的旗帜,现有月活跃用户6.11亿,在",
        "“我们”——",
    ]
    rights = [
        "各种牌子的都有，步数、心率、睡眠，漂亮得很。可",
        "空间在QQ空间的官方认证帐号完成,认证空间在空间一",
        "。",
        "……很好",
    ]
    speakers, addresses = ["苏未名", "郑志昊", "旁白", "搜狐IT"], ["clinic#11", "qzone#3", "qzone#1", "shibei#119"]
    assert screen(SAMPLE, 120)[2:6] == [
        f" {filled(who, 6)}  {' ' * (46 - cell_len(left))}{left} 小米 {filled(right, 47)}  {where}"
        for who, left, right, where in zip(speakers, lefts, rights, addresses, strict=True)
    ]


def filled(text: str, columns: int) -> str:
    return text + " " * (columns - cell_len(text))


def test_narrow_screens_lose_the_address_and_then_the_speaker():
    assert screen(SAMPLE, 60)[2] == " 苏未名  匿名数据，华为、 小米 各种牌子的都有，   clinic#11"
    assert screen(SAMPLE, 50)[3] == "  名数据，华为、 小米 各种牌子的都有，  clinic#11"
    assert screen(SAMPLE, 40)[3] == " 匿名数据，华为、 小米 各种牌子的都有，"
    assert screen(SAMPLE, 24)[4] == " ，华为、 小米 各种牌子"


def columns(text: str, wide_signs: bool = False) -> int:
    """The columns of a text in a terminal, ambiguous signs taking one or two."""
    signs = [one for one in text if unicodedata.east_asian_width(one) == "A" and cell_len(one) == 1]
    return cell_len(text) + len(signs) * wide_signs


def before_the_word(line: StyledLine) -> str:
    """What stands before the marked word of a line."""
    marked = next(place for place, piece in enumerate(line) if piece.style is Style.MARK)
    return paint(line[:marked], ColorMode.NONE)


HOSTILE = [
    "“引号”与‘单’……——·",
    "表情👍🏽和🇨🇳旗",
    "带声调cafe\u0301e\u0301",
    "全角ＱＱ空间ＩＴ",
    "半角ｶﾞ한국어",
    "制表\t和\n换行\r\n",
    "控制\x1b[31m红\x07\u202e反",
    "没有宽度\u200b\u200d的",
    "①②③αβγЖ→※℃",
    "",
    "x",
    "超长" * 60,
    "AverylongLatinwordwithoutanyspace" * 4,
    "1234567890.5" * 9,
]


@pytest.mark.parametrize("width", [24, 40, 60, 80, 97, 120])
@pytest.mark.parametrize("wide_signs", [False, True])
def test_the_word_stands_in_one_column_whatever_is_around_it(width, wide_signs):
    told = concordance(*(occurrence(text, "小米", text, text[:9]) for text in HOSTILE), interviews=2)
    lines = concordance_lines(told, ConcordancePage(width, wide_signs, hints=False))[-len(HOSTILE) :]
    assert len({columns(before_the_word(line), wide_signs) for line in lines}) == 1
    rows = [paint(line, ColorMode.NONE) for line in lines]
    assert max(columns(row, wide_signs) for row in rows) <= width
    assert all(row.isprintable() for row in rows)
    if width >= 80:
        assert len({columns(row[: row.rindex("qzone#3")], wide_signs) for row in rows}) == 1


@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=60)), min_size=1, max_size=5), st.integers(24, 120))
def test_no_line_is_too_wide_and_all_words_below_each_other(contexts, width):
    told = concordance(*(occurrence(left, "词", right) for left, right in contexts))
    lines = concordance_lines(told, ConcordancePage(width, hints=False))[-len(contexts) :]
    assert max(cell_len(paint(line, ColorMode.NONE)) for line in lines) <= width
    assert len({cell_len(before_the_word(line)) for line in lines}) == 1


def text_of(line: StyledLine) -> str:
    return paint(line, ColorMode.NONE).strip()


def test_words_and_numbers_are_not_cut():
    told = concordance(occurrence("一共有123456789亿", "小米", "iPhone6手机" * 9), query="小米")
    for width in range(24, 80):
        (line,) = concordance_lines(told, ConcordancePage(width, hints=False))[-1:]
        left, right = text_of(line).split(" 小米 ")
        assert "亿" not in left or "123456789亿" in left or left.endswith(" 亿") or left == "亿"
        said = right.split("  ")[0]
        assert said == "" or said.endswith(("iPhone6", "手", "机")) or len(said) < 7


def test_a_word_wider_than_its_part_of_the_line_is_cut_after_all():
    told = concordance(occurrence("A" * 200, "小米", "B" * 200))
    line = screen(told, 80, hints=False)[-1]
    assert "A" * 10 in line
    assert "B" * 10 in line
    assert cell_len(line) <= 80


def test_a_long_phrase_does_not_push_the_contexts_away():
    phrase = "社会化电商已经成为社交平台与硬件厂商合作的一种新的尝试" * 3
    told = concordance(occurrence("左边", phrase, "右边"), occurrence("左边", "社会", "右边"))
    for width in (24, 40, 80, 120):
        lines = screen(told, width, hints=False)[-2:]
        assert max(map(cell_len, lines)) <= width
        assert "左边" in lines[0]
        assert "…" in lines[0]


def test_the_head_names_the_interview_of_all():
    told = concordance(occurrence("与", "小米", "合作"), occurrence("和", "小米", "手机", address="qzone-xiaomi#5"))
    lines = screen(told)
    assert lines[0] == " 2 occurrences of 小米 · 2 turns · qzone-xiaomi"
    assert [line.split()[-1] for line in lines[2:4]] == ["qzone#3", "qzone#5"]
    assert lines[-1].startswith(" Read on: fangtan show qzone#3")


def test_addresses_are_printed_as_they_are_found_at_any_width():
    told = concordance(
        occurrence("与", "小米", "合作", address="traditional/2021-04-21-訪談#5"),
        occurrence("与", "小米", "合作", address="b/x#17"),
        short={"traditional/2021-04-21-訪談": "traditional/2021-04", "b/x": "b/x"},
    )
    for width in (80, 120):
        assert [line.split()[-1] for line in screen(told, width)[2:4]] == ["traditional/2021-04#5", "b/x#17"]
        assert screen(told, width)[-1].startswith(" Read on: fangtan show traditional/2021-04#5")


def test_an_id_without_a_short_form_is_cut_to_its_beginning():
    told = concordance(
        occurrence("与", "小米", "合作", address="traditional/2021-04-21-訪談#5"),
        occurrence("与", "小米", "合作", address="b/x#17"),
        short={},
    )
    assert [line.split()[-1] for line in screen(told)[2:4]] == ["traditional/2021-04-21…#5", "b/x#17"]


@pytest.mark.parametrize(
    ("more", "head"),
    [
        ({}, "1 occurrence of 小米 · 1 turn · qzone-xiaomi"),
        (
            {"occurrences": None, "turns": 14146, "interviews": 408},
            "first 1 occurrences of 小米 · 14,146 turns · 408 of 15 interviews",
        ),
        ({"sort": "right"}, "1 occurrence of 小米 · 1 turn · qzone-xiaomi · by right context"),
        ({"also": ("鹅厂", "Tencent")}, "1 occurrence of 小米 · also 鹅厂 · Tencent · 1 turn · qzone-xiaomi"),
        (
            {"match": "any", "words": ("小米", "养老"), "query": "小米 养老"},
            "1 occurrence of 小米 养老 · 1 turn with some of the words · qzone-xiaomi",
        ),
        ({"match": "any"}, "1 occurrence of 小米 · 1 turn · qzone-xiaomi"),
    ],
)
def test_the_head_says_what_was_counted(more, head):
    told = concordance(occurrence("与", "小米", "合作"), **more)
    assert screen(told)[0].strip() == head


def test_the_order_is_not_told_where_there_is_no_room():
    told = concordance(occurrence("与", "小米", "合作"), sort="left", query="小米" * 10)
    assert "left context" not in screen(told)[0]
    assert "left context" in screen(told, 120)[0]


def test_more_is_offered_where_there_is_more():
    assert "more: --limit 2" in screen(concordance(occurrence("", "小米", ""), occurrences=9))[-1]
    assert "more: --limit 2" in screen(concordance(occurrence("", "小米", ""), occurrences=None))[-1]
    assert "more" not in screen(concordance(occurrence("", "小米", "")))[-1]
    assert screen(concordance(occurrence("", "小米", "")), hints=False)[-1].endswith("#3")


def test_a_next_step_longer_than_the_line_is_whole_on_a_line_of_its_own():
    told = concordance(occurrence("与", "小米", "合作", address="一个很长的名字的访谈-第二部分#12"), short={})
    for width in (24, 30, 40, 50):
        assert screen(told, width)[-2:] == [" Read on:", " fangtan show 一个很长的名字的访谈-第二部分#12"]
        assert max(map(broken_width, concordance_lines(told, ConcordancePage(width)))) <= width
    assert screen(told, 60)[-1] == " Read on: fangtan show 一个很长的名字的访谈-第二部分#12"


def test_only_the_word_is_marked():
    (line,) = concordance_lines(
        concordance(occurrence("小米与", "小米", "合作小米")), ConcordancePage(80, hints=False)
    )[-1:]
    assert [piece.text for piece in line if piece.style is Style.MARK] == ["小米"]
    assert "\x1b[1;31m小米\x1b[0m" in paint(line, ColorMode.COLOR)


@pytest.mark.usefixtures("chinese")
def test_a_chinese_reader_is_told_in_chinese() -> None:
    lines = screen(replace(SAMPLE, sort="left", also=("红米",)), 80)
    assert lines[0] == " “小米”出现 4 次 · 兼查 红米 · 3 轮发言 · 3/15 篇访谈 · 按上文排序"
    assert lines[-1] == " 接着读：fangtan show clinic#11 · 附近的词：--collocates"
    assert max(map(cell_len, lines)) <= 80
    uncounted = concordance(SAMPLE.lines[0], query="小米 手机", occurrences=None, words=("小米", "手机"), match="some")
    assert screen(uncounted)[0] == " “小米 手机”的前 1 次出现 · 含一些词的 1 轮发言 · clinic-2021"
