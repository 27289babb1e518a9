"""What the name of a saved search stands for, and which names cannot be."""

from pathlib import Path

import pytest

from indexer.errors import FangtanError, NotFoundError, SettingsError, UsageError
from indexer.settings import Settings
from search_cli.query.request import Match, SearchRequest, Sort, request
from search_cli.query.unparse import retyped
from search_cli.saved.expand import expand

FILE = """\
["小米"]
query = "小米 合作"
role = ["interviewee"]

["记者"]
query = ""
role = ["interviewer"]

["近来"]
query = '@小米 -广告 OR "红米手机"'
since = "2013"
sort = "date"
match = "all"
synonyms = false

["甲"]
query = "@乙 价格"

["乙"]
query = "-@甲"

["自己"]
query = "@自己"

["坏"]
query = "(小米"
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "searches.toml").write_text(FILE, encoding="utf-8")
    return Settings(data=tmp_path)


def read(found: SearchRequest) -> tuple[str, list[str]]:
    """The words and the filters of a request, as they are typed."""
    return retyped(found.node), [retyped(one) for one in found.filters]


@pytest.mark.parametrize(
    ("query", "words", "filters"),
    [
        ("@小米", "小米 合作", ["role:interviewee"]),
        ("@小米 隐私", "小米 合作 隐私", ["role:interviewee"]),
        ("@小米 @记者", "小米 合作", ["role:interviewee", "role:interviewer"]),  # both, so none: not either
        ("@小米 role:host", "小米 合作", ["role:host", "role:interviewee"]),
        ("-@小米 隐私", "-(小米 合作 role:interviewee) 隐私", []),
        ("@记者 OR 隐私", "(role:interviewer OR 隐私)", []),
        ("(@小米 OR 隐私) 价格", "((小米 合作 role:interviewee) OR 隐私) 价格", []),
        ("＠小米", "小米 合作", ["role:interviewee"]),
        ("@近来", '小米 合作 ((-广告) OR "红米手机")', ["date:>=2013-01-01", "role:interviewee"]),
    ],
)
def test_a_name_stands_for_its_search_in_brackets(
    settings: Settings, query: str, words: str, filters: list[str]
) -> None:
    assert read(expand(settings, request(query))) == (words, filters)


def test_a_saved_search_alone_brings_its_order_and_options(settings: Settings) -> None:
    alone = expand(settings, request("@近来"))
    assert (alone.sort, alone.match, alone.synonyms) == (Sort.DATE, Match.ALL, False)
    asked = expand(settings, request("@近来", sort="oldest", match="some", synonyms=True))
    assert (asked.sort, asked.match, asked.synonyms) == (Sort.OLDEST, Match.SOME, True)
    beside = expand(settings, request("@近来 隐私"))
    assert (beside.sort, beside.match, beside.synonyms) == (Sort.RELEVANCE, None, None)


def test_a_name_that_there_is_not_is_told_with_the_nearest(settings: Settings) -> None:
    with pytest.raises(NotFoundError, match="no saved search 小迷") as told:
        expand(settings, request("红米 @小迷"))
    assert told.value.near == ("@小米",)


@pytest.mark.parametrize(
    ("query", "names"), [("@甲", ("甲 and 乙",)), ("小米 @乙", ("乙 and 甲",)), ("@自己", ("自己",))]
)
def test_a_circle_is_told_with_its_names(settings: Settings, query: str, names: tuple[str, ...]) -> None:
    with pytest.raises(UsageError) as told:
        expand(settings, request(query))
    assert all(name in told.value.message for name in names)


def test_a_query_that_somebody_broke_in_the_file_is_told_with_its_name(settings: Settings) -> None:
    with pytest.raises(SettingsError, match=r"saved search 坏 is not one: \(小米"):
        expand(settings, request("@坏"))


def test_names_within_names_within_names_end(tmp_path: Path) -> None:
    chain = "".join(f'["n{n}"]\nquery = "@n{n + 1}"\n' for n in range(40))
    (tmp_path / "searches.toml").write_text(f'{chain}["n40"]\nquery = "小米"\nsort = "date"\n', encoding="utf-8")
    found = expand(Settings(data=tmp_path), request("@n0"))
    assert (read(found), found.sort) == (("小米", []), Sort.DATE)
    levels = [f'["n{n}"]\nquery = "@n{n + 1} @n{n + 1}"\n' for n in range(40)]
    (tmp_path / "searches.toml").write_text("".join([*levels, '["n40"]\nquery = "小米"\n']), encoding="utf-8")
    with pytest.raises(UsageError, match="more than 1,000 saved searches"):
        expand(Settings(data=tmp_path), request("@n0"))


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ('["甲"]\nspeakr = ["乙"]\n', "speakr"),
        ('["甲"]\nquery = 3\n', "甲 has no query"),
        ('"甲" = "小米"\n', "甲 is not a saved search"),
        ('["甲"]\nquery = "小米"\nsince = ["2013"]\n', "since"),
        ('["甲"\n', "searches.toml:1"),
    ],
)
def test_a_file_that_is_not_one_is_told(tmp_path: Path, entry: str, told: str) -> None:
    (tmp_path / "searches.toml").write_text(entry, encoding="utf-8")
    with pytest.raises(SettingsError, match=told):
        expand(Settings(data=tmp_path), request("@甲"))


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("query", "message", "next_step"),
    [
        ("@小麦", "没有保存过名为 小麦 的检索。", '写成 @小米；要当作文字来找，就加引号："@小麦"'),
        ("@自己", "保存的检索 自己 的检索式里有它自己。", "去掉这个名称再保存。"),
        (
            "@甲",
            "保存的检索 甲 和 乙 互相引用：@甲 → @乙 → @甲",
            "从 乙 里去掉 @甲，或者从 甲 里去掉 @乙：fangtan save … --replace",
        ),
    ],
)
def test_errors_are_told_in_the_language_of_the_reader(
    settings: Settings, query: str, message: str, next_step: str
) -> None:
    with pytest.raises(FangtanError) as told:
        expand(settings, request(query))
    assert (told.value.message, told.value.next_step) == (message, next_step)
