"""Storms of 429, 503, cut connections, halves of answers: a run ends whole, or says why it does not.

`python -m pytest -n 0 -s tests/trials/storms.py`: 14 storms, some minutes; `STORMS` and `SEED` bound and repeat them.
In each, files that changed are indexed, the archive is rebuilt and asked; then the same in calm weather, and what is in
is compared with an archive that was never in a storm.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from indexer.elastic.node import manager
from search_cli.app import main
from tests.support.archives import Contents
from tests.support.storm import Storm, proxy
from tests.support.trials import Changing, bound, chance, differences, own_node

STORMS: list[dict[str, float]] = [
    {"busy": 0.3},
    {"unavailable": 0.3},
    {"gateway": 0.2, "no_shards": 0.1},
    {"reset": 0.3},
    {"lost": 0.3},
    {"truncated": 0.3},
    {"half": 0.08},
    {"delayed": 0.4},
    {"refused": 0.8},
    {"partial": 0.3},
    {"page": 0.1},
    {"empty": 0.1},
    {"reset": 0.1, "lost": 0.1, "busy": 0.1, "truncated": 0.1, "refused": 0.2, "partial": 0.05},
    {"busy": 0.5, "lost": 0.2, "delayed": 0.1},
]

QUESTIONS = [
    ("search", "合作"),
    ("search", "合作", "--all", "--csv"),
    ("facets", "speaker", "topic"),
    ("kwic", "合作"),
    ("interviews",),
    ("speakers", "--csv"),
    ("topics",),
    ("timeline", "合作"),
    ("words", "合作"),
    ("exchanges", "合作"),
    ("show", "访谈01"),
    ("quote", "第1个回答，合作很好"),
    ("compare", "topic:社交", "topic:升降"),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Changing]:
    folder = tmp_path_factory.mktemp("storms")
    with own_node(folder) as settings:
        yield Changing(replace(settings, url=manager.start(settings).url), folder / "transcripts")


@pytest.fixture(scope="module")
def wanted(archive: Changing) -> dict[bool, Contents]:
    found = {}
    for later in (True, False):
        archive.files(later)
        assert archive.run("index", str(archive.folder), "--prune").returncode == 0
        found[later] = archive.contents()
    return found


@pytest.fixture(scope="module")
def dice() -> random.Random:
    return chance("storms")


@pytest.mark.parametrize("number", range(bound("STORMS", len(STORMS))))
def test_a_storm(
    archive: Changing,
    wanted: dict[bool, Contents],
    dice: random.Random,
    number: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("indexer.store.bulk._FIRST_WAIT", 0.02)  # seconds; what counts is how often it is tried
    monkeypatch.setattr("indexer.store.bulk._LONGEST_WAIT", 0.2)
    monkeypatch.setenv("FANGTAN_INDEX", archive.settings.index)
    monkeypatch.setenv("FANGTAN_DATA", str(archive.settings.data))
    figures: Counter[str] = Counter()

    def run(url: str, *typed: str) -> tuple[int, str, str]:
        monkeypatch.setenv("ELASTICSEARCH_URL", url)
        monkeypatch.setattr("sys.argv", ["fangtan", *typed])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return int(ended.value.code or 0), printed.out, printed.err

    rates = STORMS[number % len(STORMS)]
    storm = Storm(rates, dice)
    later = not number % 2
    archive.files(later)
    load = ("index", str(archive.folder), "--prune")
    with proxy(archive.settings.url, storm) as stormy:
        for typed in (load, (*load, "--rebuild")):
            code, out, err = run(stormy, *typed)
            figures[f"index {code}"] += 1
            if code == 0:
                assert differences(archive.contents(), wanted[later]) == (0, 0, 0), (rates, out)
            else:
                assert code == 3 or (code == 1 and "Elasticsearch refused" in out + err), (rates, code, out, err)
                assert "Error: " in err or code == 1
        assert run(archive.settings.url, *load)[0] == 0
        lost, doubled, others = differences(archive.contents(), wanted[later])
        figures += Counter(lost=lost, doubled=doubled, changed=others)
        assert (lost, doubled, others) == (0, 0, 0), rates
        assert archive.indices() == ["interviews", "lock", "passages", "turns"]
        for question in QUESTIONS:
            calm = run(archive.settings.url, *question)
            code, out, err = run(stormy, *question)
            figures["refused" if code == 3 else "whole"] += 1
            assert code == 3 or (code, out) == calm[:2], (rates, question, out, err)
    told = ", ".join(f"{name} {figures[name]}" for name in sorted({*figures, "lost", "doubled", "whole", "refused"}))
    with capsys.disabled():
        sys.stdout.write(f"{rates}: {sum(storm.hits.values())} requests hit; {told}\n")
