"""Names as typed and as the archive has them."""

import re

import pytest

from indexer.text.normalize import fold
from search_cli.query.name_patterns import pattern
from search_cli.query.name_patterns import within as pattern_within
from search_cli.query.parser import Field
from search_cli.query.request import SearchRequest
from search_cli.query.values import InterviewId, Range
from search_cli.search.check_names import _LOOKED_FOR
from search_cli.search.known_names import (
    _LISTED,
    KnownNames,
    all_names_body,
    known_names,
    names_body,
    names_within_body,
    nearest,
    not_found,
    resolve,
    sounds_alike,
    speakers_named,
    unknown,
)

NAMES = KnownNames({"speaker": ("唐鳳", "唐凤", "Audrey Tang", "郑志昊", "迈克尔·乔丹"), "topic": ("社交營銷",)})


def filtered(*fields: Field) -> SearchRequest:
    return SearchRequest(filters=fields)


def test_names_are_compared_in_normal_form() -> None:
    assert fold("Ａｕｄｒｅｙ Tang") == "audreytang"
    assert fold("唐鳳") == "唐凤"


def test_a_filter_takes_the_archives_own_names() -> None:
    asked = filtered(Field("speaker", ("唐凤", "audrey tang", "无名")), Field("topic", ("社交营销",)))
    assert resolve(asked, NAMES).filters == (
        Field("speaker", ("唐鳳", "唐凤", "Audrey Tang", "无名")),
        Field("topic", ("社交營銷",)),
    )


def test_an_id_given_in_full_is_no_beginning() -> None:
    asked = filtered(Field("interview", ("vcsum_01", "2019/")))
    assert resolve(asked, KnownNames({"interview": ("vcsum_01",)})).filters == (
        Field("interview", (InterviewId("vcsum_01"), "2019/")),
    )


def test_a_version_means_its_main_version() -> None:
    asked = filtered(Field("interview", ("b", "other")))
    answer = {
        "aggregations": {
            "interview": {"buckets": []},
            "versions": {"buckets": [{"key": "b", "main": {"buckets": [{"key": "full"}]}}]},
        }
    }
    assert known_names(answer) == KnownNames({"interview": ()}, {"b": "full"})
    assert resolve(asked, known_names(answer)).filters == (Field("interview", (InterviewId("full"), "other")),)


def test_other_filters_stay_as_they_are() -> None:
    asked = filtered(Field("role", ("host",)), Field("date", (Range("2013-01-01", None),)))
    assert resolve(asked, NAMES) == asked


def test_what_the_archive_does_not_have_is_told() -> None:
    asked = filtered(Field("speaker", ("唐凤", "无名")), Field("topic", ("军事",)), Field("outlet", ("x",)))
    found = [unknown(one, NAMES) for one in resolve(asked, NAMES).filters]
    assert found == [["无名"], ["军事"], ["x"]]
    assert unknown(Field("role", ("host",)), NAMES) == []


def test_the_search_for_names() -> None:
    asked = filtered(Field("topic", ("社交",)), Field("interview", ("a", InterviewId("b"))), Field("role", ("host",)))
    body = names_body(asked.filters, ["乔丹", "米"])
    assert body == {
        "size": 0,
        "track_total_hits": False,
        "aggs": {
            "speaker": {"terms": {"field": "speakers", "include": pattern([], ["乔丹", "米"]), "size": 10_000}},
            "speaker within": {"filter": {"regexp": {"speakers": {"value": pattern_within(["乔丹"])}}}},
            "topic": {"terms": {"field": "topics", "include": pattern(["社交"]), "size": 10_000}},
            "interview": {"terms": {"field": "interview_id", "include": ["a"], "size": 1}},
            "versions": {
                "terms": {"field": "versions", "include": ["a"], "size": 1},
                "aggs": {"main": {"terms": {"field": "interview_id", "size": 1}}},
            },
        },
    }
    assert names_body(filtered(Field("role", ("host",))).filters) is None
    assert names_body((), ["米"]) is None


def test_the_search_for_all_names() -> None:
    assert all_names_body("outlet") == {
        "size": 0,
        "track_total_hits": False,
        "aggs": {"outlet": {"terms": {"field": "outlet", "size": 10_000}}},
    }


def test_the_names_found() -> None:
    answer = {"aggregations": {"speaker": {"buckets": [{"key": "甲", "doc_count": 2}, {"key": "乙", "doc_count": 1}]}}}
    assert known_names(answer) == KnownNames({"speaker": ("甲", "乙")})


