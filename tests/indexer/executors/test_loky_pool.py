"""The pool of worker processes: how many there are."""

import loky
import pytest

from indexer.executors.loky_pool import default_count


def test_cores_are_left_for_this_process_and_elasticsearch(monkeypatch: pytest.MonkeyPatch) -> None:
    for usable, expected in ((1, 0), (2, 0), (4, 2), (64, 4)):
        monkeypatch.setattr(loky, "cpu_count", lambda usable=usable: usable)
        assert default_count() == expected
