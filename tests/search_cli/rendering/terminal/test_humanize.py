"""Numbers, shares, times, and arguments that a shell takes for one word."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Role
from search_cli.rendering.terminal import humanize


@pytest.mark.parametrize(
    ("number", "noun", "expected"),
    [(0, "turn", "0 turns"), (1, "turn", "1 turn"), (26931, "turn", "26,931 turns"), (2, "interview", "2 interviews")],
)
def test_count(number, noun, expected):
    assert humanize.count(number, noun) == expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [(0, "0 %"), (1, "100 %"), (0.424, "42 %"), (0.004, "0.4 %"), (0.0003, "<0.1 %"), (0.01, "1 %")],
)
def test_share(part, expected):
    assert humanize.share(part) == expected


@pytest.mark.parametrize(
    ("milliseconds", "expected"), [(0, "0:00"), (61_500, "1:01"), (751_000, "12:31"), (3_723_000, "1:02:03")]
)
def test_clock(milliseconds, expected):
    assert humanize.clock(milliseconds) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0.4, "0 s"), (40, "40 s"), (119, "119 s"), (720, "12 min"), (3 * 3600, "3 h"), (5 * 86400, "5 days")],
)
def test_span(seconds, expected):
    assert humanize.span(seconds) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1024, "1.0 KB"),
        (310 * 1024, "310 KB"),
        (1_258_291, "1.2 MB"),
        (83_751_862_272, "78 GB"),
        (3 * 1024**4 // 2, "1.5 TB"),
    ],
)
def test_size(number, expected):
    assert humanize.size(number) == expected


def test_every_role_has_its_word():
    assert set(humanize.ROLES) == {role.value for role in Role}
    assert humanize.role("interviewee") == "受访"
    assert humanize.role("moderator") == "moderator"


@pytest.mark.parametrize("text", ["小米", "qzone-xiaomi#3", "口述史/染坊#2", "2013-07", "QQ空间", "迈克尔·乔丹", "a@b"])
def test_what_a_shell_leaves_alone_stays_bare(text):
    assert humanize.argument(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("小米 合作", "'小米 合作'"),
        ("$(rm -rf ~)", "'$(rm -rf ~)'"),
        ("-广告", "-广告"),
        ("#3", "'#3'"),
        ("", "''"),
        ("~root", "'~root'"),
        ("=ls", "'=ls'"),
        ("a'b", "'a'\"'\"'b'"),
    ],
)
def test_everything_else_is_quoted(text, expected):
    assert humanize.argument(text) == expected


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00")))
def test_an_argument_reads_back_as_itself(text):
    assert shlex.split(humanize.argument(text)) == [text]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("小米 合作", "小米 合作"),
        ("小米 -广告", "小米 -广告"),
        ('"红米手机"', "'\"红米手机\"'"),
        ("小米;ls", "'小米;ls'"),
        ("小米 -$(ls)", "小米 '-$(ls)'"),
        ("(小米 OR 华为)", "'(小米' OR '华为)'"),
    ],
)
def test_a_query_as_it_can_be_typed(query, expected):
    assert humanize.query_arguments(query) == expected
