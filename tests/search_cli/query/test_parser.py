"""The query language: what each form means, which forms are only text, where an error points."""

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.errors import QueryError
from search_cli.query.lexer import LONGEST
from search_cli.query.parser import (
    MAX_DEPTH,
    All,
    AnyOf,
    Field,
    Near,
    Node,
    Not,
    Phrase,
    Prefix,
    Saved,
    Word,
    parse,
    with_operators,
)
from search_cli.query.values import Range


def shape(node: Node) -> object:
    """The node without positions, as short as it can be compared."""
    match node:
        case Word(text):
            return text
        case Phrase(text):
            return ("exact", text)
        case Prefix(text):
            return ("prefix", text)
        case Field(name, values):
            return (name, *values)
        case Near(one, other, distance):
            return ("near", distance, *(tuple(phrase.text for phrase in side) for side in (one, other)))
        case Not(inside):
            return ("not", shape(inside))
        case AnyOf(nodes):
            return ("or", *map(shape, nodes))
        case All(nodes):
            return [shape(one) for one in nodes]
        case Saved(name):
            return ("saved", name)


def read(query: str) -> object:
    return shape(parse(query))


def every(node: Node) -> Iterator[Node]:
    yield node
    match node:
        case Not(inside):
            yield from every(inside)
        case AnyOf(nodes) | All(nodes):
            for one in nodes:
                yield from every(one)
        case _:
            pass


@pytest.mark.parametrize(
    ("query", "meaning"),
    [
        ("", []),
        ("  \u3000 ", []),
        ("小米", ["小米"]),
        ("小米 合作", ["小米", "合作"]),
        ("小米\u3000合作", ["小米", "合作"]),
        ('"红米手机"', [("exact", "红米手机")]),
        ('"红米 手机" 首发', [("exact", "红米 手机"), "首发"]),
        ("-广告", [("not", "广告")]),
        ("@小米 隐私", [("saved", "小米"), "隐私"]),
        ("＠小米", [("saved", "小米")]),
        ("-@小米 (@隐私 OR 合作)", [("not", ("saved", "小米")), ("or", ("saved", "隐私"), "合作")]),
        ("wang@example.org 小米@公司 @ a@", ["wang@example.org", "小米@公司", "@", "a@"]),
        ('"@小米" speaker:@小米 topic:(@甲 @乙)', [("exact", "@小米"), ("speaker", "@小米"), ("topic", "@甲", "@乙")]),
        ('小米 -"红米手机"', ["小米", ("not", ("exact", "红米手机"))]),
        ("NOT 广告", [("not", "广告")]),
        ("小米 OR 华为", [("or", "小米", "华为")]),
        ("小米 OR 华为 OR 三星", [("or", "小米", "华为", "三星")]),
        ("小米 OR 华为 合作", [("or", "小米", "华为"), "合作"]),
        ("合作 小米 OR 华为", ["合作", ("or", "小米", "华为")]),
        ("小米 AND 合作", ["小米", "合作"]),
        ("(小米 OR 华为) 合作", [("or", "小米", "华为"), "合作"]),
        ("(小米 合作) OR 华为", [("or", ["小米", "合作"], "华为")]),
        ("((小米))", ["小米"]),
        ("(小米 合作)", ["小米", "合作"]),
        ("-(小米 合作)", [("not", ["小米", "合作"])]),
        ("小*", [("prefix", "小")]),
        ("iPhone*", [("prefix", "iPhone")]),
        ("小米 OR 华*", [("or", "小米", ("prefix", "华"))]),
    ],
)
def test_each_form(query: str, meaning: object) -> None:
    assert read(query) == meaning


