"""Tags on a real archive: they add up, and stay with the words of their turns."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.errors import NotFoundError
from indexer.settings import Settings
from search_cli.archive import Archive as SearchArchive
from search_cli.query import bodies
from search_cli.query.parser import Field
from search_cli.query.request import Match, SearchRequest
from search_cli.query.terms import QueryTerms
from search_cli.query.values import TaggedTurns
from search_cli.search import responses
from search_cli.tags import tags_file
from tests.elastic.test_saved_searches import FIRST, SECOND, _copied, found
from tests.support.archives import Archive
from tests.support.cli import CommandLine
from tests.support.talks import talk

ONE = talk(1)


@pytest.fixture
def tagged(sample: Settings, tmp_path: Path) -> SearchArchive:
    """The samples with tags, in a folder of their own."""
    archive = SearchArchive(replace(sample, data=_copied(sample, tmp_path)))
    archive.tag(["qzone-xiaomi#3-5", "qz#9"], "合作", note="与第9轮对照")
    archive.tag("qz#4", ("重要", "合作"))
    return archive


def test_counts_of_tags_add_up(tagged: SearchArchive) -> None:
    """The head, the facet, the table, the list, the hits, and what the file says."""
    lines = tags_file.load(tagged._client.settings)
    counted = Counter(tag for entry in lines for tag in entry.tags)
    assert counted == {"合作": 4, "重要": 1}
    for tag, number in counted.items():
        addresses = {entry.address for entry in lines if tag in entry.tags}
        assert found(tagged, f"tag:{tag}") == found(tagged, "", tag=tag) == addresses
        assert tagged.search("", tag=tag).total == number
        assert tagged.search(f"空间 标记:{tag}", match="all").total == len(addresses & found(tagged, "空间"))
        assert found(tagged, f"-tag:{tag}") == found(tagged, "") - addresses
    (facet,) = tagged.facets("tag")
    assert {bucket.value: bucket.count for bucket in facet.buckets} == counted
    assert {one.name: one.turns for one in tagged.tags().tags} == counted
    (shown,) = tagged.search("空间", facets=("tag",), tag="重要", match="all").facets
    assert (shown.chosen, [bucket.value for bucket in shown.buckets]) == (("重要",), ["合作", "重要"])
    table = tagged.cross("tag", "speaker")
    assert {row.value: row.turns for row in table.lines} == counted
    assert [sum(row.counts) for row in table.lines] == [4, 1]
    across = tagged.cross("speaker", "tag", size=None)
    assert across.across == ("合作", "重要")
    assert sum(row.counts[0] for row in across.lines) == 4
    assert tagged.kwic("空间", tag="合作").turns == len(found(tagged, "空间", tag="合作"))
    assert tagged.speakers(tag="合作")[0].turns == tagged.speakers("tag:合作")[0].turns == 3
    assert [period.turns for period in tagged.timeline("tag:合作").periods] == [4]
    split = tagged.timeline("", split="tag")
    assert (split.across, split.more) == (("合作", "重要"), 0)
    assert [sum(numbers) for numbers in zip(*(period.counts for period in split.periods), strict=True)] == [4, 1]
    rows = {row.value: (row.turns, row.occurrences) for row in tagged.occurrence_counts("空间", "tag").lines}
    for tag in counted:
        lines_with = tagged.kwic("空间", tag=tag)
        assert rows[tag] == (lines_with.turns, lines_with.occurrences)
    tagged.save("标", "-tag:重要", tag="合作")
    assert found(tagged, "@标") == found(tagged, "tag:合作 -tag:重要")
    assert tagged.new("标").turns == 3
    (first,) = tagged.facets("tag", size=1)
    assert ([bucket.value for bucket in first.buckets], first.other, first.values) == (["合作"], 1, 2)


def test_hits_carry_their_tags_and_notes(tagged: SearchArchive) -> None:
    lines = {entry.address: (entry.tags, entry.note) for entry in tags_file.load(tagged._client.settings)}
    hits = tagged.search("空间", limit=50).hits
    assert {hit.turn.address: (hit.tags, hit.note) for hit in hits if hit.tags} == {
        address: one for address, one in lines.items() if address in {hit.turn.address for hit in hits}
    }
    assert tagged.tags_of([tagged.turn("qz#4")])["qzone-xiaomi#4"].tags == ("合作", "重要")


def test_tags_are_taken_away(tagged: SearchArchive) -> None:
    tagged.tag("qz#4", "重要", remove=True)
    tagged.tag("qz#9", remove=True)
    tagged.tag("qz#5", note="")
    (facet,) = tagged.facets("tag")
    assert [(bucket.value, bucket.count) for bucket in facet.buckets] == [("合作", 3)]
    assert [entry.note for entry in tags_file.load(tagged._client.settings)] == ["与第9轮对照", "与第9轮对照", ""]
    assert not tagged.tag("qz#3", "合作")[0].changed


def test_a_tag_gets_another_name_or_becomes_one_with_another(tagged: SearchArchive) -> None:
    assert tagged.rename_tag("重要", "要紧") == 1
    assert [(one.name, one.turns) for one in tagged.tags().tags] == [("合作", 4), ("要紧", 1)]
    assert tagged.rename_tag("要緊", "合作") == 1
    assert [(one.name, one.turns) for one in tagged.tags().tags] == [("合作", 4)]
    with pytest.raises(NotFoundError) as told:
        tagged.rename_tag("合做", "新")
    assert told.value.near == ("合作",)


@pytest.fixture
def run(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    """The command line on an archive of one interview."""
    archive.settings = replace(archive.settings, data=_copied(archive.settings, tmp_path))
    archive.write(ferry_txt=FIRST)
    archive.index()
    monkeypatch.setenv("FANGTAN_DATA", str(archive.settings.data))
    return CommandLine(archive.settings, monkeypatch, capsys)


def where(run: CommandLine) -> list[tuple[str, str, str]]:
    turns = json.loads(run("tags", "--json").out)["turns"]
    return [(one["address"], one["address_now"], one["whereabouts"]) for one in turns]


def test_tags_stay_with_the_words_of_their_turns(archive: Archive, run: CommandLine) -> None:
    assert run("tag", "ferry#2", "ferry#4", "涨价", "--note", "两块").code == 0
    file = archive.settings.data / "tags.txt"
    file.write_text(f"{file.read_text('utf-8')}# mine\nferry#3\t手写\n", encoding="utf-8")
    archive.index(rebuild=True)
    assert {now for _, now, _ in where(run)} == {"ferry#2", "ferry#4", "ferry#3"}
    longer = FIRST.replace("记者：渡船", "记者：您好！\n何娟：嗯。\n记者：渡船")
    archive.write(ferry_txt=longer)
    archive.index()
    assert where(run) == [
        ("ferry#2", "ferry#4", "moved"),
        ("ferry#4", "ferry#6", "moved"),  # not #2, which says the same to another question
        ("ferry#3", "ferry#3", "there"),  # written by hand: nobody knows its words
    ]
    hits = json.loads(run("search", "tag:涨价", "--sort", "position", "--json").out)["hits"]
    assert [(hit["address"], hit["tags"], hit["note"]) for hit in hits] == [
        ("ferry#4", ["涨价"], "两块"),
        ("ferry#6", ["涨价"], "两块"),
    ]
    assert run("show", "ferry#6").out.count("标 涨价  两块") == 1
    assert run("show", "ferry", "--no-pager").out.count("标 涨价  两块") == 2
    archive.write(ferry_txt=longer.replace("少了", "多了"))
    told = run("index", str(archive.folder))
    assert told.code == 0
    assert "1 of 3 tagged turns changed or gone." in told.err
    assert where(run)[:2] == [("ferry#2", "ferry#2", "changed"), ("ferry#6", "ferry#6", "there")]
    assert "# mine" in file.read_text("utf-8")
    page = run("tags").out
    assert "ferry#2  标 涨价  两块  its words were changed; it began: 船票涨了" in page
    assert "涨价      1           1" in page
    assert "now perhaps ferry#4  (fangtan tags --accept)" in page
    assert "ferry#2 → ferry#4" in run("tags", "--accept").out
    assert [one for *_, one in where(run)] == ["there"] * 3
    assert "# mine" in file.read_text("utf-8")
    archive.write(pier_txt=SECOND)
    archive.delete("ferry_txt")
    archive.index(prune=True)
    assert {one for *_, one in where(run)} == {"gone"}
    assert run("tags", "--drop-lost").code == 2  # nobody is there to confirm it
    assert run("tags", "--drop-lost", "--yes").out.count("Removed ") == 3
    assert where(run) == []
    assert "# mine" in file.read_text("utf-8")


def test_tags_go_to_the_transcript_that_is_searched_instead(archive: Archive, run: CommandLine) -> None:
    """And what was seen of one version was seen of the other."""
    archive.write(cut_txt=ONE[: len(ONE) * 4 // 5])
    archive.index()
    first, second = json.loads(run("search", "--interview", "cut", "--sort", "position", "--json").out)["hits"][3:5]
    assert run("tag", first["address"], second["address"], "重要").code == 0
    assert run("save", "话", f'"{first["text"][:6]}" OR "{second["text"][:6]}"').code == 0
    archive.write(whole_txt=ONE)
    assert run("index", str(archive.folder)).err == ""
    hits = json.loads(run("search", "tag:重要", "--json", "--sort", "position").out)["hits"]
    assert [(hit["interview_id"], hit["text"], hit["tags"]) for hit in hits] == [
        ("whole", first["text"], ["重要"]),
        ("whole", second["text"], ["重要"]),
    ]
    told = json.loads(run("new", "话", "--json").out)["searches"][0]
    assert (told["turns"] >= 2, told["new"]) == (True, 0)


def test_more_turns_than_elasticsearch_takes_addresses(tagged: SearchArchive) -> None:
    addresses = [hit.turn.address for hit in tagged.export("")]
    gone = tuple(f"gone#{number}" for number in range(25_000))
    request = SearchRequest(filters=(Field("tag", (TaggedTurns("多", (*gone, *addresses)),)),))
    body = bodies.count(bodies.match_query(request, QueryTerms((), {}), Match.ALL))
    assert responses.total(tagged._client.search(tagged._client.names.turns, body)) == len(addresses)


def test_a_file_that_cannot_be_read_hides_no_hit(archive: Archive, run: CommandLine) -> None:
    (archive.settings.data / "tags.txt").write_text("# mine\nferry 涨价\n", encoding="utf-8")
    found = run("search", "渡船")
    assert (found.code, "ferry#2" in found.out) == (0, True)
    assert "tags.txt:2: this is not a tagged turn. Turns are shown without" in " ".join(found.err.split())
    assert run("show", "ferry#2").code == 0
    for asks in (("search", "tag:涨价"), ("tags",), ("tag", "ferry#2", "涨价"), ("facets", "tag")):
        assert run(*asks).code == 2


def test_what_is_not_a_tag_or_a_turn(run: CommandLine) -> None:
    for nothing in (("facets", "tag"), ("facets", "tag", "speaker"), ("search", "渡船", "--facet", "tag")):
        assert run(*nothing).code == 0
    assert run("tag", "涨价").code == 2
    assert run("tag", "ferry#2").code == 2
    assert run("tag", "ferry#99", "涨价").code == 1
    assert run("tag", "ferry#2", "涨价").code == 0
    told = run("search", "tag:涨假")
    assert told.code == 1
    assert "There is no tag 涨假." in told.err
    assert "涨价" in told.err
    assert "no tags" in run("tag", "ferry#2", "--remove").out
    assert "No turn has a tag" in run("tags").out
