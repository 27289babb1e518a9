"""The first interview of the project, turn by turn, as annotated by hand."""

from datetime import date
from pathlib import Path

import pytest

from indexer.enrich.enrich import attribute
from indexer.enrich.speakers import Speakers
from indexer.model import Guest, Interview, Role
from indexer.parser.parse import explain
from indexer.parser.trace import LineClass
from indexer.readers.read import read
from indexer.readers.script import Script

SAMPLE = Path(__file__).parents[3] / "data/interviews/qzone-xiaomi.txt"

# speaker, label, how many paragraphs, how the first begins, how the last ends
BY_HAND = [
    ("", "", 1, "腾讯QQ空间近日与小米手机联合发布红米手机,", "已经成为社交平台必然的商业发展趋势。"),
    ("搜狐IT", "问", 1, "与小米的合作在我看来是QQ空间新的流量变现方式,", "这是受到微信公众账号系统的启发吗?"),
    ("郑志昊", "郑志昊", 2, "与小米的合作是QQ空间在社交营销方面的尝试,", "二次、三次乃至更多的流量创造机会。"),
    ("搜狐IT", "问", 1, "QQ空间的用户量最大,也最先进入商业化,", "我看到的有游戏、广告等。"),
    ("郑志昊", "郑志昊", 5, "当前互联网的商业模式大体上是三种,", "预约人数已突破350万。)"),
    ("搜狐IT", "问", 1, "我也觉得QQ空间才是中国第一大社交产品,", "能说下目前的用户数据吗?"),
    ("郑志昊", "郑志昊", 1, "QQ空间是国内第一大社交网络平台,", "每天通过智能手机登录QQ空间的用户超过2亿。"),
    ("搜狐IT", "问", 1, "有质疑声认为QQ空间偏学生群体、", "因而用户偏“丝”一点。"),
    (
        "郑志昊",
        "郑志昊",
        4,
        "就用户构成来说,QQ空间的整体用户有6.11亿,",
        "分别是苹果、三星和小米。这就能说明很多问题了。",
    ),
    ("搜狐IT", "问", 1, "现在手机QQ的月活跃用户在5.5亿左右吧,", "与PC端有何异同吗?"),
    ("郑志昊", "郑志昊", 2, "美国的一个调研数据表明,", "写日志等主要还是在手PC进行。"),
    ("搜狐IT", "问", 1, "腾讯目前的社交平台产品其实不少,", "QQ空间与这些产品的关系是怎样的?"),
    ("郑志昊", "郑志昊", 1, "QQ空间是基于QQ好友关系的社交平台,", "比如微信朋友圈的内容可以同步到QQ空间。"),
    ("搜狐IT", "问", 1, "新的社交产品也带来了新的社交行为,", "目前用户对QQ空间的需求主要集中在哪些方面?"),
    ("郑志昊", "郑志昊", 1, "您的状态有一定代表性。", "大家相信这是一个值得托付的平台。"),
]


@pytest.fixture(scope="module")
def script() -> Script:
    item = next(read(SAMPLE))
    assert isinstance(item, Script)
    return item


@pytest.fixture(scope="module")
def interview(script: Script) -> Interview:
    return attribute(explain(script)[0], Speakers())


def test_it_has_one_narration_seven_questions_and_seven_answers(interview: Interview) -> None:
    roles = [turn.role for turn in interview.turns]
    assert roles == [Role.NARRATION] + 7 * [Role.INTERVIEWER, Role.INTERVIEWEE]


@pytest.mark.parametrize("place", range(15))
def test_every_paragraph_is_in_its_place(interview: Interview, place: int) -> None:
    speaker, label, paragraphs, begins, ends = BY_HAND[place]
    turn = interview.turns[place]
    assert (turn.turn, turn.speaker, turn.label) == (place + 1, speaker, label)
    assert turn.text.count("\n") + 1 == paragraphs
    assert turn.text.startswith(begins)
    assert turn.text.endswith(ends)


def test_answers_reply_to_their_questions(interview: Interview) -> None:
    assert [turn.reply_to for turn in interview.turns] == [None] + [n for q in range(2, 15, 2) for n in (None, q)]
    assert [turn.exchange for turn in interview.turns] == [0] + [n for n in range(1, 8) for _ in range(2)]


def test_the_head_is_known(interview: Interview) -> None:
    assert interview.outlet == "搜狐IT"
    assert interview.guests == (Guest("郑志昊", "腾讯副总裁、腾讯社区平台部总经理"),)
    assert {turn.affiliation for turn in interview.turns if turn.speaker == "郑志昊"} == {
        "腾讯副总裁、腾讯社区平台部总经理"
    }
    assert interview.language == "zh-Hans"


def test_title_and_date_are_a_persons_the_text_has_none(script: Script) -> None:
    assert dict(script.overrides) == {"title": "与小米手机合作发布红米手机", "date": "2013-08-02"}
    with_sidecar, _ = explain(script)
    assert (with_sidecar.title, with_sidecar.date) == ("与小米手机合作发布红米手机", date(2013, 8, 2))
    alone, _ = explain(Script(script.lines))
    assert (alone.title, alone.date) == ("", None)


def test_the_boilerplate_belongs_to_nobody(script: Script, interview: Interview) -> None:
    assert "更多精彩" not in interview.turns[-1].text
    assert "版权" not in "".join(turn.text for turn in interview.turns)
    tail = [piece.text for piece in explain(script)[1] if piece.line_class is LineClass.FOOTER]
    assert [text[:6] for text in tail] == ["更多精彩请点", "【版权声明】"]


def test_nothing_is_lost(script: Script) -> None:
    pieces = explain(script)[1]
    assert "".join(piece.text for piece in pieces) == "".join(line.text for line in script.lines)
