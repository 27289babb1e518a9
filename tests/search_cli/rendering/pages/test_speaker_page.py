"""The page of a speaker and that of a topic, in Chinese."""

import pytest

from search_cli.kwic.keyness import KeyWord
from search_cli.kwic.speaker_words import SpeakerPage
from search_cli.models import Bucket, Marked
from search_cli.rendering.pages import speaker_page, topic_page
from search_cli.rendering.terminal.styles import plain_text
from search_cli.search.speaker_profile import Office
from search_cli.search.topic_profile import TopicProfile, TopicSpeaker, TopicWord
from tests.support.screens import broken_width, english
from tests.support.spoken import turn

SPEAKER = SpeakerPage(
    name="郑志昊",
    names=("郑志昊",),
    printed=(),
    roles=(Bucket("interviewee", 6, 0.9), Bucket("other", 1, 0.1)),
    offices=(Office("腾讯副总裁", 7, "2013-08-02", "2013-08-02"),),
    topics=(Bucket("社交营销", 4, 0.6),),
    asked_by=(Bucket("搜狐IT", 7, 1.0),),
    years=(Bucket("2013", 7, 1.0),),
    undated=1,
    turns=7,
    characters=1_590,
    of_characters=17_000,
    share=0.09,
    interviews=1,
    first="2013-08-02",
    last="2013-08-02",
    answers=(turn(),),
    mentioned=2,
    mentioned_by=(Bucket("邵启年", 2, 1.0),),
    words=(KeyWord("社交", 5, 40.0, 1, 2, 5.0, 20.0, 3.0),),
    word_turns=5,
    is_estimate=True,
)
TOPIC = TopicProfile(
    name="城市更新",
    parent="建筑",
    words=(TopicWord("口袋公园", 2.0, 3),),
    all_words=15,
    turns=13,
    of_turns=281,
    share=0.05,
    interviews=1,
    characters=1_059,
    first="2019-03-15",
    last="2019-03-15",
    children=(),
    speakers=(TopicSpeaker("梁叙白", 6, 0.46, 24, 0.25),),
    all_speakers=1,
    years=(Bucket("2019", 13, 1.0),),
    undated=0,
    together=(Bucket("教育", 2, 0.15),),
    best=(Marked(turn()),),
)


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("width", [40, 80, 120])
def test_pages_fit_and_have_no_english(width: int) -> None:
    for lines in (speaker_page.profile_lines(SPEAKER, width), topic_page.profile_lines(TOPIC, width)):
        assert max(map(broken_width, lines)) <= width
        assert english(plain_text(line) for line in lines) == []


@pytest.mark.usefixtures("chinese")
def test_a_speaker_in_chinese() -> None:
    shown = [plain_text(line).rstrip() for line in speaker_page.profile_lines(SPEAKER, 80)]
    assert shown[:5] == [
        " 郑志昊                                           7 轮发言，1 篇访谈，2013-08-02",
        "",
        " 字数        1,590，占全部的 9 %",
        " 角色        受访 6 · 其他 1",
        " 没有日期    1 轮发言",
    ]
    assert " 特有的词  ×：约为别人的几倍，随机取 5 轮发言     fangtan words --speaker 郑志昊" in shown
    assert " 提到此人的  2 轮发言          fangtan search --mentions 郑志昊 --speaker 邵启年" in shown
    assert shown[-1] == " 全部发言：fangtan search --speaker 郑志昊"


@pytest.mark.usefixtures("chinese")
def test_a_topic_in_chinese() -> None:
    shown = [plain_text(line).rstrip() for line in topic_page.profile_lines(TOPIC, 80)]
    assert shown[2:5] == [" 占比        281 轮发言的 5 %", " 字数        1,059", " 上级话题    建筑"]
    assert shown[6:9] == [" 词  列出 1，共 15", " 词        权重  发言  占比", " 口袋公园  2.00     3  23 %"]
    assert " 兼有另一话题  fangtan search --topic 城市更新 '-(-topic:教育)'" in shown
