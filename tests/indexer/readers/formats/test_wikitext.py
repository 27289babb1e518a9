"""Wiki text: mark-up goes, words stay."""

import time

import pytest

from indexer.readers.script import Line
from tests.support.sources import script

PAGE = """{{访谈头|标题=渡口的灯|日期=2017年9月3日}}
== 渡口的灯 ==
'''记者：'''几点关灯？<ref>2017年9月于渡口。</ref>

'''何苗：'''[[十点|十点钟]]，''真的''。[https://a.example 网页]<!-- 删 -->
* 一<br>二

{| class="wikitable"
! 发言人 !! 内容
|-
| 何苗 || 下雨天早一点。
|}

== 参考 ==
<references/>
[[Category:口述史]]
"""


def test_a_page() -> None:
    page = script(PAGE, ".wiki")
    assert page.metadata == (("title", "渡口的灯"), ("date", "2017年9月3日"))
    assert page.lines == (
        Line(2, "渡口的灯", kind="heading"),
        Line(3, "记者：几点关灯？", bold_prefix_length=3),
        Line(5, "何苗：十点钟，真的。网页", bold_prefix_length=3),
        Line(6, "一", kind="item"),
        Line(6, "二", kind="item"),
        Line(9, "发言人", kind="note"),
        Line(9, "内容", kind="note"),
        Line(11, "下雨天早一点。", label="何苗"),
        Line(14, "参考", kind="note"),
        Line(14, "2017年9月于渡口。", kind="note"),
        Line(14, "口述史", kind="note"),
    )


@pytest.mark.parametrize(
    ("text", "is_wiki"),
    [
        (PAGE, True),
        ("== 一 ==\n'''问：'''好吗？\n'''答：'''好。\n", True),
        ("问：'''好'''吗？\n答：[[好]]。\n", False),  # no heading, template or reference
        ("====\n问：好吗？\n答：好。\n====\n", False),
        ("问：模板{{x}}是什么？\n答：不知道。\n", False),
    ],
)
def test_it_is_known_by_its_marks(text: str, is_wiki: bool) -> None:
    assert ("'''" not in "".join(line.text for line in script(text).lines)) == (is_wiki or "'''" not in text)
    assert (script(text).lines == script(text, ".wiki").lines) or not is_wiki


@pytest.mark.parametrize(
    "text", ["{{a|\n问：好吗？", "{|\n问：好吗？", "[[问：好吗？", "'''问：好吗？", "<ref>问：好吗？"]
)
def test_what_is_never_closed_keeps_its_words(text: str) -> None:
    assert "好吗？" in "".join(line.text for line in script(text, ".wiki").lines)


@pytest.mark.parametrize(
    "piece", ["{{", "[[", "'''a''", "<b>", "{|\n", "<ref>", "<!--", "{{a|", "-{", "[http://a ", "|-\n"]
)
def test_the_time_is_in_proportion(piece: str) -> None:
    before = time.process_time()
    script("x" + piece * (100_000 // len(piece)), ".wiki")
    assert time.process_time() - before < 5
