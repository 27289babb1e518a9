"""Short ids: a beginning that is no other interview's, to the end of a word."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_cli.search.short_ids import is_found_by, short_ids

EVERY = [
    "clinic-2021",
    "qinghe-2024",
    "qinghe-coop-2018",
    "qzone-xiaomi",
    "口述史/冯桂生-2022",
    "口述史/梁叙白-2015",
    "2019",
    "2019-02-28-LEZS-訪談",
]


@pytest.mark.parametrize(
    ("whole", "short"),
    [
        ("clinic-2021", "clinic"),
        ("qzone-xiaomi", "qzone"),  # q would do, and tells nothing
        ("qinghe-2024", "qinghe-2024"),
        ("qinghe-coop-2018", "qinghe-coop"),
        ("口述史/冯桂生-2022", "冯桂生"),
        ("2019", "2019"),  # another begins with it
        ("2019-02-28-LEZS-訪談", "2019-02"),
    ],
)
def test_as_short_as_it_can_be_read_and_typed(whole, short):
    assert short_ids([whole], EVERY) == {whole: short}


def test_an_interview_alone_needs_little():
    assert short_ids(["ab", "abcdefgh"], ["ab"]) == {"ab": "ab", "abcdefgh": "abcdefgh"}
    assert short_ids(["qzone-xiaomi"], ["qzone-xiaomi"]) == {"qzone-xiaomi": "qzone"}


@pytest.mark.parametrize(
    ("whole", "short"),
    [
        ("simplified/2019-12-25-开放政府联系人会议第一次", "2019-12-25…一"),
        ("simplified/2019-12-25-开放政府联系人会议第二次", "2019-12-25…二"),
        ("simplified/2020-01-06-公园", "2020"),
        ("mixed/公园", "mixed/公园"),  # another has that name in another folder
    ],
)
def test_what_many_have_in_common_is_left_out(whole, short):
    every = [
        "simplified/2019-12-25-开放政府联系人会议第一次",
        "simplified/2019-12-25-开放政府联系人会议第二次",
        "simplified/2020-01-06-公园",
        "traditional/公园",
        "mixed/公园",
    ]
    assert short_ids([whole], every) == {whole: short}


def found_by(typed: str, every: list[str]) -> list[str]:
    """The ids that Elasticsearch finds by a short form, as `id_clause` asks for them."""
    if typed in every:
        return [typed]
    if len(exact := [one for one in every if one.rpartition("/")[2] == typed]) == 1:
        return exact
    pattern = re.compile(rf"(?s:(?:.*/)?{'.*'.join(map(re.escape, typed.split('…')))}.*)")
    return [one for one in every if pattern.fullmatch(one)]


@given(st.lists(st.text(alphabet="ab-/2公", min_size=1, max_size=18), min_size=1, max_size=12, unique=True))
def test_a_short_id_finds_one_interview(every):
    for whole, short in short_ids(every, every).items():
        assert found_by(short, every) == [whole]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("traditional/2020-07-10-專訪", True),
        ("traditional/2020", True),
        ("2020-07-10", True),
        ("2020-07-10…訪", True),
        ("07-10", False),
        ("reprint", False),
        ("2020-07-10…電", False),
    ],
)
def test_an_id_is_found_by_its_beginning_without_folders_too(typed: str, found: bool) -> None:
    assert is_found_by("traditional/2020-07-10-專訪", typed) is found
