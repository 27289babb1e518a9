"""Saved searches on a real archive: what @NAME finds, how much it is, and what is new in it."""

import json
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.errors import NotFoundError
from indexer.settings import DATA_FILES, Settings
from indexer.text.normalize import normalize
from search_cli.archive import Archive as SearchArchive
from tests.support.archives import Archive
from tests.support.cli import CommandLine

FIRST = """\
访谈：渡口

记者：渡船的船票涨价了吗？
何娟：船票涨了两块，坐渡船的人少了。
记者：大家怎么说？
何娟：嗯。
"""
SECOND = """\
访谈：码头

记者：码头上还卖渡船的船票吗？
陆远：渡船还在，船票我们不卖了。
"""


@pytest.fixture
def kept(sample: Settings, tmp_path: Path) -> SearchArchive:
    """The samples, with what is known of them and with saved searches in a folder of their own."""
    settings = replace(sample, data=_copied(sample, tmp_path))
    archive = SearchArchive(settings)
    archive.save("小米", "小米 合作", role="受访", match="some")
    archive.save("空间", "空间 OR 红米", match="all")
    return archive


def _copied(settings: Settings, folder: Path) -> Path:
    data = folder / "data"
    data.mkdir()
    for name in DATA_FILES:
        if (settings.data / name).exists():
            shutil.copy(settings.data / name, data)
    return data


def found(archive: SearchArchive, query: str, **options: str) -> set[str]:
    """The addresses of all hits."""
    return {hit.turn.address for hit in archive.export(query, **{"match": "all", **options})}  # type: ignore[arg-type]


def test_a_name_finds_what_its_search_finds(kept: SearchArchive) -> None:
    typed = found(kept, "小米 合作", role="受访", match="some")
    assert len(typed) > 1
    assert {hit.turn.address for hit in kept.export("@小米")} == typed
    assert found(kept, "小米 合作", role="受访") < typed
    alone = kept.search("@小米", facets=("interview", "role"))
    assert alone.every <= alone.some == alone.total == len(typed) == kept.saved()[0].turns
    for facet in kept.facets("interview", "speaker", query="@小米"):
        assert sum(bucket.count for bucket in facet.buckets) == facet.total == len(typed)
    assert kept.kwic("@小米").turns == kept.kwic("小米 合作", role="受访", match="some").turns


def test_names_are_joined_as_sets_are(kept: SearchArchive) -> None:
    mi, space = found(kept, "小米 合作", role="受访"), found(kept, "空间 OR 红米")
    asked, every = found(kept, "空间", role="采访"), found(kept, "")
    kept.save("问", "空间", role="采访")
    assert mi & space < space
    assert asked
    assert found(kept, "@小米 @空间") == found(kept, "小米 合作 (空间 OR 红米)", role="受访")
    assert found(kept, "@小米 OR @问") == mi | asked
    assert found(kept, "@小米 @问") == set()  # the roles are not alternatives
    assert found(kept, "-@空间") == every - {*found(kept, '"空间" OR "红米"')}
    for level in ("some", "most", "all"):
        several = kept.search("(@小米 OR @问) 用户", match=level)
        assert several.total == len(found(kept, "(@小米 OR @问) 用户", match=level))
    roles = {hit.turn.role for hit in kept.export("@问 OR @小米", match="some")}
    assert roles == {"interviewee", "interviewer"}


def test_any_expression_of_names_finds_what_sets_say(kept: SearchArchive) -> None:
    """Phrases hold or do not hold, so that the turns of every expression are known without fangtan's queries."""
    chosen = random.Random(7)
    turns = {turn.address: turn for one in kept.interviews() for turn in kept.interview(one.id).turns}
    texts = {address: normalize(turn.text).text for address, turn in turns.items()}
    sets: dict[str, set[str]] = {}
    for number, word in enumerate(("用户", "空间", "老师", "一个", "我们", "可以")):
        role, other = chosen.choice(("interviewee", "interviewer")), chosen.choice(("没有", "声音"))
        kept.save(f"甲{number}", f'"{word}" -"{other}"', role=role)
        holding = {address for address, text in texts.items() if word in text and other not in text}
        sets[f"@甲{number}"] = {address for address in holding if turns[address].role == role}

    def expression(depth: int) -> tuple[str, set[str]]:
        if not depth:
            return chosen.choice(list(sets.items()))
        (one, ones), (two, twos) = expression(depth - 1), expression(depth - 1)
        query, both = f"({one} {two})", ones & twos
        return chosen.choice([(query, both), (f"({one} OR {two})", ones | twos), (f"-{query}", set(turns) - both)])

    for depth in (1, 2, 3) * 8:
        query, expected = expression(depth)
        assert {hit.turn.address for hit in kept.export(query)} == expected, query
        assert kept.search(query, limit=1).total == len(expected), query


def test_a_filter_within_alternatives_binds_at_every_level(kept: SearchArchive) -> None:
    """`(空间 role:采访) OR 红米手机`: a turn with 空间 by somebody else holds none of it."""
    only = found(kept, "空间", role="采访") | found(kept, "红米手机")
    for level in ("some", "most", "all"):
        assert found(kept, "(空间 role:采访) OR 红米手机", match=level) == only


