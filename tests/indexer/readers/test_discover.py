"""The files one run looks at."""

from pathlib import Path

import pytest

from indexer.errors import ReadingError, UsageError
from indexer.readers import discover
from indexer.readers.file_hash import digest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("2019/b.txt", "2019/a.txt", "c.jsonl", "notes.xyz", ".hidden.txt", "a.toml"):
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("问：好吗\n答：好\n", encoding="utf-8")
    return tmp_path / "data"


def test_the_transcripts_below_a_folder(folder):
    found = discover.below([folder])
    assert sorted(one.name for one in found) == ["2019/a", "2019/b", "c"]
    assert all(one.real == str(one.path.resolve()) for one in found)
    assert all(one.source == one.path.as_posix() for one in found)
    assert {one.size for one in found} == {len("问：好吗\n答：好\n".encode())}


def test_a_path_is_shown_as_it_was_typed(folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    found = discover.below([Path("data")])
    assert "data/2019/a.txt" in {one.source for one in found}
    assert {one.real for one in found} == {one.real for one in discover.below([folder])}


def test_a_file_is_looked_at_once_whatever_links_to_it(folder):
    link = folder / "link.txt"
    link.symlink_to(folder / "2019/a.txt")
    reals = [one.real for one in discover.below([folder, folder / "2019", link])]
    assert len(reals) == len(set(reals)) == 3


def test_a_path_that_is_not_there_is_told(folder):
    discover.check([folder])
    with pytest.raises(UsageError, match=r"There is no file or folder nix\.") as error:
        discover.check([folder, Path("nix")])
    assert error.value.exit_code == 2
    assert "--prune" in error.value.next_step
    discover.check([Path("nix")], forgiving=True)


def test_a_folder_without_transcripts_is_told(tmp_path):
    (tmp_path / "notes.xyz").write_bytes(b"xyz")
    with pytest.raises(UsageError, match="There are no transcripts in ") as error:
        discover.below([tmp_path])
    assert ".txt" in error.value.next_step


def test_a_folder_that_is_gone_holds_nothing(tmp_path):
    assert discover.below([tmp_path / "gone"]) == ()


def test_the_files_an_archive_knows_are_looked_at_too(folder, tmp_path):
    listed = discover.below([folder / "2019"])
    other = folder / "c.jsonl"
    sources = {str(other.resolve()): "data/c.jsonl", listed[0].real: "x", str(tmp_path / "gone.txt"): "gone.txt"}
    (known,) = discover.known(sources, listed)
    assert (known.path, known.name, known.source) == (other.resolve(), "c", "data/c.jsonl")
    assert known.size == other.stat().st_size


def test_what_lies_below_a_path(folder):
    real = discover.real_path(folder / "2019/a.txt")
    assert discover.inside(real, [folder])
    assert discover.inside(real, [folder / "2019/a.txt"])
    assert not discover.inside(real, [folder / "201"])
    assert not discover.inside(real, [])


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
    assert list(discover.counted(items)) == counted


def test_items_are_counted_one_ahead_and_no_further():
    items = iter("abcd")
    assert next(discover.counted(items)) == (1, "a", False)
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
