"""Zip files: the transcripts of a folder in one file, and hostile archives."""

import struct

import pytest

from indexer.errors import ReadingError
from indexer.readers import safe_zip
from indexer.readers.formats.zip_archive import safe_name
from indexer.readers.script import Script
from tests.support.sources import encrypted, fault, items, packed, source

TALK = "问：好吗？\n答：好。\n"


def test_a_zip_file_is_a_folder_of_transcripts() -> None:
    data = packed({"2019/b.txt": TALK, "a.md": "**甲：**好", "2019/c.html": "<p>丙：好</p>", "图.png": b"\x89PNG"})
    scripts = items(data, ".zip")
    assert [(one.name, one.lines[0].text) for one in scripts if isinstance(one, Script)] == [
        ("2019/b", "问：好吗？"),
        ("2019/c", "丙：好"),
        ("a", "甲：好"),
    ]


def test_what_is_no_transcript_in_a_zip_file_is_passed_over() -> None:
    data = packed({"README.md": TALK, "__MACOSX/._a.txt": "x", ".git/a.txt": TALK, "a.txt": TALK, "b/": ""})
    assert [one.name for one in items(data, ".zip") if isinstance(one, Script)] == ["a"]


def test_a_member_that_cannot_be_read_is_told_with_its_name_and_the_rest_goes_on() -> None:
    data = packed({"a.txt": TALK, "b.txt": bytes(100), "c.json": "{", "d.zip": packed({"x.txt": TALK}), "e.txt": TALK})
    first, binary, broken, nested, last = items(data, ".zip")
    assert isinstance(first, Script)
    assert isinstance(last, Script)
    assert isinstance(binary, ReadingError)
    assert isinstance(broken, ReadingError)
    assert isinstance(nested, ReadingError)
    assert (binary.path, broken.path) == ("a.zip/b.txt", "a.zip/c.json")
    assert "archive inside an archive" in nested.reason


def test_a_zip_file_under_another_suffix_inside_a_zip_file_is_not_opened_either() -> None:
    (nested,) = items(packed({"d.txt": packed({"x.txt": TALK})}), ".zip")
    assert isinstance(nested, ReadingError)
    assert "archive inside an archive" in nested.reason


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_of_members_are_read_in_the_encoding_they_were_packed_in(encoding: str) -> None:
    name = "访谈/张三.txt".encode(encoding)
    data = packed({"x" * len(name): TALK}).replace(b"x" * len(name), name)
    (item,) = items(data, ".zip")
    assert isinstance(item, Script)
    assert item.name == "访谈/张三"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/a.txt", "etc/a.txt"),
        ("/a.txt", "a.txt"),
        ("a\\..\\b.txt", "a/b.txt"),
        ("./a//b.txt", "a/b.txt"),
        ("..", "_"),
    ],
)
def test_names_of_members_lead_nowhere_else(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_members_that_differ_in_their_suffix_keep_it() -> None:
    found = items(packed({"b.txt": TALK, "a.txt": TALK, "a.md": TALK}), ".zip")
    assert [one.name for one in found if isinstance(one, Script)] == ["a.md", "a.txt", "b"]


def test_two_members_of_one_name_are_both_read() -> None:
    data = packed({"a.txt": TALK, "b.txt": TALK}).replace(b"b.txt", b"a.txt")
    assert len(items(data, ".zip")) == 2


def test_an_empty_archive_is_told() -> None:
    assert "no transcripts" in fault(packed({}), ".zip")
    assert "no transcripts" in fault(packed({"a.png": b"x"}), ".zip")


def test_an_archive_cut_short_is_told() -> None:
    data = packed({"a.txt": TALK * 1000})
    for length in (10, 40, len(data) // 2, len(data) - 1):
        assert "truncated or damaged" in fault(data[:length], ".zip")


def test_a_member_whose_bytes_are_damaged_is_told() -> None:
    data = bytearray(packed({"a.txt": TALK * 1000, "b.txt": TALK}))
    data[45] ^= 0xFF
    bad, good = items(bytes(data), ".zip")
    assert isinstance(bad, ReadingError)
    assert "a.txt is damaged" in bad.reason
    assert isinstance(good, Script)


@pytest.mark.parametrize("member", ["a.txt", "word/document.xml", "META-INF/container.xml"])
def test_an_encrypted_archive_is_told(member: str) -> None:
    assert "encrypted" in fault(encrypted(packed({member: TALK})), ".zip")


@pytest.mark.parametrize("member", ["a.txt", "word/document.xml", "META-INF/container.xml"])
def test_a_bomb_of_one_member_is_refused(member: str) -> None:
    assert "archive bomb" in fault(packed({member: bytes(20_000_000)}), ".zip")


def test_a_bomb_of_many_members_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_zip, "MAX_UNPACKED_BYTES", 1_000_000)
    assert "unpacks to more than" in fault(packed({f"{n}.txt": bytes(200_000) for n in range(6)}), ".zip")


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_zip, "MAX_MEMBERS", 10)
    assert "11 members, more than 10" in fault(packed({f"{n}.txt": "x" for n in range(11)}), ".zip")


def test_a_list_of_members_that_would_fill_the_memory_is_not_read() -> None:
    data = bytearray(packed({"a.txt": TALK}))
    end = data.rfind(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<I", 2**31)
    assert "list of members" in fault(bytes(data), ".zip")


def test_a_member_that_lies_about_its_size_gives_no_more_than_it_says() -> None:
    data = bytearray(packed({"a.txt": TALK * 1000}))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 30)
    changed = source(bytes(data), ".zip")
    with safe_zip.open_archive(changed) as archive, pytest.raises(ReadingError, match="damaged"):
        safe_zip.read_member(archive, archive.infolist()[0], changed)


def test_a_member_without_a_name_is_passed_over() -> None:
    data = bytearray(packed({"a.txt": TALK, "b.txt": TALK}))
    at = data.find(b"PK\x01\x02")
    data[at + 28 : at + 30] = bytes(2)
    del data[at + 46 : at + 51]
    end = data.rfind(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<I", end - at)
    assert [one.name for one in items(bytes(data), ".zip") if isinstance(one, Script)] == ["b"]
