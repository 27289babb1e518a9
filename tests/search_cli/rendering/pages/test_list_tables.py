"""The lists of speakers, topics and interviews."""

import pytest

from search_cli.catalog import ArchivedTopic, ArchivedVersion
from search_cli.rendering.pages.list_tables import duplicate_lines, interview_lines, speaker_lines, topic_lines
from search_cli.rendering.terminal.styles import StyledLine, cells, plain_text
from tests.support.spoken import HOSTILE, interview, speaker

SPEAKERS = [
    speaker(),
    speaker(
        "梁叙白", turns=23, interviews=2, first="2015-05-22", last="2019-03-15", affiliations=("云泽大学建筑学院教授",)
    ),
    speaker("", roles=("narration",), affiliations=(), first="", last=""),
]
INTERVIEWS = [interview(), interview("口述史/染坊", title="染坊", date="", outlet="", guests=(), turns=1_204)]


def screen(lines: list[StyledLine]) -> list[str]:
    return [plain_text(line).rstrip() for line in lines]


def test_speakers():
    assert screen(speaker_lines(SPEAKERS, 100)) == [
        " speaker     role  turns  characters  interviews  years      affiliation",
        " 郑志昊      受访      7       1,875           1  2013       腾讯副总裁、腾讯社区平台部总经理",
        " 梁叙白      受访     23       1,875           2  2015–2019  云泽大学建筑学院教授",
        " （未署名）  旁白      7       1,875           1",
    ]


def test_speakers_in_a_narrow_window():
    assert screen(speaker_lines(SPEAKERS, 40))[:2] == [" speaker     turns  years", " 郑志昊          7  2013"]


def test_several_roles_and_one_that_says_nothing():
    shown = screen(speaker_lines([speaker(roles=("host", "interviewer", "other"))], 80))
    assert "  主持、采访  " in shown[1]


def test_topics():
    topics = [ArchivedTopic("社交营销", 12, 2, ("郑志昊", "")), ArchivedTopic("城市更新", 1_033, 1, ())]
    assert screen(topic_lines(topics, 80)) == [
        " topic     turns  interviews  main speakers",
        " 社交营销     12           2  郑志昊、（未署名）",
        " 城市更新  1,033           1",
    ]


def test_topics_are_a_tree():
    """A part of a topic is below it, by its own name."""
    topics = [
        ArchivedTopic("农业", 40, 3, ("孟秋禾",), 0.4, ("水稻", "收割")),
        ArchivedTopic("商业", 30, 2, (), 0.3, ("投放",)),
        ArchivedTopic("教育", 25, 2, (), 0.25),
        ArchivedTopic("商业/广告", 20, 2, (), 0.2, ("投放", "品牌")),
        ArchivedTopic("商业/广告/户外", 1, 1, (), 0.0002),
        ArchivedTopic("AI/ML", 1, 1, (), 0.01),
    ]
    assert screen(topic_lines(topics, 56)) == [
        " topic     turns   share  interviews  words",
        " 农业         40    40 %           3  水稻 收割",
        " 商业         30    30 %           2  投放",
        "   广告       20    20 %           2  投放 品牌",
        "     户外      1  <0.1 %           1",
        " 教育         25    25 %           2",
        " AI/ML         1     1 %           1",
    ]


def test_interviews():
    assert screen(interview_lines(INTERVIEWS, 100)) == [
        " date        interview     turns  title                       outlet  guests",
        " 2013-08-02  qzone-xiaomi     15  与小米手机合作发布红米手机  搜狐IT  郑志昊（腾讯副总裁）",
        "             口述史/染坊   1,204  染坊",
    ]


def test_ids_of_duplicates_are_whole_at_every_width():
    long = "2020-05-13-很长的名字、另一个很长的名字、还有一个很长的名字来访"
    versions = [ArchivedVersion(f"{id_}-重", long, False, 0.86, "a.txt", "b.txt") for id_ in ("甲", "乙")]
    assert screen(duplicate_lines(versions, 60)) == [f" {long}", "   86%  甲-重", "   86%  乙-重"]
    for width in (20, 80, 200):
        shown = "\n".join(screen(duplicate_lines(versions, width)))
        assert long in shown
        assert "甲-重" in shown
    assert screen(duplicate_lines(versions, 200))[0].split() == [
        *("primary", "duplicate", "likeness", "file", "primary's", "file")
    ]


def test_an_id_is_whole_where_the_window_allows():
    long = interview("2019/interviews-of-the-spring-festival")
    assert long.id in screen(interview_lines([long], 120))[1]


def test_of_a_long_id_its_beginning_is_left_before_other_columns_go():
    long = interview("2020-05-13-張宸浩、王正文-Chris-、陳瑞信、洪楠棠、楊卓恩、闕筱芙、李婷婷來訪")
    shown = screen(interview_lines([long, *INTERVIEWS], 80))
    assert " 2013-08-02  2020-05-13-張宸浩、王正文-Chris-… " in shown[1]
    assert shown[0].split() == ["date", "interview", "turns", "title", "outlet"]


@pytest.mark.parametrize("width", [24, 40, 80, 120])
def test_no_line_is_wider_and_nothing_steers_the_terminal(width):
    people = [speaker(HOSTILE, affiliations=(HOSTILE,)), *SPEAKERS]
    texts = [interview(HOSTILE, title=HOSTILE, outlet=HOSTILE, guests=(HOSTILE,)), *INTERVIEWS]
    subjects = [ArchivedTopic(HOSTILE, 1, 1, (HOSTILE,)), ArchivedTopic("社交" * 50, 1, 1, ("郑志昊",))]
    for line in [*speaker_lines(people, width), *topic_lines(subjects, width), *interview_lines(texts, width)]:
        assert cells(line) <= width
        assert plain_text(line).isprintable()


@pytest.mark.usefixtures("chinese")
def test_lists_in_chinese() -> None:
    assert screen(speaker_lines(SPEAKERS, 90))[:2] == [
        " 说话人      角色  发言   字数  访谈  年份       任职",
        " 郑志昊      受访     7  1,875     1  2013       腾讯副总裁、腾讯社区平台部总经理",
    ]
    assert screen(interview_lines(INTERVIEWS, 60))[0] == " 日期        访谈           发言  标题                媒体"
    same = ArchivedVersion("qzone-xiaomi-reprint", "qzone-xiaomi", True, 1.0, "a.txt", "b.txt")
    assert screen(duplicate_lines([same], 30)) == [" qzone-xiaomi", "  相同  qzone-xiaomi-reprint"]
