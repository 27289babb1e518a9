"""Every count of a query is the same, and is what a plain search through the text of all turns counts."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from indexer.settings import Settings, sample_data
from indexer.text.normalize import fold
from search_cli import Archive
from search_cli.rendering.formats.csv_rows import HIT_COLUMNS, hit_row
from search_cli.rendering.formats.json_objects import result_object
from tests.support.brute_force import StoredTurn, holds, stored_turns, words_of

SHARED = Path(__file__).parents[2].parent / "shared/data/interviews"
FILES = ("traditional/2019-0[1-3]-*", "simplified/2019-0[1-3]-*", "mixed/*")
QUERIES = 12
"""Queries of each kind."""

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared transcripts")


@dataclass(frozen=True)
class Counted:
    """An archive and its turns, as stored."""

    archive: Archive
    turns: list[StoredTurn]


@pytest.fixture(scope="module")
def counted(node_url: str) -> Iterator[Counted]:
    from indexer import pipeline
    from indexer.elastic.connection import connect

    settings = Settings(url=node_url, index=f"counts-{uuid4().hex[:12]}", data=sample_data())
    files = tuple(path for pattern in FILES for path in sorted(SHARED.glob(pattern))[:8])
    with connect(settings) as client:
        assert not pipeline.index(pipeline.IndexOptions(files), settings, client).failed
        yield Counted(Archive(settings), stored_turns(client, f"{settings.index}-turns"))
        for name in client.indices.get(index=f"{settings.index}-*", expand_wildcards="all").body:
            client.indices.delete(index=name)
        client.options(ignore_status=404).indices.delete_index_template(name=settings.index)


def random_word(turns: list[StoredTurn], chance: random.Random) -> str:
    """Take a piece of two to six characters, or a foreign word, out of some turn, in either script."""
    while True:
        runs = [run for run in words_of(chance.choice(turns).text) if len(run) > 1]
        if runs:
            run = chance.choice(runs)
            length = len(run) if run.isascii() else min(chance.randint(2, 6), len(run))
            start = chance.randrange(len(run) - length + 1)
            return run[start : start + length]


def check(counted: Counted, query: str, expected: set[str]) -> None:
    """Check every count of a query against the addresses that brute force found."""
    archive = counted.archive
    interviews = len({address.rpartition("#")[0] for address in expected})
    result = archive.search(query, limit=50, facets=("interview", "speaker"), synonyms=False)
    by_interview, by_speaker = result.facets
    said = sum(1 for turn in counted.turns if turn.address in expected and turn.speaker)
    assert (result.every, result.interviews, result.match) == (len(expected), interviews, "all")
    assert result_object(result)["every"] == len(expected)
    assert sum(bucket.count for bucket in by_interview.buckets) + by_interview.other == len(expected)
    assert sum(bucket.count for bucket in by_speaker.buckets) + by_speaker.other == said
    assert archive.facets("interview", query=query, synonyms=False)[0].total == len(expected)
    assert archive.cross("role", query=query, synonyms=False).turns == len(expected)
    assert {hit.turn.address for hit in archive.export(query, match="all", synonyms=False)} == expected
    marked = [str(hit.match) for hit in result.hits]
    assert marked[: len(expected)] == ["every"] * min(len(expected), len(marked))
    assert "every" not in marked[len(expected) :]
    lines = archive.kwic(query, limit=1, synonyms=False)
    assert (lines.turns, lines.interviews) == (len(expected), interviews)
    first = archive.why(result.hits[0].turn.address, query, synonyms=False)
    assert (first.every, first.counted, first.total) == (len(expected), True, result.total)


@pytest.mark.parametrize("seed", range(QUERIES))
def test_a_word(counted: Counted, seed: int) -> None:
    word = random_word(counted.turns, random.Random(seed))
    expected = {turn.address for turn in counted.turns if holds(word, turn.text)}
    if not counted.archive.search(word, limit=1).speakers:
        check(counted, word, expected)
    check(counted, f'"{word}"', expected)


@pytest.mark.parametrize("seed", range(QUERIES))
def test_two_words_in_a_turn_or_its_question(counted: Counted, seed: int) -> None:
    chance = random.Random(1000 + seed)
    turn = chance.choice([turn for turn in counted.turns if len(turn.text) > 60])
    words = [random_word([turn], chance), random_word([turn], chance)]
    if counted.archive.search(" ".join(words), limit=1).speakers:
        return
    expected = {
        one.address
        for one in counted.turns
        if all(holds(word, one.text) or holds(word, one.question) for word in words)
        and any(holds(word, one.text) for word in words)
    }
    check(counted, " ".join(words), expected)


def test_all_rows_of_an_export_tell_what_they_hold(counted: Counted) -> None:
    word = fold("開放政府")
    expected = {turn.address for turn in counted.turns if holds(word, turn.text)}
    rows = [dict(zip(HIT_COLUMNS, hit_row(hit), strict=True)) for hit in counted.archive.export("開放政府")]
    result = counted.archive.search("開放政府")
    assert {row["address"] for row in rows if row["match"] == "every"} == expected
    assert {row["address"] for row in rows[: len(expected)]} == expected
    assert len(rows) == result.total == len(expected) + result.notes + result.parts
    assert sum(row["match"] == "note" for row in rows) == result.notes


def test_a_timeline_counts_each_period(counted: Counted) -> None:
    held = [turn for turn in counted.turns if holds(fold("開放政府"), turn.text)]
    for by, length in (("year", 4), ("month", 7)):
        found = counted.archive.timeline("開放政府", by, synonyms=False)
        periods = {one.period: one.turns for one in found.periods if one.turns}
        assert periods == Counter(turn.date[:length] for turn in held if turn.date)
        assert (found.turns, found.undated) == (len(held), sum(not turn.date for turn in held))
    every = counted.archive.timeline(by="week", split="speaker", across=2)
    assert sum(one.turns for one in every.periods) + every.undated == every.turns == len(counted.turns)
    for one in every.periods:
        said = [turn.speaker for turn in counted.turns if one.since <= turn.date <= one.until]
        assert one.counts == tuple(map(said.count, every.across))


@pytest.mark.parametrize("deleted", [True, False])
def test_words_are_counted_here_and_elsewhere(counted: Counted, deleted: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    from search_cli.client import ArchiveClient

    if deleted:  # the words are then read from the turns, not from Lucene's counts
        monkeypatch.setattr(ArchiveClient, "has_deleted_turns", lambda _: True)
    speaker = Counter(fold(turn.speaker) for turn in counted.turns if turn.speaker).most_common(1)[0][0]
    own, others = Counter[str](), Counter[str]()
    for turn in counted.turns:
        (own if fold(turn.speaker) == speaker else others).update(turn.words)
    found = counted.archive.words(speaker=speaker, limit=None, least=1, function_words=True)
    assert (found.total, found.others) == (own.total(), others.total())
    assert {one.word: (one.count, one.others) for one in found.words} == {
        word: (count, others[word]) for word, count in own.items()
    }
    key = max(found.words, key=lambda one: one.score)
    holding = {turn.interview for turn in counted.turns if fold(turn.speaker) == speaker and key.word in turn.words}
    assert key.interviews == len(holding)


def test_words_elsewhere_are_estimated_where_turns_were_replaced(
    counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One interview of five is written anew, as when its speakers get other names."""
    monkeypatch.setattr("search_cli.kwic.keyness.READ", 0)
    client = counted.archive._client
    index, replaced = client.names.turns, sorted({turn.interview for turn in counted.turns})[::5]
    for turn in counted.turns:
        if turn.interview in replaced:
            source = client.elasticsearch.get(index=index, id=turn.address)["_source"]
            client.elasticsearch.index(index=index, id=turn.address, document=source)
    client.elasticsearch.indices.refresh(index=index)
    assert client.has_deleted_turns()
    speaker = Counter(turn.speaker for turn in counted.turns if turn.speaker).most_common(1)[0][0]
    others = Counter(word for turn in counted.turns if turn.speaker != speaker for word in turn.words)
    found = counted.archive.words(speaker=speaker, limit=None, least=1, function_words=True)
    assert found.is_estimate
    assert found.others == pytest.approx(others.total(), rel=0.05)
    wrong = sum(abs(one.others - others[one.word]) for one in found.words)
    assert wrong < 0.1 * others.total()
    assert counted.archive.speaker(speaker).is_estimate
    monkeypatch.undo()  # so few turns are read
    exact = {one.word: one.others for one in counted.archive.words(speaker=speaker, limit=None, least=1).words}
    assert exact == {word: others[word] for word in exact}