def test_names_found_by_a_part_are_among_the_others() -> None:
    whole = {"buckets": [{"key": "丙", "doc_count": 2}, {"key": "甲", "doc_count": 1}]}
    within = {"doc_count": 3, "within": {"buckets": [{"key": "乙·甲", "doc_count": 2}, {"key": "甲", "doc_count": 1}]}}
    body = names_body((), ["乔丹"])
    assert body is not None
    parts = {"doc_count": 0}
    answer = {"aggregations": {"speaker": whole, "speaker within": parts}}
    assert names_within_body(body, answer) is None
    assert known_names(answer) == KnownNames({"speaker": ("丙", "甲")})
    parts["doc_count"] = 3
    again = names_within_body(body, answer)
    assert again is not None
    names = {"field": "speakers", "include": pattern_within(["乔丹"]), "size": 10_000, "execution_hint": "map"}
    assert again["aggs"]["speaker within"]["aggs"] == {"within": {"terms": names}}
    found = known_names(answer, {"aggregations": {"speaker within": within}})
    assert found == KnownNames({"speaker": ("丙", "乙·甲", "甲")})


def test_words_name_speakers_whole_or_by_a_part() -> None:
    words = ["唐凤", "audrey", "audreytang", "乔丹", "迈克尔·乔丹", "郑", "合作"]
    assert speakers_named(words, NAMES) == {
        "唐凤": ("唐鳳", "唐凤"),
        "audrey": ("Audrey Tang",),
        "audreytang": ("Audrey Tang",),
        "乔丹": ("迈克尔·乔丹",),
        "迈克尔·乔丹": ("迈克尔·乔丹",),
    }
    assert speakers_named(["唐凤"], KnownNames()) == {}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("郑志豪", "郑志昊"),  # sounds the same
        ("正志浩", "郑志昊"),
        ("郑", "郑志昊"),
        ("志昊", "郑志昊"),
        ("郑昊", "郑志昊"),
        ("Audry Tang", "Audrey Tang"),
        ("tang", "Audrey Tang"),
        ("乔丹", "迈克尔·乔丹"),
        ("唐風", "唐鳳"),
    ],
)
def test_the_nearest_name_comes_first(typed: str, first: str) -> None:
    assert nearest(typed, NAMES.names["speaker"])[0] == first


def test_nothing_is_near_a_stranger() -> None:
    assert nearest("司马相如", NAMES.names["speaker"]) == ()
    assert nearest("x", ()) == ()


def test_few_are_named() -> None:
    assert len(nearest("王小一", [f"王小{n}" for n in "二三四五六"], 2)) == 2


def test_the_same_sound() -> None:
    assert sounds_alike("小咪", "小米")
    assert not sounds_alike("小米", "小麦")
    assert not sounds_alike("小米", "小")


def test_the_error_names_the_nearest_and_the_next_step() -> None:
    error = not_found("speaker", "郑志豪", NAMES.names["speaker"])
    assert error.message == "There is no speaker 郑志豪."
    assert error.near[0] == "郑志昊"
    assert error.next_step == "--speaker 郑志昊"
    assert not_found("topic", "军事", ["社交"]).next_step == "fangtan topics lists them."


@pytest.mark.parametrize(
    ("typed", "names", "near"),
    [
        ("张山", ["李四", "王山", "张三"], ("张三",)),  # shan, san: one of two characters is not enough by itself
        ("程新", ["新城", "陈欣", "程心"], ("程心", "陈欣")),  # the same sound before a like one
        ("苏卫明", ["苏明", "苏未名"], ("苏未名", "苏明")),
        ("王山", ["李四"], ()),
        ("zhang", ["zang"], ("zang",)),
    ],
)
def test_names_that_sound_nearly_alike(typed: str, names: list[str], near: tuple[str, ...]) -> None:
    assert nearest(typed, names, least=0.6) == near


@pytest.mark.parametrize("kind", [*_LISTED, *_LOOKED_FOR])
def test_a_name_without_any_like_it_has_a_next_step_for_every_field(kind: str) -> None:
    assert "fangtan" in not_found(kind, "甲乙", ()).next_step


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("kind", [*_LISTED, *_LOOKED_FOR])
def test_the_next_step_in_chinese_ends_with_a_command(kind: str) -> None:
    error = not_found(kind, "甲乙", ())
    assert "“甲乙”" in error.message
    assert re.fullmatch(r"[^a-z]+：fangtan [a-z]+( \w+)?", error.next_step)
    assert not_found("speaker", "郑志豪", NAMES.names["speaker"]).next_step == "--speaker 郑志昊"
