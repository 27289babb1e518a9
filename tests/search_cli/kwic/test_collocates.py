"""Collocates: which words are near, on which side, how often, and the score, against published numbers."""

from collections import Counter
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import UsageError
from indexer.text.analysis import Analyzer
from search_cli.kwic.collocates import (
    CollocateCounts,
    CollocateOrder,
    collocates_request,
    count_collocates,
    log_likelihood,
    nearby_words,
    score_collocates,
)
from search_cli.kwic.occurrences import TurnMatch, match_turn
from search_cli.query.parser import parse
from search_cli.query.terms import analyze_query

ANALYZER = Analyzer()


@pytest.mark.parametrize(
    ("both", "second_alone", "first_alone", "neither", "published"),
    [
        # Dunning 1993, table 1: bigrams of 31,777 words, -2 log λ
        (110, 2442, 111, 29114, 270.72),  # the swiss
        (29, 13, 123, 31612, 263.90),  # can be
        (31, 23, 139, 31584, 256.84),  # previous year
        (10, 0, 3, 31764, 167.23),  # mineral water
    ],
)
def test_the_scores_that_dunning_published(both, second_alone, first_alone, neither, published):
    everything = both + second_alone + first_alone + neither
    score = log_likelihood(both, both + second_alone, both + first_alone, everything)
    assert score == pytest.approx(published, abs=0.006)


def test_a_score_by_hand():
    # 2 of 10 words near, 4 of 100 in all: cells 2 8 2 88, expected .4 9.6 3.6 86.4
    by_hand = 2 * (2 * log(2 / 0.4) + 8 * log(8 / 9.6) + 2 * log(2 / 3.6) + 88 * log(88 / 86.4))
    assert log_likelihood(2, 10, 4, 100) == pytest.approx(by_hand)
    assert by_hand == pytest.approx(4.399, abs=0.001)


@pytest.mark.parametrize(
    ("near", "close", "all_", "everything", "sign"),
    [
        (5, 50, 50, 500, 0),  # exactly as chance has it
        (6, 50, 50, 500, 1),
        (4, 50, 50, 500, -1),
        (0, 50, 50, 500, -1),
        (50, 50, 50, 500, 1),  # everywhere near, nowhere else
        (3, 3, 3, 3, 0),  # the archive is all near
    ],
)
def test_rarer_than_chance_is_below_zero(near, close, all_, everything, sign):
    score = log_likelihood(near, close, all_, everything)
    assert (score > 1e-9) - (score < -1e-9) == sign


@given(st.integers(0, 50), st.integers(0, 500), st.integers(0, 500), st.integers(0, 5000))
def test_a_score_is_a_number_whichever_way_the_table_is_read(both, here, there, neither):
    one = log_likelihood(both, both + here, both + there, both + here + there + neither or 1)
    other = log_likelihood(both, both + there, both + here, both + here + there + neither or 1)
    assert one == pytest.approx(other, abs=1e-6)


# ten words of one character each, at 0, 1, 2 …
WORDS = [(place, place + 1) for place in range(10)]


@pytest.mark.parametrize(
    ("spans", "window", "own", "before", "after"),
    [
        ([(4, 5)], 2, {4}, {2, 3}, {5, 6}),
        ([(4, 6)], 2, {4, 5}, {2, 3}, {6, 7}),
        ([(0, 1)], 3, {0}, set(), {1, 2, 3}),
        ([(9, 10)], 3, {9}, {6, 7, 8}, set()),
        ([(4, 5)], 100, {4}, {0, 1, 2, 3}, {5, 6, 7, 8, 9}),
        ([(2, 3), (6, 7)], 2, {2, 6}, {0, 1, 5}, {3, 4, 7, 8}),  # 4 is as near to both, and counts once
        ([(2, 3), (3, 4)], 1, {2, 3}, {1}, {4}),  # the words themselves are not near
        ([], 5, set(), set(), set()),
    ],
)
def test_what_is_near_and_on_which_side(spans, window, own, before, after):
    themselves, sides = nearby_words(WORDS, spans, window)
    assert themselves == own
    assert {place for place, is_before in sides.items() if is_before} == before
    assert {place for place, is_before in sides.items() if not is_before} == after


