"""The documents of the interviews index as records: the source of an interview, and what a run needs to know of it."""

from dataclasses import dataclass, field

from indexer.model import Interview


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceInfo:
    """The source of an interview, and the versions of all that its documents depend on.

    `source` is the path as typed, `path` the absolute one. `part` counts the interviews of a file from 1; `parts` is
    their number, known only at the last one (0 before). `hash` is of the file's bytes, `content` of what was read from
    them, `fingerprint` of the schema, the dictionary, the topics and the speakers. `overrides` are the user's metadata
    (`fangtan index --meta`) as KEY=VALUE. `sketch` is a `near_duplicates.Sketch` as text, `script` a
    `simplify.ScriptOrigin`. `indexed_at` is an ISO time with its zone, `added_at` that of the first time: indexing it
    again does not change it.
    """

    source: str = ""
    path: str
    hash: str
    content: str
    fingerprint: str
    part: int = 1
    parts: int = 1
    overrides: tuple[str, ...] = field(default=(), metadata={"source": "given"})
    sketch: str = ""
    script: int = 0
    indexed_at: str = ""
    added_at: str = ""

    @property
    def first_indexed(self) -> str:
        """Return when the interview came into the archive; archives of schema 2 know only when it was indexed last."""
        return self.added_at or self.indexed_at


@dataclass(frozen=True, slots=True)
class IndexedInterview:
    """An interview as the manifest lists it.

    `turns` and `passages` are the documents it must have to be complete. `attributed` counts its turns of named
    speakers, `spoken` their characters. `primary` is the id of the interview it duplicates, `duplicates` are the ids of
    those that duplicate it. `known` counts the fields of its metadata that have a value.
    """

    interview_id: str
    origin: SourceInfo
    turns: int
    passages: int
    date: str = ""
    attributed: int = 0
    spoken: int = 0
    known: int = 0
    primary: str = field(default="", metadata={"source": "version_of"})
    duplicates: tuple[str, ...] = field(default=(), metadata={"source": "versions"})

    @classmethod
    def of(
        cls, interview: Interview, origin: SourceInfo, passages: int, duplicates: tuple[str, ...] = ()
    ) -> "IndexedInterview":
        """Return the record of an interview with so many passages."""
        spoken = [len(turn.text) for turn in interview.turns if turn.speaker]
        names = ("title", "date", "outlet", "authors", "guests", "url", "media")
        return cls(
            interview_id=interview.id,
            origin=origin,
            turns=len(interview.turns),
            passages=passages,
            date=interview.date.isoformat() if interview.date else "",
            attributed=len(spoken),
            spoken=sum(spoken),
            known=sum(bool(getattr(interview, name)) for name in names),
            duplicates=duplicates,
        )
