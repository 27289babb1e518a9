"""Words for a shell: the arguments of the commands that are suggested."""

import re
import shlex

# Unquoted in every shell; a CJK character is a letter, and # inside a word does not begin a comment.
_BARE = re.compile(r"[\w%+:,./·…#@-]+")
_SPECIAL = re.compile(r"[^\w%+:,./·…#@=-]")


def argument(text: str) -> str:
    """Return `text` as one argument of a shell command, quoted if necessary."""
    bare = _BARE.fullmatch(text) and text[0] not in "#="  # zsh expands =ls
    if bare:
        return text
    quoted = shlex.quote(text)
    return quoted if quoted != text else f"'{text}'"


def escaped(text: str) -> str:
    """Return `text` with a backslash before each character that a shell would not take as it is, as Tab inserts it."""
    return _SPECIAL.sub(r"\\\g<0>", text)
