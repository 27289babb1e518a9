"""The part of the full screen that is the same whatever it shows: answers from threads, actions, what came of them."""

import asyncio
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.app import App
from textual.message import Message

from indexer.errors import FangtanError
from indexer.language.messages import gettext as _
from search_cli.browse import clipboard
from search_cli.browse.actions import ACTIONS, Action, Outcome
from search_cli.browse.archive_link import ArchiveLink
from search_cli.browse.dialogs import QuestionDialog
from search_cli.browse.line_view import LineLayout
from search_cli.browse.main_screen import MainScreen
from search_cli.browse.message_lines import told_lines, trouble_lines
from search_cli.browse.reading_views import Subject
from search_cli.models import Hit

if TYPE_CHECKING:
    from search_cli.archive import Archive

_BASE = 128
"""A shell reports a program that a signal ended by 128 and the signal's number."""


@dataclass
class Delivered(Message):
    """An answer, for the thread of the screen."""

    act: Callable[[], None]


class LinkedApp(App[None]):
    """An app with an archive, and with actions, each by its key; another class has the widgets."""

    def __init__(
        self,
        archive: "Archive",
        actions: Sequence[Action],
        open_archive: "Callable[[], Archive] | None",
    ) -> None:
        # with the terminal's own colors, NO_COLOR removes them all; bold, dim and reversed text remains
        super().__init__(ansi_color=True if os.environ.get("NO_COLOR") else None)
        self.link = ArchiveLink(archive, self._deliver, open_archive)
        self.actions = (*ACTIONS, *actions)

    def get_default_screen(self) -> MainScreen:
        """Return the screen below all dialogs."""
        return MainScreen(id="_default")

    def bind_actions(self) -> None:
        """Give each action its key."""
        for index, action in enumerate(self.actions):
            self.bind(action.key, f"act({index})", description=action.name, show=action.is_in_footer)

    def end_on_signals(self) -> None:
        """Leave in order when the program is ended, or its terminal closed; Windows ends it by itself."""
        if self.is_headless:
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP) if os.name == "posix" else ():
            loop.add_signal_handler(number, partial(self.exit, return_code=_BASE + number))

    @property
    def subject(self) -> Subject:
        """Return what is searched for and read."""
        raise NotImplementedError

    def tell(self, layout: LineLayout | None) -> None:
        """Show a message, or none."""
        raise NotImplementedError

    def show_changed(self, hit: Hit) -> None:
        """Show a hit as it is now."""
        raise NotImplementedError

    def action_act(self, index: int) -> None:
        """Do something with the hit or the query, after a question if there is one."""
        action, subject = self.actions[index], self.subject
        if not action.question:
            self._act(action, subject, "")
            return
        dialog = QuestionDialog(_(action.question), action.suggest(subject))
        self.push_screen(dialog, lambda answer: self._act(action, subject, answer) if answer else None)

    def _act(self, action: Action, subject: Subject, answer: str) -> None:
        self.link.act(action, subject, answer, self._tell_outcome, self._tell_refusal)

    def _tell_outcome(self, outcome: Outcome) -> None:
        """Tell what came of an action, and ask the terminal to copy what is to be copied."""
        if outcome.copied:
            self.copy_to_clipboard(outcome.copied)  # OSC 52: over SSH, too
            self.link.do(lambda: clipboard.copy(outcome.copied))
        self.tell(lambda width: told_lines(outcome.told, width))
        if outcome.hit is not None:
            self.show_changed(outcome.hit)

    def _tell_refusal(self, error: FangtanError) -> None:
        self.tell(lambda width: trouble_lines(error, width))

    def _deliver(self, act: Callable[[], None]) -> None:
        """Take an answer from another thread; none comes after the end."""
        try:
            self.post_message(Delivered(act))
        except RuntimeError:  # the loop is closed
            if self.is_running:
                raise

    def on_delivered(self, event: Delivered) -> None:
        """Use an answer in the thread of the screen."""
        event.act()
