"""The page of a topic as JSON lines and CSV. The format is stable, as that of hits.

`fangtan topic --json` is one object with "name", "parent", "words": {"word", "weight", "turns"}, "all_words", "turns",
"of_turns", "share", "interviews", "characters", "first", "last", "children", "speakers": {"name", "turns", "share",
"of_turns", "own_share"}, "all_speakers", "years", "undated", "together" and "best": {"turn", "marks"}; children, years
and topics together are {"value", "count", "share"}. `--jsonl` and `--csv` have a row for each: {"kind": "topic",
"word", "child", "speaker", "year" ("" for undated turns), "together" or "turn", "value", "turns", "share" of the
topic's turns, "weight" of a word, "of_turns" and "own_share" of a speaker}.
"""

from collections.abc import Iterator

from search_cli.search.topic_profile import TopicProfile

TOPIC_COLUMNS = ("kind", "value", "turns", "share", "weight", "of_turns", "own_share")
"""The columns of a topic in `--csv`, and the fields of its lines in `--jsonl`."""

_Row = tuple[object, ...]


def topic_rows(profile: TopicProfile) -> Iterator[_Row]:
    """Yield the rows of a topic in the order of `TOPIC_COLUMNS`."""
    turns = profile.turns or 1
    yield "topic", profile.name, profile.turns, profile.share, None, profile.of_turns, None
    for word in profile.words:
        yield "word", word.word, word.turns, word.turns / turns, word.weight, None, None
    for kind, buckets in (("child", profile.children), ("year", profile.years), ("together", profile.together)):
        for one in buckets:
            yield kind, one.value, one.count, one.share, None, None, None
    if profile.undated:
        yield "year", "", profile.undated, profile.undated / turns, None, None, None
    for speaker in profile.speakers:
        yield "speaker", speaker.name, speaker.turns, speaker.share, None, speaker.of_turns, speaker.own_share
    for best in profile.best:
        yield "turn", best.turn.address, 1, 1 / turns, None, None, None


def topic_objects(profile: TopicProfile) -> Iterator[dict[str, object]]:
    """Yield the rows of a topic as objects."""
    return (dict(zip(TOPIC_COLUMNS, row, strict=True)) for row in topic_rows(profile))