@pytest.mark.parametrize(
    ("wide", "plain"),
    [
        ("“红米手机”", '"红米手机"'),
        ("＂红米手机＂", '"红米手机"'),
        ('"红米手机”', '"红米手机"'),
        ("”红米手机”", '"红米手机"'),
        ("「紅米手機」", '"紅米手機"'),
        ("『紅米手機』", '"紅米手機"'),
        ("－广告", "-广告"),
        ("－“红米手机”", '-"红米手机"'),
        ("（小米 OR 华为） 合作", "(小米 OR 华为) 合作"),
        ("（小米 ＯＲ 华为）合作", "(小米 OR 华为) 合作"),
        ("小＊", "小*"),
        ("ｓｐｅａｋｅｒ：郑志昊", "speaker:郑志昊"),
        ("Speaker：“郑志昊”", "speaker:郑志昊"),
        ("说话人：郑志昊", "speaker:郑志昊"),
        ("話題:社交", "topic:社交"),
        ("date：２０１３－０７..２０１３－０８", "date:2013-07..2013-08"),
    ],
)
def test_what_chinese_input_methods_type_means_the_same(wide: str, plain: str) -> None:
    assert read(wide) == read(plain)


@pytest.mark.parametrize(
    ("query", "meaning"),
    [
        ("speaker:郑志昊", [("speaker", "郑志昊")]),
        ("speaker: 郑志昊", [("speaker", "郑志昊")]),
        ('speaker:"Audrey Tang" 开放', [("speaker", "Audrey Tang"), "开放"]),
        ("speaker:「唐 鳳」", [("speaker", "唐 鳳")]),
        ("speaker:迈克尔·乔丹", [("speaker", "迈克尔·乔丹")]),
        ("-speaker:郑志昊", [("not", ("speaker", "郑志昊"))]),
        ("topic:(社交 OR 商业化) 小米", [("topic", "社交", "商业化"), "小米"]),
        ('topic:(社交 "用户 数据")', [("topic", "社交", "用户 数据")]),
        ("topic:a:b", [("topic", "a:b")]),
        ("role:受访 outlet:搜狐IT", [("role", "interviewee"), ("outlet", "搜狐IT")]),
        ("role:Interviewer", [("role", "interviewer")]),
        ("interview:qzone", [("interview", "qzone")]),
        ("keyword:广点通", [("keyword", "广点通")]),
        ("title:黑客松 标题：開放", [("title", "黑客松"), ("title", "開放")]),
        ("author:唐鳳 作者:唐凤", [("author", "唐鳳"), ("author", "唐凤")]),
        ("affiliation:教育部 label:问", [("affiliation", "教育部"), ("label", "问")]),
        ("language:繁體 language:zh-hans", [("language", "zh-Hant"), ("language", "zh-Hans")]),
        ("mentions:(唐鳳 OR 郑志昊)", [("mentions", "唐鳳", "郑志昊")]),
        ("year:2020", [("year", Range("2020-01-01", "2020-12-31"))]),
        ("年份：2019..2021年", [("year", Range("2019-01-01", "2021-12-31"))]),
        ("year:>2019", [("year", Range("2020-01-01", None))]),
        ("date:2013", [("date", Range("2013-01-01", "2013-12-31"))]),
        ("date:2013-02", [("date", Range("2013-02-01", "2013-02-28"))]),
        ("date:2012年2月", [("date", Range("2012-02-01", "2012-02-29"))]),
        ("date:2013-8-2", [("date", Range("2013-08-02", "2013-08-02"))]),
        ("date:2013年8月2日", [("date", Range("2013-08-02", "2013-08-02"))]),
        ("date:2013-07..2013-08", [("date", Range("2013-07-01", "2013-08-31"))]),
        ("date:2013-07..", [("date", Range("2013-07-01", None))]),
        ("date:..2013", [("date", Range(None, "2013-12-31"))]),
        ("date:>2013", [("date", Range("2014-01-01", None))]),
        ("date:>=2013-08-02", [("date", Range("2013-08-02", None))]),
        ("date:<2013-08", [("date", Range(None, "2013-07-31"))]),
        ("date:≤2013-08", [("date", Range(None, "2013-08-31"))]),
    ],
)
def test_fields(query: str, meaning: object) -> None:
    assert read(query) == meaning


