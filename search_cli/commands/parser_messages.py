"""What Typer's parser says of a command line, in the language of the reader.

Typer has these sentences in English alone, filled in before anybody sees them: each is recognised by its form. One of
another form stays English.
"""

import re

from indexer.language import messages
from indexer.language.languages import Language
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop, pgettext
from search_cli.commands.translated_help import METAVAR

_FORMS = (
    gettext_noop("Invalid value for {names}: {problem}"),
    gettext_noop("Missing argument {names}."),
    gettext_noop("Missing option {names}."),
    gettext_noop("Missing argument {names}. Choose from:{choices}"),
    gettext_noop("Missing option {names}. Choose from:{choices}"),
    gettext_noop("Missing command."),
    gettext_noop("No such command '{name}'. Did you mean {names}?"),
    gettext_noop("No such command '{name}'."),
    gettext_noop("Got unexpected extra argument(s) ({arguments})"),
    gettext_noop("Option '{name}' requires an argument."),
    gettext_noop("Option '{name}' requires {number} arguments."),
    gettext_noop("Option '{name}' does not take a value."),
    gettext_noop("'{value}' is not a whole number."),
    gettext_noop("'{value}' is not a valid int."),
    gettext_noop("'{value}' is not a valid float range."),
    gettext_noop("'{value}' is not a valid float."),
    gettext_noop("{value} is not in the range {range}."),
    gettext_noop("'{value}' is not one of {names}."),
    gettext_noop("File '{path}' does not exist."),
    gettext_noop("File '{path}' is a directory."),
    gettext_noop("File '{path}' is not readable."),
)
"""The sentences, those with more in them before others; `names` and `choices` are several, `problem` is a sentence."""

_FIELD = re.compile(r"\\\{(\w+)\\\}")
_QUOTED = re.compile(r"'([^']*)'")


def translated(message: str) -> str:
    """Return a message of the parser in the language of the reader."""
    if messages.language() is Language.ENGLISH:
        return message
    for form in _FORMS:
        if match := re.fullmatch(_pattern(form), message, re.DOTALL):
            return _(form).format(**{name: _filled_in(name, text) for name, text in match.groupdict().items()})
    return message


def _pattern(form: str) -> str:
    """Return the regular expression of a sentence's form; Python quotes what has an apostrophe otherwise."""
    return _FIELD.sub(r"(?P<\1>.+?)", re.escape(form)).replace("'", "['\"]")


def _filled_in(name: str, text: str) -> str:
    """Return what stands in the place of a name in a form."""
    if name == "problem":
        return translated(text)
    if name == "choices":
        return _(", ").join(text.replace(",", " ").split())
    if name == "names":
        shown = _QUOTED.sub(lambda quoted: pgettext(METAVAR, quoted[1]), text)
        return shown.replace(", ", _(", "))
    return text
