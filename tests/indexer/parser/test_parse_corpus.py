"""Two hundred real meetings: their `name：` paragraphs are the turns the parser finds, and nothing of them is lost."""

import random
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from indexer.enrich import speakers
from indexer.enrich.enrich import attribute
from indexer.enrich.exchanges import MOST_TURNS
from indexer.model import Interview
from indexer.parser.parse import explain, parse
from indexer.parser.trace import SPOKEN, LineClass, LineSegment, left_out
from indexer.readers.read import read
from indexer.readers.script import Script
from indexer.settings import sample_data

CORPUS = Path(__file__).parents[3].parent / "shared/data/interviews"
_LABEL = re.compile(r"([^\s：:，。！？、（(「][^：:，。！？（(「]{0,14}?)[ 　]*[：:]")
_ATTENDED = re.compile(r"[出列缺]席\S{0,4}[：:]")
_IN_BRACKETS = re.compile(r"[（(].*[）)]")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CORPUS.exists(), reason="the shared data is not here"),
]


def sample() -> list[Path]:
    return random.Random(200).sample(sorted(CORPUS.rglob("*.txt")), 200)


@cache
def parsed() -> tuple[tuple[Path, Script, Interview, tuple[LineSegment, ...]], ...]:
    """Return each file with its script and what it was parsed to, once for all tests."""
    return tuple((path, script := script_of(path), *explain(script)) for path in sample())


def script_of(path: Path) -> Script:
    (item,) = read(path)
    assert isinstance(item, Script)
    return item


def labels_in(script: Script) -> Counter[str]:
    """Return the names that begin three paragraphs or more: by hand, without any of the parser's knowledge."""
    found = Counter("".join(match[1].split()) for line in script.lines if (match := _LABEL.match(line.text)))
    return Counter({name: count for name, count in found.items() if count > 2})


def test_names_that_begin_three_paragraphs_are_the_speakers_of_as_many_turns() -> None:
    expected, missing = 0, Counter[str]()
    for path, script, interview, _ in parsed():
        turns = Counter("".join(turn.label.split()) for turn in interview.turns)
        wanted = labels_in(script)
        expected += wanted.total()
        missing += Counter({f"{path.stem}: {name}": count for name, count in (wanted - turns).items()})
    assert expected > 20_000
    # among the missing are keys of minutes (出席人員, 會議結論): of true speakers less than one in a thousand is missed
    assert missing.total() < expected / 1000, missing.most_common(10)


def test_every_line_in_brackets_and_of_attendance_is_a_note_or_part_of_a_turn() -> None:
    found = 0
    for path in sorted(CORPUS.rglob("*.txt")):
        script = script_of(path)
        turns = parse(script).turns
        notes = Counter(note for turn in turns for note in turn.notes)
        said = "\n".join(turn.text for turn in turns)
        lines = Counter(text for line in script.lines if _IN_BRACKETS.fullmatch(text := line.text.strip()))
        lines += Counter(text for line in script.lines if _ATTENDED.match(text := line.text.strip()))
        missing = [text for text in lines - notes if text not in said]
        assert not missing or not turns, path.name  # one is a list of names in brackets, without a turn
        found += sum((lines & notes).values())
    assert found > 800


def test_no_answer_is_far_from_its_question() -> None:
    known = speakers.load(sample_data() / "speakers.toml")
    turns = (turn for _, _, interview, _ in parsed() for turn in attribute(interview, known).turns)
    far = Counter(turn.turn - turn.reply_to for turn in turns if turn.reply_to is not None)
    assert max(far) <= MOST_TURNS
    assert far[1] > 0.9 * far.total() > 800


def test_what_is_said_is_all_there_and_in_its_order() -> None:
    for path, script, interview, pieces in parsed():
        assert "".join(piece.text for piece in pieces) == "".join(line.text for line in script.lines), path.name
        spoken = "".join(piece.text for piece in pieces if piece.line_class in SPOKEN)
        assert "".join(spoken.split()) == "".join("".join(turn.text for turn in interview.turns).split()), path.name
        assert all(piece.reason for piece in pieces)
        assert not left_out(pieces).is_unusual, path.name
        kept = SPOKEN | {LineClass.LABEL}
        dropped = sum(len(piece.text) for piece in pieces if piece.line_class not in kept and "http" not in piece.text)
        if any(turn.label for turn in interview.turns):  # one of them is minutes, in which nobody speaks
            assert dropped < 200 + sum(len(line.text) for line in script.lines) * 0.05, path.name
        assert interview.title