def test_words_of_many_turns_are_counted_in_some_interviews(counted: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search_cli.kwic.word_sample.MANY", 200)
    monkeypatch.setattr("search_cli.kwic.word_sample.DRAWN", 200)
    speaker, turns = Counter(turn.speaker for turn in counted.turns if turn.speaker).most_common(1)[0]
    found = counted.archive.words(speaker=speaker, limit=10)
    assert 200 <= found.turns < found.of_turns == turns
    assert found.is_estimate
    own = Counter(word for turn in counted.turns if turn.speaker == speaker for word in turn.words)
    for one in found.words:
        assert 0 < one.count <= own[one.word]
    page = counted.archive.speaker(speaker, words=10)
    assert (page.word_turns, page.turns) == (found.turns, turns)
    every = counted.archive.words(speaker=speaker, limit=None, least=1)
    assert (every.turns, every.of_turns) == (turns, turns)
    near = counted.archive.collocates("我们", limit=5)
    assert near.turns < near.of_turns
    assert near.of_turns == counted.archive.collocates("我们", limit=None).turns
    other = Counter(turn.speaker for turn in counted.turns if turn.speaker).most_common(2)[1][0]
    left = counted.archive.compare(speaker, other).left
    assert (left.turns, left.word_turns) == (turns, found.turns)


def test_two_speakers_are_compared_by_their_own_turns(counted: Counted) -> None:
    (left, _), (right, _) = Counter(fold(turn.speaker) for turn in counted.turns if turn.speaker).most_common(2)
    found = counted.archive.compare(left, right, limit=5, function_words=True)
    sides = [[turn for turn in counted.turns if fold(turn.speaker) == name] for name in (left, right)]
    words = [Counter(word for turn in side for word in turn.words) for side in sides]
    assert [found.left.turns, found.right.turns] == list(map(len, sides))
    assert [found.left.words, found.right.words] == [one.total() for one in words]
    assert found.left.interviews == len({turn.interview for turn in sides[0]})
    for one in found.left_words:
        assert (one.count, one.others) == (words[0][one.word], words[1][one.word])
    for one in found.right_words:
        assert (one.count, one.others) == (words[1][one.word], words[0][one.word])
    assert found.both == 0


def test_both_sides_of_a_comparison_match_alike(counted: Counted) -> None:
    held = Counter(turn.interview for turn in counted.turns if holds(fold("開放政府"), turn.text))
    (most, count), without = (
        held.most_common(1)[0],
        next(one.interview for one in counted.turns if one.interview not in held),
    )
    found = counted.archive.compare(most, without, "interview", "開放政府", synonyms=False)
    assert (found.match, found.left.turns, found.right.turns) == ("all", count, 0)
    assert found.left.per_10k == pytest.approx(10_000 * count / found.left.all_characters)


def test_the_dispersion_of_a_word(counted: Counted) -> None:
    word = fold("開放政府")
    places: dict[str, list[float]] = {}
    sizes = Counter[str]()
    for turn in sorted(counted.turns, key=lambda turn: (turn.interview, int(turn.address.rpartition("#")[2]))):
        at = turn.text.find(word)
        while at >= 0:
            places.setdefault(turn.interview, []).append(sizes[turn.interview] + at)
            at = turn.text.find(word, at + len(word))
        sizes[turn.interview] += len(turn.text)
    found = counted.archive.dispersion('"開放政府"', synonyms=False)
    total = sum(map(len, places.values()))
    shares = [(len(places.get(one, ())) / total, size / sizes.total()) for one, size in sizes.items()]
    assert (found.occurrences, found.found, found.parts) == (total, len(places), len(sizes))
    assert found.dp == pytest.approx(sum(abs(own - part) for own, part in shares) / 2, abs=0.005)
    for line in found.lines:
        expected = [place / sizes[line.interview_id] for place in places[line.interview_id]]
        assert line.positions == pytest.approx(expected, abs=0.01)


def test_people_are_counted_as_the_files_have_them(counted: Counted) -> None:
    archive, label = counted.archive, re.compile(r"唐[鳳凤][：:]")
    years: Counter[str] = Counter()
    spoken_in = 0
    for one in archive.interviews():
        lines = Path(one.source).read_text(encoding="utf-8-sig").splitlines()
        labelled = sum(label.match(line) is not None for line in lines)
        years[one.date[:4]] += labelled
        spoken_in += labelled > 0
    page = archive.speaker("唐凤")
    assert (page.turns, page.interviews) == (years.total(), spoken_in)
    assert {one.value: one.count for one in page.years} == {year: turns for year, turns in years.items() if turns}
    says = {turn.address: turn.speaker for turn in counted.turns if "唐凤" in turn.text}
    assert {hit.turn.address for hit in archive.export("mentions:唐鳳")} == says.keys()
    others = Counter(speaker for speaker in says.values() if speaker and speaker not in page.names)
    assert {one.value: one.count for one in page.mentioned_by} == others
    assert page.mentioned == sum(speaker not in page.names for speaker in says.values())


def test_who_is_mentioned_is_named_in_the_text(counted: Counted) -> None:
    texts = {turn.address: turn.text for turn in counted.turns}
    (people,) = counted.archive.facets("mentions", size=None)
    named = found = 0
    for one in (one for one in people.buckets if len(fold(one.value)) == 3 and not one.value.isascii()):
        name = fold(one.value)
        addresses = {hit.turn.address for hit in counted.archive.export(mentions=one.value)}
        assert len(addresses) == one.count
        assert all(name in texts[address] for address in addresses), name
        named += sum(name in text for text in texts.values())
        found += len(addresses)
    assert found >= 0.97 * named > 50
