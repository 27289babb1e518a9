"""The nouns that screens count, and the names of the fields that they count by, in the language of the reader."""

from indexer.language import messages
from indexer.language.messages import gettext_noop, ngettext_noop

NOUNS = {
    "character": ngettext_noop("{number} character", "{number} characters"),
    "document": ngettext_noop("{number} document", "{number} documents"),
    "duplicate": ngettext_noop("{number} duplicate", "{number} duplicates"),
    "exchange": ngettext_noop("{number} exchange", "{number} exchanges"),
    "file": ngettext_noop("{number} file", "{number} files"),
    "hit": ngettext_noop("{number} hit", "{number} hits"),
    "interview": ngettext_noop("{number} interview", "{number} interviews"),
    "line": ngettext_noop("{number} line", "{number} lines"),
    "occurrence": ngettext_noop("{number} occurrence", "{number} occurrences"),
    "other document": ngettext_noop("{number} other document", "{number} other documents"),
    "other turn": ngettext_noop("{number} other turn", "{number} other turns"),
    "passage": ngettext_noop("{number} passage", "{number} passages"),
    "question": ngettext_noop("{number} question", "{number} questions"),
    "shard": ngettext_noop("{number} shard", "{number} shards"),
    "sidecar file": ngettext_noop("{number} sidecar file", "{number} sidecar files"),
    "speaker": ngettext_noop("{number} speaker", "{number} speakers"),
    "synonym": ngettext_noop("{number} synonym", "{number} synonyms"),
    "tagged turn": ngettext_noop("{number} tagged turn", "{number} tagged turns"),
    "text": ngettext_noop("{number} text", "{number} texts"),
    "time": ngettext_noop("{number} time", "{number} times"),
    "topic": ngettext_noop("{number} topic", "{number} topics"),
    "transcript": ngettext_noop("{number} transcript", "{number} transcripts"),
    "turn": ngettext_noop("{number} turn", "{number} turns"),
    "word": ngettext_noop("{number} word", "{number} words"),
    "year": ngettext_noop("{number} year", "{number} years"),
    "quarter": ngettext_noop("{number} quarter", "{number} quarters"),
    "month": ngettext_noop("{number} month", "{number} months"),
    "week": ngettext_noop("{number} week", "{number} weeks"),
    "more affiliation": ngettext_noop("{number} more affiliation", "{number} more affiliations"),
    "more author": ngettext_noop("{number} more author", "{number} more authors"),
    "more column": ngettext_noop("{number} more column", "{number} more columns"),
    "more date": ngettext_noop("{number} more date", "{number} more dates"),
    "more hit": ngettext_noop("{number} more hit", "{number} more hits"),
    "more interview": ngettext_noop("{number} more interview", "{number} more interviews"),
    "more keyword": ngettext_noop("{number} more keyword", "{number} more keywords"),
    "more language": ngettext_noop("{number} more language", "{number} more languages"),
    "more line": ngettext_noop("{number} more line", "{number} more lines"),
    "more mentions": ngettext_noop("{number} more mentions", "{number} more mentions"),
    "more month": ngettext_noop("{number} more month", "{number} more months"),
    "more outlet": ngettext_noop("{number} more outlet", "{number} more outlets"),
    "more period": ngettext_noop("{number} more period", "{number} more periods"),
    "more role": ngettext_noop("{number} more role", "{number} more roles"),
    "more speaker": ngettext_noop("{number} more speaker", "{number} more speakers"),
    "more tag": ngettext_noop("{number} more tag", "{number} more tags"),
    "more topic": ngettext_noop("{number} more topic", "{number} more topics"),
    "more turn": ngettext_noop("{number} more turn", "{number} more turns"),
    "more value": ngettext_noop("{number} more value", "{number} more values"),
    "more voice": ngettext_noop("{number} more voice", "{number} more voices"),
    "more word": ngettext_noop("{number} more word", "{number} more words"),
    "more year": ngettext_noop("{number} more year", "{number} more years"),
}
"""What is counted, as `count` is asked for it."""

FIELDS = {
    "speaker": gettext_noop("speaker"),
    "role": gettext_noop("role"),
    "topic": gettext_noop("topic"),
    "keyword": gettext_noop("keyword"),
    "outlet": gettext_noop("outlet"),
    "interview": gettext_noop("interview"),
    "author": gettext_noop("author"),
    "affiliation": gettext_noop("affiliation"),
    "language": gettext_noop("language"),
    "mentions": gettext_noop("mentions"),
    "tag": gettext_noop("tag"),
    "date": gettext_noop("date"),
    "month": gettext_noop("month"),
    "year": gettext_noop("year"),
    "quarter": gettext_noop("quarter"),
    "week": gettext_noop("week"),
}
"""The fields of facets, as a screen names them."""


def count(number: int, noun: str) -> str:
    """Return a number with its noun: 1 turn, 26,931 turns; 26,931 轮发言."""
    one, several = NOUNS.get(noun) or (f"{{number}} {noun}", f"{{number}} {noun}s")
    return messages.ngettext(one, several, number).format(number=f"{number:,}")


def field(name: str) -> str:
    """Return the name of a field: speaker, 说话人; that of a field of none of these lists unchanged."""
    return messages.gettext(FIELDS[name]) if name in FIELDS else name
