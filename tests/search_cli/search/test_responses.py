"""Elasticsearch's responses as records."""

from typing import Any

from indexer.model import from_source
from search_cli.catalog import ArchivedInterview
from search_cli.models import Bucket, Facet, Ranked, SpokenTurn
from search_cli.query.request import FacetField
from search_cli.search import responses

TURN: dict[str, Any] = {
    "interview_id": "qzone-xiaomi",
    "turn": 3,
    "exchange": 1,
    "reply_to": 2,
    "speaker": "郑志昊",
    "label": "郑志昊",
    "role": "interviewee",
    "affiliation": "腾讯副总裁",
    "text": "与小米的合作是QQ空间在社交营销方面的尝试",
    "title": "与小米手机合作发布红米手机",
    "date": "2013-08-02",
    "outlet": "搜狐IT",
    "authors": ["甲", "乙"],
    "source": "data/interviews/qzone-xiaomi.txt",
    "url": "http://hhczy.com",
    "topics": ["社交营销"],
    "keywords": ["小米", "合作"],
    "start": 1000,
    "end": 2000,
}


def turn(number: int, **more: Any) -> dict[str, Any]:
    return {"interview_id": "a", "turn": number, "text": f"第{number}", **more}


def response(*sources: dict[str, Any], score: float | None = 2.0) -> dict[str, Any]:
    hits = [{"_id": f"{one['interview_id']}#{one['turn']}", "_score": score, "_source": one} for one in sources]
    return {"hits": {"total": {"value": 17, "relation": "eq"}, "hits": hits}}


def test_a_turn_with_everything() -> None:
    found = from_source(SpokenTurn, TURN)
    assert found == SpokenTurn(
        **{**TURN, "authors": ("甲", "乙"), "topics": ("社交营销",), "keywords": ("小米", "合作")}
    )
    assert found.address == "qzone-xiaomi#3"


def test_a_turn_with_nothing_is_empty_not_missing() -> None:
    found = from_source(SpokenTurn, {"interview_id": "a", "turn": 1})
    assert (found.speaker, found.date, found.exchange, found.reply_to, found.topics, found.start) == (
        "", "", 0, None, (), None,
    )  # fmt: skip


def test_totals_scores_and_runs() -> None:
    answer = response(turn(1), turn(2))
    assert responses.total(answer) == 17
    assert [one.turn for one in responses.turns(answer)] == [1, 2]
    assert responses.scores(answer) == [("a#1", 2.0), ("a#2", 2.0)]
    assert responses.ranked(answer) == (Ranked(1, "a#1", 2.0), Ranked(2, "a#2", 2.0))


def test_what_is_shown_around_hits_is_asked_for_once() -> None:
    found = [from_source(SpokenTurn, one) for one in (turn(2, reply_to=1), turn(4, reply_to=1), turn(9))]
    assert responses.surrounding(found, 0) == ["a#1"]
    assert responses.surrounding(found, 1) == ["a#1", "a#3", "a#5", "a#8", "a#10"]
    assert responses.surrounding([], 3) == []


def test_hits_with_their_question_and_context() -> None:
    around = {f"a#{number}": turn(number) for number in (1, 2, 3, 5)}
    marked: list[str] = []

    def mark(text: str) -> tuple[tuple[int, int], ...]:
        marked.append(text)
        return ((0, 1),)

    (hit,) = responses.hits(responses.scored_turns(response(turn(4, reply_to=2))), around, mark, 2, 10)
    assert (hit.rank, hit.score, hit.turn.turn, hit.marks) == (11, 2.0, 4, ((0, 1),))
    assert hit.question is not None
    assert hit.question.turn.turn == 2
    assert [one.turn.turn for one in hit.before] == [2, 3]
    assert [one.turn.turn for one in hit.after] == [5]  # the sixth is not there
    assert sorted(marked) == ["第2", "第2", "第3", "第4", "第5"]


def test_a_hit_without_question_or_score() -> None:
    (hit,) = responses.hits(responses.scored_turns(response(turn(1), score=None)), {}, lambda text: (), 0, 0)
    assert (hit.rank, hit.score, hit.question, hit.before, hit.after) == (1, 0.0, None, (), ())


