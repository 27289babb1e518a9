"""An archive on a cluster of which one address is dead: whole answers from the other, and an index run."""

import re
from dataclasses import replace

import pytest

from indexer.elastic.connection import connect
from indexer.settings import Settings
from tests.support.archives import Archive, transcript
from tests.support.cli import CommandLine
from tests.support.cluster import free_ports

COMMANDS = [
    ("search", "合作", "--json"),
    ("facets", "speaker", "topic"),
    ("quote", "与小米的合作是QQ空间在社交营销方面的尝试"),
    ("show", "qzone-xiaomi"),
]


def test_the_other_address_answers_whole(
    sample: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = CommandLine(sample, monkeypatch, capsys)
    dead = f"http://127.0.0.1:{free_ports(1)[0]}"

    def answers(url: str) -> list[tuple[int, str, str]]:
        printed = (run(*command, ELASTICSEARCH_URL=url) for command in COMMANDS)
        return [(one.code, re.sub(r'"milliseconds": \d+|\d+ ms', "", one.out), one.err) for one in printed]

    both = f"{dead},{sample.url}"
    assert answers(both) == answers(sample.url)
    told = " ".join(run("status", ELASTICSEARCH_URL=both).out.split())
    assert f"{dead} (does not answer), {sample.url} Archive" in told
    assert f"'{sample.url}/" in run("search", "合作", "--show-query", ELASTICSEARCH_URL=both).out
    printed = run("search", "合作", ELASTICSEARCH_URL=dead)
    assert (printed.code, printed.out) == (3, "")


def test_an_index_run(archive: Archive) -> None:
    archive.write(talk_txt=transcript(3, "合作社"))
    dead = f"http://127.0.0.1:{free_ports(1)[0]}"
    settings = replace(archive.settings, url=dead, more_urls=(archive.settings.url,))
    with connect(settings) as client:
        report = Archive(archive.folder, settings, client).index()
    assert (report.indexed, report.failed) == (1, ())
