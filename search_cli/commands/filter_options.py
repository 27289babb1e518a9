"""The options that narrow a search, the same for every command that takes a query."""

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, Signature, signature
from itertools import chain
from typing import Annotated, Any, cast

import typer

from search_cli.commands import completion
from search_cli.query.request import Filters, Match

_PANEL = "Narrow"

Words = Annotated[
    list[str] | None, typer.Argument(metavar="[QUERY]...", help='Words, exact "quotes", -without, OR, field:value.')
]
Speaker = Annotated[
    list[str] | None,
    typer.Option(
        "--speaker", metavar="NAME", help="Who speaks.", rich_help_panel=_PANEL, autocompletion=completion.speakers
    ),
]
Role = Annotated[
    list[str] | None,
    typer.Option(
        "--role",
        metavar="ROLE",
        help="interviewer 采访, interviewee 受访, host 主持, narration 旁白, other.",
        rich_help_panel=_PANEL,
        autocompletion=completion.roles,
    ),
]
Topic = Annotated[
    list[str] | None,
    typer.Option(
        "--topic", metavar="TOPIC", help="What is spoken of.", rich_help_panel=_PANEL, autocompletion=completion.topics
    ),
]
Outlet = Annotated[
    list[str] | None,
    typer.Option(
        "--outlet", metavar="NAME", help="Where it appeared.", rich_help_panel=_PANEL, autocompletion=completion.outlets
    ),
]
Interview = Annotated[
    list[str] | None,
    typer.Option(
        "--interview",
        metavar="ID",
        help="In which interview; the beginning of its id will do.",
        rich_help_panel=_PANEL,
        autocompletion=completion.interviews,
    ),
]
Since = Annotated[
    str, typer.Option("--since", metavar="DATE", help="From 2013, 2013-07 or 2013-07-05 on.", rich_help_panel=_PANEL)
]
Until = Annotated[str, typer.Option("--until", metavar="DATE", help="Up to and with that.", rich_help_panel=_PANEL)]
MatchOption = Annotated[
    Match | None,
    typer.Option(
        "--match",
        help="Which turns count: with any word, with most (two words: both; more: three quarters), with all.",
        rich_help_panel=_PANEL,
    ),
]


Command = Callable[..., None]


def narrowed(*without: str) -> Callable[[Command], Command]:
    """Give a command the options that narrow a search, in place of its keyword `narrowed`, which is what they make.

    Typer reads a command's options from its signature: so each is declared once, in `narrowing`, and not by every
    command. `without` names those that mean nothing to it.
    """

    def give(command: Command) -> Command:
        @wraps(command)
        def typed(**values: object) -> None:
            filters = {name: values.pop(name) for name in tuple(values) if name in options}
            command(**values, narrowed=narrowing(**cast("dict[str, Any]", filters)))

        options = {name: one for name, one in signature(narrowing).parameters.items() if name not in without}
        own = signature(command).parameters
        every = chain.from_iterable(options.values() if one.name == "narrowed" else (one,) for one in own.values())
        parameters = [one.replace(kind=Parameter.KEYWORD_ONLY) for one in every]
        typed.__signature__ = Signature(parameters, return_annotation=None)  # type: ignore[attr-defined]
        typed.__annotations__ = {one.name: one.annotation for one in parameters}
        return typed

    return give


def narrowing(
    speaker: Speaker = None,
    role: Role = None,
    topic: Topic = None,
    outlet: Outlet = None,
    interview: Interview = None,
    since: Since = "",
    until: Until = "",
    match: MatchOption = None,
) -> Filters:
    """Return what was typed as the filters of a search, without those that were not."""
    chosen = Filters()
    if speaker:
        chosen["speaker"] = tuple(speaker)
    if role:
        chosen["role"] = tuple(role)
    if topic:
        chosen["topic"] = tuple(topic)
    if outlet:
        chosen["outlet"] = tuple(outlet)
    if interview:
        chosen["interview"] = tuple(interview)
    if since:
        chosen["since"] = since
    if until:
        chosen["until"] = until
    if match:
        chosen["match"] = match
    return chosen
