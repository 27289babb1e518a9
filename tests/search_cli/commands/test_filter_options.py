"""The options that narrow a search: declared once, given to the commands that take them."""

from inspect import signature

import pytest
import typer
from typer.testing import CliRunner

from search_cli.commands import filter_options as narrow
from search_cli.query.request import Filters, Match


def app_of(*without: str) -> tuple[typer.Typer, list[tuple[str, Filters, int]]]:
    """A program of one command, and what it was called with."""
    called: list[tuple[str, Filters, int]] = []

    @narrow.narrowed(*without)
    def find(what: str, *, narrowed: Filters, limit: int = 10) -> None:
        """Find it."""
        called.append((what, narrowed, limit))

    app = typer.Typer()
    app.command()(find)
    return app, called


def test_the_filters_typed_reach_the_command_as_one() -> None:
    app, called = app_of()
    typed = ["小米", "--speaker", "郑志昊", "--speaker", "邵启年", "--since", "2013", "--match", "all", "--limit", "3"]
    assert CliRunner().invoke(app, typed).exit_code == 0
    narrowed: Filters = {"speaker": ("郑志昊", "邵启年"), "since": "2013", "match": Match.ALL}
    assert called == [("小米", narrowed, 3)]


def test_nothing_typed_narrows_nothing() -> None:
    app, called = app_of()
    assert CliRunner().invoke(app, ["小米"]).exit_code == 0
    assert called == [("小米", {}, 10)]


def test_the_options_stand_where_the_command_has_them() -> None:
    def find(what: str, *, narrowed: Filters, limit: int = 10) -> None: ...

    names = list(signature(narrow.narrowed()(find)).parameters)
    assert names == ["what", *signature(narrow.narrowing).parameters, "limit"]


@pytest.mark.parametrize("option", ["--match", "--since"])
def test_an_option_that_means_nothing_to_a_command_is_not_its_own(option: str) -> None:
    app, called = app_of("match", "since")
    assert CliRunner().invoke(app, ["小米", option, "all"]).exit_code == 2
    assert CliRunner().invoke(app, ["小米", "--until", "2013"]).exit_code == 0
    assert called == [("小米", {"until": "2013"}, 10)]
