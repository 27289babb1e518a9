"""What this command line can do with the hits of `fangtan browse`, beside what the screen can by itself.

An action that is in `actions` has its key, its place in the footer and in the help; there is nothing else to do.
"""

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from search_cli.browse.actions import Action, Outcome
from search_cli.commands import export_file
from search_cli.models import TurnTags

if TYPE_CHECKING:
    from search_cli.archive import Archive
    from search_cli.browse.reading_views import Subject
    from search_cli.models import Hit


def actions() -> tuple[Action, ...]:
    """Return the actions, in the order of the footer."""
    return (
        Action(
            "g",
            gettext_noop("tag"),
            gettext_noop("give the turn tags, or take them away"),
            _tag,
            gettext_noop("Tags of the turn, with spaces between them (- for none):"),
            _tags,
        ),
        Action(
            "m",
            gettext_noop("note"),
            gettext_noop("write a note to the turn"),
            _note,
            gettext_noop("Note (- for none):"),
            _own_note,
            is_in_footer=False,
        ),
        Action(
            "l",
            gettext_noop("listen"),
            gettext_noop("open the recording where the turn starts"),
            _listen,
            is_in_footer=False,
        ),
        Action(
            "a",
            gettext_noop("save"),
            gettext_noop("save the search: @NAME stands for it"),
            _save,
            gettext_noop("Name of the saved search:"),
        ),
        Action(
            "x",
            gettext_noop("export"),
            gettext_noop("write all hits to a file (.csv, .xlsx, .docx, .qdpx, …)"),
            _export,
            gettext_noop("Write all hits to the file (.csv, .jsonl, .xlsx, .md, .docx, .qdpx):"),
            lambda subject: "hits.csv",
        ),
    )


_NONE = "-"


def _hit(subject: "Subject") -> "Hit":
    """Return the hit under the cursor; raise `UsageError` if there is none."""
    if subject.hit is None:
        raise UsageError(_("There is no hit here."), _("Search for something that is in the archive."))
    return subject.hit


def _tags(subject: "Subject") -> str:
    return " ".join(subject.hit.tags) if subject.hit else ""


def _own_note(subject: "Subject") -> str:
    return subject.hit.note if subject.hit else ""


def _tag(archive: "Archive", subject: "Subject", answer: str) -> Outcome:
    """Give the turn the tags that were answered, and no others."""
    hit = _hit(subject)
    wanted = [] if answer == _NONE else answer.split()
    if gone := [tag for tag in hit.tags if tag not in wanted]:
        archive.tag(hit.turn.address, gone, remove=True)
    if wanted:
        archive.tag(hit.turn.address, wanted)
    return _tagged(archive, hit)


def _note(archive: "Archive", subject: "Subject", answer: str) -> Outcome:
    hit = _hit(subject)
    archive.tag(hit.turn.address, note="" if answer == _NONE else answer)
    return _tagged(archive, hit)


def _tagged(archive: "Archive", hit: "Hit") -> Outcome:
    """Tell the tags and the note that the turn of a hit has now."""
    address = hit.turn.address
    now = archive.tags_of([hit.turn]).get(address, TurnTags())
    told = " · ".join(part for part in (" ".join(now.tags), now.note) if part) or _("no tags, no note")
    return Outcome(f"{address}: {told}", hit=replace(hit, tags=now.tags, note=now.note))


def _listen(archive: "Archive", subject: "Subject", answer: str) -> Outcome:
    """Open the recording in the web browser, which knows the time in a link; without one, copy the link."""
    turn = _hit(subject).turn
    if not turn.media_link:
        raise UsageError(
            _("{address} has no recording.").format(address=turn.address),
            _("Put it beside the transcript, under the same name."),
        )
    if _has_windows():
        import webbrowser

        if webbrowser.open(turn.media_link):
            return Outcome(_("Opened {link}").format(link=turn.media_link))
    return Outcome(_("Copied: {text}").format(text=turn.media_link), turn.media_link)


def _has_windows() -> bool:
    """Tell whether a browser would open in a window of its own: one in this terminal would break the screen."""
    return sys.platform in {"win32", "darwin"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _save(archive: "Archive", subject: "Subject", answer: str) -> Outcome:
    kept = archive.save(answer, subject.query, subject.options.get("sort") or "", **subject.filters)
    return Outcome(_("Saved: {command}").format(command=f"fangtan search @{kept.name}"))


def _export(archive: "Archive", subject: "Subject", answer: str) -> Outcome:
    """Write all hits to a file that is not there yet."""
    path = Path(os.path.expanduser(answer))  # noqa: PTH111  Path's raises for a user that does not exist
    if os.path.lexists(path):  # Path's raises for a folder that may not be looked into
        raise UsageError(_("{path} is there already.").format(path=path), _("Give another name."))
    target = export_file.export_target(path, None, quiet=True)
    content = export_file.search_content(archive, subject.query, subject.options, subject.query)
    hits = export_file.write_export(content, target)
    return Outcome(_("{number} hits are in {path}.").format(number=f"{hits:,}", path=path))
