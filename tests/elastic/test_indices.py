"""Sets of indices on the real node: strict, swapped in one step, cleaned up."""

import threading
from typing import Any

import pytest
from elasticsearch import BadRequestError, Elasticsearch

from indexer.errors import LoadingError, StaleIndexError
from indexer.indexing import fingerprint
from indexer.store import indices, mapping
from indexer.store.mapping import Names
from tests.support.archives import Archive, transcript


def made(archive: Archive, **meta: Any) -> Names:
    """A set behind no alias."""
    return indices.create(archive.client, archive.settings, {**fingerprint.current_meta(archive.settings), **meta})


def live(archive: Archive) -> indices.IndexSet:
    found = indices.live(indices.found(archive.client, archive.settings))
    assert found is not None
    return found


@pytest.mark.parametrize("kind", mapping.KINDS)
def test_a_field_nobody_described_is_refused(archive: Archive, kind: str):
    archive.write(foo_txt=transcript(1))
    archive.index()
    with pytest.raises(BadRequestError, match="strict_dynamic_mapping_exception"):
        archive.client.index(index=getattr(mapping.names(archive.settings), kind), document={"unknown": 1})


def test_elasticsearch_has_the_mappings_that_were_described(archive: Archive):
    archive.write(foo_txt=transcript(1))
    archive.index()
    for kind, alias in zip(mapping.KINDS, mapping.names(archive.settings).each, strict=True):
        (index,) = archive.client.indices.get_mapping(index=alias).body.values()
        said = index["mappings"]["properties"]
        assert said.keys() == mapping.FIELDS[kind].keys()
        assert {name: field["type"] for name, field in said.items()} == {
            name: field["type"] for name, field in mapping.FIELDS[kind].items()
        }


def test_meta_says_how_the_indices_were_made(archive: Archive):
    archive.write(foo_txt=transcript(1))
    archive.index()
    meta = live(archive).meta
    assert meta["schema"] == mapping.VERSION
    assert meta["fangtan"].count(".") == 2
    assert meta["created"].startswith("20")
    assert not mapping.stale(meta, fingerprint.current_meta(archive.settings))
    interviews = [one for (kind, _), one in archive.contents().items() if kind == "interviews"]
    assert {one["fingerprint"] for one in interviews} == {meta["fingerprint"]}


def test_nothing_is_found_where_nothing_is(settings, client: Elasticsearch):
    assert indices.found(client, settings) == ()
    assert indices.live(()) is None


def test_a_set_is_published_and_replaced(archive: Archive):
    archive.drop()
    old = made(archive)
    indices.publish(archive.client, archive.settings, old)
    assert live(archive).names == old
    new = made(archive)
    assert new != old
    indices.publish(archive.client, archive.settings, new, live(archive))
    assert live(archive).names == new
    assert [one.live for one in indices.found(archive.client, archive.settings)] == [False, True]


def test_sets_made_in_one_second_have_stamps_of_their_own(archive: Archive):
    assert len({made(archive).turns for _ in range(3)}) == 3


def test_sets_left_unfinished_are_dropped_by_the_next_run(archive: Archive):
    archive.write(foo_txt=transcript(2))
    archive.index()
    before = archive.indices()
    half = made(archive)
    archive.client.indices.delete(index=half.passages)
    assert len(archive.indices()) == len(before) + 2
    archive.index()
    assert archive.indices() == before


def test_indices_of_somebody_else_are_left_alone(archive: Archive):
    archive.write(foo_txt=transcript(2))
    name = f"{archive.settings.index}-turns-mine"
    archive.client.indices.create(index=name)
    archive.index()
    archive.index(rebuild=True)
    assert name in archive.indices()
    archive.client.indices.delete(index=name)


def test_an_index_in_an_aliass_place_is_told(archive: Archive):
    archive.drop()
    archive.client.indices.create(index=mapping.names(archive.settings).turns)
    archive.write(foo_txt=transcript(1))
    with pytest.raises(LoadingError, match="where fangtan needs an alias") as error:
        archive.index()
    assert "FANGTAN_INDEX" in error.value.next_step


def test_a_set_of_which_some_was_deleted_is_told_and_rebuilt(archive: Archive):
    archive.write(foo_txt=transcript(2))
    archive.index()
    archive.client.indices.delete(index=live(archive).names.passages)
    with pytest.raises(StaleIndexError):
        archive.index()
    assert archive.index(rebuild=True).indexed == 1
    assert len(archive.ids("passages")) == 1


def test_aliases_on_two_sets_are_told(archive: Archive):
    for _ in range(2):
        indices.publish(archive.client, archive.settings, made(archive))
    archive.write(foo_txt=transcript(1))
    with pytest.raises(StaleIndexError, match="several sets"):
        archive.index()


def test_a_rebuild_answers_without_a_gap_and_never_with_a_mixture(archive: Archive):
    archive.write(**{f"i{n}_txt": transcript(20, "小米") for n in range(8)})
    archive.index()
    every = 8 * 41
    counts: set[int] = set()
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            counts.add(archive.client.count(index=mapping.names(archive.settings).turns)["count"])

    asking = threading.Thread(target=ask)
    asking.start()
    archive.write(i0_txt=transcript(25, "小米"))
    archive.index(rebuild=True)
    done.set()
    asking.join()
    assert counts <= {every, every + 10}
    assert every in counts


def test_a_rebuild_that_is_stopped_leaves_the_archive_as_it_was(archive: Archive):
    archive.write(**{f"i{n}_txt": transcript(2) for n in range(4)})
    archive.index()
    before, names = archive.contents(), archive.indices()
    archive.write(i0_txt=transcript(5))
    asked = iter([False, False, False, True])
    report = archive.index(rebuild=True, stop=lambda: next(asked, True))
    assert report.interrupted
    assert archive.contents() == before
    assert archive.indices() == names
    assert archive.index(rebuild=True).indexed == 4


def test_a_rebuild_that_fails_leaves_the_archive_as_it_was(archive: Archive, monkeypatch):
    archive.write(foo_txt=transcript(2))
    archive.index()
    before, names = archive.contents(), archive.indices()

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("indexer.indexing.workers.prepare", fail)
    with pytest.raises(ZeroDivisionError):
        archive.index(rebuild=True)
    assert archive.contents() == before
    assert archive.indices() == names
