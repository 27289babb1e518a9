"""The plans at the end of a run: which interviews become duplicates, and which stop being some."""

from dataclasses import replace
from pathlib import Path

from indexer.indexing import deduplication
from indexer.indexing.file_reader import FileReader
from indexer.indexing.interviews import source_info
from indexer.indexing.plan import Demote, Load, Plan, Relink
from indexer.indexing.transcript import ParsedInterview, ReadOptions, read_items
from indexer.readers.file_hash import digest
from indexer.report import FileFailed
from indexer.settings import Settings
from indexer.store.indexed_interview import IndexedInterview
from indexer.store.manifest import IndexManifest
from tests.support.talks import talk

NOTHING = IndexManifest()
OVERRIDES = (("outlet", "县报"),)
READER = FileReader(Settings())


def plans(manifest: IndexManifest, before: IndexManifest, keep_duplicates: bool = False) -> list[Plan | FileFailed]:
    """The plans that link an archive."""
    links = deduplication.find_links(manifest, before, keep_duplicates)
    return list(deduplication.plans(manifest, links, "f", READER))


def indexed(folder: Path, id_: str, text: str, primary: str = "", *duplicates: str) -> IndexedInterview:
    """An interview as it is indexed from a file of its own."""
    path = folder / f"{id_}.txt"
    path.write_text(text, encoding="utf-8")
    (item,) = read_items(path, None, str(path), ReadOptions(overrides=OVERRIDES))
    assert isinstance(item, ParsedInterview)
    interview = replace(item.interview, id=id_)
    origin = source_info(
        interview,
        source=str(path),
        path=str(path),
        hash_=digest(path),
        fingerprint="f",
        part=1,
        parts=1,
        overrides=OVERRIDES,
    )
    return replace(IndexedInterview.of(interview, origin, 1, duplicates), primary=primary)


def test_nothing_is_planned_where_all_are_linked(tmp_path: Path) -> None:
    linked = [indexed(tmp_path, "a", talk(1), "", "b"), indexed(tmp_path, "b", talk(1), "a")]
    assert plans(IndexManifest(linked), IndexManifest(linked)) == []
    assert plans(NOTHING, NOTHING) == []


def test_a_copy_is_demoted_and_its_primary_names_it(tmp_path: Path) -> None:
    both = [indexed(tmp_path, "a", talk(1)), indexed(tmp_path, "b", talk(1))]
    assert plans(IndexManifest(both), NOTHING) == [Relink("a", duplicates=("b",)), Demote("b", "a")]
    before = IndexManifest([both[1]])
    assert plans(IndexManifest(both), before) == [Demote("a", "b"), Relink("b", duplicates=("a",))]


def test_a_duplicate_whose_primary_is_gone_is_loaded_from_its_file(tmp_path: Path) -> None:
    left = [indexed(tmp_path, "b", talk(1), "a"), indexed(tmp_path, "c", talk(1), "a")]
    promoted, relinked = plans(IndexManifest(left), NOTHING)
    assert isinstance(promoted, Load)
    assert (promoted.interview.id, promoted.duplicates, promoted.interview.outlet) == ("b", ("c",), "县报")
    assert replace(promoted.origin, indexed_at="") == replace(left[0].origin, indexed_at="")
    assert relinked == Relink("c", primary="b")


def test_one_whose_file_changed_is_promoted_only_if_no_other_can_be(tmp_path: Path) -> None:
    left = [indexed(tmp_path, "b", talk(1), "a"), indexed(tmp_path, "c", talk(1), "a")]
    (tmp_path / "b.txt").write_text("没有了", encoding="utf-8")
    relinked, promoted = plans(IndexManifest(left), NOTHING)
    assert relinked == Relink("b", primary="c")
    assert isinstance(promoted, Load)
    (tmp_path / "c.txt").unlink()
    failed, _ = plans(IndexManifest(left), NOTHING)
    assert isinstance(failed, FileFailed)
    assert "changed since it was indexed" in failed.failure.reason


def test_duplicates_that_are_to_be_kept_are_loaded(tmp_path: Path) -> None:
    linked = [indexed(tmp_path, "a", talk(1), "", "b"), indexed(tmp_path, "b", talk(1), "a")]
    relinked, promoted = plans(IndexManifest(linked), IndexManifest(linked), keep_duplicates=True)
    assert relinked == Relink("a")
    assert isinstance(promoted, Load)
