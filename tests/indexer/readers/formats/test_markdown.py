"""Markdown: its mark-up becomes kinds and bold, its text is unchanged."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers.formats import markdown
from indexer.readers.formats import text as plain_text
from indexer.readers.script import Line, Script
from indexer.readers.source import Source


def lines(text: str) -> list[Line]:
    return list(markdown.parse_markdown(text).lines)


@pytest.mark.parametrize(
    ("printed", "text", "strong"),
    [
        ("**姚明：**你好", "姚明：你好", 3),
        ("**姚明：****你好。**", "姚明：你好。", 6),
        ("**姚明** ：你好", "姚明 ：你好", 2),
        ("__姚明：__你好", "姚明：你好", 3),
        ("<b>姚明：</b>你好", "姚明：你好", 3),
        ("<strong class='a'>姚明</strong>", "姚明", 2),
        ("你好**姚明**", "你好姚明", 0),
        ("[链接](http://a.b/c_(d))、<https://a.b>", "链接、https://a.b", 0),
        ('[链接](http://a.b "题")和![图](a.jpg)后', "链接和后", 0),
        ("[![图](a.jpg)](http://a.b)后", "后", 0),
        (r"\[laughs\] 3 \* 4", "[laughs] 3 * 4", 0),
        ("斜*体*字，_斜体_，snake_case_name，2*3*4", "斜体字，斜体，snake_case_name，234", 0),
        ("`代码`和~~删~~", "代码和删", 0),
        ("A&amp;B &lt;3&gt;&nbsp;", "A&B <3>\xa0", 0),
        ("话[^1]说完[^注]。", "话说完。", 0),
        ("一行<br/>两行<span style='x'>字</span>", "一行两行字", 0),
        ("x < y 而 a > b", "x < y 而 a > b", 0),
        ("**没有关", "没有关", 3),
        ("**甲**乙**丙", "甲乙丙", 1),
        ("平常的一句话。", "平常的一句话。", 0),
    ],
)
def test_inline_mark_up_goes_and_text_stays(printed: str, text: str, strong: int) -> None:
    assert markdown.strip_inline_markup(printed) == (text, strong)


@pytest.mark.parametrize(
    ("printed", "kind", "text"),
    [
        ("# 标题", "heading", "标题"),
        ("### 唐鳳：", "heading", "唐鳳："),
        ("## 标题 ##", "heading", "标题"),
        ("##标题", "heading", "标题"),
        ("#1 号楼", "", "#1 号楼"),
        ("> （播放影片）", "quote", "（播放影片）"),
        ("> > 两层", "quote", "两层"),
        ("- 一条", "item", "一条"),
        ("* 一条", "item", "一条"),
        ("1. 一条", "", "1. 一条"),
        ("---", "rule", "---"),
        ("* * *", "rule", "* * *"),
        ("```python", "rule", "```python"),
        ("~~~", "rule", "~~~"),
        ("[^1]: 见第三页", "note", "见第三页"),
        ("　　正文", "", "　　正文"),
    ],
)
def test_a_line_says_what_it_is(printed: str, kind: str, text: str) -> None:
    (line,) = lines(printed)
    assert (line.kind, line.text) == (kind, text)


def test_code_in_a_fence_is_kept_as_it_is_and_is_nobodys_label() -> None:
    found = lines("甲\n```\n**问：** a\n# 答：b\n```\n# 乙\n")
    assert [(line.kind, line.text) for line in found] == [
        ("", "甲"),
        ("rule", "```"),
        ("code", "**问：** a"),
        ("code", "# 答：b"),
        ("rule", "```"),
        ("heading", "乙"),
    ]


def test_a_picture_alone_is_gone_and_numbers_stay_the_files() -> None:
    assert [(line.number, line.text) for line in lines("一\n\n![图](a.jpg)\n\n二\n")] == [(1, "一"), (5, "二")]


def test_front_matter_is_what_the_format_says() -> None:
    text = (
        "---\n"
        'title: "专访：某某"\n'
        "date: 2024-05-01 10:00\n"
        "authors:\n  - 甲\n  - '乙'\n"
        "tags: [a, b]\n"
        "source: https://example.org/a\n"
        "publisher: 某刊\n"
        "guests: [丙, 丁]\n"
        "nested:\n  title: 不是\n"
        "---\n\n问：好吗？\n"
    )
    script = markdown.parse_markdown(text)
    assert script.metadata == (
        ("title", "专访：某某"),
        ("date", "2024-05-01 10:00"),
        ("author", "甲"),
        ("author", "乙"),
        ("url", "https://example.org/a"),
        ("outlet", "某刊"),
        ("guest", "丙"),
        ("guest", "丁"),
        ("headline", "专访：某某"),
    )
    assert script.lines == (Line(15, "问：好吗？"),)


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert markdown.parse_markdown("---\n问：好吗？\n").metadata == ()


def script_of(text: str) -> Script:
    (item,) = plain_text.read(Source("a.txt", ".txt", lambda: io.BytesIO(text.encode())))
    assert isinstance(item, Script)
    return item


def test_pasted_markdown_in_a_text_file_is_read_as_such() -> None:
    assert script_of("**甲：**一\n\n**乙：**二\n").lines[0] == Line(1, "甲：一", bold_prefix_length=2)
    assert script_of("---\ntitle: 甲\n---\n问：好\n").metadata == (("title", "甲"), ("headline", "甲"))


def test_a_text_with_one_star_or_number_sign_is_plain() -> None:
    assert script_of("# 一\n2 ** 3\n**\n问：好\n").lines[0] == Line(1, "# 一")


@given(st.text(alphabet="甲乙：*_`[]()<>!#\\&;~ a1"))
def test_no_line_fails_and_bold_is_within_it(text: str) -> None:
    clean, strong = markdown.strip_inline_markup(text)
    assert 0 <= strong <= len(clean)
    assert set(clean) <= set(text)


@given(st.text(alphabet="甲乙：*_\\~ a1"))
def test_no_letter_is_lost_where_there_is_no_link_or_tag(text: str) -> None:
    def letters(any_text: str) -> list[str]:
        return [one for one in any_text if one in "甲乙：1a"]

    assert letters(markdown.strip_inline_markup(text)[0]) == letters(text)


def test_a_page_of_html_in_a_markdown_file_is_read_as_one() -> None:
    text = "\n---\ntitle: 写作营\n---\n<div><p><strong>Q：</strong>写什么？</p><p>A：写猫。</p><p>就写猫。</p></div>\n"
    given = markdown.parse_markdown(text)
    assert [line.text for line in given.lines] == ["Q：写什么？", "A：写猫。", "就写猫。"]
    assert ("title", "写作营") in given.metadata
    kept = markdown.parse_markdown("**问：**写什么<p>？</p>\n\n**答：**猫。\n")
    assert [line.text for line in kept.lines] == ["问：写什么？", "答：猫。"]


def test_words_in_italics_below_a_picture_are_its_caption() -> None:
    lines = markdown.parse_markdown(
        "![](a.jpg)\n*他在修那张床。*\n\n*他在修那张床。*\n\n![](b.jpg)\n\n他在修床。\n"
    ).lines
    assert [(line.text, line.kind) for line in lines] == [
        ("他在修那张床。", "caption"),
        ("他在修那张床。", ""),
        ("他在修床。", ""),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "<figure>\n<img src='a'>\n<figcaption>鐵門。**林深**攝</figcaption>\n</figure>",
            [("鐵門。林深攝", "caption")],
        ),
        ("<figcaption>第一行\n第二行</figcaption>后", [("第一行", "caption"), ("第二行", "caption"), ("后", "")]),
        ("前<figcaption class='c'>图</figcaption>", [("前", ""), ("图", "caption")]),
        (
            "好。![](a.jpg)_《渡口》剧照_**记者：好吗？**",
            [("好。", ""), ("《渡口》剧照", "caption"), ("记者：好吗？", "")],
        ),
        ("好。![](a.jpg)*图*记者：好吗？", [("好。", ""), ("图", "caption"), ("记者：好吗？", "")]),
        ("好。![](a.jpg)真*好*。", [("好。真好。", "")]),
        ("<figcaption></figcaption>", []),
    ],
)
def test_captions_marked_up_are_lines_of_their_own(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(line.text, line.kind) for line in lines(text)] == expected


def test_a_caption_that_is_never_closed_ends_after_a_few_lines() -> None:
    found = lines("<figcaption>图\n" + "一句话。\n" * 20)
    assert [line.kind for line in found] == ["caption"] * 6 + [""] * 15


def test_a_line_that_is_only_a_link_is_one() -> None:
    kinds = [line.kind for line in lines("[季小舟：去哪里](https://a.b)\n\n- [桥头](/c)\n\n[甲](/d)：好\n\n# [题](/e)")]
    assert kinds == ["link", "link", "", "heading"]


def test_front_matter_may_be_toml() -> None:
    script = markdown.parse_markdown("+++\ntitle = '离岸'\ndate = 2022-04-26T23:30:00Z\n+++\n\n# 谁在等船\n")
    assert script.metadata == (("title", "离岸"), ("date", "2022-04-26T23:30:00Z"), ("headline", "离岸"))
    assert [(line.number, line.text) for line in script.lines] == [(6, "谁在等船")]
