"""The screen below all dialogs."""

from dataclasses import replace

from textual.binding import ActiveBinding
from textual.screen import Screen

from indexer.language.messages import gettext as _


class MainScreen(Screen[None]):
    """A screen whose keys are named in the language of the reader: bindings are made before it is known."""

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """Return the keys that mean something now, as the footer names them."""
        return {key: _named(one) for key, one in super().active_bindings.items()}


def _named(active: ActiveBinding) -> ActiveBinding:
    binding = active.binding
    return active._replace(binding=replace(binding, description=_(binding.description) if binding.show else ""))
