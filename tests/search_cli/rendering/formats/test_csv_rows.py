"""CSV for other programs: UTF-8, without formulas or control characters."""

import csv
import unicodedata
from collections.abc import Iterator
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.printable import UNSAFE
from search_cli.rendering.formats.csv_rows import HIT_COLUMNS, csv_cell, csv_lines, csv_table
from tests.support.spoken import ANSWER, QUESTION, hit


def harmless(text: str) -> bool:
    return not {unicodedata.category(one) for one in text.replace("\n", "")} & UNSAFE


def test_csv_has_a_header_and_a_line_a_hit():
    rows = list(csv.DictReader("".join(csv_lines([hit("小米"), hit(rank=2, start=5)])).splitlines(keepends=True)))
    assert [row["address"] for row in rows] == ["qzone-xiaomi#3"] * 2
    assert rows[0]["text"] == ANSWER
    assert rows[0]["question"] == QUESTION
    assert rows[0]["topics"] == "社交营销；商业化"
    assert rows[0]["score"] == "8.5"
    assert [row["start"] for row in rows] == ["", "5"]
    assert tuple(rows[0]) == HIT_COLUMNS


def test_csv_is_written_while_rows_are_read():
    def endless() -> Iterator[tuple[int]]:
        number = 0
        while True:
            number += 1
            yield (number,)

    assert list(islice(csv_table(["n"], endless()), 3)) == ["n\n", "1\n", "2\n"]


def test_csv_lines_come_one_by_one():
    lines = list(csv_lines([hit(text="一。"), hit(text="二。")]))
    assert len(lines) == 3
    assert all(line.endswith("\n") and not line.endswith("\r\n") for line in lines)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("+1", "'+1"),
        ("-广告", "'-广告"),
        ("@cmd", "'@cmd"),
        ("\t=1", "'=1"),
        ("\u200b=1", "'=1"),
        (" =1", "' =1"),
        ("\n=1", "'\n=1"),
        ("\n一", "'\n一"),
        *((f"{sign}1", f"'{sign}1") for sign in "＝＋－＠"),
        ("-5", "'-5"),
        ("小米=1", "小米=1"),
        ("一\n二", "一\n二"),
        ("红\x1b[31m米\u202e", "红[31m米"),
        (("甲", "乙"), "甲；乙"),
        (None, ""),
        (-3, "-3"),
        (-0.5, "-0.5"),
        (0.123456789, "0.123457"),
        (12345678.9, "12345679"),
        ("", ""),
    ],
)
def test_a_cell_is_no_formula(value, expected):
    assert csv_cell(value) == expected


@given(st.text())
def test_no_text_becomes_a_formula(text):
    assert not csv_cell(text).lstrip().startswith(tuple("=+-@＝＋－＠\t\r"))
    assert not csv_cell(text).startswith("\n")
    assert harmless(csv_cell(text))