def test_a_part_of_a_word_stands_for_the_word():
    # 互联 in 互联网 的 用户: the word it is a part of is not near it
    own, sides = nearby_words([(0, 3), (3, 4), (4, 6)], [(0, 2)], 1)
    assert (own, sides) == ({0}, {1: False})


def test_a_sign_between_words_has_neighbours():
    own, sides = nearby_words([(0, 2), (3, 5)], [(2, 3)], 1)
    assert (own, sides) == (set(), {0: True, 1: False})


@given(
    st.lists(st.integers(1, 3), max_size=20),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 4)), max_size=6),
    st.integers(1, 6),
)
def test_near_is_within_the_window_of_some_word_and_counts_once(lengths, given_spans, window):
    words, at = [], 0
    for length in lengths:
        words.append((at, at + length))
        at += length
    spans = [(start, start + length) for start, length in sorted(given_spans) if start + length <= at]
    own, sides = nearby_words(words, spans, window)
    assert own == {n for n, (a, b) in enumerate(words) if any(a < end and b > start for start, end in spans)}
    by_hand = set()
    for start, end in spans:
        left = [n for n, (_, b) in enumerate(words) if b <= start]
        right = [n for n, (a, _) in enumerate(words) if a >= end]
        by_hand |= set(left[-window:]) | set(right[:window])
    assert set(sides) == by_hand - own


def turn(query: str, text: str, interview: str = "i") -> TurnMatch:
    node = parse(query)
    source = {"interview_id": interview, "text": text, "words": ANALYZER.analyze(text).joined_words}
    return match_turn(source, analyze_query(node, ANALYZER.analyze))


def test_words_near_in_turns():
    turns = [turn("手机", "我们的手机，合作很好"), turn("手机", "手机合作", "j"), turn("手机", "合作手机手机", "j")]
    near = count_collocates(turns, 1)
    assert near.left == Counter({"的": 1, "合作": 1})
    assert near.right == Counter({"合作": 2})
    assert near.own == Counter({"手机": 4})
    assert (near.occurrences, near.turns, near.interviews) == (4, 3, {"i", "j"})


def test_words_near_in_traditional_script_are_counted_in_normal_form():
    near = count_collocates([turn("资讯", "政府資訊公開")], 1)
    assert near.left == Counter({"政府": 1})
    assert near.right == Counter({"公开": 1})


def test_scores_leave_the_words_themselves_out():
    near = CollocateCounts(Counter({"合作": 2}), Counter({"合作": 3, "的": 1}), Counter({"小米": 5, "合作": 1}))
    (one,) = score_collocates(["合作"], near, {"合作": 7, "小米": 5}, 1006)
    assert (one.word, one.near, one.left, one.right, one.all) == ("合作", 5, 2, 3, 7)
    assert one.expected == pytest.approx(6 * 6 / 1000)
    assert one.score == pytest.approx(log_likelihood(5, 6, 6, 1000))


def test_counts_of_an_archive_that_changes_meanwhile_do_no_harm():
    near = CollocateCounts(Counter({"合作": 5}), Counter(), Counter({"小米": 5}))
    (one,) = score_collocates(["合作"], near, {}, 0)
    assert (one.all, one.expected) == (5, 5)
    assert one.score == pytest.approx(0)


def test_what_is_asked_for():
    wanted = collocates_request("小米", "Near", 7, 4, 3, True, {"speaker": "郑志昊"})
    assert (wanted.order, wanted.limit, wanted.window, wanted.least, wanted.function_words) == (
        CollocateOrder.NEAR,
        7,
        4,
        3,
        True,
    )
    assert [field.name for field in wanted.search.filters] == ["speaker"]


@pytest.mark.parametrize(
    ("sort", "limit", "window", "least", "said"),
    [
        ("position", 5, 5, 2, "Collocates cannot be sorted by position."),
        ("score", 0, 5, 2, "--limit 0 is too small."),
        ("score", None, 0, 2, "--window 0 is too small."),
        ("score", None, 5, 0, "--min 0 is too small."),
    ],
)
def test_what_cannot_be_asked_for(sort, limit, window, least, said):
    with pytest.raises(UsageError) as told:
        collocates_request("小米", sort, limit, window, least, False, {})
    assert told.value.message == said
    assert told.value.next_step
