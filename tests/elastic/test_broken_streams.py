"""Output that nobody takes: a full disk, a reader that left, streams the shell closed. No command shows a traceback."""

import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO
from uuid import uuid4

import pytest

from indexer import pipeline
from indexer.elastic.connection import connect
from indexer.settings import Settings, sample_data
from indexer.settings.folders import SEARCHES, SEEN, TAGS
from search_cli.app import main
from search_cli.rendering.terminal import console
from tests.support.examples import apart, examples

ROOT = Path(__file__).parents[2]
CASES = ("full", "unread", "closed", "full errors")
"""What becomes of the streams of a command: two of them each, as all four take as long again."""

TOLD = "Error: Standard output cannot be written: no space is left on the disk."


@pytest.fixture(scope="module")
def archive(node_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """An archive that commands may change."""
    data = tmp_path_factory.mktemp("known") / "data"
    shutil.copytree(sample_data(), data, ignore=shutil.ignore_patterns("interviews", "kibana"))
    settings = Settings(url=node_url, index=f"faults-{uuid4().hex[:12]}", data=data)
    with connect(settings) as client:
        pipeline.index(pipeline.IndexOptions((ROOT / "data/interviews",)), settings, client)
        yield settings
        for name in client.indices.get(index=f"{settings.index}-*", expand_wildcards="all").body:
            client.indices.delete(index=name)


@pytest.fixture
def run(archive: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[..., int]]:
    """Run a command with other streams; return its exit code."""
    apart(monkeypatch, tmp_path)
    known = {"ELASTICSEARCH_URL": archive.url, "FANGTAN_INDEX": archive.index, "FANGTAN_DATA": str(archive.data)}
    for name, value in known.items():
        monkeypatch.setenv(name, value)

    def running(typed: list[str], out: TextIO | None, err: TextIO | None) -> int:
        monkeypatch.setattr(sys, "argv", ["fangtan", *typed])
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    yield running
    console.out.cache_clear()  # a console of Rich is quiet for ever once nobody read it


def full() -> TextIO:
    return Path("/dev/full").open("w", encoding="utf-8")


def unread() -> TextIO:
    """A pipe whose reader has left."""
    reading, writing = os.pipe()
    os.close(reading)
    return os.fdopen(writing, "w", encoding="utf-8")


def nothing() -> None:
    """What Python has for a stream that the shell closed."""


KEPT = (SEARCHES, SEEN, TAGS)
"""What a command that is typed twice finds changed by the first."""


def kept(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in KEPT if (folder / name).exists()}


def restore(folder: Path, before: dict[str, bytes]) -> None:
    for name in KEPT:
        (folder / name).unlink(missing_ok=True)
    for name, content in before.items():
        (folder / name).write_bytes(content)


def test_no_command_is_put_out_by_its_streams(run, archive: Settings) -> None:
    wrong = []

    def check(name: str, case: str, holds: bool, *about: object) -> None:
        if not holds:
            wrong.append((name, case, *about))

    for number, (name, typed) in enumerate(examples().items()):
        out, err = io.StringIO(), io.StringIO()
        before = kept(archive.data)
        code = run(typed, out, err)
        printed = bool(out.getvalue())
        for case in (CASES[number % 4], CASES[(number + 1) % 4]):
            stdout = {"full": full, "unread": unread, "closed": nothing}.get(case, io.StringIO)()
            stderr = full() if case == "full errors" else io.StringIO()
            restore(archive.data, before)
            try:
                now = run(typed, stdout, stderr)
            except Exception as error:  # noqa: BLE001 - any is a traceback
                wrong.append((name, case, repr(error)))
                continue
            said = stderr.getvalue() if isinstance(stderr, io.StringIO) else ""
            if code and now == code:  # it failed before, and says so
                continue
            if case == "full" and printed:
                check(name, case, now in (1, code) and TOLD in " ".join(said.split()), now, said)
            elif case == "unread" and printed:
                check(name, case, now == 141 and TOLD not in said, now, said)
            else:
                check(name, case, now == code, now, code, said)
    assert not wrong, "\n".join(map(str, wrong))
