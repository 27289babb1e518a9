"""The screen of checked quotations."""

from dataclasses import replace

import pytest

from search_cli.citation import CitationStyle
from search_cli.models import SpokenTurn
from search_cli.quotations.attribution import Attribution, named_speakers
from search_cli.quotations.named_people import Person
from search_cli.quotations.quotation import Quotation, QuotationCheck, Verdict
from search_cli.quotations.verify import verify, with_attribution
from search_cli.rendering.pages.quotation_report import QuotationSource, quote_lines
from search_cli.rendering.terminal.styles import Style, cells, plain_text
from tests.support.spoken import HOSTILE, question, turn

FIRST = "与小米的合作是QQ空间在社交营销方面的尝试，并不是出于变现的考虑"
CITE = ["Cite: 郑志昊，《与小米手机合作发布红米手机》，搜狐IT，2013-08-02，", "      qzone-xiaomi#3"]


def checked(text: str, *turns: SpokenTurn, line: int = 0) -> QuotationCheck:
    return verify(Quotation(text, line), turns or (turn(), question().turn), {})


def screen(*found: QuotationCheck, source: QuotationSource | None = None, hints: bool = True) -> list[str]:
    return [plain_text(line).rstrip() for line in quote_lines(found, source, CitationStyle.PLAIN, 80, hints)]


def test_verbatim():
    assert screen(checked(FIRST)) == [
        " verbatim" + " " * 59 + "郑志昊  受访",
        f" {FIRST}",
        *(f" {line}" for line in CITE),
    ]


def test_a_quotation_can_be_heard():
    heard = turn(start=63_000, end=80_000, media="/a/talk.mp3")
    assert screen(checked(FIRST, heard))[2:] == [
        " Cite: 郑志昊，《与小米手机合作发布红米手机》，搜狐IT，2013-08-02，",
        "       00:01:03–00:01:20，qzone-xiaomi#3",
        " Listen: file:///a/talk.mp3#t=63",
    ]


def test_near():
    assert screen(checked("与小米的合做是QQ空间在社交方面的尝试")) == [
        " near, 86 % alike" + " " * 51 + "郑志昊  受访",
        " 与小米的合[-做-]{+作+}是QQ空间在社交{+营销+}方面的尝试",
        *(f" {line}" for line in CITE),
        "",
        " [-only quoted-] {+only said+}",
    ]


def test_absent():
    nothing = QuotationCheck(Quotation("我们绝不做广告", 4), Verdict.ABSENT, search=("绝不", "广告"))
    assert screen(nothing) == [" absent · line 4", " 我们绝不做广告", " Try: fangtan search 绝不 广告"]
    assert screen(nothing, hints=False) == [" absent · line 4", " 我们绝不做广告"]


def test_the_nearest_of_what_is_absent():
    shown = screen(checked("小米的合作其实是微博在社会营销上做的一次很好尝试"))
    assert shown[2].startswith(" Nearest: qzone-xiaomi#3 (")
    assert not any("Cite" in line for line in shown)


def test_somebody_elses():
    shown = screen(with_attribution(checked(FIRST), named_speakers(("邵启年",))))
    assert shown[2] == " Attributed to: 邵启年, said by 郑志昊（受访）"


def test_a_name_that_is_no_speakers():
    named = Attribution((Person(0, 3, "蔡英文"),))
    shown = screen(with_attribution(checked(FIRST), named))
    assert shown[2] == " Attributed to: 蔡英文 (not a speaker of the archive), said by 郑志昊（受访）"
    absent = with_attribution(QuotationCheck(Quotation("我们绝不做广告"), Verdict.ABSENT), named)
    assert screen(absent)[2] == " Attributed to: 蔡英文 (not a speaker of the archive)"


def test_a_name_in_either_script_is_told_once():
    shown = screen(with_attribution(checked(FIRST), named_speakers(("唐凤", "唐鳳", "邵启年"))))
    assert shown[2] == " Attributed to: 唐凤、邵启年, said by 郑志昊（受访）"


def test_other_punctuation_and_what_is_put_in():
    shown = screen(checked("与小米的合作，是QQ空间（腾讯的）在社交营销方面的尝试"))
    assert shown[0].startswith(" verbatim except for punctuation  ")
    assert " Printed: 与小米的合作是QQ空间在社交营销方面的尝试" in shown
    assert " Inserted: （腾讯的）" in shown


def test_over_two_turns_and_spliced():
    over = checked("这是受到微信公众账号系统的启发吗？与小米的合作是QQ空间在社交营销方面的尝试")
    spliced = checked("并不是出于变现的考虑……与小米的合作是QQ空间")
    shown = screen(over, spliced, source=QuotationSource())
    assert shown[0] == " 2 quotations in marks: 1 over two turns, 1 spliced"
    assert shown[2] == " 1  over two turns"
    assert shown[4] == "    #2  搜狐IT（采访） “这是受到微信公众账号系统的启发吗”"
    assert shown[5] == "    #3  郑志昊（受访） “与小米的合作是QQ空间在社交营销方面的尝试”"
    assert " 2  spliced: not in this order in one turn" in shown
    assert sum("Cite: 郑志昊" in line for line in shown) == 2


def test_the_head_counts():
    shown = screen(
        checked(FIRST), with_attribution(checked(FIRST), named_speakers(("邵启年",))), source=QuotationSource(short=3)
    )
    assert " ".join(line.strip() for line in shown[:2]) == (
        "2 quotations in marks: 2 verbatim · 1 by somebody else · 3 too short to check (--shortest)"
    )
    assert screen(checked(FIRST, line=1), source=QuotationSource(marked=False))[0] == " 1 line: 1 verbatim"