def test_names_that_there_are_not(kept: SearchArchive) -> None:
    with pytest.raises(NotFoundError) as told:
        kept.search("@小咪 隐私")
    assert told.value.near == ("@小米",)
    assert "@小咪" in told.value.next_step
    runs = dict(kept.run([("1", "@小咪 空间"), ("2", "@小米")], depth=5))
    assert all(runs.values())  # a query of a collection is text where it is not one of ours


@pytest.fixture
def run(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    """The command line on an archive of one interview, in which a search is saved."""
    data = _copied(archive.settings, tmp_path)
    archive.settings = replace(archive.settings, data=data)
    archive.write(ferry_txt=FIRST)
    archive.index()
    monkeypatch.setenv("FANGTAN_DATA", str(data))
    run = CommandLine(archive.settings, monkeypatch, capsys)
    saved = run("save", "船", "渡船", "船票")
    assert saved.code == 0
    assert "Saved @船: 2 turns of 1 interview now." in saved.out
    return run


def news(run: CommandLine, *options: str, code: int = 0) -> tuple[int, int, int, list[str]]:
    """How much is new, of how many, how much of interviews that came, and the addresses."""
    printed = run("new", "--json", *options)
    assert printed.code == code, printed.err
    (one,) = json.loads(printed.out)["searches"]
    return one["new"], one["turns"], one["added"], [hit["address"] for hit in one["hits"]]


def test_only_what_came_or_changed_is_new(archive: Archive, run: CommandLine) -> None:
    assert news(run, "--exit-code") == (0, 2, 0, [])
    archive.index(rebuild=True)
    assert news(run) == (0, 2, 0, [])
    longer = FIRST.replace("记者：渡船", "记者：您好！\n何娟：你好。\n记者：渡船")
    archive.write(ferry_txt=longer.replace("，坐渡船", "； 坐渡船"))
    archive.index()
    assert news(run) == (0, 2, 0, [])  # other numbers, other punctuation
    archive.write(pier_txt=SECOND)
    archive.index()
    assert news(run, "--keep", "--exit-code", code=4) == (2, 4, 2, ["pier#2", "pier#1"])
    assert news(run, "-n", "1") == (2, 4, 2, ["pier#2"])
    assert news(run, "--exit-code", code=4) == (1, 4, 1, ["pier#1"])
    assert news(run, "--exit-code") == (0, 4, 0, [])
    archive.write(ferry_txt=FIRST.replace("涨了两块", "涨了三块"))
    archive.index()
    assert news(run) == (1, 4, 0, ["ferry#2"])
    archive.delete("pier_txt")
    archive.index(prune=True)
    archive.write(pier_txt=SECOND)
    archive.index()
    assert news(run) == (0, 4, 0, [])  # it was seen before it went


def test_more_new_turns_than_a_page_of_elasticsearch_has(archive: Archive, run: CommandLine) -> None:
    asked = (f"记者：第{n}班渡船的船票呢？\n何娟：第{n}班渡船，船票卖了。\n" for n in range(1100))
    archive.write(many_txt=f"访谈：船期\n\n{''.join(asked)}")
    archive.index()
    new, turns, added, addresses = news(run, "-n", "3")
    assert (new, turns, added, len(addresses)) == (2200, 2202, 2200, 3)
    assert news(run, "-n", "2200")[0] == 2197
    archive.index(rebuild=True)
    assert news(run)[:2] == (0, 2202)


def test_the_page_of_what_is_new(archive: Archive, run: CommandLine) -> None:
    archive.write(pier_txt=SECOND)
    archive.index()
    assert run("save", "人", "渡船", "--speaker", "陆远").code == 0
    page = run("new", "船", "-n", "1", "--keep")
    assert "@船  2 new of 4 turns since " in page.out
    assert "pier#2" in page.out
    assert "1 more, still new. fangtan new 船 -n 2 --keep" in page.out
    assert "@人  nothing new since" in run("new").out
    archive.delete("pier_txt")
    archive.index(prune=True)
    part = run("new", "--exit-code")
    assert part.code == 1  # a speaker that is gone: a part failed, which is more than news
    assert "人: There is no speaker 陆远." in part.err
    assert "@船  nothing new" in part.out
    assert run("new", "没有").code == 1
    listed = json.loads(run("saved", "--json").out)
    assert [(one["name"], one["turns"], one["typed"]) for one in listed] == [
        ("船", 2, "渡船 船票"),
        ("人", 1, "渡船 --speaker 陆远"),
    ]
    assert run("saved", "remove", "人", "船").code == 0
    assert "No search is saved" in run("new").out


def test_a_search_whose_words_are_only_held_in_part_has_no_turns(run: CommandLine) -> None:
    assert "Saved @价: 0 turns" in run("save", "价", "票价表").out
    assert "nothing new" in run("new", "价").out
