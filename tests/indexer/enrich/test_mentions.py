"""Who is spoken of: names in the turns of one interview."""

from pathlib import Path

import pytest

from indexer.enrich import mentions, speakers
from indexer.enrich.mentions import AnalyzedText, Names
from indexer.enrich.speakers import Speakers
from indexer.model import Interview, Role, Turn
from indexer.text.analysis import Analyzer


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


def found(
    analyzer: Analyzer, *said: tuple[str, str], known: Speakers | None = None
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    turns = tuple(
        Turn(number, who, Role.OTHER, text, printed_speaker=who) for number, (who, text) in enumerate(said, start=1)
    )
    analyses = [analyzer.analyze(text) for _, text in said]
    texts = [AnalyzedText(one.normal, one.joined_words) for one in analyses]
    after = mentions.annotate(Interview(turns, id="a"), texts, analyzer.not_names, known or Speakers())
    return [(turn.mentions, turn.printed_mentions) for turn in after.turns]


def printed(analyzer: Analyzer, *said: tuple[str, str]) -> list[tuple[str, ...]]:
    return [names for _, names in found(analyzer, *said)]


def test_a_name_is_found_by_its_form_in_either_script(analyzer: Analyzer) -> None:
    assert printed(analyzer, ("周明", "上次蔡雅琳委員也來了，還有林万亿。"), ("问", "谢谢大家，这个高峰会很好。")) == [
        ("蔡雅琳",),
        (),
    ]


def test_a_short_name_needs_a_title_once_in_the_interview(analyzer: Analyzer) -> None:
    with_title, without = ("周明", "陈菊市长说过。"), ("何苗", "对，陈菊是这样说的。")
    assert printed(analyzer, with_title, without) == [("陈菊",), ("陈菊",)]
    assert printed(analyzer, without) == [()]


def test_who_speaks_is_known_by_name_and_no_label_is(analyzer: Analyzer) -> None:
    said = (
        ("主持人", "唐凤过来看看，Mina Tam 也来。"),
        ("唐鳳", "主持人好，文化部代表好。"),
        ("Mina Tam", "Minas 不是我。"),
    )
    assert printed(analyzer, *said, ("文化部代表", "好。")) == [("唐凤", "Mina Tam"), (), (), ()]


def test_the_longest_name_counts(analyzer: Analyzer) -> None:
    assert printed(analyzer, ("陈佳", "陈佳慧说得对，陈佳也在。")) == [("陈佳慧", "陈佳")]


def test_speakers_toml_names_people_and_what_is_nobody(analyzer: Analyzer, tmp_path: Path) -> None:
    path = tmp_path / "speakers.toml"
    path.write_text(
        'not_people = ["蔡雅琳"]\n["林晓岚"]\naliases = ["岚总", "Lan", "主持人"]\n',
        encoding="utf-8",
    )
    known = speakers.load(path)
    (turn,) = found(analyzer, ("周明", "嵐總、LAN 和蔡雅琳都不是主持人，land 也不是。"), known=known)
    assert turn == (("林晓岚",), ("嵐總", "LAN"))


def test_a_hostile_name_is_no_pattern() -> None:
    names = Names(["a(b", "[]", "x" * 50, "", "唐"])
    assert list(names.find("a(b [] " + "x" * 50)) == [(0, 3), (4, 6), (7, 57)]
    assert list(Names([]).find("唐凤")) == []
