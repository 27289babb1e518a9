"""The checksum at the end of Lucene's files."""

import os
import zlib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from indexer.elastic import lucene_files

MAGIC = bytes.fromhex("c02893e8")


def sealed(content: bytes) -> bytes:
    """Content with the footer that Lucene writes."""
    body = content + MAGIC + bytes(4)
    return body + zlib.crc32(body).to_bytes(8, "big")


def old(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    return path


@given(st.binary(max_size=300), st.integers(0, 10**6), st.integers(1, 255))
def test_any_changed_byte_is_found(tmp_path_factory, content: bytes, place: int, by: int) -> None:
    file = tmp_path_factory.mktemp("lucene") / "_0.cfs"
    good = sealed(content)
    file.write_bytes(good)
    assert lucene_files.is_sound(file)
    place %= len(good)
    file.write_bytes(good[:place] + bytes([good[place] ^ by]) + good[place + 1 :])
    assert not lucene_files.is_sound(file)
    file.write_bytes(good[:place])
    assert not lucene_files.is_sound(file)


def test_blocks(tmp_path: Path) -> None:
    for size in (lucene_files._BLOCK - 8, lucene_files._BLOCK, 2 * lucene_files._BLOCK + 3):
        assert lucene_files.is_sound(old(tmp_path / "_0.cfs", sealed(bytes(size))))
        assert not lucene_files.is_sound(old(tmp_path / "_0.cfs", sealed(bytes(size))[:-1] + b"x"))


def test_only_complete_segments_count(tmp_path: Path) -> None:
    index = tmp_path / "0/index"
    old(index / "_0.cfs", sealed(b"good"))
    old(index / "_1.fdt", b"being merged")
    old(index / "write.lock", b"")
    assert lucene_files.first_broken(tmp_path, frozenset({"_0"})) == ""
    assert lucene_files.first_broken(tmp_path, frozenset({"_0", "_1"})) == "_1.fdt"
    (index / "_1.fdt").touch()
    assert lucene_files.first_broken(tmp_path, frozenset({"_0", "_1"})) == "", "it was written just now"
    old(index / "_0_1_Lucene90_0.dvd", b"")
    assert lucene_files.first_broken(tmp_path, frozenset({"_0"})) == "_0_1_Lucene90_0.dvd"
    assert lucene_files.first_broken(tmp_path / "gone", frozenset({"_0"})) == ""