@pytest.mark.parametrize(
    ("query", "meaning"),
    [
        ("number:6.11亿", Range(611_000_000.0, 611_000_000.0)),
        ("number:>1亿", Range(low=100_000_000.0, low_open=True)),
        ("number：＞１亿", Range(low=100_000_000.0, low_open=True)),
        ("number:<=30万", Range(high=300_000.0)),
        ("number:<30万", Range(high=300_000.0, high_open=True)),
        ("number:5万..10万", Range(50_000.0, 100_000.0)),
        ("number:5万…10万", Range(50_000.0, 100_000.0)),
        ("number:2020", Range(2020.0, 2020.0)),
        ("number:2020年", Range(2020.0, 2020.0)),
        ("number:70%", Range(70.0, 70.0)),
        ("number:>1兆", Range(low=1e12, low_open=True)),
        ("number:三千萬..1.5億", Range(30_000_000.0, 150_000_000.0)),
    ],
)
def test_numbers(query: str, meaning: Range[float]) -> None:
    assert parse(query) == All((Field("number", (meaning,), 0),))


@pytest.mark.parametrize(
    "text",
    [
        "12:30",
        "http://hhczy.com/a?b=c:d",
        "https://example.org",
        "问:与小米的合作",
        "t-shirt",
        "18-35岁",
        "2013-08-02",
        "6.11亿",
        "C++",
        "*",
        "-",
        "--",
        "——",
        "or",
        "Or",
        "陸特和漢斯雷頓開創了哪一地區對梵語的學術研究？",
        "“轻资产”模式是什么",
        "「双减」之后的学校",
        "推出“QQ空间”的原因",
        '5寸"屏',
        "迈克尔·乔丹",
        "AI:未来",
        "C:",
        "C:\\文件",
        "a:b",
        "3:2",
        "Q：怎么看",
        "主持人：大家好",
        "mailto:a@example.org",
        "localhost:9200",
        "note:",
        "*小米",
    ],
)
def test_what_only_looks_like_an_operator_is_text(text: str) -> None:
    assert read(text) == [text]


def test_a_straight_quote_needs_no_space() -> None:
    assert read('小米"红米手机"首发') == ["小米", ("exact", "红米手机"), "首发"]


def test_brackets_in_a_sentence_only_separate() -> None:
    assert read("GDP（国内生产总值）是什么") == ["GDP", "国内生产总值", "是什么"]


@pytest.mark.parametrize(
    ("query", "position", "told"),
    [
        ('"红米', 0, "not closed"),
        ("小米 “红米", 3, "not closed"),
        ('小米 ""', 3, "Empty quotation marks"),
        ("小米 「 」", 3, "Empty quotation marks"),
        ("(小米", 0, "not closed"),
        ("小米 (合作 (变现)", 3, "not closed"),
        ("小米)", 2, "Unmatched closing bracket"),
        ("小米 ）合作", 3, "Unmatched closing bracket"),
        ("小米 ()", 3, "Empty brackets"),
        ("OR 小米", 0, "before OR"),
        ("小米 OR", 3, "after OR"),
        ("小米 OR OR 华为", 3, "after OR"),
        ("(小米 OR) 华为", 4, "after OR"),
        ("AND 小米", 0, "before AND"),
        ("小米 AND", 3, "after AND"),
        ("小米 NOT", 3, "after NOT"),
        ("(小米 -) 华为", 4, "after -"),
        ("speaker:", 0, "no value"),
        ("小米 speaker:()", 3, "no value"),
        ("speaker:(郑志昊", 8, "not closed"),
        ("speker:郑志昊", 0, "no field speker"),
        ("小米 topicality:x", 3, "no field topicality"),
        ("venue:台北", 0, "no field venue"),
        ("who:郑志昊", 0, "no field who"),
        ("出处：搜狐IT", 0, "no field 出处"),
        ("year:2020-05", 5, "not a year"),
        ("year:去年", 5, "not a year"),
        ('title:"  "', 6, "Empty quotation marks"),
        (f"title:{'開' * 300}", 6, "too long for a title"),
        ("小米 topics:社交", 3, "no field topics"),
        ("role:老板", 5, "not a role"),
        ("小米 date:昨天", 8, "not a date"),
        ("date:2013-13", 5, "not a date"),
        ("date:2013-02-30", 5, "not a date"),
        ("date:2014..2013", 5, "ends before it starts"),
        ("date:..", 5, "no start and no end"),
        ("number:很多", 7, "not a number"),
        ("number:10万..5万", 7, "ends before it starts"),
        ("number:7折", 8, "折 is not part of a number"),
        ("number:5公斤", 8, "公斤 is not part of a number"),
        ("小米 number:>1xyz", 12, "xyz is not part of a number"),
        ("number:1京", 8, "京 is not part of a number"),
        ("number:１兆..５公斤", 12, "公斤 is not part of a number"),
        ('number:"5 公斤"', 10, "公斤 is not part of a number"),
        ("number:5万-10万", 9, "-10万 is not part of a number"),
        ("number:18岁", 9, "岁 is not part of a number"),
    ],
)
def test_errors_point_at_the_character(query: str, position: int, told: str) -> None:
    with pytest.raises(QueryError, match=told) as raised:
        parse(query)
    assert (raised.value.query, raised.value.position) == (query, position)
    assert raised.value.next_step


