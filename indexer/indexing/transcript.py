"""Read a file as interviews: read, parsed, speakers attributed. No index is needed: `fangtan parse` shows this."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from indexer.enrich import speakers
from indexer.enrich.enrich import attribute
from indexer.errors import ReadingError, UsageError
from indexer.indexing.file_reader import FileReader
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.media_address import is_media
from indexer.model import Interview, Metadata
from indexer.parser import corrections, dates
from indexer.parser.overrides import apply_overrides
from indexer.parser.parse import explain
from indexer.parser.trace import LineSegment, left_out
from indexer.readers import recordings
from indexer.readers.encoding import text_encoding
from indexer.readers.file_hash import digest
from indexer.readers.read import ENCODING, read
from indexer.readers.script import Script
from indexer.report import NOTHING_LEFT_OUT, LeftOut
from indexer.settings import Settings
from indexer.text.shell import argument

_RECORDING = gettext_noop("Name a file that plays (.mp3, .m4a, .wav, .mp4 and the like) or a web address: {example}")


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
    is in no turn, `unfit` are errors for corrections that do not fit it.
    """

    interview: Interview
    explanations: tuple[LineExplanation, ...] = ()
    name: str = ""
    left_out: LeftOut = NOTHING_LEFT_OUT
    unfit: tuple[ReadingError, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read a file: its encoding ("": detected), the user's overrides, and whether to explain it."""

    encoding: str = ""
    overrides: Metadata = ()
    explain: bool = False


Item = ParsedInterview | ReadingError
"""What is read of a file: an interview, before its roles are settled, or an error."""


class TranscriptReader:
    """Reads the files of a run in this process, each when it is asked for; `cluster_reader` begins `ahead` ones."""

    ahead = 0

    def __init__(self, reader: FileReader) -> None:
        self._reader = reader

    def begin(self, path: Path, hash_: str, source: str, options: ReadOptions) -> Iterator[Item]:
        """Return what will be in a file; its hash is what a worker knows it by."""
        return self._reader.read(path, read_items, source, options)


def check_overrides(overrides: Metadata) -> None:
    """Raise `UsageError` for an override that cannot be used: not a date, or not a recording."""
    if text := _invalid_date(overrides):
        told = _("date={text} is not a date.").format(text=text)
        raise UsageError(told, _("Write it as year, month and day: date=2013-08-02"))
    if text := _invalid_media(overrides):
        told = _("media={text} is not a recording.").format(text=text)
        raise UsageError(told, _(_RECORDING).format(example="media=talk.mp3"))


def encoding_override(name: str) -> Metadata:
    """Return the override of a file's encoding, without a value for `auto`; raise `UsageError` for an unknown name."""
    return ((ENCODING, text_encoding(name)),) if name else ()


def _invalid_date(overrides: Metadata) -> str:
    """Return the first date override that does not parse, or ""."""
    return next((value for key, value in overrides if key == "date" and value and not dates.find(value)), "")


def _invalid_media(overrides: Metadata) -> str:
    """Return the first override of the recording that is none, or ""."""
    return next((value for key, value in overrides if key == "media" and value and not is_media(value)), "")


def parse_file(
    path: Path, settings: Settings, options: ReadOptions = ReadOptions()
) -> Iterator[ParsedInterview | ReadingError]:
    """Yield the interviews of a file (`-`: standard input), and an error for each that cannot be read."""
    known = speakers.load(settings.data_file("speakers.toml"))
    with FileReader(settings) as reader:
        for item in reader.read(path, read_items, path.as_posix(), options):
            if isinstance(item, ReadingError):
                yield item
            else:
                yield replace(item, interview=attribute(with_recording(item, path), known))
                yield from item.unfit


def paragraphs(path: Path, settings: Settings, encoding: str = "") -> Iterator[tuple[int, str] | ReadingError]:
    """Yield the lines of a text with their numbers, and errors; articles are read like transcripts, but not parsed."""
    with FileReader(settings) as reader:
        for item in reader.read(path, _paragraphs, encoding):
            yield from ((item,) if isinstance(item, ReadingError) else item)


def _paragraphs(
    path: Path, content: bytes | None, encoding: str
) -> Iterator[tuple[tuple[int, str], ...] | ReadingError]:
    """Yield the numbered lines of each text of a file."""
    for item in read(path, encoding, content=content):
        if isinstance(item, ReadingError):
            yield item
        elif isinstance(item, Script):
            yield tuple((line.number, line.text) for line in item.lines)
        else:
            yield tuple((turn.turn, turn.text) for turn in item.turns)


def read_items(
    path: Path, content: bytes | None, source: str, options: ReadOptions
) -> Iterator[ParsedInterview | ReadingError]:
    """Yield an interview, before its roles are settled, or an error for each item of a file.

    `source` is the path as typed, `content` what came from it if it is a pipe.
    """
    return (
        item if isinstance(item, ReadingError) else parse_item(item, source, options)
        for item in read(path, options.encoding, options.overrides, content)
    )


def parse_item(item: Script | Interview, source: str, options: ReadOptions) -> ParsedInterview | ReadingError:
    """Return the interview of an item, which may be without turns, or an error for its sidecar file."""
    if isinstance(item, Interview):
        return ParsedInterview(apply_overrides(item, options.overrides))
    if text := _invalid_date(item.overrides):
        return _sidecar_error(source, _("its date {text} is not a date").format(text=text), "date = 2013-08-02")
    if text := _invalid_media(item.overrides):
        reason = _("its media {text} is not a recording").format(text=text)
        return _sidecar_error(source, reason, _(_RECORDING).format(example='media = "talk.mp3"'))
    interview, pieces = explain(item)
    return ParsedInterview(
        interview,
        tuple(map(_explanation, pieces)) if options.explain else (),
        item.name,
        left_out(pieces, source),
        tuple(_unfit_corrections(item, interview, Path(source))),
    )


def _sidecar_error(source: str, reason: str, next_step: str) -> ReadingError:
    """Return the error for an invalid value in the sidecar file of a transcript."""
    return ReadingError(str(Path(source).with_suffix(".toml")), reason, next_step=next_step)


def _unfit_corrections(script: Script, interview: Interview, path: Path) -> Iterator[ReadingError]:
    """Yield an error for each correction of a transcript that does not fit it, as it has changed."""
    for correction, reason in corrections.unfit(script, interview):
        told = _("the correction “{text}” does not fit: {reason}").format(text=correction.text, reason=reason)
        command = f"fangtan parse --explain {argument(str(path))}"
        next_step = _("Change or remove it; {command} shows the numbers of the lines.").format(command=command)
        yield ReadingError(str(path.with_suffix(".toml")), told, correction.written_at, next_step)


def read_part(reader: FileReader, path: Path, source: str, part: int, hash_: str, overrides: Metadata) -> Interview:
    """Read one interview of a file again, by its number from 1; raise `ReadingError` if the file has changed."""
    if digest(path) != hash_:
        raise ReadingError(source, _("it changed since it was indexed"), next_step=_("Index it again."))
    items = reader.read(path, read_items, source, ReadOptions(overrides=overrides))
    item = next(islice(items, part - 1, None), None)
    if isinstance(item, ReadingError):
        raise item
    return with_turns(with_recording(item, path) if item else Interview(()), source)


def with_recording(item: ParsedInterview, path: Path) -> Interview:
    """Return the interview of the file at a path, with its recording where it is: see `readers.recordings`."""
    media = recordings.located(item.interview.media, path, alone=not item.name)
    return item.interview if media == item.interview.media else replace(item.interview, media=media)


def with_turns(interview: Interview, source: str) -> Interview:
    """Return an interview; raise `ReadingError` if it has no turns."""
    if not interview.turns:
        raise ReadingError(source, _("nothing in it is a turn"))
    return interview


def read_again(path: Path, source: str, part: int, hash_: str, given: Sequence[str], settings: Settings) -> Interview:
    """Read one interview of an indexed file again, as it was indexed; `given` are its overrides as KEY=VALUE.

    Raises `ReadingError` if the file is gone or has changed.
    """
    overrides = tuple((key, value) for key, _equals, value in (one.partition("=") for one in given))
    with FileReader(settings) as reader:
        interview = read_part(reader, path, source, part, hash_, overrides)
    return attribute(interview, speakers.load(settings.data_file("speakers.toml")))


def _explanation(piece: LineSegment) -> LineExplanation:
    """Return the explanation of a segment, in the language of the reader; a note says that it is kept."""
    reason = piece.reason and _(piece.reason)  # that of a label is in it already
    reason = _("{reason}; kept as a note").format(reason=reason) if piece.is_note else reason
    return LineExplanation(piece.line.number, piece.text, piece.line_class.value, reason)
