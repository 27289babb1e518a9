"""Strings as TOML writes them, for the files that fangtan writes and people edit. Pure."""

import json
import unicodedata

from indexer.text.printable import UNSAFE


def quoted(text: str) -> str:
    r"""Return a string of TOML; characters that are not shown (`UNSAFE`) are written as \uXXXX or \UXXXXXXXX.

    TOML forbids DEL as it is, and an editor would obey a bidirectional one. A lone surrogate, which TOML cannot write,
    becomes U+FFFD.
    """
    return "".join(map(_escaped, json.dumps(text, ensure_ascii=False)))


def _escaped(character: str) -> str:
    category = unicodedata.category(character)
    if category not in UNSAFE:
        return character
    if category == "Cs":
        return "\ufffd"
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
