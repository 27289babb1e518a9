"""A file to interviews as people read them: read, parsed, attributed. What `fangtan parse` shows; no index is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.enrich import speakers
from indexer.enrich.enrich import attribute
from indexer.enrich.speakers import Speakers
from indexer.errors import ReadingError, UsageError
from indexer.model import Interview, Metadata
from indexer.parser import dates
from indexer.parser.overrides import apply_overrides
from indexer.parser.parse import explain, parse
from indexer.readers.file_hash import digest
from indexer.readers.read import read
from indexer.readers.script import Script
from indexer.readers.source import Item
from indexer.settings import Settings


@dataclass(frozen=True, slots=True)
class Explained:
    """What a piece of a line was taken for, and why; `line` counts the file's lines from 1."""

    line: int
    text: str
    taken: str
    why: str


@dataclass(frozen=True, slots=True)
class Account:
    """An interview and, where that was asked for, how it was found; given turns have nothing to explain.

    `name` is its place inside a file that names what it holds, "" for another.
    """

    interview: Interview
    pieces: tuple[Explained, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a file is to be read: in which encoding (as it seems best), with what a person says of it, and explained."""

    encoding: str = ""
    given: Metadata = ()
    explained: bool = False


def check_given(given: Metadata) -> None:
    """Raise `UsageError` where what a person says cannot be used: a date that is none."""
    if wrong := _no_date(given):
        raise UsageError(f"date={wrong} is no date.", "Write it as year, month and day: date=2013-08-02")


def _no_date(given: Metadata) -> str:
    """Return the date that a person says and that is none, "" where there is no such."""
    return next((value for key, value in given if key == "date" and value and not dates.find(value)), "")


def accounts(path: Path, settings: Settings, wish: Wish = Wish()) -> Iterator[Account | ReadingError]:
    """Yield the interviews of a file (`-`: standard input), and errors in place of what cannot be read."""
    known = speakers.load(settings.data / "speakers.toml")
    for item in read(path, wish.encoding, wish.given):
        if isinstance(item, ReadingError):
            yield item
        elif isinstance(item, Script) and (wrong := _no_date(item.overrides)):
            yield _bad_date(path, wrong)
        elif isinstance(item, Script):
            yield _account(item, known, wish.explained)
        else:
            yield Account(attribute(apply_overrides(item, wish.given), known))


def paragraphs(path: Path) -> Iterator[tuple[int, str] | ReadingError]:
    """Yield the lines of any text with their numbers, and errors: an article is read as transcripts are, not parsed."""
    for item in read(path):
        if isinstance(item, ReadingError):
            yield item
        elif isinstance(item, Script):
            yield from ((line.number, line.text) for line in item.lines)
        else:
            yield from ((turn.turn, turn.text) for turn in item.turns)


def of(item: Item | None, source: str, given: Metadata = ()) -> Interview:
    """Return the interview of what was read; its roles not settled yet; raise `ReadingError` where there is none."""
    if isinstance(item, ReadingError):
        raise item
    if isinstance(item, Script) and (wrong := _no_date(item.overrides)):
        raise _bad_date(Path(source), wrong)
    interview = parse(item) if isinstance(item, Script) else item and apply_overrides(item, given)
    if not interview or not interview.turns:
        raise ReadingError(source, "nothing in it is a turn")
    return interview


def _bad_date(path: Path, date: str) -> ReadingError:
    """Return the error for a date in the file beside a transcript, which overrides what the text says."""
    return ReadingError(str(path.with_suffix(".toml")), f"its date {date} is no date", next_step="date = 2013-08-02")


def part(path: Path, source: str, number: int, hash_: str, given: Metadata) -> Interview:
    """Return one of a file's interviews, read once more; raise `ReadingError` if the file is not what it was."""
    if digest(path) != hash_:
        raise ReadingError(source, "it changed since it was indexed", next_step="Index it again.")
    return of(
        next((item for at, item in enumerate(read(path, overrides=given), 1) if at == number), None), source, given
    )


def _account(script: Script, known: Speakers, explained: bool) -> Account:
    """Return the account of one script."""
    if not explained:
        return Account(attribute(parse(script), known), name=script.name)
    interview, pieces = explain(script)
    told = tuple(Explained(one.line.number, one.text, one.line_class.value, one.reason) for one in pieces)
    return Account(attribute(interview, known), told, script.name)
