"""The pages of `fangtan topics learn`, `apply`, `edit` and its single steps."""

from pathlib import Path

import pytest

from indexer.dictionary.diff import DictionaryDiff
from indexer.topics.archive_topics import TopicsChange
from indexer.topics.learn import LearnedTopic
from indexer.topics.topics_file import TopicsDiff
from search_cli.rendering.pages import learned_topics, topic_changes
from search_cli.rendering.terminal.styles import StyledLine, plain_text

BEFORE = '["农业"]\nterms = ["水稻"]\n["口罩"]\nlearned = true\nweights = {"口罩" = 2.0}\n["电影"]\nterms = ["导演"]\n'
AFTER = '["农事"]\nterms = ["水稻", "收割"]\n["口罩"]\nlearned = false\nweights = {"口罩" = 2.0, "药师" = 1.0}\n'
CHANGE = TopicsChange(Path("topics.toml"), BEFORE, AFTER, TopicsDiff())

NEW = tuple(LearnedTopic(f"药师{n}", {"药师": 1.9, "排队": 0.9}, 50 - n) for n in range(22))
LEARNED = TopicsChange(Path("topics.toml"), "", AFTER, TopicsDiff((), NEW, ("电影", "导演")), 6_155)


def said(lines: list[StyledLine]) -> list[str]:
    return [plain_text(one).rstrip() for one in lines]


def test_topics_that_differ() -> None:
    assert said(topic_changes.change_lines(CHANGE, 80)) == [
        " renamed  农业 → 农事",
        "          + 收割",
        " changed  口罩  (yours from now on)",
        "          + 药师",
        " removed  电影",
    ]


@pytest.mark.usefixtures("chinese")
def test_topics_that_differ_in_chinese() -> None:
    assert said(topic_changes.change_lines(CHANGE, 80)) == [
        " 改名     农业 → 农事",
        "          + 收割",
        " 改动     口罩  （今后归你管）",
        "          + 药师",
        " 删除     电影",
    ]
    assert said(topic_changes.plan_lines(DictionaryDiff(relabelled=216, of_turns=240, interviews=9), 80)) == [
        " 240 轮发言中有 216 轮（在 9 篇访谈里）的话题会改变。"
    ]


@pytest.mark.usefixtures("chinese")
def test_learned_topics_in_chinese() -> None:
    lines = said(learned_topics.change_lines(LEARNED, 80))
    assert lines[:2] == [
        " 从 6,155 轮发言中学到 22 个话题：新增 22 个，沿用原名 0 个，消失 2 个。",
        " 话题    发言  词",
    ]
    assert lines[-2:] == [" … 另有 2 个较小的话题", " 消失：电影 · 导演"]
