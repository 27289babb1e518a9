"""The options that narrow a search, the same for every command that takes a query."""

from collections.abc import Sequence
from typing import Annotated

import typer

from search_cli.commands import completion
from search_cli.request import Match, Narrowing

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


def narrowing(
    speaker: Sequence[str] | None,
    role: Sequence[str] | None,
    topic: Sequence[str] | None,
    outlet: Sequence[str] | None,
    interview: Sequence[str] | None,
    since: str,
    until: str,
    match: Match | None,
) -> Narrowing:
    """Return what was typed as the filters of a search, without those that were not."""
    chosen = Narrowing()
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
