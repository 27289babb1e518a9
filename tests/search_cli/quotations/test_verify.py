"""Quotations compared with turns: verbatim, over two turns, spliced, near, absent, somebody else's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_cli.models import SpokenTurn
from search_cli.quotations.alignment_text import alignment_text
from search_cli.quotations.attribution import named_speakers
from search_cli.quotations.quotation import Quotation, QuotationCheck, QuotationMatch, Verdict
from search_cli.quotations.verify import neighbor_addresses, verify, with_attribution, with_first_places
from tests.support.spoken import ANSWER, question, turn

ASKED, SAID = question().turn, turn()
FIRST = "与小米的合作是QQ空间在社交营销方面的尝试,并不是出于变现的考虑"


def checked(text: str, *turns: SpokenTurn, neighbors: tuple[SpokenTurn, ...] = ()) -> QuotationCheck:
    return verify(Quotation(text), turns or (SAID, ASKED), {one.address: one for one in neighbors})


@pytest.mark.parametrize(
    "text",
    [
        FIRST,
        FIRST.replace(",", "，") + "。",
        "與小米的合作是QQ空間在社交營銷方面的嘗試，並不是出於變現的考慮",
        "与小米的合作是ＱＱ空间在社交营销方面的尝试",
        "与小米的合作……并不是出于变现的考虑",
        "……与小米的合作是QQ空间在社交营销方面的尝试……",
        "和微信没有关系。基于社交网络平台的整合营销是商业发展的趋势",
        "红米首发是通过小米空间（略）和微信没有关系",
    ],
)
def test_verbatim(text):
    one = checked(text)
    assert (one.kind, one.good, one.punctuation, one.insertions) == (Verdict.VERBATIM, True, False, ())
    assert one.places[0].turn == SAID


def test_where_it_stands_in_print():
    one = checked("與小米的合作……並不是出於變現的考慮")
    assert [ANSWER[start:end] for start, end in one.places[0].spans] == ["与小米的合作", "并不是出于变现的考虑"]


def test_other_punctuation_is_told():
    one = checked("与小米的合作，是QQ空间在社交营销方面的尝试")
    assert (one.kind, one.punctuation, one.good) == (Verdict.VERBATIM, True, True)
    as_set = turn(turn=9, text="与小米的合作，是QQ空间在社交营销方面的尝试。")
    one = checked("与小米的合作，是QQ空间在社交营销方面的尝试", SAID, as_set)
    assert (one.punctuation, [place.turn.turn for place in one.places]) == (False, [9, 3])


def test_what_an_editor_puts_in_is_told():
    one = checked("与小米的合作（指红米首发）是QQ空间[腾讯的社交平台]在社交营销方面的尝试")
    assert (one.kind, one.insertions) == (Verdict.VERBATIM, ("（指红米首发）", "[腾讯的社交平台]"))


def test_brackets_that_were_said_are_no_insertion():
    said = turn(text="用户数突破100万。(注:截止到8月1日16点,预约人数已突破350万。)")
    assert checked("用户数突破100万（注：截止到8月1日16点）", said).insertions == ()


def test_parts_must_follow_in_their_order():
    one = checked("并不是出于变现的考虑……与小米的合作是QQ空间")
    assert one.kind is Verdict.SPLICED
    assert [ANSWER[start:end] for place in one.places for start, end in place.spans] == [
        "并不是出于变现的考虑", "与小米的合作是QQ空间",
    ]  # fmt: skip
    assert not one.good


def test_parts_of_two_turns_are_spliced():
    one = checked("与小米的合作在我看来……并不是出于变现的考虑")
    assert (one.kind, [place.turn.turn for place in one.places]) == (Verdict.SPLICED, [2, 3])


def test_short_parts_are_said_anywhere_and_not_spliced():
    assert checked("并不是……与小米的合作").kind is not Verdict.SPLICED


def test_a_number_cut_short_is_not_verbatim():
    said = turn(text="开放预约页面的第一秒钟即有15万用户领取预约码")
    assert checked("5万用户领取预约码", said).kind is not Verdict.VERBATIM
    assert checked("15万用户领取预约码", said).kind is Verdict.VERBATIM


def test_over_two_turns():
    text = "这是受到微信公众账号系统的启发吗？与小米的合作是QQ空间的尝试"
    answer = turn(text="与小米的合作是QQ空间的尝试。")
    for found, neighbors in (((ASKED, answer), ()), ((ASKED,), (answer,)), ((answer,), (ASKED,))):
        one = checked(text, *found, neighbors=neighbors)
        assert (one.kind, [place.turn.turn for place in one.places]) == (Verdict.ACROSS, [2, 3])
        assert [place.turn.text[slice(*place.spans[0])] for place in one.places] == [
            "这是受到微信公众账号系统的启发吗", "与小米的合作是QQ空间的尝试",
        ]  # fmt: skip


def test_over_a_turn_between():
    before, after = turn(turn=3, text="我们的用户一方面分享自己的生活"), turn(turn=5, text="同时也关注好友动态")
    one = checked("分享自己的生活，同时也关注好友动态", before, after)
    assert (one.kind, [place.turn.turn for place in one.places]) == (Verdict.ACROSS, [3, 5])


def test_turns_of_two_interviews_do_not_run_over():
    before, after = turn(text="一方面分享自己的生活"), turn(interview_id="b", turn=4, text="同时也关注好友动态")
    assert checked("分享自己的生活，同时也关注好友动态", before, after).kind in {Verdict.NEAR, Verdict.ABSENT}


def test_the_turns_beside_that_must_be_read():
    assert neighbor_addresses(Quotation("的启发吗？不是的"), [ASKED]) == ("qzone-xiaomi#3", "qzone-xiaomi#4")
    assert neighbor_addresses(Quotation("的尝试吗？与小米的合作是QQ空间"), [SAID]) == (
        "qzone-xiaomi#2",
        "qzone-xiaomi#1",
    )
    assert neighbor_addresses(Quotation("的启发吗？与小米的"), [turn(turn=1)]) == ()
    assert neighbor_addresses(Quotation("的启发吗……与小米的合作"), [ASKED]) == ()
    assert neighbor_addresses(Quotation("今天天气很好"), [ASKED, SAID]) == ()


def test_near():
    one = checked("与小米的合作是微博在社交营销方面的探索")
    assert (one.kind, one.good, one.places[0].turn) == (Verdict.NEAR, False, SAID)
    assert "".join(step.text for step in one.changes if step.what == "dropped") == "微博探索"
    assert 0.6 <= one.likeness < 1


def test_near_in_parts():
    one = checked("与小米的合做是QQ空间……并不是处于变现的考虑")
    assert one.kind is Verdict.NEAR
    assert "".join(step.text for step in one.changes if step.what != "dropped") == (
        "与小米的合作是QQ空间……并不是出于变现的考虑"
    )


def test_what_an_editor_puts_in_makes_nothing_less_like_it():
    one = checked("与小米的合做（这里指红米手机的首发活动）是QQ空间在社交营销方面的尝试")
    assert (one.kind, one.insertions) == (Verdict.NEAR, ("（这里指红米手机的首发活动）",))


def test_absent():
    assert checked("今天天气很好，我们去爬山") == QuotationCheck(
        Quotation("今天天气很好，我们去爬山"), Verdict.ABSENT, likeness=checked("今天天气很好，我们去爬山").likeness
    )
    assert verify(Quotation("什么都没有"), (), {}) == QuotationCheck(Quotation("什么都没有"), Verdict.ABSENT)


def test_absent_with_the_nearest():
    one = checked("小米的合作其实是微博在社会营销上做的一次很好尝试")
    assert (one.kind, one.places[0].turn, one.changes) == (Verdict.ABSENT, SAID, ())


def test_in_several_turns():
    turns = [turn(turn=n) for n in range(1, 6)]
    one = checked(FIRST, *turns)
    assert (one.turns, len(one.places), len(with_first_places(one).places)) == (5, 5, 3)


@pytest.mark.parametrize(
    ("speakers", "wrong"), [((), False), (("郑志昊",), False), (("邵启年",), True), (("邵启年", "郑志昊"), False)]
)
def test_somebody_elses(speakers, wrong):
    one = with_attribution(checked(FIRST), named_speakers(speakers))
    assert (one.misattributed, one.said_by, one.good) == (wrong, speakers, not wrong)


def test_their_own_turn_comes_first():
    other = turn(turn=8, speaker="邵启年", label="邵启年")
    one = with_attribution(checked(FIRST, SAID, other), named_speakers(("邵启年",)))
    assert ([place.turn.turn for place in one.places], one.misattributed) == ([8, 3], False)


def test_over_two_turns_both_must_be_theirs():
    text = "这是受到微信公众账号系统的启发吗？与小米的合作是QQ空间在社交营销方面的尝试"
    assert with_attribution(checked(text), named_speakers(("郑志昊",))).misattributed
    assert [place.turn.turn for place in with_attribution(checked(text), named_speakers(("郑志昊",))).places] == [2, 3]


def test_what_is_absent_is_nobodys():
    one = with_attribution(checked("小米的合作其实是微博在社会营销上做的一次很好尝试"), named_speakers(("邵启年",)))
    assert (one.kind, one.misattributed) == (Verdict.ABSENT, False)


@given(st.integers(0, len(ANSWER) - 1), st.integers(1, 80))
def test_what_stands_there_is_verbatim(start, length):
    quotation = ANSWER[start : start + length]
    said = alignment_text(ANSWER)
    if (
        alignment_text(quotation).text and said.find(alignment_text(quotation).text) >= 0
    ):  # no Latin word is cut: Q of QQ
        one = checked(quotation, SAID)
        assert (one.kind, one.punctuation) == (Verdict.VERBATIM, False)
        assert isinstance(one.places[0], QuotationMatch)


@given(st.text(alphabet="与小米的合作是，。……（）[]QQ6.1 \n", max_size=40))
def test_any_quotation_is_checked(text):
    one = checked(text)
    assert 0 <= one.likeness <= 1
    for place in one.places:
        assert all(0 <= start < end <= len(place.turn.text) for start, end in place.spans)
