"""`fangtan topics edit`, `rename`, `merge`, `drop`, `split` and `add`: topics.toml, and the turns that it changes."""

import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.errors import SettingsError, UsageError
from indexer.language.messages import gettext as _
from indexer.language.messages import sentences
from indexer.language.system_errors import system_reason
from search_cli.commands import command_options as options
from search_cli.commands import completion
from search_cli.commands.language_choice import speak_english
from search_cli.commands.output import emit, output_form
from search_cli.commands.topics import DryRun, Yes, confirmed

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

    from indexer.dictionary.diff import DictionaryDiff
    from indexer.settings import Settings
    from indexer.topics.archive_topics import TopicsChange
    from indexer.topics.topic_edits import Edit

_EDITORS = ("sensible-editor", "nano", "vim", "vi", "notepad")
"""Editors that are tried, in this order, where neither VISUAL nor EDITOR is set."""

_Topic = typer.Argument(
    metavar="TOPIC", help="A topic: its name, its last part, or one of its words.", autocompletion=completion.topics
)
Topic = Annotated[str, _Topic]
Topics = Annotated[
    list[str],
    typer.Argument(metavar="TOPIC...", help="Topics, or parts of their names.", autocompletion=completion.topics),
]
NewName = Annotated[str, typer.Argument(metavar="NEW", help="The new name; 商业/广告 is a part of 商业.")]
Into = Annotated[str, typer.Option("--into", metavar="NAME", help="The name of the one topic.", show_default=False)]
To = Annotated[str, typer.Option("--into", metavar="NAME", help="The topic that gets the terms.")]
Moved = Annotated[str, typer.Option("--terms", metavar="TERM,…", help="The terms that it gets.")]
Terms = Annotated[list[str], typer.Argument(metavar="TERM...", help="Words or phrases.")]
Weight = Annotated[
    float, typer.Option("--weight", metavar="W", min=0.01, max=100, help="What each counts; 2 make a topic.")
]


def register(app: typer.Typer) -> None:
    """Add `fangtan topics edit` and its single steps."""
    for command in (edit, rename, merge, split, add, drop):
        app.command(name=f"topics {command.__name__}", rich_help_panel="Index")(command)


def edit(yes: Yes = False, dry_run: DryRun = False, json: options.Json = False) -> None:
    """Edit topics.toml in your editor ($VISUAL or $EDITOR), and apply it.

    Checks what you wrote, shows which topics differ and how many turns,
    asks for confirmation, writes the file and updates only those turns.

    Examples:
      fangtan topics edit
      EDITOR=nano fangtan topics edit
    """
    from indexer import settings as environment
    from search_cli.rendering.terminal.console import width, write

    _check_consent(yes=yes, dry_run=dry_run, json=json)
    settings = environment.load()
    change = _typed(settings)
    if change.after == change.before and json:
        _print(change, None, is_written=False)
        return
    if change.after == change.before:
        from search_cli.rendering.pages.topic_changes import unchanged_lines

        write(unchanged_lines(width()))
        return
    _carry_through(settings, change, yes=yes, dry_run=dry_run, json=json)


def rename(old: Topic, new: NewName, yes: Yes = False, dry_run: DryRun = False, json: options.Json = False) -> None:
    """Give a topic, and its children, another name.

    A learned topic keeps it: fangtan topics learn finds it again by its words.
    With a / in its name it becomes a part of another topic.

    Examples:
      fangtan topics rename 收割 商业/收成
      fangtan topics rename 口罩、药师、防疫 防疫 --dry-run
    """
    from indexer.topics import topic_edits

    _step(topic_edits.rename(old, new), yes=yes, dry_run=dry_run, json=json)


def merge(
    topics: Topics, into: Into = "", yes: Yes = False, dry_run: DryRun = False, json: options.Json = False
) -> None:
    """Make one topic of several, with the terms of all.

    It has the name of the first, or that of --into, and is yours from then on:
    fangtan topics learn leaves out topics like it.

    Examples:
      fangtan topics merge 建筑设计 城市更新
      fangtan topics merge 建筑设计 城市更新 --into 城市 --dry-run
    """
    from indexer.topics import topic_edits

    _step(topic_edits.merge(topics, into), yes=yes, dry_run=dry_run, json=json)


def split(
    topic: Topic, terms: Moved, into: To, yes: Yes = False, dry_run: DryRun = False, json: options.Json = False
) -> None:
    """Move terms of a topic to another one, which is new if need be.

    Both are yours from then on: fangtan topics learn leaves out topics like
    them.

    Example: fangtan topics split 商业化 --terms 广告,定价 --into 商业化/广告
    """
    from indexer.topics import topic_edits

    parted = [term for term in terms.replace("，", ",").replace("、", ",").split(",") if term.strip()]
    _step(topic_edits.split(topic, parted, into), yes=yes, dry_run=dry_run, json=json)


