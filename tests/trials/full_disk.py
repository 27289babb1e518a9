"""A disk that fills up while the archive is asked and loaded: it is named, nothing is lost, and room is all it takes.

`python -m pytest -n 0 -s tests/trials/full_disk.py`: some three minutes. The node's data lie on a small disk in memory,
which only root on Linux can make; elsewhere the trial is left out.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.elastic.connection import connect
from tests.support.trials import Changing, differences, own_node

SIZE, SHORT, LEFT = 1600, 400, 150
"""Megabytes of the disk, and of those left: too few for a new index (500), and for any document (200).

The limits are those of `embedded_node.settings`.
"""

_LOOKS, _PATIENCE = 30, 120
"""Seconds between two looks of Elasticsearch at its disk, and for which they are waited for."""


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("disk")
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "tmpfs", str(folder)], capture_output=True)
    if made.returncode:
        pytest.skip("only root can make a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture(scope="module")
def archive(disk: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Changing]:
    with own_node(disk) as settings:
        yield Changing(settings, tmp_path_factory.mktemp("transcripts"))


def fill(disk: Path, left: int) -> Path:
    """Write a file that leaves so many megabytes."""
    filler = disk / "filler"
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize - left * 2**20
    with filler.open("wb") as file:
        try:
            os.posix_fallocate(file.fileno(), 0, free)
        except OSError:  # what a node wrote meanwhile
            file.write(b"\0" * (os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize))
    return filler


def is_blocked(archive: Changing) -> bool:
    with connect(archive.settings) as client:
        found = client.indices.get_settings(index=f"{archive.settings.index}-turns*", flat_settings=True).body
    return any("index.blocks.read_only_allow_delete" in one["settings"] for one in found.values())


def wait(archive: Changing, blocked: bool) -> None:
    deadline = time.monotonic() + _PATIENCE
    while is_blocked(archive) != blocked:
        assert time.monotonic() < deadline, "Elasticsearch has not looked at its disk"
        time.sleep(1)


def test_a_disk_that_fills_up(archive: Changing, disk: Path) -> None:
    load = ("index", str(archive.folder), "--prune")
    wanted = {}
    for later in (True, False):
        archive.files(later)
        assert archive.run(*load).returncode == 0
        wanted[later] = archive.contents()
    asked = archive.run("search", "合作", "--ids").out

    def refused(*typed: str) -> None:
        ended = archive.run(*typed)
        told = " ".join(ended.err.split())
        sys.stdout.write(f"{' '.join(typed[2:])}: {told}\n")
        assert (ended.returncode, "is full" in told) == (3, True), (ended.out, told)

    archive.files(True)
    filler = fill(disk, SHORT)
    time.sleep(2 * _LOOKS)
    refused(*load, "--rebuild")
    filler.unlink()
    fill(disk, LEFT)
    wait(archive, blocked=True)
    refused(*load)
    assert archive.run("search", "合作", "--ids").out == asked, "what is in is found"

    filler.unlink()
    fill(disk, 0)
    full = archive.run(*load)
    told = " ".join(full.err.split())
    sys.stdout.write(f"nothing left: {told}\n")
    assert full.returncode == 3
    assert "Traceback" not in told

    filler.unlink()
    wait(archive, blocked=False)
    again = archive.run(*load)
    assert again.returncode == 0, again.err
    assert differences(archive.contents(), wanted[True]) == (0, 0, 0)
    assert archive.indices() == ["interviews", "lock", "passages", "turns"]
    sys.stdout.write("room again: 0 lost, 0 doubled\n")
