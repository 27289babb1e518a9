"""Whom an article names as the one who said it."""

import pytest

from search_cli.quotations.attribution import attributed_person, attributed_speakers, is_spoken_by, speakers_by_name
from search_cli.quotations.extract import from_marks
from search_cli.search.known_names import KnownNames
from tests.support.spoken import turn

NAMES = speakers_by_name(
    KnownNames(
        {"speaker": ("郑志昊", "邵启年", "搜狐IT", "迈克尔·乔丹", "唐鳳", "记者", "岚江晚报记者", "Audrey Tang", "问")}
    )
)
SAID = "与小米的合作是QQ空间的尝试"


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (f"郑志昊表示：“{SAID}。”", ("郑志昊",)),
        (f"郑志昊：“{SAID}。”", ("郑志昊",)),
        (f"腾讯副总裁郑志昊对记者说，“{SAID}。”", ("郑志昊",)),
        (f"“{SAID}”，郑志昊说。", ("郑志昊",)),
        (f"“{SAID}。”郑志昊说。", ("郑志昊",)),
        (f"鄭志昊指出「{SAID}」", ("郑志昊",)),
        (f"唐凤回应：“{SAID}。”", ("唐鳳",)),
        (f"乔丹说：“{SAID}。”", ("迈克尔·乔丹",)),
        (f"迈克尔·乔丹说：“{SAID}。”", ("迈克尔·乔丹",)),
        (f"Tang 说：“{SAID}。”", ("Audrey Tang",)),
        (f"邵启年对郑志昊说：“{SAID}。”", ("邵启年",)),
        (f"他对郑志昊说：“{SAID}。”", ()),
        (f"他告诉郑志昊，“{SAID}。”", ()),
        (f"郑志昊告诉记者，“{SAID}”，邵启年也在场", ("郑志昊",)),
        (f"搜狐IT报道，郑志昊表示：“{SAID}。”", ("郑志昊",)),
        (f"他说：“{SAID}。”郑志昊点点头。", ()),
        (f"郑志昊说：“{SAID}。”邵启年则认为不是。", ("郑志昊",)),
        (f"“{SAID}”，这是郑志昊的话", ("郑志昊",)),
        (f"郑志昊那句“{SAID}”流传很广", ("郑志昊",)),
        (f"记者问：“{SAID}吗？”", ()),
        (f"有人说：“{SAID}。”", ()),
        (f"Tangerine 说：“{SAID}。”", ()),
        (f"“{SAID}。”邵启年的公司在岚江。", ()),
        (f"前一句讲邵启年。“{SAID}”。", ()),
    ],
)
def test_the_sentence_around_it(text, speakers):
    (one,) = from_marks([(1, text)]).quotations
    assert attributed_speakers(one, NAMES) == speakers


def test_two_halves_around_a_name():
    first, second = from_marks([(1, f"“{SAID}”，郑志昊说，“{SAID}”。")]).quotations
    assert attributed_speakers(first, NAMES) == attributed_speakers(second, NAMES) == ("郑志昊",)


def test_what_calls_nobody_in_particular_is_no_name():
    assert not {"记者", "岚江晚报记者", "问"} & set(NAMES)
    assert NAMES["乔丹"] == ("迈克尔·乔丹",)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (f"腾讯CEO马化腾表示：“{SAID}。”", ("马化腾",)),
        (f"專家李開復說：「{SAID}。」", ("李开复",)),
        (f"“{SAID}”，马化腾说。", ("马化腾",)),
        (f"黎万强告诉记者，“{SAID}。”", ("黎万强",)),
        (f"马化腾对记者说：“{SAID}。”", ("马化腾",)),
        (f"安娜：“{SAID}。”", ("安娜",)),
        (f"他对马化腾说：“{SAID}。”", ()),
        (f"公司高管表示：“{SAID}。”", ()),
        (f"白宫发言人表示：“{SAID}。”", ()),
        (f"有关方面明确表示，“{SAID}。”", ()),
        (f"陈先生说：“{SAID}。”", ()),
        (f"网友小王说：“{SAID}。”", ()),
        (f"他说：“{SAID}。”马化腾点点头。", ()),
        (f"马化腾那句“{SAID}”流传很广", ()),
        (f"“{SAID}。”", ()),
    ],
)
def test_a_person_whom_the_archive_may_not_know(text, speakers):
    (one,) = from_marks([(1, text)]).quotations
    assert attributed_person(one) == speakers


def test_no_names_at_all():
    (one,) = from_marks([(1, f"郑志昊表示：“{SAID}。”")]).quotations
    assert attributed_speakers(one, speakers_by_name(KnownNames({"speaker": ()}))) == ()


@pytest.mark.parametrize(
    ("speakers", "own"),
    [(("郑志昊",), True), (("鄭志昊",), True), (("邵启年", "郑志昊"), True), (("邵启年",), False), ((), False)],
)
def test_who_says_a_turn(speakers, own):
    assert is_spoken_by(turn(), speakers) is own


def test_a_printed_label_is_a_name_too():
    assert is_spoken_by(turn(speaker="郑志昊", label="郑总"), ("郑总",))
    assert not is_spoken_by(turn(speaker="", label=""), ("",))
