"""Interviews as a REFI-QDA project (.qdpx), for QualCoder, MAXQDA, NVivo and ATLAS.ti.

By the REFI-QDA standard 1.5 (2019, www.qdasoftware.org; schema Project 1.0): a zip file of project.qde and sources/.
Each interview with a hit is a text with all its turns; each turn is a selection, coded with its speaker, topics and
tags, and the hits with the code of the search. Positions count Unicode characters from 0; the end is after the last.
"""

import shutil
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from indexer.errors import FangtanError
from indexer.language.messages import gettext as _
from search_cli.catalog import ArchivedInterview, WholeInterview
from search_cli.export.clean_text import clean
from search_cli.export.codebook import Codebook
from search_cli.export.content import ALL_TURNS, ExportContent
from search_cli.export.refi_xml import NAMESPACES, child, element, guid, tag
from search_cli.export.transcript_text import TurnPlace, transcript_text
from search_cli.export.whole_file import OpenFile
from search_cli.models import Hit, TurnTags

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAME = "fangtan"
_USER = guid("user", _NAME)
_VARIABLES = {"interview": "TextValue", "date": "DateValue", "outlet": "TextValue", "url": "TextValue"}
"""What is said of each interview, with the elements of the values."""

_LONGEST_NAME = 120


def write(content: ExportContent, target: OpenFile) -> None:
    """Write the project; in memory are the numbers of the hits, the codes, and one interview at a time."""
    hits = _numbers(content.hits)
    book = Codebook(content.code)
    sources = target.folder / "sources.xml"
    with ZipFile(target.file, "w", ZIP_DEFLATED) as archive:
        with sources.open("wb") as file:
            _write_sources(file, archive, content, _Sources(hits, book))
        with archive.open("project.qde", "w", force_zip64=True) as project, sources.open("rb") as file:
            _write_project(project, content, book, file if hits else None)


def _numbers(hits: Iterable[Hit]) -> "dict[str, array[int]]":
    """Return the numbers of the hits by interview, four bytes each."""
    found: dict[str, array[int]] = {}
    for hit in hits:
        found.setdefault(hit.turn.interview_id, array("I")).append(hit.turn.turn)
    return found


def _write_project(file: IO[bytes], content: ExportContent, book: Codebook, sources: IO[bytes] | None) -> None:
    """Write project.qde; the sources, which are written before their codes are known, are copied into it."""
    from lxml import etree

    users, codes = element("Users"), book.element()
    child(users, "User", {"guid": _USER, "name": _NAME})
    about = {
        "name": clean(content.title or ALL_TURNS),
        "origin": _NAME,
        "creatingUserGUID": _USER,
        "creationDateTime": _now(),
    }
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(tag("Project"), about, nsmap=NAMESPACES):
            xml.write(users)
            if codes is not None:
                xml.write(codes)
            xml.write(_variables())
            xml.flush()
            if sources is not None:
                shutil.copyfileobj(sources, file)


@dataclass(frozen=True, slots=True)
class _Sources:
    """The numbers of the hits by interview, and the codes that their turns are given."""

    hits: "dict[str, array[int]]"
    book: Codebook


def _write_sources(file: IO[bytes], archive: ZipFile, content: ExportContent, made: _Sources) -> None:
    """Write the element of all sources to `file`, and their texts to the zip file."""
    from lxml import etree

    names: set[str] = set()
    with etree.xmlfile(file, encoding="utf-8") as xml, xml.element(tag("Sources"), nsmap=NAMESPACES):
        for interview_id in sorted(made.hits):
            interview = content.read_interview(interview_id)
            hits = set(made.hits[interview_id])
            _check_hits(interview, hits)
            text, places = transcript_text(interview.turns)
            source = _source(interview.about, _unique_name(interview.about, names))
            tags = content.tags_of(interview.turns)
            for place in places:
                given = tags.get(place.turn.address, TurnTags())
                _add_selection(source, place, _Coded(given, place.turn.turn in hits), made.book)
            _add_values(source, interview.about)
            archive.writestr(f"sources/{source.get('guid')}.txt", text)
            xml.write(source)


def _check_hits(interview: WholeInterview, hits: set[int]) -> None:
    """Raise `FangtanError` if a hit is not in its interview any more."""
    if not hits.issubset(turn.turn for turn in interview.turns):
        raise FangtanError(
            _("The interview {name} was indexed again while it was exported.").format(name=interview.about.id),
            _("Run the same command again."),
        )


def _unique_name(about: ArchivedInterview, names: set[str]) -> str:
    """Return the name of a source: its title, with its id where another has the same; never a path."""
    title = clean(about.title).replace("/", "／").replace("\\", "＼")[:_LONGEST_NAME]
    own = clean(about.id).replace("/", "／").replace("\\", "＼")
    name = title if title and title not in names else f"{title} {own}".strip()
    names.add(name)
    return name


def _source(about: ArchivedInterview, name: str) -> "_Element":
    """Return the element of an interview, whose text lies in the zip file."""
    own = guid("interview", about.id)
    path = f"internal://{own}.txt"
    return element("TextSource", {"guid": own, "name": name, "plainTextPath": path, **_created()})


@dataclass(frozen=True, slots=True)
class _Coded:
    """What people gave a turn, and whether it is a hit."""

    given: TurnTags
    is_hit: bool


def _add_selection(source: "_Element", place: TurnPlace, coded: _Coded, book: Codebook) -> None:
    """Append a turn with its codes, and the note that people gave it."""
    turn = place.turn
    codes = [book.speaker(turn.speaker)] if turn.speaker else []
    codes += [book.topic(topic) for topic in turn.topics]
    codes += [book.tag(tag) for tag in coded.given.tags]
    codes += [book.search] if book.search and coded.is_hit else []
    if place.start == place.end or not (codes or coded.given.note):
        return
    positions = {"startPosition": str(place.start), "endPosition": str(place.end)}
    own = guid("turn", turn.address)
    selection = child(source, "PlainTextSelection", {"guid": own, "name": turn.address, **positions, **_created()})
    if coded.given.note:
        child(selection, "Description", text=coded.given.note)
    for code in dict.fromkeys(codes):
        coding = child(selection, "Coding", {"guid": guid("coding", own, code), **_created()})
        child(coding, "CodeRef", {"targetGUID": code})


def _variables() -> "_Element":
    """Return the element of what is said of interviews."""
    variables = element("Variables")
    for name, kind in _VARIABLES.items():
        type_ = kind.removesuffix("Value")
        child(variables, "Variable", {"guid": guid("variable", name), "name": name, "typeOfVariable": type_})
    return variables


def _add_values(source: "_Element", about: ArchivedInterview) -> None:
    """Append what is known of an interview."""
    known = {"interview": about.id, "date": about.date, "outlet": about.outlet, "url": about.url}
    for name, kind in _VARIABLES.items():
        if known[name]:
            value = child(source, "VariableValue")
            child(value, "VariableRef", {"targetGUID": guid("variable", name)})
            child(value, kind, text=known[name])


def _created() -> dict[str, str]:
    """Return the attributes of what was made now."""
    return {"creatingUser": _USER, "creationDateTime": _now()}


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
