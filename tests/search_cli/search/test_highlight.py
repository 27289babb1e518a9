"""Marks: exactly the characters of the printed text that a query matched."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.text.analysis import Analyzer
from indexer.text.normalize import normalize
from search_cli.models import Span
from search_cli.query.parser import parse
from search_cli.query.terms import analyze_query
from search_cli.search.highlight import Plain, marks, merged, occurrences

ANALYZER = Analyzer()


def spans(query: str, text: str) -> tuple[Span, ...]:
    node = parse(query)
    return marks(text, analyze_query(node, ANALYZER.analyze), ANALYZER.analyze)


def marked(query: str, text: str) -> str:
    """The text with «» around what is marked."""
    shown, last = "", 0
    for start, end in spans(query, text):
        shown += f"{text[last:start]}«{text[start:end]}»"
        last = end
    return shown + text[last:]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        # words as typed, whatever jieba makes of them
        ("小米 合作", "与«小米»手机«合作»发布红米手机"),
        ("红米手机", "小米公司宣布«红米手机»首发，«红米»也好，小米«手机»也好"),
        ("红米", "小米与«红米»，«红米»"),
        ("刘三发", "«刘三发»说，三发不是他"),
        ("互联", "«互联»网与«互联»互通"),
        ("米", "小«米»，«米»，红«米»"),
        ("我们 合作", "«我们»的«合作»"),
        # a word with a stretch in common is marked where no whole word is there
        ("互联网", "«互联»互通"),
        ("互联网", "«互联网»与互联互通"),
        ("人工智能", "智慧城市"),
        # several words without spaces: the longest stretches in common that hold a word
        ("区块链的有关概念", "«区块链»的«概念»，还有«区块链»应用"),
        ("我们的用户数据", "我们的«用户»说«数据»，«用户数据»"),
        ("郑志昊怎么看小米", "我是«郑志昊»，你怎么看？«小米»很好"),
        (
            "陸特和漢斯雷頓開創了哪一地區對梵語的學術研究？",
            "在歐洲，«梵語的學術研究»，由德國學者«陸特和漢斯雷頓開創»。",
        ),
        # exact text
        ('"红米手机"', "«红米手机»、红米和手机"),
        ('"红米手机"', "«红米\n手机»"),
        ('"米手"', "小«米手»机"),
        ("“小米，手机”", "«小米,手机»，小米手机"),
        # Latin letters and digits stand by themselves
        ("QQ空间", "«QQ空间»与«QQ»，MQQ，«空间»"),
        ("ｑｑ空间", "«ＱＱ空间»，«QQ 空间»"),
        ("IT", "«IT» with «it»'s bits"),
        ("iPhone", "«iPhone»6与«ｉＰｈｏｎｅ»6s，MyiPhones"),
        ("iPhone6s", "«iPhone 6s»"),
        ('"it"', "with «it»，«IT»业"),
        ('"it业"', "«IT 业»，bit业"),
        ("C++", "«C++»，C"),
        # numbers
        ("6.11亿", "«6.11亿»元，16.11亿，«6.11 億»美元"),
        ("6.11亿元", "«6.11亿元»，«6.11亿»美元，«六亿一千一百万»"),
        ("2020年", "«2020年»，12020年，«二〇二〇年»，«2020»"),
        ("二〇二〇年", "«2020年»"),
        ("11", "6.11，«11»，11.5"),
        ("70%", "«70%»，70"),
        # scripts and widths, each in its own print
        ("資訊", "«资訊»：«资讯»，«資訊»"),
        ("资讯", "«資訊»科"),
        ("軟體", "«軟體»，«软体»"),
        ("株", "«㈱»日立，«株»式"),
        # names
        ("迈克尔·乔丹", "«迈克尔·乔丹»，«乔丹»"),
        ("乔丹", "迈克尔·«乔丹»"),
        # operators
        ("小米 OR 华为", "«华为»与«小米»"),
        ("-广告 小米", "«小米»的广告"),
        ('小米 -"红米"', "«小米»与红米"),
        ("(小米 OR 华为) 合作", "«华为»«合作»"),
        ("speaker:郑志昊 小米", "郑志昊说«小米»"),
        # prefixes
        ("小*", "«小米»和«小时候»，大小"),
        ("iPho*", "«iPhone6»，MyiPhone"),
        ("红米*", "«红米»手机"),
        # nothing
        ("小米", "红米手机"),
        ("", "小米"),
        ("？", "小米«？»"),
    ],
)
def test_marks(query: str, shown: str) -> None:
    assert marked(query, shown.replace("«", "").replace("»", "")) == shown


def test_a_known_word_is_marked_the_same() -> None:
    attested = replace(analyze_query(parse("红米手机"), ANALYZER.analyze), attested=frozenset({"红米手机"}))
    assert marks("红米手机，手机", attested, ANALYZER.analyze) == ((0, 4), (5, 7))


def test_overlapping_stretches_are_one_touching_ones_are_not() -> None:
    assert merged([(3, 5), (0, 2), (1, 3), (7, 7)]) == ((0, 3), (3, 5))
    assert merged([(0, 2), (2, 3)], touching=True) == ((0, 3),)


HAN = st.text(st.sampled_from("小米红手机合作"), min_size=1, max_size=3)
TEXTS = st.text(st.sampled_from("小米红手机合作手機 \n，的a1.ＱQ㈱…6亿"), max_size=30)


def positions(found: Iterable[Span]) -> set[int]:
    return {place for start, end in found for place in range(start, end)}


@given(st.lists(HAN, min_size=1, max_size=3), TEXTS)
@example(["米米"], "米米米")
@example(["小米"], "小\n米")
@example(["作作作"], "作作")
def test_quoted_words_are_marked_wherever_they_stand_and_nothing_else(words: list[str], text: str) -> None:
    query = " OR ".join(f'"{word}"' for word in words)
    printed = positions(spans(query, text))
    normal = normalize(text)
    places = [place for place, character in enumerate(normal.text) if not character.isspace()]
    squeezed = "".join(normal.text[place] for place in places)
    sought = {
        place
        for word in words
        for start in range(len(squeezed))
        if squeezed.startswith(normalize(word).text, start)
        for place in range(start, start + len(word))
    }
    visible = {place for place, character in enumerate(text) if not character.isspace()}
    expected = {shown for place in sought for shown in range(*normal.original_span(places[place], places[place] + 1))}
    assert printed & visible == expected & visible


@given(st.text(st.sampled_from('小米红手机合作 的-"OR(a1Ｑ亿*6.'), max_size=12) | st.lists(HAN).map(" ".join), TEXTS)
def test_marks_are_in_order_inside_and_of_the_query(query: str, text: str) -> None:
    from indexer.errors import QueryError

    try:
        found = spans(query, text)
    except QueryError:
        return
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    asked = "".join(normalize(query).text.split())
    for start, end in found:
        said = "".join(normalize(text[start:end]).text.split())
        assert said
        if "*" not in query and "亿" not in query:  # a prefix marks whole words, an amount its other forms
            assert set(said) <= set(asked) | set("()")  # ㈱ is (株): one print for three characters


def whole(query: str, text: str) -> list[str]:
    """The occurrences, as they are printed."""
    node = parse(query)
    plain = Plain(normalize(text))
    found = occurrences(plain, analyze_query(node, ANALYZER.analyze), lambda: ANALYZER.analyze(text).words)
    return [text[slice(*plain.printed(span))] for span in found]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("互联网", "互联互通", []),  # marked in part, and no occurrence
        ("互联网", "互联网与互联互通", ["互联网"]),
        ("资讯", "資訊 資\n訊", ["資訊", "資\n訊"]),
        ("小米", "小米小米", ["小米", "小米"]),
        ('"……"', "好……", ["……"]),
    ],
)
def test_occurrences_are_whole(query, text, expected):
    assert whole(query, text) == expected


@given(st.text(alphabet="小米手机 \nＱq…資讯", max_size=12))
def test_occurrences_are_what_is_marked_where_there_is_one(text):
    for query in ("小米", "qq", "资讯 OR 手机", '"…"'):
        if found := whole(query, text):
            assert "".join(found) == "".join(text[start:end] for start, end in spans(query, text))
