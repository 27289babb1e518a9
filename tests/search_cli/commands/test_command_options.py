"""Shared options: filters reach a command as one, `--meta` is parsed, facet fields are known."""

from inspect import signature

import pytest
import typer
from typer.testing import CliRunner

from indexer.errors import UsageError
from search_cli.commands.command_options import (
    FILTERS,
    encoding_name,
    file_path,
    parse_encoding,
    parse_meta,
    with_filters,
)
from search_cli.query.request import Filters, Match


def app_of(*without: str) -> tuple[typer.Typer, list[tuple[str, Filters, int]]]:
    """A program of one command, and what it was called with."""
    called: list[tuple[str, Filters, int]] = []

    @with_filters(*without)
    def find(what: str, *, filters: Filters, limit: int = 10) -> None:
        """Find it."""
        called.append((what, filters, limit))

    app = typer.Typer()
    app.command()(find)
    return app, called


def test_the_filters_typed_reach_the_command_as_one() -> None:
    app, called = app_of()
    typed = ["小米", "--speaker", "郑志昊", "--speaker", "邵启年", "--since", "2013", "--match", "all", "--limit", "3"]
    assert CliRunner().invoke(app, typed).exit_code == 0
    filters: Filters = {"speaker": ("郑志昊", "邵启年"), "since": "2013", "match": Match.ALL}
    assert called == [("小米", filters, 3)]


def test_a_switch_that_is_off_is_typed_too() -> None:
    app, called = app_of()
    assert CliRunner().invoke(app, ["小米", "--no-synonyms", "--regional"]).exit_code == 0
    assert called == [("小米", {"synonyms": False, "regional": True}, 10)]


def test_nothing_typed_narrows_nothing() -> None:
    app, called = app_of()
    assert CliRunner().invoke(app, ["小米"]).exit_code == 0
    assert called == [("小米", {}, 10)]


def test_the_options_stand_where_the_command_has_them() -> None:
    def find(what: str, *, filters: Filters, limit: int = 10) -> None: ...

    names = list(signature(with_filters()(find)).parameters)
    assert names == ["what", *FILTERS, "limit"]


@pytest.mark.parametrize("typed", ["", " "])
def test_an_empty_path_is_not_the_current_folder(typed: str) -> None:
    with pytest.raises(UsageError, match="The path is empty"):
        file_path(typed)


def test_the_encoding_is_an_override_like_others() -> None:
    assert parse_encoding("") == ()
    assert parse_encoding("GB18030") == (("encoding", "gb18030"),)
    assert parse_encoding("auto") == (("encoding", ""),)
    assert (encoding_name("auto"), encoding_name(""), encoding_name("big5")) == ("", "", "big5")


@pytest.mark.parametrize("option", ["--match", "--since"])
def test_an_option_that_means_nothing_to_a_command_is_not_its_own(option: str) -> None:
    app, called = app_of("match", "since")
    assert CliRunner().invoke(app, ["小米", option, "all"]).exit_code == 2
    assert CliRunner().invoke(app, ["小米", "--until", "2013"]).exit_code == 0
    assert called == [("小米", {"until": "2013"}, 10)]


def test_a_value_may_hold_what_it_likes() -> None:
    assert parse_meta(["title=甲=乙", " 新京报 ".join(("outlet=", "")), "authors=甲"]) == (
        ("title", "甲=乙"),
        ("outlet", "新京报"),
        ("author", "甲"),
    )


def test_without_a_value_a_key_is_forgotten_where_that_means_something() -> None:
    assert parse_meta(["outlet="], can_remove=True) == (("outlet", ""),)
    with pytest.raises(UsageError):
        parse_meta(["outlet="])


@pytest.mark.parametrize("can_remove", [False, True])
@pytest.mark.parametrize("typed", ["title", "titel=甲", "=甲", ""])
def test_a_bad_one_is_told_with_the_known_keys(typed: str, can_remove: bool) -> None:
    with pytest.raises(UsageError, match="title, date, outlet, author, authors, url, media, guest, language"):
        parse_meta([typed], can_remove=can_remove)


@pytest.mark.parametrize("typed", ["2013-08-02", "2013年8月2日", "二〇一三年八月二日", "20130802"])
def test_a_date_may_be_written_as_people_write_it(typed: str) -> None:
    assert parse_meta([f"date={typed}"]) == (("date", typed),)


@pytest.mark.parametrize("typed", ["2013", "去年", "2013-13-02", "2013-02-30", "08/02"])
def test_what_is_no_date_is_told_before_anything_runs(typed: str) -> None:
    with pytest.raises(UsageError, match=f"date={typed} is not a date") as told:
        parse_meta(["title=甲", f"date={typed}"])
    assert "2013-08-02" in told.value.next_step
