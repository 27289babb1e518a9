"""Keyness: log-likelihood and log ratio of words against other turns."""

from collections import Counter
from math import log, log2

import pytest

from search_cli.kwic.keyness import WordCounts, listed_words, log_ratio, score_words


def counted(**counts: int) -> WordCounts:
    words = Counter(counts)
    return WordCounts(words, Counter(dict.fromkeys(words, 1)), words.total(), 1, 1)


def test_scores_are_those_of_the_formula() -> None:
    own = counted(公园=30, 其它=970)
    (found,) = score_words(["公园"], own, {"公园": 20}, 3000)
    cells = [(30, 1000, 50), (970, 1000, 3950), (20, 3000, 50), (2980, 3000, 3950)]
    assert found.score == pytest.approx(2 * sum(n * log(n * 4000 / (row * column)) for n, row, column in cells))
    assert found.log_ratio == pytest.approx(log2((30 / 1000) / (20 / 3000)))
    assert found.per_10k == 300
    assert found.others_per_10k == pytest.approx(66.67, abs=0.01)


def test_a_word_that_is_rarer_here_is_negative() -> None:
    (found,) = score_words(["公园"], counted(公园=3, 其它=997), {"公园": 90}, 3000)
    assert found.score < -15
    assert found.log_ratio < -3


def test_a_word_of_one_side_alone_has_a_finite_ratio() -> None:
    assert log_ratio(8, 1000, 0, 1000) == 4
    assert log_ratio(0, 1000, 8, 1000) == -4
    assert log_ratio(8, 1000, 0, 0) == 0


def test_without_other_turns_there_is_no_keyness() -> None:
    (found,) = score_words(["公园"], counted(公园=3), {}, 0)
    assert (found.score, found.log_ratio, found.others_per_10k) == (0, 0, 0)


def test_function_words_of_both_languages_are_left_out() -> None:
    own = counted(的=9, the=8, 公园=7, 凉亭=2)
    assert listed_words(own, 3, function_words=False) == ["公园"]
    assert listed_words(own, 2, function_words=True) == ["的", "the", "公园", "凉亭"]