@pytest.mark.parametrize(
    ("query", "next_step"),
    [
        ("speker:郑志昊", "Write speaker: or"),
        ("Authors：唐鳳", "Write author: or"),
        ("who:唐鳳", "Write speaker: or"),
        ("month:2020-05", "Write date: or"),
        ("講者:唐鳳", "Write speaker: or"),
        ("venue:台北", 'Text is quoted: "venue:台北"'),
    ],
)
def test_a_field_that_is_none_names_the_right_one(query: str, next_step: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(query)
    assert next_step in raised.value.next_step
    assert parse(f'"{query}"').nodes == (Phrase(query, 0),)


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("小米 or 华为", "小米 OR 华为"),
        ("小米 Or “红米手机” ｏｒ 华*", "小米 OR “红米手机” OR 华*"),
        ("(小米 or 华为) topic:社交 or speaker:郑志昊", "(小米 OR 华为) topic:社交 OR speaker:郑志昊"),
        ("or 小米", ""),
        ("小米 or", ""),
        ("小米 OR 华为", ""),
        ('小米 "or" 华为', ""),
        ("speaker:or 小米", ""),
    ],
)
def test_a_word_or_between_words_is_noticed(query: str, meant: str) -> None:
    assert with_operators(query) == meant


def test_depth_and_length_are_bounded() -> None:
    assert read("(" * MAX_DEPTH + "米" + ")" * MAX_DEPTH) == ["米"]
    with pytest.raises(QueryError, match="nested brackets"):
        parse("(" * 5000)
    with pytest.raises(QueryError, match="nested brackets"):
        parse("-(" * 5000)
    assert len(parse("米" * LONGEST).nodes) == 1
    with pytest.raises(QueryError, match="longer than"):
        parse("米" * (LONGEST + 1))


def test_positions_are_those_of_what_was_typed() -> None:
    assert parse("小米 -“红米” date:2013").nodes == (
        Word("小米", 0),
        Not(Phrase("红米", 4), 3),
        Field("date", (Range("2013-01-01", "2013-12-31"),), 9),
    )


QUERIES = st.text(st.sampled_from(list('小米红a1 \u3000-－"“”「」()（）:：*＊.>=<OR')), max_size=30) | st.lists(
    st.sampled_from(
        ["小米", " ", " OR ", "-", "(", ")", '"', "“", "”", "speaker:", "date:", "2013", "..", "*", "NOT "]
    ),
    max_size=15,
).map("".join)


def read_or_refused(query: str) -> All | QueryError:
    try:
        return parse(query)
    except QueryError as error:
        return error


