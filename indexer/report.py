"""Report on an index run: progress, failures and results."""

from collections import Counter
from dataclasses import dataclass
from enum import Enum

from indexer.language.messages import gettext_noop, ngettext, ngettext_noop


@dataclass(frozen=True, slots=True)
class Failure:
    """A transcript that could not be indexed as it is; `line` is 0 if the failure has no line."""

    path: str
    reason: str
    line: int = 0
    next_step: str = ""


UNUSUAL_SHARE, UNUSUAL_LENGTH = 0.2, 500
"""Share and characters of a text above which it is unusual that they are left out.

Of 472 interviews saved as text, 469 leave out nothing, the others up to 8 %; articles with the page around them leave
out a fifth to two fifths, but rarely more than a few hundred characters.
"""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What of a transcript is neither text of a turn nor a note: `parts` are the classes and their characters.

    `characters` are those of the whole transcript, white space not counted; the largest part comes first. `source` is
    the path of the file as typed, "" for a sum.
    """

    source: str = ""
    characters: int = 0
    parts: tuple[tuple[str, int], ...] = ()

    @property
    def left_out(self) -> int:
        """Return the number of characters that are left out."""
        return sum(count for _, count in self.parts)

    @property
    def is_unusual(self) -> bool:
        """Return whether so much is left out that the transcript may have been misread."""
        return self.left_out >= max(UNUSUAL_LENGTH, UNUSUAL_SHARE * self.characters)

    def __add__(self, other: "LeftOut") -> "LeftOut":
        """Return the sum of two transcripts."""
        total = Counter(dict(self.parts)) + Counter(dict(other.parts))
        return LeftOut("", self.characters + other.characters, tuple(total.most_common()))


NOTHING_LEFT_OUT = LeftOut()
"""Of a transcript that was not parsed, or of none."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of a run: files read and their bytes, out of all, and the turns that are indexed.

    `stage`: what it is doing now, for people. `embedded`: turns that have got vectors, of those that lacked one.
    """

    files: int = 0
    of_files: int = 0
    bytes: int = 0
    of_bytes: int = 0
    turns: int = 0
    stage: str = gettext_noop("Reading")
    embedded: int = 0
    of_embedded: int = 0


_UNREAD = {
    "recording": ngettext_noop("{files} recording", "{files} recordings"),
    "slide show": ngettext_noop("{files} slide show", "{files} slide shows"),
    "spreadsheet": ngettext_noop("{files} spreadsheet", "{files} spreadsheets"),
    "document": ngettext_noop("{files} document", "{files} documents"),
    "mail": ngettext_noop("{files} mail", "{files} mails"),
    "e-book": ngettext_noop("{files} e-book", "{files} e-books"),
    "notebook": ngettext_noop("{files} notebook", "{files} notebooks"),
    "project": ngettext_noop("{files} project", "{files} projects"),
    "archive": ngettext_noop("{files} archive", "{files} archives"),
    "database": ngettext_noop("{files} database", "{files} databases"),
    "picture": ngettext_noop("{files} picture", "{files} pictures"),
    "other file": ngettext_noop("{files} other file", "{files} other files"),
    "link": ngettext_noop("{files} link", "{files} links"),
    "special file": ngettext_noop("{files} special file", "{files} special files"),
}
"""The kinds of unread files, counted."""

LINK, NO_FILE = "link", "special file"
"""Kinds of unread files: links that lead out of the folders of a run; pipes, sockets and devices with the name of a
transcript."""


@dataclass(frozen=True, slots=True)
class UnreadFiles:
    """Files of one kind that are not read: `count` of them, the first of them in `paths`, and what would read them.

    `kind` is the noun of one (recording, picture); `suffixes` are the most frequent ones of files of no known kind.
    """

    kind: str
    count: int
    paths: tuple[str, ...]
    next_step: str = ""
    suffixes: str = ""

    @property
    def counted(self) -> str:
        """Return how many there are of what: 12 recordings, 1 slide show."""
        return ngettext(*_UNREAD[self.kind], self.count).format(files=f"{self.count:,}")


@dataclass(frozen=True, slots=True)
class IndexReport:
    """The results of a run.

    `files` were read (`bytes` in all); `unread` are those of the folders that are not, which are no failures.
    `indexed` and `unchanged` count interviews, `turns` and `passages` the documents of those indexed. `removed` are
    the ids of interviews whose file, or whose part of it, is gone. `unsure` are transcripts in which few lines were
    recognised as turns. `interrupted`: files are left to read; `rebuilt`: the archive was built anew. `word` is a
    frequent word of the archive, or "". `versions` are the ids of interviews that were found to duplicate others,
    so that their turns are not indexed. `gone` are the ids of interviews that remain, though their files below the
    paths of the run are gone. `sidecars` are sidecar files that are newer than the metadata of an earlier `--meta`,
    which they replace, each with the keys: a.toml (outlet). `left_out` sums up what was left out of the transcripts
    that were read, `much_left_out` are those of which it was unusually much.
    `topics` were learned for an archive without topics, each with the turns it was learned from, the largest first.
    `renamed` counts the turns whose speaker changed because of other transcripts or speakers.toml; `missing` are the
    interviews and turns that speakers.toml names and the archive does not have. `embedded` counts the turns that got a
    vector, in an archive that has vectors; `unembedded` says why some have none.
    """

    files: int
    bytes: int
    indexed: int
    turns: int
    passages: int
    unchanged: int
    failed: tuple[Failure, ...]
    removed: tuple[str, ...]
    unsure: tuple[str, ...]
    seconds: float
    interrupted: bool = False
    rebuilt: bool = False
    word: str = ""
    unread: tuple[UnreadFiles, ...] = ()
    versions: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    sidecars: tuple[str, ...] = ()
    left_out: LeftOut = NOTHING_LEFT_OUT
    much_left_out: tuple[LeftOut, ...] = ()
    topics: tuple[tuple[str, int], ...] = ()
    renamed: int = 0
    missing: tuple[str, ...] = ()
    embedded: int = 0
    unembedded: str = ""


class Change(Enum):
    """What an index run does to an interview."""

    NONE = "none"
    INDEXED = "indexed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to count for an interview once its documents are acknowledged.

    `source` is the path of its file as typed, `path` the absolute one. `turns` and `passages` are those written;
    `low_confidence`: few of its lines were recognised as turns.
    """

    change: Change = Change.NONE
    source: str = ""
    path: str = ""
    turns: int = 0
    passages: int = 0
    low_confidence: bool = False


UNCOUNTED = Outcome()
"""The outcome of actions that a report does not mention."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """The end of a file of so many bytes."""

    size: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """Interviews that need not be indexed again."""

    interviews: int


@dataclass(frozen=True, slots=True)
class FileFailed:
    """A failure of the file at an absolute path, or of a part of it."""

    path: str
    failure: Failure


@dataclass(frozen=True, slots=True)
class FileGone:
    """An interview that remains indexed, though its file is gone."""

    interview_id: str


@dataclass(frozen=True, slots=True)
class SidecarUsed:
    """A sidecar file whose keys replace those of an earlier `--meta`, as it is newer."""

    path: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpeakersApplied:
    """So many turns got another speaker; `missing` is what speakers.toml names and the archive does not have."""

    turns: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Embedded:
    """So many turns got a vector; `problem` says why some have none."""

    turns: int
    problem: str = ""


Event = Embedded | FileRead | Skipped | FileFailed | FileGone | SidecarUsed | LeftOut | SpeakersApplied
"""What a run reports besides the outcomes of interviews."""
