"""The questions of `paraphrases.tsv` are what they are said to be: no word of the turns that answer them."""

from functools import cache
from pathlib import Path

import pytest

from indexer.indexing.transcript import ParsedInterview, parse_file
from indexer.settings import Settings, sample_data
from indexer.store.ids import readable
from indexer.text.analysis import Analyzer
from search_cli.query.stopwords import FUNCTION_WORDS
from tests.bench.paraphrases import FOLDER, Question, questions

QUESTIONS = questions()


@cache
def analyzer() -> Analyzer:
    return Analyzer(sample_data() / "words.txt")


@cache
def files() -> dict[str, Path]:
    """The files of the shared interviews by the ids that they get in a fresh index."""
    return {readable(str(path.relative_to(FOLDER).with_suffix(""))): path for path in FOLDER.rglob("*.txt")}


@cache
def turns(interview: str) -> dict[int, str]:
    """The turns of an interview: number and text."""
    (parsed,) = parse_file(files()[interview], Settings(data=sample_data()))
    assert isinstance(parsed, ParsedInterview)
    return {turn.turn: turn.text for turn in parsed.interview.turns}


def text(address: str) -> str:
    interview, _, turn = address.rpartition("#")
    return turns(interview)[int(turn)]


def content(terms: tuple[str, ...]) -> set[str]:
    """The terms that are not function words, nor pairs of characters with one in them (的工 of 的工厂)."""
    return {
        term
        for term in terms
        if term not in FUNCTION_WORDS and not (len(term) == 2 and FUNCTION_WORDS.intersection(term))
    }


def shared(question: str, answer: str) -> set[str]:
    """The content words of a question that an answer contains, and their shared pairs of characters."""
    asked, said = analyzer().analyze(question), analyzer().analyze(answer)
    words = {word for word in content(asked.words) if word in said.normal.text}
    return words | (content(asked.bigrams) & set(said.bigrams))


def test_there_are_enough_and_each_is_there_once() -> None:
    assert len(QUESTIONS) >= 150
    assert len({question.id for question in QUESTIONS}) == len({question.text for question in QUESTIONS})
    assert {question.id for question in QUESTIONS} == {f"p{number:03}" for number in range(1, len(QUESTIONS) + 1)}
    assert all(6 <= len(question.text) <= 25 for question in QUESTIONS)


def test_they_are_spread_over_the_interviews() -> None:
    interviews = [question.answers[0].rpartition("#")[0] for question in QUESTIONS]
    assert max(map(interviews.count, interviews)) <= 2


def test_the_halves_part_them() -> None:
    odd, even = questions("odd"), questions("even")
    assert sorted(odd + even, key=lambda question: question.id) == QUESTIONS
    assert abs(len(odd) - len(even)) <= 1


@pytest.mark.parametrize(
    ("question", "answer", "found"),
    [
        ("涨房租的事怎么说", "租金每年调一次。", set()),
        ("漲房租的事怎麼說", "房租要涨了", {"涨", "房租"}),  # in either script
        ("养只猫吧", "猫咪很乖", {"猫"}),  # a word inside another
    ],
)
def test_the_check_sees_a_shared_word(question: str, answer: str, found: set[str]) -> None:
    assert shared(question, answer) == found


@pytest.mark.skipif(not FOLDER.exists(), reason="the shared interviews are not here")
def test_each_has_answers_of_a_turns_length_that_are_there() -> None:
    wrong = [question.id for question in QUESTIONS if not has_answers(question)]
    assert not wrong


def has_answers(question: Question) -> bool:
    lengths = [len(text(address)) for address in question.answers]
    apart = not set(question.answers) & set(question.also)
    return bool(lengths) and 40 <= min(lengths) <= max(lengths) <= 400 and apart and all(map(text, question.also))


@pytest.mark.skipif(not FOLDER.exists(), reason="the shared interviews are not here")
def test_no_content_word_is_shared() -> None:
    found = {
        (question.id, address): words
        for question in QUESTIONS
        for address in question.answers
        if (words := shared(question.text, text(address)))
    }
    assert not found
