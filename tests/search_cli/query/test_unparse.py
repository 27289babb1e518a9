"""What is typed again means the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_cli.query.parser import All, Field, Node, parse
from search_cli.query.unparse import retyped, value_text
from search_cli.query.values import InterviewId, Range


@pytest.mark.parametrize(
    "query",
    [
        "小米 合作",
        '"红米手机"',
        "-广告",
        '-"红米手机"',
        "(小米 OR 华为) 合作",
        "(小米 OR (红米 手机)) -(合作 广告)",
        "小*",
        "speaker:郑志昊",
        'speaker:"Audrey Tang"',
        "topic:(社交 OR 商业化)",
        "date:2013-07-01..2013-07-31",
        "number:>100000000",
        "number:<=0.5",
        "number:2020",
        "year:2020",
        "year:2019..2021",
        "year:>=2019",
        "title:黑客松",
        "mentions:唐鳳",
        "asked:小米",
        'volunteered:(小米 OR "a b")',
        "number:>=50000",
        "date:<=2012-12-31",
    ],
)
def test_it_is_typed_as_it_was(query: str) -> None:
    assert retyped(parse(query)) == query


@pytest.mark.parametrize(
    ("typed", "again"),
    [
        ("number:6.11亿", "number:611000000"),
        ("number:5万..10万", "number:50000..100000"),
        ("date:2013-07", "date:2013-07-01..2013-07-31"),
        ("date:>2013", "date:>=2014-01-01"),
        ("小米 ＯＲ 华为", "(小米 OR 华为)"),
        ("“红米手机”", '"红米手机"'),
        ("－广告", "-广告"),
        ("说话人：郑志昊", "speaker:郑志昊"),
        ("role:受访", "role:interviewee"),
        ("問到：小米 答到:小米 -主動提到:小米", "asked:小米 answered:小米 -volunteered:小米"),
    ],
)
def test_another_way_of_typing_the_same(typed: str, again: str) -> None:
    assert retyped(parse(typed)) == again
    assert bare(parse(again)) == bare(parse(typed))


def test_an_interview_in_full_and_a_quote_with_quotes_inside() -> None:
    assert value_text(InterviewId("qzone-xiaomi")) == "qzone-xiaomi"
    assert value_text('说"好"') == '「说"好"」'
    assert value_text(Range(low=1.0, high=1.0)) == "1"


def bare(node: Node) -> object:
    """A node without its places."""
    if isinstance(node, Field):
        return node.name, node.values
    inside = getattr(node, "nodes", None) or ((node.node,) if hasattr(node, "node") else ())
    return type(node).__name__, getattr(node, "text", ""), tuple(map(bare, inside))


WORDS = st.sampled_from(["小米", "合作", '"红米 手机"', "小*", "speaker:郑志昊", "number:>1亿", "date:2013"])
QUERIES = st.recursive(
    WORDS,
    lambda inside: st.one_of(
        inside.map(lambda one: f"-({one})"),
        st.tuples(inside, inside).map(lambda two: f"({two[0]} OR {two[1]})"),
        st.tuples(inside, inside).map(lambda two: f"({two[0]} {two[1]})"),
    ),
    max_leaves=6,
)


@given(QUERIES)
def test_what_is_typed_again_means_the_same(query: str) -> None:
    node = parse(query)
    assert bare(parse(retyped(node))) == bare(node)
    assert isinstance(parse(retyped(node)), All)
