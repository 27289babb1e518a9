"""The files of a folder that are not read."""

from pathlib import Path

import pytest

from indexer.errors import UsageError
from indexer.readers import discover
from indexer.readers.unread import find_unread


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_they_are_told_by_kind_with_what_would_read_them(tmp_path: Path) -> None:
    write(
        tmp_path, "a.txt", "b.pptx", "c/d.KEY", "e.mp3", "f.jpg", "g.css", "h.js", "i.js", "Makefile", "j.7z", "k.msg"
    )
    found = find_unread([tmp_path])
    assert [(one.kind, one.count) for one in found] == [
        ("recording", 1), ("slide show", 2), ("mail", 1), ("archive", 1), ("picture", 1), ("other file", 4),
    ]  # fmt: skip
    assert found[1].paths == ((tmp_path / "b.pptx").as_posix(), (tmp_path / "c/d.KEY").as_posix())
    assert all(one.next_step for one in found[:-1])
    assert found[-1].suffixes == ".js, .css"


@pytest.mark.parametrize(
    "name",
    ["talk.txt", "talk.toml", "talk.docx", "talk.rtf", "talk.xlsx", "talk.eml", "talk.doc", ".x.mp3", "~$talk.docx"],
)
def test_what_is_read_or_hidden_is_none(name: str, tmp_path: Path) -> None:
    write(tmp_path, name, ".git/a.mp3")
    assert find_unread([tmp_path]) == ()


def test_a_recording_with_its_transcript_is_none(tmp_path: Path) -> None:
    write(tmp_path, "talk.mp3", "talk.srt", "other.mp3", "c/talk.mp3")
    (found,) = find_unread([tmp_path])
    assert [Path(path).relative_to(tmp_path).as_posix() for path in found.paths] == ["other.mp3", "c/talk.mp3"]


def test_a_document_that_is_a_folder_is_one_file(tmp_path: Path) -> None:
    write(tmp_path, "talk.pages/index.xml", "talk.pages/preview.jpg")
    (found,) = find_unread([tmp_path])
    assert (found.kind, found.count) == ("document", 1)


def test_ten_thousand_pictures_are_one_kind(tmp_path: Path) -> None:
    write(tmp_path, *(f"{n}.jpg" for n in range(1200)))
    (found,) = find_unread([tmp_path, tmp_path])
    assert (found.count, len(found.paths)) == (1200, 1000)


def test_a_folder_of_nothing_else_is_told_with_them(tmp_path: Path) -> None:
    write(tmp_path, "a.mp3", "b.mp3")
    with pytest.raises(UsageError, match=r"There are no transcripts in .*, but 2 recordings\.") as caught:
        discover.find_transcripts([tmp_path])
    assert "Transcribe" in caught.value.next_step
