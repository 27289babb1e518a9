"""Dataclasses built from documents: every type a field can have, and what a document leaves out."""

import datetime
from dataclasses import dataclass, field

import pytest

from indexer.model import Role, Turn, from_source, source_fields, to_source


@dataclass(frozen=True, slots=True)
class Origin:
    path: str
    part: int = 1


@dataclass(frozen=True, slots=True)
class Entry:
    id: str = field(metadata={"source": "interview_id"})
    origin: Origin
    turns: int
    date: datetime.date | None
    authors: tuple[str, ...]
    score: float = 0.5
    given: tuple[str, ...] = ("outlet=搜狐IT",)


def test_a_turn_is_read_from_its_document():
    document = {"turn": 3, "role": "interviewee", "text": "好", "reply_to": 2, "topics": ["手机"], "words": "好"}
    turn = Turn(3, "", Role.INTERVIEWEE, "好", reply_to=2, topics=("手机",))
    assert from_source(Turn, document) == turn
    assert isinstance(from_source(Turn, document).role, Role)


def test_dates_lists_other_names_and_inner_dataclasses():
    document = {"interview_id": "a", "path": "/a", "turns": 2, "date": "2013-08-02", "authors": ["甲", "乙"]}
    assert from_source(Entry, document | {"score": 2.0, "given": []}) == Entry(
        "a", Origin("/a", 1), 2, datetime.date(2013, 8, 2), ("甲", "乙"), 2.0, ()
    )


def test_what_is_missing_is_the_default_or_empty():
    assert from_source(Entry, {}) == Entry("", Origin("", 1), 0, None, ())


def test_a_document_without_a_role_is_not_a_turn():
    with pytest.raises(TypeError, match="role"):
        from_source(Turn, {"turn": 1, "text": "好"})


def test_what_is_written_is_read_again():
    turn = Turn(3, "郑志昊", Role.INTERVIEWEE, "好", topics=("手机",))
    entry = Entry("a", Origin("/a", 2), 2, datetime.date(2013, 8, 2), ("甲",))
    assert to_source(turn).items() >= {"turn": 3, "role": "interviewee", "topics": ["手机"], "reply_to": None}.items()
    assert type(to_source(turn)["role"]) is str
    assert to_source(entry).items() >= {"interview_id": "a", "path": "/a", "part": 2, "date": "2013-08-02"}.items()
    assert (from_source(Turn, to_source(turn)), from_source(Entry, to_source(entry))) == (turn, entry)


def test_the_fields_of_a_document_are_those_of_the_dataclass_and_the_ones_inside():
    assert source_fields(Entry) == ["interview_id", "path", "part", "turns", "date", "authors", "score", "given"]
    assert source_fields(Entry) == list(to_source(from_source(Entry, {})))
