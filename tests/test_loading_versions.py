"""Which interviews are versions of which."""

from dataclasses import replace
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from indexer.language.likeness import sketch
from indexer.loading.inside import Record
from indexer.loading.versions import mains
from tests.talks import talk


def record(id_: str, text: str) -> Record:
    ours = Record(id_, f"/a/{id_}.txt", 1, 1, f"{id_}.txt", "h", "c", "f", turns=10, passages=1)
    return replace(ours, characters=len(text), sketch=sketch([text]).text())


ONE, OTHER = talk(1), talk(2)
FULL, COPY, CUT, ALONE = record("b", ONE), record("c", ONE), record("a", ONE[: len(ONE) * 2 // 3]), record("d", OTHER)


def test_the_fullest_is_the_main_version_whatever_the_order() -> None:
    for order in permutations((FULL, COPY, CUT, ALONE)):
        assert mains(order) == {"a": "b", "c": "b"}


def test_without_the_main_version_the_next_takes_its_place() -> None:
    assert mains([COPY, CUT, ALONE]) == {"a": "c"}
    assert mains([CUT, ALONE]) == {}


def test_of_equally_full_ones_the_first_path_is_the_main_version() -> None:
    assert mains([replace(FULL, path="/z.txt"), COPY]) == {"b": "c"}


def test_what_is_too_short_to_tell_is_a_version_of_nothing() -> None:
    assert mains([record("a", "同样的通知"), record("b", "同样的通知")]) == {}


@given(st.lists(st.sampled_from([(seed, share) for seed in range(3) for share in (3, 4)]), max_size=8))
def test_a_main_version_is_never_a_version(drawn: list[tuple[int, int]]) -> None:
    texts = [talk(seed)[: len(talk(seed)) * share // 4] for seed, share in drawn]
    found = mains([record(f"{place}", text) for place, text in enumerate(texts)])
    assert not found.keys() & set(found.values())
    assert len(drawn) - len(found) == len({seed for seed, _ in drawn})
    assert all(drawn[int(version)][0] == drawn[int(main)][0] for version, main in found.items())