def test_more_turns():
    turns = [turn(turn=n) for n in range(1, 6)]
    one = checked(FIRST, *turns)
    few = QuotationCheck(one.quotation, one.kind, one.places[:3], 5, likeness=1.0)
    assert screen(few)[-1] == " and in 2 more turns"
    assert screen(replace(few, turns=4))[-1] == " and in 1 more turn"
    assert screen(replace(few, turns=30_163, more=True))[-1] == " and in at least 30,160 more turns"
    assert sum("Cite" in line for line in screen(few)) == 3


def test_a_long_verbatim_quotation_is_cut_and_one_that_is_wrong_is_not():
    text = "与小米的合作是尝试" * 40
    assert len(screen(checked(text, turn(text=text)))) == 6
    assert sum("合作" in line for line in screen(QuotationCheck(Quotation(text), Verdict.ABSENT))) > 8


@pytest.mark.parametrize("width", [24, 40, 80, 120])
def test_no_line_is_wider_than_the_window(width):
    found = [
        checked(FIRST, line=120),
        checked("与小米的合做是QQ空间在社交方面的尝试"),
        checked("小米的合作其实是微博在社会营销上做的一次很好尝试"),
        with_attribution(
            checked("这是受到微信公众账号系统的启发吗？与小米的合作是QQ空间在社交营销方面的尝试"),
            named_speakers(("郑志昊",)),
        ),
        checked("并不是出于变现的考虑……与小米的合作是QQ空间"),
    ]
    for style in set(CitationStyle) - {CitationStyle.MARKDOWN}:  # which is copied, and never broken
        for line in quote_lines(found, QuotationSource(short=7), style, width):
            assert cells(line) <= width, plain_text(line)


def test_colours_tell_what_is_wrong():
    pieces = [
        piece
        for line in quote_lines([checked("与小米的合做是QQ空间的")], None, CitationStyle.PLAIN, 80)
        for piece in line
    ]
    assert next(piece.text for piece in pieces if piece.style is Style.DROPPED) == "[-做-]"
    assert any(piece.style is Style.ADDED and piece.text == "{+作+}" for piece in pieces)
    assert any(piece.style is Style.ERROR for piece in pieces)


def test_a_transcript_does_not_steer_the_terminal():
    hostile = turn(text=f"{FIRST}{HOSTILE}", speaker=HOSTILE, title=HOSTILE, outlet=HOSTILE, interview_id="a\x1b[2J")
    for text in (FIRST, f"{FIRST}{HOSTILE}", "与小米的合做是QQ空间在社交方面的尝试"):
        for style in CitationStyle:
            lines = quote_lines(
                [with_attribution(checked(text, hostile), named_speakers((HOSTILE,)))], QuotationSource(), style, 80
            )
            assert all(plain_text(line).isprintable() for line in lines)


@pytest.mark.usefixtures("chinese")
def test_a_chinese_editor_is_told_in_chinese():
    named = Attribution((Person(0, 3, "蔡英文"),))
    found = (
        with_attribution(checked(FIRST, line=3), named),
        checked("与小米的合做是QQ空间在社交方面的尝试"),
        checked("并不是出于变现的考虑……与小米的合作是QQ空间"),
        checked("与小米的合作，是QQ空间（腾讯的）在社交营销方面的尝试"),
        QuotationCheck(Quotation("我们绝不做广告", 4), Verdict.ABSENT, search=("绝不", "广告")),
    )
    shown = screen(*found, source=QuotationSource(short=2))
    assert "".join(line.strip() for line in shown[:2]) == (
        "引号内的引文 5 句：2 句逐字相符、1 句拼接、1 句相近、1 句查无 · 1 句张冠李戴 ·2 句太短，没有核对（--shortest）"
    )
    assert shown[3].startswith(" 1  逐字相符 · 第 3 行    ")
    assert shown[5] == "    归于：蔡英文（档案库里没有这位说话人），实为郑志昊（受访）所说"
    assert shown[6].startswith("    引用：郑志昊，《")
    assert any(line.startswith(" 2  相近，相似度 86 %   ") for line in shown)
    assert " 3  拼接：没有一轮发言依次说过这几部分" in shown
    assert any(line.startswith(" 4  除标点外逐字相符   ") for line in shown)
    assert "    原文：与小米的合作是QQ空间在社交营销方面的尝试" in shown
    assert "    编者所加：（腾讯的）" in shown
    assert shown[-5:] == [
        " 5  查无 · 第 4 行",
        "    我们绝不做广告",
        "    试试：fangtan search 绝不 广告",
        "",
        " [-仅见于引文-] {+仅见于原话+}",
    ]
    assert max(cells(line) for line in quote_lines(found, QuotationSource(), CitationStyle.PLAIN, 40)) <= 40


@pytest.mark.usefixtures("chinese")
def test_where_else_a_quotation_is_in_chinese():
    one = checked(FIRST, *(turn(turn=n) for n in range(1, 6)))
    few = QuotationCheck(one.quotation, one.kind, one.places[:3], 5, likeness=1.0)
    assert screen(few)[-1] == " 另有 2 轮发言里也有这句话"
    assert screen(replace(few, turns=30_163, more=True))[-1] == " 至少另有 30,160 轮发言里也有这句话"
