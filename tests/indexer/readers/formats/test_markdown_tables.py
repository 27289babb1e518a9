"""Markdown: tables of speech, addresses in angle brackets, users that Lark cites."""

import pytest

from indexer.readers.formats import markdown
from indexer.readers.script import Line


def lines(text: str) -> list[Line]:
    return list(markdown.parse_markdown(text).lines)


TABLE = """# 渡口

| 时间 | 发言人 | 内容 |
|:--|---|--:|
| 09:01 | 何苗 | 十点**关灯**。<br>下雨早一点。 |
| 09:02 | 小舟 | 好\\|的。 |

后记
"""


def test_a_table_of_speech_becomes_turns() -> None:
    assert [(one.label, one.text, one.start) for one in lines(TABLE) if one.label] == [
        ("何苗", "十点关灯。", 541_000),
        ("何苗", "下雨早一点。", 541_000),
        ("小舟", "好|的。", 542_000),
    ]
    assert [one.text for one in lines(TABLE) if not one.label and one.kind != "note"] == ["渡口", "后记"]


@pytest.mark.parametrize(
    "table",
    [
        "| 年 | 船 |\n|---|---|\n| 1984 | 三 |\n| 1985 | 四 |\n",
        "| 问：好吗？ | 答：好。 |\n",
        "```\n| 发言人 | 内容 |\n|---|---|\n| 何苗 | 好。 |\n```\n问：好吗？\n",
    ],
)
def test_another_table_stays_as_it_is(table: str) -> None:
    assert all(one.label is None for one in lines(table))


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("好![](<../assets/image (12).png>)。", "好。"),
        ('好[链接](<a b.html> "题")。', "好链接。"),
        ('<cite type="user" user-id="1" user-name="何苗"></cite> 00:00:06', "何苗 00:00:06"),
        ('<cite type="doc" title="x">好</cite>', "好"),
    ],
)
def test_addresses_in_angle_brackets_and_users_that_are_cited(printed: str, text: str) -> None:
    assert [one.text for one in lines(printed)] == [text]