@given(st.text(max_size=60) | QUERIES)
@example("-" * 300)
@example("speaker:(" * 100)
@example("\ud800")
@example("「」0")
def test_any_text_is_read_or_refused_with_a_place(query: str) -> None:
    found = read_or_refused(query)
    if isinstance(found, QueryError):
        assert 0 <= found.position < len(query)
        assert found.message
        return
    for node in every(found):
        if isinstance(node, Word | Prefix):
            assert node.text.strip()
            assert query.startswith(node.text, node.at)
        elif isinstance(node, Phrase):
            assert node.text.strip() == node.text
            assert query[node.at + 1 :].lstrip().startswith(node.text)


@given(st.lists(st.text(st.sampled_from("小米合作变现qQ空间6亿"), min_size=1, max_size=6), max_size=6))
def test_words_come_back_as_typed(words: list[str]) -> None:
    assert read(" ".join(words)) == words


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("疫苗 NEAR/5 口罩", [("near", 5, ("疫苗",), ("口罩",))]),
        ("疫苗　ＮＥＡＲ／０　“布 口罩”", [("near", 0, ("疫苗",), ("布 口罩",))]),
        ("甲 疫苗 NEAR/12 (口罩 OR 面罩)", ["甲", ("near", 12, ("疫苗",), ("口罩", "面罩"))]),
        ("疫苗 NEAR/5 口罩 OR 快篩", [("or", ("near", 5, ("疫苗",), ("口罩",)), "快篩")]),
        ("-(疫苗 NEAR/5 口罩)", [("not", ("near", 5, ("疫苗",), ("口罩",)))]),
        ("near/5", ["near/5"]),
        ('"NEAR/5"', [("exact", "NEAR/5")]),
        ("NEARBY", ["NEARBY"]),
    ],
)
def test_near(query: str, expected: object) -> None:
    assert read(query) == expected


@pytest.mark.parametrize(
    ("query", "at", "told"),
    [
        ("NEAR/5 口罩", 0, "nothing before NEAR/5"),
        ("疫苗 NEAR/5", 3, "nothing after NEAR/5"),
        ("疫苗 NEAR/5 OR 口罩", 3, "nothing after NEAR/5"),
        ("(疫苗 NEAR/5) 口罩", 4, "nothing after NEAR/5"),
        ("疫苗 NEAR 口罩", 3, "NEAR has no number"),
        ("疫苗 NEAR/ 口罩", 3, "NEAR/ has no number"),
        ("疫苗 NEAR/x 口罩", 3, "NEAR/x has no number"),
        ("疫苗 NEAR/-1 口罩", 3, "NEAR/-1 has no number"),
        ("疫苗 NEAR/99999999999999 口罩", 3, "from 0 to 1,000"),
        ("疫苗 NEAR/5 -口罩", 3, "joins words"),
        ("疫苗 NEAR/5 speaker:唐鳳", 3, "joins words"),
        ("疫* NEAR/5 口罩", 3, "joins words"),
        ("疫苗 NEAR/5 口罩 NEAR/5 酒精", 13, "not three"),
    ],
)
def test_near_without_what_it_needs(query: str, at: int, told: str) -> None:
    with pytest.raises(QueryError, match=told) as raised:
        parse(query)
    assert raised.value.position == at


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("query", "message", "next_step"),
    [
        ('小米 "合作', "这个引号没有收尾。", '用 " 收尾，或者删去。'),
        ("小米 OR", "OR 后面没有内容。", '要查这个词本身，写作 "OR"。'),
        ("speker:郑志昊", "没有 speker 这个字段。", "写作 speaker:，或者给这段文字加引号。"),
        ("year:去年", "去年 不是年份。", "年份写作 2020，范围写作 2019..2021、>2019 或 ..2021；要写月和日就用 date:。"),
        ("number:5公斤", "公斤 不是数字的一部分。", '数字写作 5；或者照原文检索 "5公斤"。'),
        ("甲 NEAR/5 乙 NEAR/5 丙", "NEAR 用在两个词之间，不是三个。", "两两写出：甲 NEAR/5 乙 乙 NEAR/5 丙"),
    ],
)
def test_errors_in_chinese(query: str, message: str, next_step: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(query)
    assert (raised.value.message, raised.value.next_step) == (message, next_step)
