"""`fangtan speaker NAME`: one speaker on one page."""

from typing import Annotated

import typer

from indexer.errors import NotFoundError
from search_cli.commands import command_options as options
from search_cli.commands import completion, context
from search_cli.commands.output import are_hints_on, emit, output_form
from search_cli.query.request import Filters

Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help="A speaker's name, in either script.",
        autocompletion=completion.speakers,
        show_default=False,
    ),
]
OwnWords = Annotated[int, typer.Option("--words", metavar="N", min=0, max=100, help="Show this many own words.")]
Answers = Annotated[int, typer.Option("--answers", metavar="N", min=0, max=100, help="Show this many answers.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan speaker`."""
    app.command(rich_help_panel="Browse")(speaker)


@options.with_filters("speaker", *options.QUERY_FILTERS)
def speaker(
    name: Name,
    answers: Answers = 3,
    words: OwnWords = 12,
    *,
    filters: Filters,
    json: options.Json = False,
    output: options.Output = None,
    hints: options.Hints = True,
) -> None:
    """Show a speaker: offices, years, topics, own words, people, telling answers.

    The share is of all characters that somebody speaks. Affiliations have the
    dates of the interviews that they are in. Own words are those that the
    speaker says more often than all others do: the more certain first
    (log-likelihood), each with how many times as often. Filters limit all of it.

    Examples:
      fangtan speaker 梁叙白
      fangtan speaker 梁叙白 --since 2016 --answers 5
      fangtan speaker 梁叙白 --json
    """
    from dataclasses import asdict

    from search_cli.commands.search_output import typed_filters
    from search_cli.rendering.pages.speaker_page import profile_lines

    form = output_form(json=json, output=output)
    try:
        profile = context.archive(filters).speaker(name, answers, words, **filters)
    except NotFoundError as error:
        error.next_step = error.next_step.replace("--speaker ", "fangtan speaker ")
        raise
    emit(
        form,
        screen=lambda width: profile_lines(profile, width, typed_filters(filters) if are_hints_on(hints) else None),
        json=lambda: asdict(profile),
        output=output,
    )
