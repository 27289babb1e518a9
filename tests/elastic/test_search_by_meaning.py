"""Search by words and meaning: what is found, what binds, where meaning stays silent, and how hits are paged."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from indexer.embeddings import turn_vectors
from indexer.errors import UsageError
from search_cli import Archive as Search
from search_cli.models import HitMatch, SearchResult
from tests.elastic.test_reindex import made
from tests.support import models
from tests.support.archives import Archive, line

TALKS = {
    "flat": ["屋子住得惯吗？", "租金每年调一次，房东今年又往上加了两成。", "楼下有个菜场。"],
    "farm": ["您一天怎么过？", "五点起来喂鸡，三十只，一只也没病过。", "下午去地里拔草。"],
    "shop": ["店里生意好吗？", "卖电视和冰箱，价钱比网上贵一点。", "送货要等两天。"],
    "train": ["上班远不远？", "地铁四十分钟，挤得转不了身。", "后来买了辆自行车。"],
    "school": ["孩子念几年级？", "三年级，作业写到夜里十点。", "老师说要多看书。"],
    "music": ["您拉什么琴？", "二胡，师父是镇上剧团的。", "冬天手冷，弦也冷。"],
}
SINGER = '{"id": "singer", "turns": [{"speaker": "林小满", "text": "我每天早上吊嗓子。"}]}\n'
QUESTION = "涨房钱的事怎么说"


@pytest.fixture(scope="module")
def talks(node_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Six short interviews with vectors."""
    with made(node_url, tmp_path_factory.mktemp("meaning")) as archive:
        archive.write(talks_jsonl="".join(line(id_, *texts) for id_, texts in TALKS.items()) + SINGER)
        archive.index()
        turn_vectors.embed(archive.client, archive.settings, models.builtin())
        yield archive


@pytest.fixture
def search(talks: Archive) -> Search:
    return Search(talks.settings, talks.client)


def by_meaning(result: SearchResult) -> list[str]:
    return [hit.turn.address for hit in result.hits if hit.match == "meaning"]


def test_a_turn_without_any_of_the_words_is_found_by_meaning(search: Search) -> None:
    result = search.search(QUESTION)
    assert result.by == "both"
    assert "flat#2" in by_meaning(result)
    (hit,) = (hit for hit in result.hits if hit.turn.address == "flat#2")
    assert (hit.match, hit.marks) == (HitMatch.MEANING, ())
    words = search.search(QUESTION, by="words")
    assert "flat#2" not in [hit.turn.address for hit in words.hits]
    assert (words.total, words.every, words.some) == (result.total, result.every, result.some)
    assert result.near == len(by_meaning(search.search(QUESTION, limit=50)))


def test_by_meaning_the_nearest_comes_first_whatever_its_words(search: Search) -> None:
    result = search.search(QUESTION, by="meaning")
    assert result.hits[0].turn.interview_id == "flat"
    assert result.by == "meaning"


@pytest.mark.parametrize(
    ("query", "options"),
    [
        (f"{QUESTION} -房东", {}),
        (f"{QUESTION} NOT 租金", {}),
        (f'{QUESTION} "菜场"', {}),
        (QUESTION, {"interview": "farm"}),
        (QUESTION, {"number": ">1000"}),
        (f"{QUESTION} interview:(farm OR shop)", {}),
    ],
)
def test_quotes_exclusions_and_fields_bind(search: Search, query: str, options: dict[str, str]) -> None:
    for by in (None, "meaning"):
        found = [hit.turn for hit in search.search(query, by=by, limit=50, **options).hits]  # type: ignore[arg-type]
        assert "flat#2" not in [turn.address for turn in found]
        if '"' in query:
            assert all("菜场" in turn.text for turn in found)


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ('"租金"', {}),
        ("租金", {}),  # held as typed
        ("电视 冰箱", {}),
        ("租金 OR 房租", {}),
        ("房*", {}),
        ("", {"interview": "flat"}),
        ("林小满", {}),  # a speaker
        (QUESTION, {"sort": "date"}),
        (QUESTION, {"match": "some"}),
        (QUESTION, {"by": "words"}),
    ],
)
def test_meaning_is_silent_where_words_are_sure(search: Search, query: str, options: dict[str, str]) -> None:
    result = search.search(query, **options)  # type: ignore[arg-type]
    assert (result.by, result.near, by_meaning(result)) == ("words", 0, [])


def test_what_makes_no_sense_finds_nothing(search: Search) -> None:
    assert not search.search("qxzv kjw").hits
    assert not search.search("qxzv kjw", by="meaning").hits


def test_pages_and_exports_have_every_hit_once_and_in_one_order(search: Search) -> None:
    whole = search.search(QUESTION, limit=50)
    assert len(whole.hits) == whole.total + whole.near
    pages = [hit.turn.address for page in range(1, 20) for hit in search.search(QUESTION, limit=2, page=page).hits]
    exported = [hit.turn.address for hit in search.export(QUESTION)]
    ran = [hit.address for hit in next(search.run([("q", QUESTION)]))[1]]
    everything = [hit.turn.address for hit in whole.hits]
    assert pages == exported == everything
    assert len(set(everything)) == len(everything)
    assert ran[0] == everything[0]


def test_beyond_the_best_the_order_of_words_goes_on(search: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("search.fused_page", "search.fusion", "query.nearest"):
        monkeypatch.setattr(f"search_cli.{module}.NEAREST", 3)
    query = "店里的老师去地里怎么过一天"
    pages = [hit.turn.address for page in range(1, 20) for hit in search.search(query, limit=2, page=page).hits]
    words = [hit.turn.address for hit in search.search(query, by="words", limit=50).hits]
    assert len(words) > 3
    assert set(words) <= set(pages)
    assert len(set(pages)) == len(pages)
    assert [hit.turn.address for hit in search.export(query)] == pages


def test_why_tells_the_part_of_meaning(search: Search) -> None:
    hit = next(hit for hit in search.search(QUESTION, limit=50).hits if hit.turn.address == "flat#2")
    why = search.why("flat#2", QUESTION)
    assert why.rank == hit.rank
    assert why.score == pytest.approx(hit.score, rel=1e-3)
    assert why.score == pytest.approx(sum(part.score for part in why.parts), rel=1e-3)
    assert {"meaning"} <= {str(part.kind) for part in why.parts}
    assert 0 < why.cosine <= why.nearest < 1


@pytest.mark.parametrize(
    ("query", "options", "said"),
    [
        ("", {"interview": "flat"}, "nothing whose meaning"),
        (QUESTION, {"sort": "date"}, "one order"),
        (QUESTION, {"match": "all"}, "--match"),
    ],
)
def test_meaning_alone_says_what_it_cannot_do(search: Search, query: str, options: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        search.search(query, by="meaning", **options)  # type: ignore[arg-type]


def test_groups_of_turns_are_found_by_words(search: Search) -> None:
    with pytest.raises(UsageError, match="by words"):
        search.per("speaker", "租金", by="meaning")


def test_an_archive_without_vectors_is_searched_by_words(talks: Archive, search: Search) -> None:
    other = replace(talks.settings, model=talks.folder)  # a folder without a model
    assert Search(other, talks.client).search(QUESTION).by == "words"
    turn_vectors.drop(talks.client, talks.settings)
    try:
        assert search.search(QUESTION).by == "words"
        with pytest.raises(UsageError, match="no vectors"):
            search.search(QUESTION, by="both")
    finally:
        turn_vectors.embed(talks.client, talks.settings, models.builtin())
