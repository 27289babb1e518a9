"""Quotations taken out of articles: marks of every kind, nested, over lines, never closed; and what was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_cli.quotations.extract import ExtractedQuotations, from_file, from_marks, from_typed
from search_cli.quotations.quotation import Quotation

SAID = "与小米的合作是QQ空间的尝试"


def quoted(*lines: str, shortest: int = 8) -> list[str]:
    return [one.text for one in from_marks(list(enumerate(lines, 1)), shortest).quotations]


@pytest.mark.parametrize("marks", ["“”", "‘’", "「」", "『』", "〝〞", '""', "''", "﹁﹂", "＂＂"])
def test_marks_of_every_kind(marks):
    assert quoted(f"他说：{marks[0]}{SAID}{marks[1]}。") == [SAID]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("他说：“QQ空间主张‘分享生活，留住感动’的理念”。", "QQ空间主张‘分享生活，留住感动’的理念"),
        ("他說：「QQ空間主張『分享生活，留住感動』的理念」。", "QQ空間主張『分享生活，留住感動』的理念"),
        ("他说：“QQ空间主张“分享生活，留住感动”的理念”。", "QQ空间主张“分享生活，留住感动”的理念"),
        ("他说：“I don’t know 这件事的来龙去脉”。", "I don’t know 这件事的来龙去脉"),
        ("他说：‘I don’t know 这件事的来龙去脉’。", "I don’t know 这件事的来龙去脉"),
        ("他说：'I don't know 这件事的来龙去脉'。", "I don't know 这件事的来龙去脉"),
    ],
)
def test_the_outermost_marks_count(line, found):
    assert quoted(line) == [found]


def test_several_in_one_line():
    assert quoted(f'“{SAID}”，他说，“{SAID}吗”。又说："{SAID}吧"和"{SAID}呢"') == [
        SAID, f"{SAID}吗", f"{SAID}吧", f"{SAID}呢",
    ]  # fmt: skip


def test_over_a_line_end():
    assert quoted("他说：“与小米的合作", "是QQ空间的尝试”。") == [SAID]
    assert quoted('他说："与小米的合作', '是QQ空间的尝试"。') == [SAID]
    assert quoted("“We open the", "door for you”") == ["We open the door for you"]


def test_over_paragraphs_that_begin_with_the_mark_again():
    assert quoted("他说：“与小米的合作是尝试。", "　　“并不是出于变现的考虑。”", "完。") == [
        "与小米的合作是尝试。并不是出于变现的考虑。"
    ]


def test_a_mark_that_is_never_closed_is_passed_over():
    assert quoted("他说：“与小米的合作", f"又说「{SAID}」") == [SAID]
    assert quoted('他说："与小米的合作', f'又说"{SAID}"') == [SAID]
    assert quoted("“" + "很长的话" * 1000 + "”") == []


def test_inches_and_apostrophes_open_nothing():
    assert quoted('一台5"的手机和一台6"的手机还有一台') == []
    assert quoted("don't 这样说话也别这样说 won't") == []


def test_short_ones_are_counted():
    found = from_marks([(1, f"“红米”与“双十一”。“{SAID}”")])
    assert (len(found.quotations), found.short) == (1, 2)
    assert quoted("“红米”与“双十一”", shortest=3) == ["双十一"]
    assert from_marks([(1, "“……”“”")]) == ExtractedQuotations((), 2)


def test_lines_are_told():
    found = from_marks([(3, "题目"), (5, f"“{SAID}”"), (9, f"又“{SAID}"), (10, "吗”")])
    assert [one.line for one in found.quotations] == [5, 9]


@pytest.mark.parametrize(
    ("line", "before", "after"),
    [
        (f"前一句。郑志昊表示：“{SAID}。”他走了。", "郑志昊表示：", "他走了"),
        (f"“{SAID}”，郑志昊说。邵启年点头。", "", "，郑志昊说"),
        (f"“这是另一句很长的话”，郑志昊说，“{SAID}”", "，郑志昊说，", ""),
        (f"郑志昊表示：\n“{SAID}”", "郑志昊表示：\n", ""),
        (f"郑志昊来了\n“{SAID}”\n邵启年来了", "", ""),
    ],
)
def test_what_is_around_it_up_to_the_sentence_end(line, before, after):
    last = from_marks(list(enumerate(line.split("\n"), 1))).quotations[-1]
    assert (last.before, last.after) == (before, after)


def test_a_file_without_marks_is_a_quotation_a_line():
    found = from_file([(1, SAID), (2, "  "), (4, f"{SAID}吗"), (5, "……")])
    assert found == ExtractedQuotations((Quotation(SAID, 1), Quotation(f"{SAID}吗", 4)), marked=False)


@pytest.mark.parametrize(
    ("lines", "unpaired"),
    [
        (["第一行", "唐鳳說：「我們一起做。"], [("「", 2)]),
        (["他说：“与小米的合作", f"又说「{SAID}」", "『还有"], [("“", 1), ("『", 3)]),
        (['他说："与小米的合作', f'又说"{SAID}"'], [('"', 1)]),
        ([f"他说：{SAID}」。", f"「{SAID}」"], [("」", 1)]),
        (['一台5"的手机', "I don't know ‘90s", f"「{SAID}『内』」"], []),
    ],
)
def test_marks_without_a_counterpart_are_told_with_their_lines(lines, unpaired):
    numbered = list(enumerate(lines, 1))
    assert [(one.mark, one.line) for one in from_file(numbered).unpaired] == unpaired
    assert from_file(numbered, lines=True).unpaired == ()


def test_a_file_with_marks_is_an_article():
    lines = [(1, "一篇文章"), (2, f"他说：“{SAID}”")]
    assert [one.text for one in from_file(lines).quotations] == [SAID]
    assert [one.text for one in from_file(lines, lines=True).quotations] == ["一篇文章", SAID]


def test_an_article_of_short_quotations_has_none():
    assert from_file([(1, "“红米”首发")]) == ExtractedQuotations((), 1)


@pytest.mark.parametrize(
    ("text", "found", "before"),
    [
        (SAID, SAID, ""),
        (f"“{SAID}”", SAID, ""),
        (f" 「{SAID}」。", SAID, ""),
        (f"郑志昊说：“{SAID}”", SAID, "郑志昊说："),
        (f"郑志昊：{SAID}", f"郑志昊：{SAID}", ""),
        (f"蔡英文說「{SAID}」", SAID, "蔡英文說"),
        (f"我说“{SAID}”", f"我说“{SAID}”", ""),
        ("QQ空间主张“分享生活,留住感动”", "QQ空间主张“分享生活,留住感动”", ""),
        ("“轻”的写操作和“重”的", "“轻”的写操作和“重”的", ""),
    ],
)
def test_what_a_person_typed(text, found, before):
    assert (from_typed(text).text, from_typed(text).before) == (found, before)


@given(st.lists(st.text(alphabet="红米说“”‘’「」『』\"'：。 a5\n", max_size=30), max_size=4))
def test_any_text_is_read(lines):
    found = from_marks(list(enumerate(lines, 1)), 1)
    assert all(one.text and "\n" not in one.text and 1 <= one.line <= len(lines) for one in found.quotations)


@given(st.lists(st.text(alphabet="红米空间合作尝试，。5a", min_size=8, max_size=30), min_size=1, max_size=5))
def test_all_that_is_marked_is_found(texts):
    line = "".join(f"他说：“{text}”，" for text in texts)
    kept = [text.strip() for text in texts]
    assert [one.text for one in from_marks([(1, line)], 0).quotations] == kept
