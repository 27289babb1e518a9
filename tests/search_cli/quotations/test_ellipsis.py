"""How quotations can be read: what …… leaves out, what brackets put in."""

import pytest

from search_cli.quotations.ellipsis import Interpretation, interpretations


@pytest.mark.parametrize(
    "mark",
    [
        "……",
        "…",
        "...",
        "......",
        "[……]",
        "（略）",
        "[...]",
        "(…)",
        "［略］",
        "（中略）",
        "【省略】",
        "⋯⋯",
        "。。。",
        "（後略）",
    ],
)
def test_what_is_left_out(mark):
    assert interpretations(f"与小米的合作{mark}并不是出于变现的考虑") == (
        Interpretation(("与小米的合作", "并不是出于变现的考虑")),
    )


def test_what_is_left_out_at_the_ends_is_no_part():
    assert interpretations("……与小米的合作……") == (Interpretation(("与小米的合作",)),)
    assert interpretations("……，与小米的合作，……。") == (Interpretation(("，与小米的合作，",)),)


@pytest.mark.parametrize("bracket", ["（指红米）", "(指红米)", "[指红米]", "［指红米］", "【指红米】", "〔指红米〕"])
def test_brackets_may_be_the_editors(bracket):
    to_the_letter, edited = interpretations(f"与小米{bracket}的合作")
    assert to_the_letter == Interpretation((f"与小米{bracket}的合作",))
    assert edited == Interpretation(("与小米的合作",), (bracket,))


def test_brackets_and_what_is_left_out():
    assert interpretations("[我们]与小米的合作……（他笑）是尝试")[1] == Interpretation(
        ("与小米的合作", "是尝试"), ("[我们]", "（他笑）")
    )


def test_a_quotation_that_is_all_in_brackets_is_read_as_it_is():
    assert interpretations("（注：截止到8月1日16点）") == (Interpretation(("（注：截止到8月1日16点）",)),)


@pytest.mark.parametrize("text", ["", "……", "，。", "（略）", "[]", " \n"])
def test_nothing_to_read(text):
    assert interpretations(text) == ()


def test_letters_are_sought():
    assert interpretations("與小米，合作……QQ 空間")[0].letters == ("与小米合作", "qq空间")


def test_a_decimal_point_leaves_nothing_out():
    assert interpretations("月活跃用户数6.11亿")[0].parts == ("月活跃用户数6.11亿",)
