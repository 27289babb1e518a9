"""The Jinja environment of charts and reports: what stands in a transcript is text in them, whatever it is."""

import re
from functools import cache
from typing import TYPE_CHECKING

from indexer.language import messages
from indexer.text.printable import plain

if TYPE_CHECKING:
    from jinja2 import Environment

_NOT_IN_XML = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
"""What XML, and so SVG, does not have besides the characters that `plain` removes."""


@cache
def environment(*packages: str) -> "Environment":
    """Return the environment with the templates of some packages; all that is filled in is escaped and printable.

    Templates are compiled once, and translate when they are rendered: _("Hits"), ngettext and pgettext as in modules.
    """
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(_=messages.gettext, ngettext=messages.ngettext, pgettext=messages.pgettext)
    return made


def printable(value: object) -> object:
    """Return a value as it is filled in: text without control, format and bidirectional characters.

    A template's own text, which is `Markup`, stays as it is.
    """
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return _NOT_IN_XML.sub("", plain(value))
