"""`asked`, `answered` and `volunteered` find what a search through the text of every turn finds, by other code."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from indexer.errors import UsageError
from indexer.settings import Settings
from indexer.text.normalize import normalize
from search_cli import Archive
from search_cli.models import SpokenTurn
from search_cli.search import volunteered
from tests.support.brute_force import holds, words_of
from tests.support.cli import CommandLine

WORDS = 16
"""Words taken by chance out of questions, and out of answers."""


@dataclass(frozen=True)
class Talk:
    """Every turn of an archive, with its text in normal form, by address."""

    turns: dict[str, SpokenTurn]
    texts: dict[str, str]

    def question(self, turn: SpokenTurn) -> str:
        return f"{turn.interview_id}#{turn.reply_to}"

    def answers(self, word: str) -> set[str]:
        return {at for at, turn in self.turns.items() if turn.reply_to is not None and holds(word, self.texts[at])}

    def asked(self, word: str) -> set[str]:
        replies = {at: self.question(turn) for at, turn in self.turns.items() if turn.reply_to is not None}
        return {at for at, question in replies.items() if holds(word, self.texts[question])}

    def volunteered(self, word: str) -> set[str]:
        return {at for at in self.answers(word) - self.asked(word) if not any(self.said_before(word, self.turns[at]))}

    def said_before(self, word: str, turn: SpokenTurn) -> Iterator[bool]:
        for at, other in self.turns.items():
            if (other.interview_id, other.exchange) == (turn.interview_id, turn.exchange) and other.turn < turn.turn:
                yield other.speaker != turn.speaker and other.role != "narration" and holds(word, self.texts[at])


@pytest.fixture(scope="module")
def archive(sample: Settings) -> Archive:
    return Archive(sample)


@pytest.fixture(scope="module")
def talk(archive: Archive) -> Talk:
    turns = {hit.turn.address: hit.turn for hit in archive.export()}
    return Talk(turns, {at: normalize(turn.text).text for at, turn in turns.items()})


def found(archive: Archive, query: str = "", **filters) -> set[str]:
    return {hit.turn.address for hit in archive.export(query, **filters)}


def random_words(talk: Talk, chance: random.Random) -> Iterator[str]:
    """Yield words of one to four characters, or of letters, of turns that ask and turns that answer."""
    questions = {talk.question(turn) for turn in talk.turns.values() if turn.reply_to is not None}
    answers = [at for at, turn in talk.turns.items() if turn.reply_to is not None]
    for places in (sorted(questions), answers):
        for length in range(WORDS):
            runs = [run for run in words_of(talk.texts[chance.choice(places)]) if len(run) > 1]
            run = chance.choice(runs or ["小米"])
            start = chance.randrange(len(run))
            yield run if run.isascii() else run[start : start + 1 + length % 4]


def test_the_three_fields_count_what_a_plain_search_counts(archive, talk):
    brought_up = 0
    for word in random_words(talk, random.Random(1)):
        assert found(archive, f"asked:{word}") == talk.asked(word), word
        assert found(archive, f"answered:{word}") == talk.answers(word), word
        unasked = talk.volunteered(word)
        assert found(archive, f"volunteered:{word}") == unasked, word
        assert archive.facets("role", query=f"主动提到:{word}")[0].total == len(unasked)
        brought_up += len(unasked)
    assert brought_up > 20


def test_they_are_filters_in_either_script_and_combine_with_all_else(archive, talk):
    every = set(talk.turns)
    asked, answered = talk.asked("手机"), talk.answers("手机")
    unasked = talk.volunteered("手机")
    assert asked
    assert unasked
    assert answered - unasked
    assert found(archive, "问到：手機") == asked == found(archive, asked="手機")
    assert found(archive, "答到:“手 机”") == answered == found(archive, answered="手机")
    assert found(archive, "主動提到:手機") == unasked == found(archive, volunteered="手机")
    assert found(archive, "asked:手机 answered:手机") == asked & answered
    assert found(archive, "answered:手机 -volunteered:手机 -asked:手机") == answered - unasked - asked
    assert found(archive, "-answered:手机") == every - answered
    assert found(archive, "volunteered:(手机 OR 用户)") == unasked | talk.volunteered("用户")
    assert found(archive, "volunteered:手机 OR asked:用户") == unasked | talk.asked("用户")
    assert found(archive, "volunteered:手机 speaker:郑志昊") <= unasked
    both = found(archive, "用户 asked:手机", match="all")
    assert both == {at for at in asked if holds("用户", talk.texts[at])}
    assert archive.search("用户 asked:手机").every == len(both)


def test_a_text_is_found_in_a_question_by_each_of_its_parts(archive, talk):
    for text in ("qq空间", "qq", "6.11亿", "机"):
        parts = re.findall(r"[a-z]+|[0-9.]+|[^a-z0-9.]+", text)
        expected = set.intersection(*(talk.asked(part) for part in parts))
        assert found(archive, f"asked:{text}") == expected, text
        assert talk.asked(text) <= expected


def test_what_was_asked_is_marked_in_the_question_and_what_was_answered_in_the_answer(archive):
    (hit, *_) = archive.search("asked:小米").hits
    assert not hit.marks
    assert hit.question is not None
    assert {hit.question.turn.text[start:end] for start, end in hit.question.marks} == {"小米"}
    for field in ("answered", "volunteered"):
        (hit, *_) = archive.search(f"{field}:红米手机").hits
        assert {hit.turn.text[start:end] for start, end in hit.marks} == {"红米手机"}
        assert hit.question is None or not hit.question.marks
    (hit, *_) = archive.search("合作 asked:小米 -answered:红米手机").hits
    assert {hit.turn.text[start:end] for start, end in hit.marks} == {"合作"}


def test_why_tells_who_said_it_before(archive, talk, sample, monkeypatch, capsys):
    run = CommandLine(sample, monkeypatch, capsys)
    prompted = sorted(talk.answers("用户") - talk.volunteered("用户"))
    for address in prompted[:3]:
        (condition,) = archive.why(address, "volunteered:用户").conditions
        (before,) = condition.has
        assert holds("用户", talk.texts[before])
        assert talk.turns[before].exchange == talk.turns[address].exchange
    assert f"{before} said it before" in run("why", address, "volunteered:用户").out
    question = talk.turns["qzone-xiaomi#3"].reply_to
    assert f"its question, #{question}, does not have it" in run("why", "qzone-xiaomi#3", "asked:蟾蜍").out
    assert "the turn does not have it itself" in run("why", "qzone-xiaomi#3", "--answered", "蟾蜍").out
    assert archive.why("qzone-xiaomi#3", "asked:小米").found


def test_what_is_too_much_to_leave_out_is_told(archive, monkeypatch):
    monkeypatch.setattr(volunteered, "MOST_PROMPTED", 1)
    with pytest.raises(UsageError, match="is said after another in "):
        archive.search("volunteered:的")


def test_a_value_without_a_word_is_told(sample, monkeypatch, capsys):
    run = CommandLine(sample, monkeypatch, capsys)
    printed = run("search", "asked:，")
    assert printed.code == 2
    assert "has no word for asked" in printed.err
    assert "The fields are" in run("search", "venue:台北").err
    assert run("interviews", "--title", "椅子", "asked:小米").code == 2
