"""Files of queries: each line's id and text, and what is wrong with a file told by its line."""

import io
import sys
from pathlib import Path

import pytest

from indexer.errors import ReadingError, UsageError
from search_cli.commands.trec import queries, run


def test_lines_of_a_file(tmp_path):
    file = tmp_path / "queries.tsv"
    file.write_bytes("\ufeffq1\t小米 合作\r\n\r\nq 2\t用户是谁？他说：“是”\n".encode())
    assert list(queries(file)) == [("q1", "小米 合作"), ("q 2", "用户是谁？他说：“是”")]


def test_a_query_may_hold_what_some_take_for_line_ends(tmp_path):
    file = tmp_path / "queries.tsv"
    file.write_text("q1\t小米\u2028合作\x0b价格\n", encoding="utf-8")
    assert list(queries(file)) == [("q1", "小米\u2028合作\x0b价格")]


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("q1\t小米".encode()), encoding="ascii"))
    assert list(queries(Path("-"))) == [("q1", "小米")]


@pytest.mark.parametrize("line", ["q2 小米", "q2\t", "\t小米", "q2\t  "])
def test_a_line_that_is_none_is_named(tmp_path, line):
    file = tmp_path / "queries.tsv"
    file.write_text(f"q1\t小米\n{line}\n", encoding="utf-8")
    with pytest.raises(ReadingError) as error:
        list(queries(file))
    assert error.value.line == 2
    assert error.value.path == str(file)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ReadingError, match="No such file"):
        list(queries(tmp_path / "none.tsv"))


def test_a_file_in_another_encoding(tmp_path):
    file = tmp_path / "gbk.tsv"
    file.write_bytes("q1\t用户".encode("gbk"))
    with pytest.raises(ReadingError, match=r"not UTF-8 \(byte 3\)"):
        list(queries(file))


@pytest.mark.parametrize(("query", "has_filters"), [("小米", False), ("", True)])
def test_a_batch_takes_no_query_besides(tmp_path, query, has_filters):
    with pytest.raises(UsageError):
        run(tmp_path / "q.tsv", query, has_filters, None)