def test_facets_with_shares() -> None:
    answer = {
        **response(),
        "aggregations": {
            "speaker": {
                "buckets": [{"key": "郑志昊", "doc_count": 10}, {"key": "林", "doc_count": 5}],
                "sum_other_doc_count": 2,
            },
            "speaker values": {"value": 4},
            "month": {"buckets": [{"key": 1375315200000, "key_as_string": "2013-08", "doc_count": 17}]},
        },
    }
    assert responses.facets(answer, [FacetField.SPEAKER, FacetField.MONTH]) == {
        FacetField.SPEAKER: Facet("speaker", (Bucket("郑志昊", 10, 10 / 17), Bucket("林", 5, 5 / 17)), 17, 2, values=4),
        FacetField.MONTH: Facet("month", (Bucket("2013-08", 17, 1.0),), 17, 0, values=1),
    }


def test_a_chosen_value_is_among_those_of_a_facet() -> None:
    aggregations = {
        "speaker": {"buckets": [{"key": "甲", "doc_count": 10}], "sum_other_doc_count": 7},
        "speaker chosen": {"buckets": [{"key": "甲", "doc_count": 10}, {"key": "乙", "doc_count": 2}]},
    }
    (facet,) = responses.facets({**response(), "aggregations": aggregations}, [FacetField.SPEAKER]).values()
    assert [(one.value, one.count) for one in facet.buckets] == [("甲", 10), ("乙", 2)]
    assert facet.other == 5


def months(number: int) -> dict[str, Any]:
    buckets = [{"key": n, "key_as_string": f"{2000 + n // 12}-{n % 12 + 1:02}", "doc_count": 1} for n in range(number)]
    return {**response(), "aggregations": {"date": {"buckets": buckets}, "month": {"buckets": buckets}}}


def test_many_months_are_shown_as_years() -> None:
    few = responses.facets(months(responses.MONTHS), [FacetField.DATE])[FacetField.DATE]
    assert len(few.buckets) == responses.MONTHS
    many = responses.facets(months(responses.MONTHS + 1), [FacetField.DATE, FacetField.MONTH])
    assert [(one.value, one.count) for one in many[FacetField.DATE].buckets] == [
        ("2000", 12),
        ("2001", 12),
        ("2002", 1),
    ]
    assert len(many[FacetField.MONTH].buckets) == responses.MONTHS + 1


def test_nothing_counted_has_no_shares() -> None:
    answer = {"hits": {"total": {"value": 0}, "hits": []}, "aggregations": {"role": {"buckets": []}}}
    assert responses.facets(answer, [FacetField.ROLE]) == {FacetField.ROLE: Facet("role", (), 0, 0)}


def test_lists_of_speakers_and_topics() -> None:
    values = {"buckets": [{"key": "x", "doc_count": 2}, {"key": "y", "doc_count": 1}]}
    speaker = {
        "key": "郑志昊",
        "doc_count": 7,
        "roles": values,
        "affiliations": {"buckets": []},
        "characters": {"value": 120.0},
        "interviews": {"value": 2},
        "first": {"value": 1.0, "value_as_string": "2013-08-02"},
        "last": {"value": None},
    }
    (found,) = responses.speakers([speaker])
    assert (found.name, found.roles, found.affiliations, found.turns, found.characters) == (
        "郑志昊", ("x", "y"), (), 7, 120,
    )  # fmt: skip
    assert (found.interviews, found.first, found.last) == (2, "2013-08-02", "")
    topic = {"key": "社交", "doc_count": 3, "interviews": {"value": 1}, "speakers": values}
    (listed,) = responses.topics([topic], 12, {"社交": {"微信": 2.0}})
    assert (listed.name, listed.turns, listed.interviews, listed.speakers) == ("社交", 3, 1, ("x", "y"))
    assert (listed.share, listed.words) == (0.25, ("微信",))


def test_an_interview_and_one_with_nothing() -> None:
    full = from_source(
        ArchivedInterview,
        {"interview_id": "a", "title": "题", "guests": ["郑志昊（腾讯副总裁）"], "turns": 15, "characters": 99},
    )
    assert (full.id, full.title, full.guests, full.turns, full.characters) == (
        "a", "题", ("郑志昊（腾讯副总裁）",), 15, 99,
    )  # fmt: skip
    assert from_source(ArchivedInterview, {"interview_id": "a"}).speakers == ()
