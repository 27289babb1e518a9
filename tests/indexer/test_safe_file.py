"""The one place where files are opened, and TOML is parsed."""

import os
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from indexer import safe_file
from indexer.enrich import speakers
from indexer.enrich.topics import Topics
from indexer.errors import ReadingError, SettingsError
from indexer.text import word_list
from search_cli.query import synonyms

HOSTILE = {
    "arrays": ("a = 1\nb = " + "[" * 100_000, 2, "its values are nested too deeply"),
    "tables": ("a=" + "{a=" * 100_000, 1, "its values are nested too deeply"),
    "keys": ("\n[" + "a." * 100_000 + "b]", 2, "its keys are nested too deeply"),
    "quoted keys": ('"a"  . ' * 100_000 + "b = 1", 1, "its keys are nested too deeply"),
    "digits": ("a = " + "1" * 100_000, 0, "a number in it is too long"),
    "no toml": ("a = 1\nb", 2, "not TOML: Expected '=' after a key in a key/value pair (at end of document)"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_toml_that_no_parser_takes_is_told_at_once(name: str) -> None:
    text, line, reason = HOSTILE[name]
    before = time.process_time()
    with pytest.raises(ReadingError) as error:
        safe_file.parse_toml(text, Path("a.toml"))
    assert (error.value.line, error.value.reason) == (line, reason)
    assert time.process_time() - before < 2


def test_dots_and_quotes_of_a_text_are_no_keys() -> None:
    text = f'title = "{"3.1 4.1.5。" * 200} {"... " * 200}"\nurl = "{"a." * 30}"\n[a.b."c.d"]\n'
    assert safe_file.parse_toml(text, Path("a.toml"))["a"] == {"b": {"c.d": {}}}


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: Path(path).symlink_to("/dev/zero"), os.mkdir])
def test_only_files_are_opened(make, tmp_path: Path) -> None:
    make(tmp_path / "x")
    with pytest.raises(ReadingError, match="not a file"):
        safe_file.open_file(tmp_path / "x")


def test_a_file_that_becomes_a_pipe_before_it_is_opened_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.txt"
    path.write_text("问：好吗？\n", encoding="utf-8")
    file = path.stat()
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr(Path, "stat", lambda self: file)
    with pytest.raises(ReadingError, match="it is a pipe, not a file"):
        safe_file.open_file(path)


def test_a_pipe_that_nobody_writes_to_is_waited_for_no_longer_than_said(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ReadingError, match=r"nothing was written into this pipe for 0\.1 s"):
        safe_file.read_pipe(tmp_path / "pipe", 10, 0.1)


def test_a_pipe_is_read_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)

    def write() -> None:
        with suppress(BrokenPipeError), path.open("wb", buffering=0) as pipe:
            for _ in range(3):
                pipe.write(b"abc")
                time.sleep(0.05)

    for most, content in ((100, b"abcabcabc"), (4, b"abca")):
        writer = threading.Thread(target=write, daemon=True)
        writer.start()
        assert safe_file.read_pipe(path, most, 5) == content


@pytest.mark.parametrize(
    ("load", "name"), [(Topics.load, "topics.toml"), (speakers.load, "speakers.toml"), (word_list.read, "words.txt")]
)
def test_bad_knowledge_is_an_error_of_the_settings_that_names_it(load, name: str, tmp_path: Path) -> None:
    made: list[tuple[str, bytes]] = [("bytes", b"\nabc\xff"), ("size", b"# \n" * 6_000_000)]
    if name.endswith(".toml"):
        made += [(key, text.encode()) for key, (text, _, _) in HOSTILE.items()]
    for folder, data in made:
        path = tmp_path / folder / name
        path.parent.mkdir()
        path.write_bytes(data)
        with pytest.raises(SettingsError, match=name) as error:
            load(path)
        assert error.value.next_step
        assert "\n" not in error.value.message
    os.mkfifo(tmp_path / name)
    with pytest.raises(SettingsError, match="it is a pipe, not a file"):
        load(tmp_path / name)


def test_synonyms_that_cannot_be_read_are_told_and_ignored(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "synonyms.txt")
    found = synonyms.load(tmp_path / "synonyms.txt")
    assert not found.of
    assert "it is a pipe, not a file" in found.faults[0].message


def test_large_knowledge_is_read_in_proportion_to_its_size(tmp_path: Path) -> None:
    (tmp_path / "topics.toml").write_text("".join(f'["话题{n}"]\nterms = ["词{n}"]\n' for n in range(20_000)))
    before = time.process_time()
    assert len(Topics.load(tmp_path / "topics.toml").names) == 20_000
    assert time.process_time() - before < 5  # 1 s; in proportion to the square, 10


@pytest.mark.parametrize(
    ("load", "name", "text"),
    [
        (Topics.load, "topics.toml", f'["{"词" * 100_000}"]\nx = 1\n'),
        (speakers.load, "speakers.toml", f'["{"人" * 100_000}"]\nx = 1\n'),
        (word_list.read, "words.txt", f"词 {'1' * 100_000}"),
    ],
)
def test_a_message_about_knowledge_is_short(load, name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=name) as error:
        load(tmp_path / name)
    assert len(error.value.message) < 600
