"""Parse untrusted XML: no entities of its own, no external document types, no network, limited depth and size."""

import re
from typing import TYPE_CHECKING

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.readers.source import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_WHITESPACE = re.compile(r"[ \t\r\n]+")
_LINE_BREAK_IN_HAN = re.compile(r"(?<=[㐀-鿿，。、？！：；”’）])[ \t\r]*\n\s*(?=[㐀-鿿，。、？！：；“‘”’（）])")
_MAX_TAGS = 1_000_000  # some 250 MB as a tree
_MAX_CHARACTERS = 32 * 1024 * 1024  # a day of a parliament has 2 million
_DECLARATION = re.compile(r"\ufeff?\s*<\?xml\b[^>]*\?>")


def parse(printed: str, source: Source) -> "_Element":
    """Parse XML and return its root element; raise `ReadingError` if it is not XML, or defines entities.

    The text is already decoded; the encoding that it declares may be wrong.
    """
    from lxml import etree

    if len(printed) > _MAX_CHARACTERS or printed.count("<") > _MAX_TAGS:
        tags = _("more than {number} tags of XML").format(number=f"{_MAX_TAGS:,}")
        raise ReadingError(source.name, tags, next_step=_("Split the file."))
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
    declaration = _DECLARATION.match(printed)
    data = printed[declaration.end() if declaration else 0 :].encode("utf-8", errors="replace")
    try:
        tree = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        reason = _("not XML: {error}").format(error=str(error).splitlines()[0]) if str(error) else _("not XML: empty")
        raise ReadingError(source.name, reason, line) from error
    if any(True for _entity in tree.iter(etree.Entity)):
        raise ReadingError(source.name, _("defines its own entities, which are not expanded"))
    return tree


def local_name(element: "_Element") -> str:
    """Return the name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_content(element: "_Element") -> str:
    """Return the text of an element, with collapsed whitespace."""
    return collapse_whitespace(raw_text(element))


def raw_text(element: "_Element") -> str:
    """Return the text of an element unchanged."""
    return "".join(str(part) for part in element.itertext())


def collapse_whitespace(printed: str) -> str:
    """Collapse whitespace as browsers do, and remove line breaks between Han characters."""
    return _WHITESPACE.sub(" ", _LINE_BREAK_IN_HAN.sub("", printed)).strip(" ")
