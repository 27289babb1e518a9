"""The files of a run."""

from pathlib import Path

import pytest

from indexer.errors import ReadingError, UsageError
from indexer.readers import discover
from indexer.readers.file_hash import digest


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("问：好吗？\n答：好。\n", encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "data", "2019/b.txt", "2019/a.txt", "c.jsonl", "notes.xyz", ".hidden.txt", "a.toml")
    return tmp_path / "data"


def test_the_transcripts_below_a_folder(folder):
    found = discover.find_transcripts([folder])
    assert sorted(one.name for one in found) == ["2019/a", "2019/b", "c"]
    assert all(one.real == str(one.path.resolve()) for one in found)
    assert all(one.source == one.path.as_posix() for one in found)
    assert {one.size for one in found} == {len("问：好吗？\n答：好。\n".encode())}


def test_a_path_is_shown_as_it_was_typed(folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    found = discover.find_transcripts([Path("data")])
    assert "data/2019/a.txt" in {one.source for one in found}
    assert {one.real for one in found} == {one.real for one in discover.find_transcripts([folder])}


def test_a_file_is_looked_at_once_whatever_links_to_it(folder):
    link = folder / "link.txt"
    link.symlink_to(folder / "2019/a.txt")
    reals = [one.real for one in discover.find_transcripts([folder, folder / "2019", link])]
    assert len(reals) == len(set(reals)) == 3


def test_a_path_that_is_not_there_is_told(folder):
    discover.check_paths([folder])
    with pytest.raises(UsageError, match=r"There is no file or folder nix\.") as error:
        discover.check_paths([folder, Path("nix")])
    assert error.value.exit_code == 2
    assert "--prune" in error.value.next_step
    discover.check_paths([Path("nix")], allow_missing=True)


def test_a_folder_without_transcripts_is_told(tmp_path):
    (tmp_path / "notes.xyz").write_bytes(b"xyz")
    with pytest.raises(UsageError, match="There are no transcripts in ") as error:
        discover.find_transcripts([tmp_path])
    assert ".txt" in error.value.next_step


def test_a_folder_that_is_gone_holds_nothing(tmp_path):
    assert tuple(discover.find_transcripts([tmp_path / "gone"])) == ()


def test_the_files_an_archive_knows_are_looked_at_too(folder, tmp_path):
    listed = tuple(discover.find_transcripts([folder / "2019"]))
    other = folder / "c.jsonl"
    sources = {str(other.resolve()): "data/c.jsonl", listed[0].real: "x", str(tmp_path / "gone.txt"): "gone.txt"}
    (known,) = discover.known_files(sources, listed)
    assert (known.path, known.name, known.source) == (other.resolve(), "c", "data/c.jsonl")
    assert known.size == other.stat().st_size


def test_what_lies_below_a_path(folder):
    real = discover.real_path(folder / "2019/a.txt")
    assert discover.is_below(real, [folder])
    assert discover.is_below(real, [folder / "2019/a.txt"])
    assert not discover.is_below(real, [folder / "201"])
    assert not discover.is_below(real, [])


def test_a_file_exists_until_it_is_deleted(folder):
    real = discover.real_path(folder / "c.jsonl")
    assert discover.exists(real)
    Path(real).unlink()
    assert not discover.exists(real)
    assert not discover.exists(str(folder))


def test_a_name_that_is_no_text_can_still_be_stored(tmp_path):
    path = tmp_path / "录音\udcff.txt"
    assert discover.real_path(path).isprintable()
    assert discover.real_path(path).encode()


@pytest.mark.parametrize(
    ("items", "counted"),
    [
        ("", []),
        ("a", [(1, "a", True)]),
        ("abc", [(1, "a", False), (2, "b", False), (3, "c", True)]),
    ],
)
def test_items_are_counted_and_the_last_is_known(items, counted):
    assert list(discover.enumerate_with_last(items)) == counted


def test_items_are_counted_one_ahead_and_no_further():
    items = iter("abcd")
    assert next(discover.enumerate_with_last(items)) == (1, "a", False)
    assert next(items) == "c"


def test_a_digest_is_that_of_the_bytes(tmp_path):
    one, other = tmp_path / "a.txt", tmp_path / "b.txt"
    one.write_bytes("访谈".encode())
    other.write_bytes("访谈".encode())
    assert digest(one) == digest(other)
    other.write_bytes("访谈。".encode())
    assert digest(one) != digest(other)


def test_a_digest_counts_the_sidecar(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("访谈".encode())
    alone = digest(path)
    beside = tmp_path / "a.toml"
    beside.write_text('title = "访谈"', encoding="utf-8")
    with_title = digest(path)
    beside.write_text('title = "会议"', encoding="utf-8")
    assert len({alone, with_title, digest(path)}) == 3
    beside.unlink()
    assert digest(path) == alone


def test_text_does_not_move_between_file_and_sidecar(tmp_path):
    for name, text, beside in (("a", "xy", "z"), ("b", "x", "yz")):
        (tmp_path / f"{name}.txt").write_text(text)
        (tmp_path / f"{name}.toml").write_text(beside)
    assert digest(tmp_path / "a.txt") != digest(tmp_path / "b.txt")


def test_a_file_that_cannot_be_read_has_no_digest(tmp_path):
    with pytest.raises(ReadingError, match="No such file"):
        digest(tmp_path / "gone.txt")


def test_a_folder_is_walked_in_a_stable_order(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a.md", "2019/foo.txt", "2019/10/bar.txt", "a.jsonl")
    found = [(one.name, one.path.name) for one in discover.walk([tmp_path])]
    assert found == [
        ("a", "a.jsonl"),
        ("a", "a.md"),
        ("b", "b.txt"),
        ("2019/foo", "foo.txt"),
        ("2019/10/bar", "bar.txt"),
    ]
    assert [(one.name, one.path.name) for one in discover.walk([tmp_path])] == found


def test_what_is_about_the_folder_is_no_transcript(tmp_path: Path) -> None:
    write(tmp_path, "README.md", "readme.zh-CN.md", "LICENSE.txt", "CHANGELOG.md", "talk.toml", "photo.jpg", "talk.txt")
    assert [one.name for one in discover.walk([tmp_path])] == ["talk"]


def test_a_notice_may_be_a_transcript(tmp_path: Path) -> None:
    write(tmp_path, "notice.txt", "NOTICE")
    assert [one.path.name for one in discover.walk([tmp_path])] == ["notice.txt"]


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, ".git/a.txt", ".draft.txt", "talk.txt", "x/.cache/b.txt")
    assert [one.name for one in discover.walk([tmp_path])] == ["talk"]


def test_a_file_named_outright_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    write(tmp_path, "README", "talk.录音")
    found = list(discover.walk([tmp_path / "README", tmp_path / "talk.录音"]))
    assert [(file.path, file.name) for file in found] == [
        (tmp_path / "README", "README"),
        (tmp_path / "talk.录音", "talk"),
    ]


def test_a_file_met_twice_is_found_once(tmp_path: Path) -> None:
    write(tmp_path, "x/talk.txt")
    assert len(list(discover.walk([tmp_path, tmp_path / "x", tmp_path / "x/talk.txt"]))) == 1


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    write(tmp_path, "x/talk.txt")
    (tmp_path / "x/again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    assert [one.name for one in discover.walk([tmp_path])] == ["x/talk"]
