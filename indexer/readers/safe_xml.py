"""XML read without trust: no entities of its own, no document type fetched, nothing from the network, no depth."""

import re
from typing import TYPE_CHECKING

from indexer.errors import ReadingError
from indexer.readers.source import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLANKS = re.compile(r"[ \t\r\n]+")
_BREAK_IN_HAN = re.compile(r"(?<=[㐀-鿿，。、？！：；”’）])[ \t\r]*\n\s*(?=[㐀-鿿，。、？！：；“‘”’（）])")
_MOST_TAGS = 1_000_000  # some 250 MB as a tree
_LARGEST = 32 * 1024 * 1024  # characters; a day of a parliament has 2 million
_DECLARATION = re.compile(r"\ufeff?\s*<\?xml\b[^>]*\?>")


def root(printed: str, source: Source) -> "_Element":
    """Return the root of an XML text; raise `ReadingError` where it is none, or defines entities.

    The text is decoded already, by its bytes: the encoding it declares may lie.
    """
    from lxml import etree

    if len(printed) > _LARGEST or printed.count("<") > _MOST_TAGS:
        raise ReadingError(source.name, f"more than {_MOST_TAGS:,} tags of XML", next_step="Split the file.")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    data = _DECLARATION.sub("", printed, count=1).encode("utf-8", errors="replace")
    try:
        tree = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        raise ReadingError(
            source.name, f"not XML: {str(error).splitlines()[0] if str(error) else 'empty'}", line
        ) from error
    if any(True for _ in tree.iter(etree.Entity)):
        raise ReadingError(source.name, "it uses entities that it defines itself; they are not expanded")
    return tree


def local(element: "_Element") -> str:
    """Return an element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text(element: "_Element") -> str:
    """Return the text in an element."""
    return collapsed(raw(element))


def raw(element: "_Element") -> str:
    """Return the text in an element as it is written."""
    return "".join(str(piece) for piece in element.itertext())


def collapsed(printed: str) -> str:
    """Return a text with its blanks as a page would show them, none for a line break between Han characters."""
    return _BLANKS.sub(" ", _BREAK_IN_HAN.sub("", printed)).strip(" ")
