"""Why a node did not start: found out by its process, told in the language of whoever asks, now or later."""

import re

from indexer.errors import NodeError
from indexer.language.messages import gettext as _

_NAME = re.compile(r"\{(\w+)\}")


class StartError(NodeError):
    """A text and a step as they are marked for translation (`gettext_noop`), and the values of their {names}.

    As such they are kept in the state file (`state.py`).
    """

    def __init__(self, text: str, step: str, /, **values: str) -> None:
        super().__init__(_filled(text, values), _filled(step, values))
        self.text, self.step, self.values = text, step, values


def _filled(text: str, values: dict[str, str]) -> str:
    """Translate a text and fill in its values; what a damaged state file lacks stays as it is."""
    return _NAME.sub(lambda name: values.get(name[1], name[0]), _(text)) if text else ""
