"""Read a file as interviews: read, parsed, speakers attributed. No index is needed: `fangtan parse` shows this."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.enrich import speakers
from indexer.enrich.enrich import attribute
from indexer.enrich.speakers import Speakers
from indexer.errors import ReadingError, UsageError
from indexer.model import Interview, Metadata
from indexer.parser import corrections, dates
from indexer.parser.overrides import apply_overrides
from indexer.parser.parse import explain
from indexer.parser.trace import LineSegment, left_out
from indexer.readers.encoding import text_encoding
from indexer.readers.file_hash import digest
from indexer.readers.read import ENCODING, read
from indexer.readers.script import Script
from indexer.readers.source import Item
from indexer.report import NOTHING_LEFT_OUT, LeftOut
from indexer.settings import Settings


@dataclass(frozen=True, slots=True)
class LineExplanation:
    """What a segment of a line was classified as, and why; `line` counts the lines of the file from 1."""

    line: int
    text: str
    taken: str
    why: str


@dataclass(frozen=True, slots=True)
class ParsedInterview:
    """An interview, and explanations if requested; interviews that were not parsed have none.

    `name` is its name within a file that has names, such as a zip file, otherwise "". `left_out` is what of its text
    is in no turn.
    """

    interview: Interview
    explanations: tuple[LineExplanation, ...] = ()
    name: str = ""
    left_out: LeftOut = NOTHING_LEFT_OUT


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read a file: its encoding ("": detected), the user's overrides, and whether to explain it."""

    encoding: str = ""
    overrides: Metadata = ()
    explain: bool = False


def check_overrides(overrides: Metadata) -> None:
    """Raise `UsageError` for an override that cannot be used: a date that does not parse."""
    if text := _invalid_date(overrides):
        raise UsageError(f"date={text} is not a date.", "Write it as year, month and day: date=2013-08-02")


def encoding_override(name: str) -> Metadata:
    """Return the override of a file's encoding, without a value for `auto`; raise `UsageError` for an unknown name."""
    return ((ENCODING, text_encoding(name)),) if name else ()


def _invalid_date(overrides: Metadata) -> str:
    """Return the first date override that does not parse, or ""."""
    return next((value for key, value in overrides if key == "date" and value and not dates.find(value)), "")


def parse_file(
    path: Path, settings: Settings, options: ReadOptions = ReadOptions()
) -> Iterator[ParsedInterview | ReadingError]:
    """Yield the interviews of a file (`-`: standard input), and an error for each that cannot be read."""
    known = speakers.load(settings.data_file("speakers.toml"))
    for item in read(path, options.encoding, options.overrides):
        if isinstance(item, ReadingError):
            yield item
        elif isinstance(item, Script) and (text := _invalid_date(item.overrides)):
            yield _date_error(path, text)
        elif isinstance(item, Script):
            yield (parsed := _parsed(item, known, options.explain))
            yield from unfit_corrections(item, parsed.interview, path)
        else:
            yield ParsedInterview(attribute(apply_overrides(item, options.overrides), known))


def paragraphs(path: Path, encoding: str = "") -> Iterator[tuple[int, str] | ReadingError]:
    """Yield the lines of a text with their numbers, and errors; articles are read like transcripts, but not parsed."""
    for item in read(path, encoding):
        if isinstance(item, ReadingError):
            yield item
        elif isinstance(item, Script):
            yield from ((line.number, line.text) for line in item.lines)
        else:
            yield from ((turn.turn, turn.text) for turn in item.turns)


def to_interview(item: Item | None, source: str, overrides: Metadata = ()) -> Interview:
    """Return the interview of an item, before its roles are settled; raise `ReadingError` if there is none."""
    return parse_item(item, source, overrides)[0]


def parse_item(item: Item | None, source: str, overrides: Metadata = ()) -> tuple[Interview, LeftOut]:
    """Return the interview of an item and what is left out of it; raise `ReadingError` if there is none."""
    if isinstance(item, ReadingError):
        raise item
    if isinstance(item, Script) and (text := _invalid_date(item.overrides)):
        raise _date_error(Path(source), text)
    omitted = NOTHING_LEFT_OUT
    if isinstance(item, Script):
        parsed, pieces = explain(item)
        interview, omitted = parsed, left_out(pieces, source)
    else:
        interview = apply_overrides(item, overrides) if item else Interview(())
    if not interview.turns:
        raise ReadingError(source, "nothing in it is a turn")
    return interview, omitted


def _date_error(path: Path, date: str) -> ReadingError:
    """Return the error for an invalid date in the sidecar file of a transcript."""
    return ReadingError(str(path.with_suffix(".toml")), f"its date {date} is not a date", next_step="date = 2013-08-02")


def unfit_corrections(item: Item, interview: Interview, path: Path) -> Iterator[ReadingError]:
    """Yield an error for each correction of a transcript that does not fit it, as it has changed."""
    for correction, reason in corrections.unfit(item, interview) if isinstance(item, Script) else ():
        told = f"the correction “{correction.text}” does not fit: {reason}"
        next_step = f"Change or remove it; fangtan parse --explain {path} shows the numbers of the lines."
        yield ReadingError(str(path.with_suffix(".toml")), told, correction.written_at, next_step)


def read_part(path: Path, source: str, part: int, hash_: str, overrides: Metadata) -> Interview:
    """Read one interview of a file again, by its number from 1; raise `ReadingError` if the file has changed."""
    if digest(path) != hash_:
        raise ReadingError(source, "it changed since it was indexed", next_step="Index it again.")
    items = enumerate(read(path, overrides=overrides), start=1)
    return to_interview(next((item for number, item in items if number == part), None), source, overrides)


def read_again(path: Path, source: str, part: int, hash_: str, given: Sequence[str], settings: Settings) -> Interview:
    """Read one interview of an indexed file again, as it was indexed; `given` are its overrides as KEY=VALUE.

    Raises `ReadingError` if the file is gone or has changed.
    """
    overrides = tuple((key, value) for key, _, value in (one.partition("=") for one in given))
    interview = read_part(path, source, part, hash_, overrides)
    return attribute(interview, speakers.load(settings.data_file("speakers.toml")))


def _parsed(script: Script, known: Speakers, explained: bool) -> ParsedInterview:
    """Parse a script, with explanations if requested."""
    interview, pieces = explain(script)
    explanations = tuple(_explanation(piece) for piece in pieces) if explained else ()
    return ParsedInterview(attribute(interview, known), explanations, script.name, left_out(pieces))


def _explanation(piece: LineSegment) -> LineExplanation:
    """Return the explanation of a segment; a note says that it is kept."""
    reason = f"{piece.reason}; kept as a note" if piece.is_note else piece.reason
    return LineExplanation(piece.line.number, piece.text, piece.line_class.value, reason)
