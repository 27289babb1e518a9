"""A file to interviews as people read them."""

from pathlib import Path

import pytest

from indexer.errors import ReadingError, SettingsError
from indexer.indexing.transcript import LineExplanation, ParsedInterview, ReadOptions, parse_file
from indexer.settings import Settings

DATA = Path(__file__).parents[3] / "data"
SETTINGS = Settings(data=DATA)


def test_the_sample_is_read_parsed_and_attributed() -> None:
    (account,) = parse_file(DATA / "interviews/qzone-xiaomi.txt", SETTINGS, ReadOptions(explain=True))
    assert isinstance(account, ParsedInterview)
    assert account.interview.attributed
    assert account.interview.turns[1].speaker == "搜狐IT"
    assert account.explanations[0].taken == "narration"
    assert account.explanations[1] == LineExplanation(2, "问:", "label", account.explanations[1].why)


def test_nothing_is_explained_unless_it_is_asked_for() -> None:
    (account,) = parse_file(DATA / "interviews/qzone-xiaomi.txt", SETTINGS)
    assert isinstance(account, ParsedInterview)
    assert account.explanations == ()


def test_interviews_and_errors_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text('{"turns":[{"text":"甲"}]}\n{\n{"turns":[{"text":"乙"}]}\n', encoding="utf-8")
    first, bad, last = parse_file(path, SETTINGS, ReadOptions(overrides=(("title", "题"),)))
    assert isinstance(first, ParsedInterview)
    assert isinstance(bad, ReadingError)
    assert isinstance(last, ParsedInterview)
    assert (first.interview.title, first.explanations, last.interview.turns[0].text) == ("题", (), "乙")


def test_bad_speakers_are_told_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "speakers.toml").write_text("[", encoding="utf-8")
    with pytest.raises(SettingsError):
        list(parse_file(DATA / "interviews/qzone-xiaomi.txt", Settings(data=tmp_path)))


def test_a_date_beside_a_transcript_that_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "foo.txt"
    path.write_text("问：好吗？\n\n甲：好。\n", encoding="utf-8")
    path.with_suffix(".toml").write_text('date = "去年"\n', encoding="utf-8")
    (error,) = parse_file(path, SETTINGS)
    assert isinstance(error, ReadingError)
    assert (Path(error.path).name, error.reason) == ("foo.toml", "its date 去年 is not a date")