def add(
    topic: Topic,
    terms: Terms,
    weight: Weight = 1.0,
    yes: Yes = False,
    dry_run: DryRun = False,
    json: options.Json = False,
) -> None:
    """Add terms to a topic, or a new topic with them.

    A stretch of talk has a topic where the weights of its terms add up to 2:
    two of them once, or one of them three times. A learned topic is yours from
    then on.

    Examples:
      fangtan topics add 商业化 带货 分成
      fangtan topics add 商业化/广告 投放 --weight 2
    """
    from indexer.topics import topic_edits

    _step(topic_edits.add(topic, terms, weight), yes=yes, dry_run=dry_run, json=json)


def drop(topics: Topics, yes: Yes = False, dry_run: DryRun = False, json: options.Json = False) -> None:
    """Take topics away, with their children.

    A learned one stays in topics.toml with dropped = true, so that it is not
    learned again.

    Example: fangtan topics drop 商业化
    """
    from indexer.topics import topic_edits

    _step(topic_edits.drop(topics), yes=yes, dry_run=dry_run, json=json)


def _step(step: "Edit", *, yes: bool, dry_run: bool, json: bool) -> None:
    """Show what a step of editing changes, ask for confirmation, and carry it out."""
    from indexer import settings as environment
    from indexer.topics import edited_file

    _check_consent(yes=yes, dry_run=dry_run, json=json)
    settings = environment.load()
    _carry_through(settings, edited_file.edited(settings, step), yes=yes, dry_run=dry_run, json=json)


def _carry_through(settings: "Settings", change: "TopicsChange", *, yes: bool, dry_run: bool, json: bool) -> None:
    """Show a change and, unless it is made without asking, how many turns it touches; ask, and carry it out."""
    from indexer.topics import edited_file
    from search_cli.commands.context import connected
    from search_cli.rendering.pages import learned_topics, topic_changes
    from search_cli.rendering.terminal.console import width, write

    if json:
        with connected(settings) as client:
            diff = _diff(client, settings, change) if dry_run else edited_file.carry_out(client, settings, change)
        _print(change, diff, is_written=not dry_run)
        return
    write(topic_changes.change_lines(change, width()))
    with connected(settings) as client:
        if dry_run or not yes:
            write(topic_changes.plan_lines(_diff(client, settings, change), width()))
            if dry_run or not confirmed(_("Write the file and update the turns?")):
                return
        began = time.monotonic()
        done = edited_file.carry_out(client, settings, change)
        if done is not None:
            write(learned_topics.done_lines(done, time.monotonic() - began, width()))


def _check_consent(*, yes: bool, dry_run: bool, json: bool) -> None:
    """Raise `UsageError` for JSON of a change that has to be confirmed; JSON is in English."""
    if json:  # it says what keeps turns from having vectors
        speak_english()
    if json and not (yes or dry_run):
        raise UsageError(_("--json asks for no confirmation."), _("Add --dry-run, or --yes to apply the change."))


def _diff(client: "Elasticsearch", settings: "Settings", change: "TopicsChange") -> "DictionaryDiff | None":
    """Return what a change changes in the archive; None if nothing is indexed."""
    from indexer.topics import edited_file

    plan = edited_file.find_plan(client, settings, change)
    return plan.diff() if plan is not None else None


def _print(change: "TopicsChange", diff: "DictionaryDiff | None", *, is_written: bool) -> None:
    """Print a change as JSON."""
    from search_cli.rendering.pages.topic_changes import change_object

    emit(output_form(json=True), screen=lambda _: [], json=lambda: change_object(change, diff, is_written=is_written))


def _typed(settings: "Settings") -> "TopicsChange":
    """Return what a person makes of topics.toml; raise `SettingsError` for an invalid one that they do not mend."""
    import tempfile
    from pathlib import Path

    from indexer.topics import edited_file
    from search_cli.rendering.terminal.error_lines import print_error

    text = edited_file.text(settings)
    with tempfile.TemporaryDirectory(prefix="fangtan-") as folder:
        copy = Path(folder) / "topics.toml"
        copy.write_text(text or edited_file.template(), encoding="utf-8", newline="")
        while True:
            _open_editor(str(copy))
            change = edited_file.rewritten(settings, text, copy.read_bytes().decode("utf-8", "replace"))
            try:
                edited_file.check(change)
            except SettingsError as error:
                if not sys.stdin.isatty():
                    raise
                print_error(error)
                if not typer.confirm(f" {_('Edit it again?')}", default=True):
                    raise UsageError(_("Nothing was changed."), "fangtan topics edit") from error
            else:
                return change


def _open_editor(path: str) -> None:
    """Let the user edit a file; raise `UsageError` if there is no editor, or it fails."""
    import os
    import shlex
    import shutil
    import subprocess

    typed = os.environ.get("VISUAL") or os.environ.get("EDITOR") or next(filter(shutil.which, _EDITORS), "")
    command = shlex.split(typed, posix=os.name == "posix")
    try:
        done = subprocess.run([*command, path], check=False).returncode if command else 1
    except OSError as error:
        told = _("The editor {command} cannot be started: {reason}.")
        raise UsageError(told.format(command=typed, reason=system_reason(error)), _("Set EDITOR to yours.")) from error
    if done:
        reason = _("The editor {command} failed.").format(command=typed) if command else _("There is no editor.")
        step = _("Set EDITOR to yours, or use fangtan topics rename, merge …")
        raise UsageError(sentences(reason, _("Nothing was changed.")), step)
