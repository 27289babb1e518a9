"""`fangtan speakers suggest`: who may be one person, with the evidence; accepted names go to speakers.toml."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.errors import NotFoundError, UsageError
from indexer.language.messages import gettext as _
from search_cli.commands import command_options as options
from search_cli.commands import context
from search_cli.commands.output import emit, output_form

if TYPE_CHECKING:
    from search_cli.search.name_merges import NameMerge, SpeakerSuggestions

Accept = Annotated[
    list[str] | None,
    typer.Option(
        "--accept", metavar="NAME[=SPEAKER]", help="Write this to speakers.toml: NAME is SPEAKER. Repeatable."
    ),
]
AcceptStrong = Annotated[
    bool, typer.Option("--yes", "-y", help="Write all with a title or an introduction, without asking.")
]
Ask = Annotated[bool, typer.Option("--ask", help="Ask for each name, and write those that are accepted.")]
_COLUMNS = ("name", "speaker", "evidence", "detail", "turns", "speaker_turns", "interviews_in_common")


def register(app: typer.Typer) -> None:
    """Add `fangtan speakers suggest`."""
    app.command(name="speakers suggest", rich_help_panel="Browse")(suggest)


def suggest(
    accept: Accept = None,
    yes: AcceptStrong = False,
    ask: Ask = False,
    json: options.Json = False,
    csv: options.Csv = False,
    output: options.Output = None,
) -> None:
    """Suggest which speakers are one person, and who 发言人2 may be.

    Evidence: the name with a title (title), a name that sounds like it (sound),
    a turn that says it (introduced). Both scripts of a name are one person
    without an entry. --accept writes to speakers.toml: of what is suggested, the
    name is enough; of an interview, the label becomes that person's. --yes
    accepts all but names that sound alike, --ask asks for each. fangtan
    speakers apply then changes the turns.

    Examples:
      fangtan speakers suggest
      fangtan speakers suggest --ask
      fangtan speakers suggest --json
    """
    from dataclasses import asdict

    from search_cli.rendering.pages.merge_table import suggestion_lines

    form = output_form(json=json, csv=csv, output=output)
    if ask and not sys.stdin.isatty():
        raise UsageError(_("There is no terminal to ask on."), _("Name what is right: --accept NAME, or use --yes."))
    found = context.archive().speaker_suggestions()
    if accept or yes or ask:
        strong = [one for one in found.merges if yes and one.evidence.is_strong]
        chosen = [*strong, *(_asked(found.merges) if ask else ())]
        _accept([*(_pair(found, one) for one in accept or ()), *((one.name, one.canonical) for one in chosen)])
        return
    emit(
        form,
        screen=lambda width: suggestion_lines(found, width),
        json=lambda: asdict(found),
        rows=lambda: (_COLUMNS, [tuple(asdict(one).values()) for one in found.merges]),
        output=output,
    )


def _asked(merges: "Sequence[NameMerge]") -> "Iterator[NameMerge]":
    """Yield the merges that are accepted on the terminal."""
    from search_cli.rendering.pages.merge_table import question

    settled: set[str] = set()
    for one in merges:
        if one.name in settled:
            continue
        answer = typer.prompt(question(one), default="n", show_default=False).strip().lower()
        if answer.startswith("q"):
            return
        if answer.startswith("y"):
            settled.add(one.name)
            yield one


def _accept(pairs: Sequence[tuple[str, str]]) -> None:
    """Write what was accepted to speakers.toml, and print it."""
    from indexer import settings as environment
    from indexer.dictionary import registry
    from search_cli.rendering.pages.merge_table import accepted_lines
    from search_cli.rendering.terminal.console import width, write

    change = registry.accept(environment.load(), pairs)
    if change.accepted:
        registry.write(change)
    write(accepted_lines(change.accepted, str(change.path), width()))


def _pair(found: "SpeakerSuggestions", typed: str) -> tuple[str, str]:
    """Return the name and the speaker of a value of --accept; raise an error if it does not say whose name it is."""
    name, sign, speaker = (part.strip() for part in typed.partition("="))
    if sign:
        if not name or not speaker:
            told = _("--accept {typed} is not NAME=SPEAKER.").format(typed=typed)
            raise UsageError(told, _("fangtan speakers suggest lists names."))
        return name, speaker
    canonical = list(dict.fromkeys(one.canonical for one in found.merges if one.name == name))
    if len(canonical) == 1:
        return name, canonical[0]
    if canonical:
        choices = tuple(f"{name}={one}" for one in canonical)
        told = _("{name} may be {speakers}.").format(name=name, speakers=_(" or ").join(canonical))
        raise UsageError(told, f"--accept {choices[0]}")
    raise NotFoundError(
        _("Nothing is suggested for {name}.").format(name=name),
        (),
        _("Say who it is: --accept {name}=SPEAKER").format(name=name),
    )
