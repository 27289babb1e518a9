"""Archives: that of data/interviews, indexed once for all tests that read, and an empty one for those that write."""

import shutil
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from indexer.language import messages
from indexer.language.languages import Language
from indexer.settings import Settings, archive_folder, sample_data
from tests.support.archives import Archive

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data/interviews"


@pytest.fixture(scope="session")
def sample(node_url: str) -> Iterator[Settings]:
    """Settings of the archive of data/interviews, under a prefix of its own; only for reading."""
    from indexer import pipeline
    from indexer.elastic.connection import connect

    settings = Settings(url=node_url, index=f"sample-{uuid4().hex[:12]}", data=sample_data())
    with connect(settings) as client:
        with chdir(ROOT):  # so that screens show data/interviews/…, wherever the clone lies
            report = pipeline.index(pipeline.IndexOptions((SAMPLE.relative_to(ROOT),)), settings, client)
        assert not report.failed
        yield settings
        for name in client.indices.get(index=f"{settings.index}-*", expand_wildcards="all").body:
            client.indices.delete(index=name)
        client.options(ignore_status=404).indices.delete_index_template(name=settings.index)


@pytest.fixture(scope="session")
def shared(node_url: str) -> Iterator[tuple[Settings, Elasticsearch]]:
    """A prefix and a client for the archives of all tests, one after another: making indices takes the longest."""
    from indexer.elastic.connection import connect

    settings = Settings(url=node_url, index=f"archive-{uuid4().hex[:12]}", data=sample_data())
    with connect(settings) as client:
        yield settings, client
        Archive(Path(), settings, client).drop()


@pytest.fixture
def archive(tmp_path: Path, shared: tuple[Settings, Elasticsearch]) -> Iterator[Archive]:
    """A folder of transcripts and an archive, both empty; what it learns is forgotten afterwards."""
    folder = tmp_path / "transcripts"
    folder.mkdir()
    archive = Archive(folder, *shared)
    yield archive
    archive.clear()
    shutil.rmtree(archive_folder(archive.settings.index), ignore_errors=True)


@pytest.fixture(scope="module")
def kept(sample: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The samples' data, with a saved search, a tag and a file of queries, in a folder of its own."""
    from search_cli.archive import Archive as SearchArchive

    folder = tmp_path_factory.mktemp("kept")
    data = shutil.copytree(sample.data, folder / "data")
    (folder / "queries.tsv").write_text("1\t小米\n2\t公园\n", "utf-8")
    archive = SearchArchive(replace(sample, data=data))
    archive.save("盐", "盐 OR 血压", role="受访")
    archive.tag("clinic-2021#7", ["因果"], note="对照")
    yield folder
    messages.use(Language.ENGLISH)


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a case by what it says, where it says something: Chinese as it is, not in escapes."""
    said = getattr(val, "said", None)
    return said if isinstance(said, str) else None
