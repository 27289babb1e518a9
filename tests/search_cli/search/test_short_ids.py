"""Short ids: a beginning that is no other interview's, to the end of a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_cli.search.short_ids import short_ids

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
        ("口述史/冯桂生-2022", "口述史/冯桂生"),
        ("2019", "2019"),  # another begins with it
        ("2019-02-28-LEZS-訪談", "2019-02"),
    ],
)
def test_as_short_as_it_can_be_read_and_typed(whole, short):
    assert short_ids([whole], EVERY) == {whole: short}


def test_an_interview_alone_needs_little():
    assert short_ids(["ab", "abcdefgh"], ["ab"]) == {"ab": "ab", "abcdefgh": "abcdefgh"}
    assert short_ids(["qzone-xiaomi"], ["qzone-xiaomi"]) == {"qzone-xiaomi": "qzone"}


@given(st.lists(st.text(alphabet="ab-/2", min_size=1, max_size=9), min_size=1, max_size=12, unique=True))
def test_a_short_id_means_one_interview(every):
    for whole, short in short_ids(every, every).items():
        assert whole.startswith(short)
        begin_so = [one for one in every if one.startswith(short)]
        assert begin_so == [whole] or short == whole
