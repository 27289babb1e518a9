"""Query turns with `elasticsearch.dsl`: typed fields, and queries that read like Python.

    from indexer import settings
    from indexer.elastic.connection import connect
    from search_cli.dsl import TurnDocument

    client = connect(settings.load())
    for turn in TurnDocument.search(using=client).filter("term", speaker="郑志昊"):
        print(turn.address, turn.text)

No other module of fangtan imports this one: `elasticsearch.dsl` takes a quarter of a second to import.
"""

import re
from datetime import datetime
from typing import Any, Literal

from elasticsearch.dsl import Document, MetaField, mapped_field
from elasticsearch.dsl.field import Date, Double, Integer, Keyword, Text

from indexer.store import mapping

_TURNS = re.compile(r"-turns(?:-\d{8}-\d{6}(?:-\d+)?)?$")
_LONGEST = mapping.TURN["speaker"]["ignore_above"]


def _keyword(*, many: bool = False) -> Keyword:
    return Keyword(ignore_above=_LONGEST, multi=many)


def _tokens(index_options: Literal["freqs", "positions"] = "freqs", *, many: bool = False) -> Text:
    return Text(analyzer="whitespace", index_options=index_options, multi=many)


class TurnDocument(Document):
    """An indexed turn; a missing field is `None`, or an empty list.

    Read-only: fangtan index writes turns. Under another prefix: `TurnDocument.search(index="meetings-turns")`.
    """

    interview_id: str = mapped_field(_keyword())
    turn: int = mapped_field(Integer())
    role: str = mapped_field(_keyword())
    text: str = mapped_field(Text(analyzer="standard"))
    speaker: str | None = mapped_field(_keyword(), default=None)
    affiliation: str | None = mapped_field(_keyword(), default=None)
    printed_speaker: str | None = mapped_field(_keyword(), default=None)
    printed_affiliation: str | None = mapped_field(_keyword(), default=None)
    printed_role: str | None = mapped_field(_keyword(), default=None)
    mentions: list[str] = mapped_field(_keyword(many=True), default_factory=list)
    printed_mentions: list[str] = mapped_field(_keyword(many=True), default_factory=list)
    date: datetime | None = mapped_field(Date(format=mapping.TURN["date"]["format"]), default=None)
    outlet: str | None = mapped_field(_keyword(), default=None)
    authors: list[str] = mapped_field(_keyword(many=True), default_factory=list)
    language: str | None = mapped_field(_keyword(), default=None)
    topics: list[str] = mapped_field(_keyword(many=True), default_factory=list)
    exchange: int | None = mapped_field(Integer(), default=None)
    reply_to: int | None = mapped_field(Integer(), default=None)
    reply_to_speaker: str | None = mapped_field(_keyword(), default=None)
    added_at: datetime | None = mapped_field(Date(format=mapping.TURN["added_at"]["format"]), default=None)
    label: str | None = mapped_field(_keyword(), default=None)
    title: str | None = mapped_field(_keyword(), default=None)
    source: str | None = mapped_field(_keyword(), default=None)
    url: str | None = mapped_field(_keyword(), default=None)
    media: str | None = mapped_field(_keyword(), default=None)
    words: str | None = mapped_field(_tokens(), default=None)
    bigrams: str | None = mapped_field(_tokens(), default=None)
    chars: str | None = mapped_field(_tokens("positions"), default=None)
    asked: str | None = mapped_field(_tokens("positions"), default=None)
    passage: list[str] = mapped_field(_keyword(many=True), default_factory=list)
    keywords: list[str] = mapped_field(_keyword(many=True), default_factory=list)
    numbers: list[float] = mapped_field(Double(multi=True), default_factory=list)
    start: int | None = mapped_field(Integer(), default=None)
    end: int | None = mapped_field(Integer(), default=None)
    length: int | None = mapped_field(Integer(), default=None)
    notes: list[str] = mapped_field(Text(analyzer="standard", multi=True), default_factory=list)
    note_offsets: list[int] = mapped_field(Integer(index=False, doc_values=False, multi=True), default_factory=list)
    note_chars: list[str] = mapped_field(_tokens("positions", many=True), default_factory=list)
    note_bigrams: list[str] = mapped_field(_tokens(many=True), default_factory=list)

    class Index:
        """The alias of the turns."""

        name = f"fangtan-{mapping.KINDS[0]}"

    class Meta:
        """The mapping is strict, as in the index."""

        dynamic = MetaField("strict")

    @classmethod
    def _matches(cls, hit: dict[str, Any]) -> bool:
        """Return whether a hit is a turn: the indices behind the alias have longer names than `Index`."""
        return _TURNS.search(str(hit.get("_index", ""))) is not None

    @property
    def address(self) -> str:
        """Return the address: qzone-xiaomi#3."""
        return f"{self.interview_id}#{self.turn}"
