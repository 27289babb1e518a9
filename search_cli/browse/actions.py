"""What can be done with a hit or a query, each by a key: the screen knows them from this table alone.

`fangtan browse` hands over what it can do besides: an action is there if it is given, and its key means nothing if not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from search_cli.browse.reading_views import Subject
from search_cli.citation import citation
from search_cli.models import Hit

if TYPE_CHECKING:
    from search_cli.archive import Archive


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an action: what to tell, the text to copy to the clipboard, and the hit if it is another now."""

    told: str
    copied: str = ""
    hit: Hit | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """An action: its key, its name in the footer, what it does, in words for the help.

    `run` gets the archive, what is shown, and the answer to `question` if there is one; it runs on a thread, and raises
    `FangtanError`. `suggest` is the answer that stands there at first. Texts are in English, and translated where they
    are shown.
    """

    key: str
    name: str
    about: str
    run: "Callable[[Archive, Subject, str], Outcome]"
    question: str = ""
    suggest: Callable[[Subject], str] = lambda subject: ""
    is_in_footer: bool = True


def _cite(archive: "Archive", subject: Subject, answer: str) -> Outcome:
    if subject.hit is None:
        raise UsageError(_("There is no hit to cite."), _("Search for something that is in the archive."))
    cited = citation(subject.hit.turn)
    return Outcome(_("Copied: {text}").format(text=cited), cited)


def _copy(archive: "Archive", subject: Subject, answer: str) -> Outcome:
    if subject.hit is None:
        raise UsageError(_("There is no hit to copy."), _("Search for something that is in the archive."))
    turn = subject.hit.turn
    told = _("Copied {address} with its citation.").format(address=turn.address)
    return Outcome(told, f"{turn.text}\n\n{citation(turn)}\n")


ACTIONS = (
    Action("c", gettext_noop("cite"), gettext_noop("copy the citation of the turn"), _cite),
    Action(
        "y", gettext_noop("copy"), gettext_noop("copy the turn, with its citation below"), _copy, is_in_footer=False
    ),
)
"""The actions that need nothing but the screen."""
