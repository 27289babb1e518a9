"""`fangtan dict`: what it shows, asks, writes and refuses."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from rich.cells import cell_len

from indexer.elastic.connection import connect
from indexer.settings import Settings, sample_data
from tests.support.archives import Archive, transcript
from tests.support.cli import CommandLine

pytestmark = pytest.mark.usefixtures("frequencies_read_once")


@pytest.fixture(scope="module")
def taught(node_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """A small archive whose dictionary the tests edit, one after another."""
    folder = tmp_path_factory.mktemp("dict")
    data = folder / "data"
    shutil.copytree(sample_data(), data, ignore=shutil.ignore_patterns("interviews", "kibana"))
    (folder / "transcripts").mkdir()
    settings = Settings(url=node_url, index=f"dict-{uuid4().hex[:12]}", data=data)
    with connect(settings) as client:
        archive = Archive(folder / "transcripts", settings, client)
        archive.write(a_txt=transcript(2, about="口袋公园"), b_txt=transcript(2, about="手机"))
        archive.index()
        yield archive
        archive.drop()
        client.options(ignore_status=404).indices.delete_index_template(name=settings.index)


@pytest.fixture
def run(taught: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[CommandLine]:
    words = taught.settings.data / "words.txt"
    before = words.read_bytes()
    monkeypatch.setenv("FANGTAN_DATA", str(taught.settings.data))
    run = CommandLine(taught.settings, monkeypatch, capsys)
    yield run
    words.chmod(0o644)
    added = {line.split()[0] for line in words.read_text("utf-8").splitlines()} - {
        line.split()[0] for line in before.decode().splitlines()
    }
    if added:
        run("dict", "remove", *sorted(added), "--yes")
    assert words.read_bytes() == before


def words_of(taught: Archive, address: str) -> list[str]:
    return str(taught.contents()["turns", address]["words"]).split()


def test_a_word_is_shown_added_found_and_removed(run: CommandLine, taught: Archive) -> None:
    shown = run("dict", "add", "口袋公园", "--dry-run")
    assert (shown.code, shown.err) == (0, "")
    assert shown.lines[0] == " 口袋公园: 4 of 10 turns, in 1 interview, are segmented differently:"
    assert re.fullmatch(r"   a#2  .* , 口袋 公园 怎么样 \?", shown.lines[1])
    assert re.fullmatch(r"      → .* , 口袋公园 怎么样 \?", shown.lines[2])
    assert "口袋公园" not in words_of(taught, "a#2")
    added = run("dict", "add", "口袋公园", "--yes")
    assert added.lines[:-1] == shown.lines
    assert added.lines[-1].startswith(" Added 口袋公园: 4 documents of 1 interview reindexed, in ")
    assert "口袋公园" in words_of(taught, "a#2")
    assert run("dict", "list").lines[-1].split() == ["口袋公园", "1", "brand", "or", "term"]
    assert ": current" in run("status").out
    assert run("dict", "add", "口袋公园").out == " 口袋公园 is in the dictionary.\n"
    removed = run("dict", "remove", "口袋公園", "-y")
    assert removed.lines[0] == " 口袋公园: 4 of 10 turns, in 1 interview, are segmented differently:"
    assert removed.lines[-1].startswith(" Removed 口袋公园: 4 documents")
    assert "口袋公园" not in words_of(taught, "a#2")


@pytest.mark.parametrize(("answer", "there"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_it_asks(run: CommandLine, taught: Archive, answer: str, there: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal(answer))
    printed = run("dict", "add", "口袋公园")
    assert "Add? [y/N]" in printed.out
    assert printed.code == 0
    assert ("口袋公园" in words_of(taught, "a#2")) is there


def test_where_nobody_can_be_asked_nothing_is_done(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO())
    printed = run("dict", "add", "口袋公园")
    assert printed.code == 2
    assert "Add --yes" in printed.err


def test_a_word_that_stands_nowhere(run: CommandLine) -> None:
    printed = run("dict", "add", "骑楼茶社", "--yes", "--tag", "ns")
    assert printed.lines[0] == " 骑楼茶社: none of 10 turns is segmented differently."
    assert printed.lines[1].startswith(" Added 骑楼茶社: nothing to reindex, in ")
    assert run("dict", "list", "--csv").lines[-1] == "骑楼茶社,1,ns"
    assert json.loads(run("dict", "list", "--json").out)[-1] == {"word": "骑楼茶社", "frequency": 1, "tag": "ns"}


@pytest.mark.parametrize("columns", ["24", "40", "80", "120"])
def test_no_line_is_wider_than_the_terminal(run: CommandLine, columns: str) -> None:
    for arguments in (["add", "口袋公园", "回答口袋", "--dry-run"], ["list"]):
        printed = run("dict", *arguments, COLUMNS=columns)
        assert max(map(cell_len, printed.lines)) <= int(columns)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["add", "手机"], "jieba already knows 手机"),
        (["add", "口袋，公园"], "a piece of text"),
        (["add", "\x1b[31m口袋"], "control characters"),
        (["add", "口袋公园", "--tag", "noun"], "not a part of speech"),
        (["remove", "口袋公园"], "not in words.txt"),
        (["list", "--json", "--csv"], "cannot be combined"),
        (["add"], "WORD"),
        (["teach"], "teach"),
    ],
)
def test_mistakes_are_told_in_a_line_or_two(run: CommandLine, arguments: list[str], told: str) -> None:
    printed = run("dict", *arguments)
    assert printed.code in {1, 2}
    assert told in printed.err
    assert "Try: " in printed.err
    assert "\x1b" not in printed.err


def test_a_folder_that_cannot_be_written_is_told(run: CommandLine, taught: Archive, tmp_path: Path) -> None:
    words = taught.settings.data / "words.txt"
    broken = tmp_path / "broken"
    shutil.copytree(taught.settings.data, broken)
    (broken / "words.txt").unlink()
    (broken / "words.txt").mkdir()
    printed = run("dict", "add", "口袋公园", "-y", FANGTAN_DATA=str(broken))
    assert printed.code == 2
    assert "it is a folder, not a file" in printed.err
    assert "口袋公园" not in words.read_text("utf-8")


def test_a_dictionary_that_changed_meanwhile_is_left_alone(taught: Archive) -> None:
    from indexer.dictionary import update
    from indexer.errors import UsageError

    words = taught.settings.data / "words.txt"
    before = words.read_bytes()
    change = update.add_words(taught.settings, ["口袋公园"], "nz")
    try:
        words.write_bytes(before + "骑楼茶社 1 nz\n".encode())
        with pytest.raises(UsageError, match="changed meanwhile"):
            update.carry_out(taught.client, taught.settings, change)
        assert words.read_bytes() == before + "骑楼茶社 1 nz\n".encode()
    finally:
        words.write_bytes(before)
    assert [path.name for path in words.parent.iterdir() if path.name.startswith(".words")] == []
