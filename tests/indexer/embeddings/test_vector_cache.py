"""Vectors that are kept: found again, forgotten when no text needs them, made anew when the file is damaged."""

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from indexer.embeddings.vector_cache import VectorCache, cache_path, delete_caches, key_of
from indexer.errors import WritingError

TEXTS = [f"第{number}句" for number in range(1200)]
VECTORS = {key_of(text): np.full(4, number / 1200, np.float32) for number, text in enumerate(TEXTS)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archives" / "vectors.sqlite"


def test_vectors_are_found_again_by_another_process(path: Path):
    with VectorCache(path, 4) as cache:
        cache.put(VECTORS)
    with VectorCache(path, 4) as cache:
        found = cache.get([*VECTORS, key_of("别的")])
        assert found.keys() == VECTORS.keys()
        assert all(np.allclose(found[key], VECTORS[key], atol=0.001) for key in VECTORS)
        assert len(cache) == 1200


def test_texts_that_are_gone_are_forgotten(path: Path):
    with VectorCache(path, 4) as cache:
        cache.put(VECTORS)
        cache.prune(key_of(text) for text in (*TEXTS[:10], *TEXTS[:10], "别的"))
        assert cache.get(list(VECTORS)).keys() == set(map(key_of, TEXTS[:10]))
        cache.prune([])
        assert len(cache) == 0


@pytest.mark.parametrize("damage", [slice(0, 40), slice(5000, 60_000)], ids=["its head", "its middle"])
def test_a_damaged_file_is_begun_anew(path: Path, damage: slice):
    with VectorCache(path, 4) as cache:
        cache.put(VECTORS)
    content = bytearray(path.read_bytes())
    content[damage] = b"\xa5" * len(content[damage])
    path.write_bytes(content)
    with VectorCache(path, 4) as cache:
        cache.get(list(VECTORS))
        cache.put(VECTORS)
        assert len(cache.get(list(VECTORS))) == 1200


def test_a_vector_that_was_cut_short_is_made_again(path: Path):
    with VectorCache(path, 4) as cache:
        cache.put(VECTORS)
    with sqlite3.connect(path) as database:
        database.execute("UPDATE vectors SET vector = x'00' WHERE key = ?", [key_of(TEXTS[0])])
    with VectorCache(path, 4) as cache:
        assert key_of(TEXTS[0]) not in cache.get(list(VECTORS))


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path):
    (tmp_path / "archives").write_text("a file")
    with pytest.raises(WritingError, match=r"vectors\.sqlite cannot be written"):
        VectorCache(tmp_path / "archives" / "vectors.sqlite", 4)


def test_only_the_vectors_of_the_archives_model_are_kept():
    files = [cache_path(index, model) for index in ("示例a", "示例b") for model in ("old", "new")]
    for file in files:
        VectorCache(file, 4).__exit__()
    delete_caches("示例a", keep="new")
    assert [file.exists() for file in files] == [False, True, True, True]
    delete_caches("示例a")
    assert [file.exists() for file in files] == [False, False, True, True]
