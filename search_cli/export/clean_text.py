"""Text of transcripts as other programs take it: without characters that control them, or that XML has not."""

from indexer.text.printable import plain

_NOT_IN_XML = ("\ufffe", "\uffff")
"""What XML 1.0 leaves out besides surrogates and control characters (its production 2, Char)."""


def xml_text(text: str) -> str:
    """Return a text whose control characters are gone already, as XML can hold it."""
    for character in _NOT_IN_XML:
        text = text.replace(character, "")
    return text


def clean(text: str) -> str:
    r"""Return a text on one line, without control characters, as XML can hold it."""
    return xml_text(plain(text))


def clean_lines(text: str) -> list[str]:
    r"""Return the lines of a text, cut at \n alone; a \r before it is part of the break."""
    return [clean(line) for line in text.replace("\r\n", "\n").split("\n")]
