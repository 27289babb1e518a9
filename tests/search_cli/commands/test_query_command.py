"""What of a command line is the query, and what is an option."""

import pytest

from search_cli.commands.query_command import join_words, options_first

OPTIONS = {"--speaker": True, "--limit": True, "-n": True, "--full": False, "--help": False, "-h": False}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["小米", "合作"], ["--", "小米", "合作"]),
        (["小米", "-广告"], ["--", "小米", "-广告"]),
        (["-广告", "小米", "--full"], ["--full", "--", "-广告", "小米"]),
        (["--speaker", "郑志昊", "小米"], ["--speaker", "郑志昊", "--", "小米"]),
        (["小米", "--speaker=郑志昊", "合作"], ["--speaker=郑志昊", "--", "小米", "合作"]),
        (["小米", "-n", "5"], ["-n", "5", "--", "小米"]),
        (["小米", "-n5"], ["-n5", "--", "小米"]),
        (["-news", "-new"], ["--", "-news", "-new"]),
        (["-QQ", "-iPhone"], ["--", "-QQ", "-iPhone"]),
        (["-n５"], ["--", "-n５"]),
        (['-"红米手机"'], ["--", '-"红米手机"']),
        (["--speker", "x", "小米"], ["--speker", "--", "x", "小米"]),
        (["小米", "-h"], ["-h", "--", "小米"]),
        (["--", "--speaker", "小米"], ["--", "--speaker", "小米"]),
        (["-"], ["--", "-"]),
        (["--speaker", "--full", "小米"], ["--speaker", "--full", "--", "小米"]),
        ([], ["--"]),
    ],
)
def test_words_are_told_from_options(typed, expected):
    assert options_first(typed, OPTIONS) == expected


def test_an_option_without_its_value_is_left_for_the_parser_to_tell():
    assert options_first(["小米", "--speaker"], OPTIONS) == ["--speaker"]


@pytest.mark.parametrize(
    ("words", "query"),
    [(["小米", "合作"], "小米 合作"), (["小米 合作"], "小米 合作"), ([" "], ""), ([], ""), (None, "")],
)
def test_the_query_is_what_was_typed(words, query):
    assert join_words(words) == query
