"""Filters are filters: facets and tables within a range, all values of a field that was chosen in, long lists."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable

import pytest

from indexer.errors import NotFoundError
from indexer.settings import Settings
from indexer.text.normalize import fold
from search_cli import Archive
from search_cli.models import SpokenTurn
from search_cli.search import crosstab, every_value
from tests.support.cli import CommandLine

ROLES = {"记者", "記者", "主持人", "问", "問", "答"}


@pytest.fixture(scope="module")
def archive(sample: Settings) -> Archive:
    return Archive(sample)


@pytest.fixture(scope="module")
def everything(archive: Archive) -> list[SpokenTurn]:
    """Every turn of the archive, to count by hand."""
    return [hit.turn for hit in archive.export()]


def counted(turns: Iterable[SpokenTurn], value: Callable[[SpokenTurn], str]) -> dict[str, int]:
    return dict(Counter(found for turn in turns if (found := value(turn))))


def values(facet) -> dict[str, int]:
    return {one.value: one.count for one in facet.buckets}


@pytest.mark.parametrize("field", ["date", "month", "year"])
@pytest.mark.parametrize("asked", [{"since": "2019"}, {"query": "date:2019.."}])
def test_a_range_is_never_undone_by_its_own_facet(archive, everything, field, asked):
    within = [turn for turn in everything if turn.date >= "2019"]
    length = 7 if field == "month" else 4
    (facet,) = archive.facets(field, **asked)
    assert facet.total == len(within)
    assert not facet.chosen
    if field != "date":
        assert values(facet) == counted(within, lambda turn: turn.date[:length])
    assert min(values(facet)) >= "2019"
    query = asked.get("query", "")
    filters = {name: value for name, value in asked.items() if name != "query"}
    assert archive.search(query, facets=field, **filters).facets == (facet,)
    assert {row.value: row.turns for row in archive.cross(field, **asked).lines} == values(facet)


def test_values_chosen_in_a_field_do_not_limit_its_facet_and_it_says_so(archive, everything):
    chosen = {"speaker": ("郑志昊", "邵启年"), "since": "2013"}
    since = [turn for turn in everything if turn.date >= "2013"]
    (facet,) = archive.facets("speaker", size=None, **chosen)
    assert facet.chosen == ("郑志昊", "邵启年")
    assert values(facet) == counted(since, lambda turn: turn.speaker)
    (role,) = archive.facets("role", **chosen)
    assert not role.chosen
    assert values(role) == counted(
        (turn for turn in since if turn.speaker in chosen["speaker"]), lambda turn: turn.role
    )
    (searched,) = archive.search(facets="speaker", **chosen).facets
    assert searched.chosen == facet.chosen
    assert values(searched).items() <= values(facet).items()
    assert set(facet.chosen) <= set(values(searched))
    table = archive.cross("speaker", "role", size=None, across=None, **chosen)
    assert table.chosen_rows == facet.chosen
    assert {row.value: row.turns for row in table.lines} == values(facet)
    pairs = Counter((turn.speaker, turn.role) for turn in since)
    assert {
        (row.value, role): count
        for row in table.lines
        for role, count in zip(table.across, row.counts, strict=True)
        if count
    } == {pair: count for pair, count in pairs.items() if pair[0]}


def test_a_rare_value_that_was_chosen_has_a_row(archive):
    rare = archive.facets("speaker", size=None)[0].buckets[-1]
    assert values(archive.facets("speaker", size=2, speaker=rare.value)[0])[rare.value] == rare.count
    table = archive.cross("speaker", "role", size=2, speaker=rare.value)
    assert table.lines[-1].value == rare.value
    assert table.lines[-1].turns == rare.count


def test_the_screen_says_that_all_values_are_counted(sample, monkeypatch, capsys):
    run = CommandLine(sample, monkeypatch, capsys)
    assert run("facets", "speaker", "--speaker", "郑志昊").lines[0].startswith(" speaker (all, 郑志昊 chosen)  in ")
    found = run("search", "小米", "--speaker", "郑志昊", "--facet", "speaker").out
    assert " speaker  (all, 郑志昊 chosen)" in found
    printed = run("facets", "speaker", "year", "--speaker", "郑志昊", "--since", "2013-08", "--until", "2014")
    assert printed.lines[0].startswith(" speaker (all, 郑志昊 chosen) × year, turns")
    written = run("facets", "speaker", "--speaker", "郑志昊", "--csv")
    assert "All values of speaker are counted, not only 郑志昊." in written.err


def test_lists_do_not_end_where_a_part_does(sample, archive, everything, monkeypatch, capsys):
    speakers = counted(everything, lambda turn: turn.speaker)
    monkeypatch.setattr(every_value, "_PART", 7)
    monkeypatch.setattr(every_value, "_PART_OF_MANY", 7)
    monkeypatch.setattr(crosstab, "_CELLS", 40)
    assert {one.name: one.turns for one in archive.speakers()} == speakers
    listed = archive.topics()
    assert {one.name: one.turns for one in listed} == dict(Counter(one for turn in everything for one in turn.topics))
    assert listed == tuple(sorted(listed, key=lambda one: (-one.turns, one.name)))
    run = CommandLine(sample, monkeypatch, capsys)
    rows = list(csv.DictReader(io.StringIO(run("facets", "speaker", "--csv").out)))
    assert {row["speaker"]: int(row["turns"]) for row in rows} == speakers
    rows = list(csv.DictReader(io.StringIO(run("facets", "interview", "speaker", "--csv").out)))
    pairs = Counter((turn.interview_id, turn.speaker) for turn in everything if turn.speaker)
    assert {
        (row["interview"], speaker): int(row[speaker]) for row in rows for speaker in speakers if row[speaker] != "0"
    } == pairs
    characters = Counter({turn.interview_id: 0 for turn in everything})
    for turn in everything:
        characters[turn.interview_id] += len(turn.text)
    assert {row["interview"]: int(row["characters"]) for row in rows} == characters


def test_a_table_says_what_it_leaves_out(sample, archive, monkeypatch, capsys):
    run = CommandLine(sample, monkeypatch, capsys)
    every = archive.cross("speaker", "topic", size=None, across=None)
    table = archive.cross("speaker", "topic", size=3, across=2)
    assert len(table.lines) + table.more_rows == len(every.lines)
    assert len(table.across) + table.more_columns == len(every.across)
    printed = run("facets", "speaker", "topic", "-n", "3")
    assert f"+{table.more_rows} more speakers with -n, or with --csv" in printed.out
    monkeypatch.setattr(crosstab, "MOST_COLUMNS", 2)
    written = run("facets", "speaker", "topic", "--csv")
    assert f"the 2 most frequent columns of {len(every.across)}" in " ".join(written.err.split())


def found(archive: Archive, query: str = "", **filters) -> set[str]:
    return {hit.turn.address for hit in archive.export(query, **filters)}


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("year:2019", lambda turn: turn.date.startswith("2019")),
        ("year:(2013 OR 2024)", lambda turn: turn.date[:4] in {"2013", "2024"}),
        ("year:2014..2019 date:..2018-06", lambda turn: "2014" <= turn.date < "2018-07"),
        ("-year:>=2014", lambda turn: turn.date < "2014"),
        ("title:使用者", lambda turn: fold("使用者") in fold(turn.title)),
        ("title:“手機的人，也是使用者”", lambda turn: "不會用手機的人" in turn.title),
        ("標題:椅子 OR 标题：《夜航》", lambda turn: "椅子" in turn.title or "《夜航》" in turn.title),
        ("author:韩若溪", lambda turn: "韩若溪" in turn.authors),
        ("affiliation:副總裁", lambda turn: "副总裁" in fold(turn.affiliation)),
        ("label:问", lambda turn: fold(turn.label) == "问"),
        ("language:繁體", lambda turn: turn.address.startswith("digital-services")),
    ],
)
def test_every_field_is_a_filter(archive, everything, query, holds):
    expected = {turn.address for turn in everything if holds(turn)}
    counted = found(archive, query)
    if query.startswith("language"):
        assert expected <= counted
        assert not counted & found(archive, "language:zh-Hans")
        assert len(counted) + archive.search("language:zh-Hans").total == len(everything)
    else:
        assert counted == expected
    assert counted


def test_an_option_is_the_field(archive):
    for query, filters in [
        ("year:2019 title:一把椅子", {"year": "2019", "title": "一把椅子"}),
        ("author:韩若溪 number:>600", {"author": "韩若溪", "number": ">600"}),
        ("affiliation:合作社 date:2024", {"affiliation": "合作社", "date": "2024"}),
        ("language:zh-hant label:林以柔", {"language": "繁体", "label": "林以柔"}),
        ("mentions:郑志昊", {"mentions": "郑志昊"}),
    ]:
        assert found(archive, query) == found(archive, **filters)


@pytest.mark.parametrize(
    ("query", "told", "near"),
    [
        ("小米 title:蟾蜍牌", "No title contains 蟾蜍牌", ""),
        ("author:韩若夕", "There is no author 韩若夕", "韩若溪"),
        ("affiliation:蟾蜍", "No affiliation contains 蟾蜍", ""),
        ("speaker:(无名 OR 郑志豪)", "There is no speaker 无名", ""),
        ("小米 OR outlet:搜狐it频道", "There is no outlet 搜狐it频道", "搜狐IT"),
    ],
)
def test_a_value_that_no_turn_has_is_told(archive, query, told, near):
    for ask in (archive.search, archive.speakers, lambda query: archive.facets("topic", query=query)):
        with pytest.raises(NotFoundError, match=re.escape(told)) as raised:
            ask(query)
        assert near in "".join(raised.value.near)


def test_a_name_within_a_query_is_found_in_either_script(archive, everything):
    by = {turn.address for turn in everything if turn.speaker == "郑志昊"}
    assert found(archive, "speaker:鄭志昊 OR 蟾蜍牌收音机") == by == found(archive, "speaker:郑志昊")
    assert found(archive, "-speaker:鄭志昊") == {turn.address for turn in everything} - by
    many = [f"無名氏{number}" for number in range(200)]
    assert found(archive, speaker=(*many, "鄭志昊")) == by


def test_mentions_are_turns_that_say_a_name_whoever_speaks(archive, everything):
    (people,) = archive.facets("mentions", size=None)
    assert len(people.buckets) > 10
    for one in people.buckets:
        assert len(found(archive, mentions=one.value)) == one.count, one.value
    # 郑志昊 speaks in some of the interviews, and is named in turns of these and others
    saying = {turn.address for turn in everything if "郑志昊" in turn.text or "鄭志昊" in turn.text}
    assert found(archive, "mentions:鄭志昊") == found(archive, "mentions:郑志昊") == saying
    (facet,) = archive.facets("speaker", mentions="郑志昊")
    assert facet.total == len(saying)
    assert not facet.chosen
    assert found(archive, mentions=("郑志昊", "谁也不是")) == saying
    stranger = {turn.address for turn in everything if "乔布斯" in turn.text}
    assert found(archive, "mentions:乔布斯") == stranger


def test_the_word_or_is_noticed(sample, monkeypatch, capsys):
    run = CommandLine(sample, monkeypatch, capsys)
    for command in (("search", "-n", "1"), ("facets", "role"), ("kwic",), ("speakers",)):
        printed = run(*command, "小米", "or", "红米")
        assert "“or” is searched for as a word." in printed.err
        assert "小米 OR 红米" in printed.err
        assert not run(*command, "小米", "OR", "红米").err
    assert not run("search", "小米", "or", "红米", FANGTAN_HINTS="0").err
