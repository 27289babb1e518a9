"""The sample archive: data/interviews, indexed once for all tests that only read."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from indexer.settings import Settings, default_data

SAMPLE = Path(__file__).parents[2] / "data/interviews"


@pytest.fixture(scope="session")
def sample(node_url: str) -> Iterator[Settings]:
    """Settings of the archive of data/interviews, under a prefix of its own; only for reading."""
    from indexer import pipeline
    from indexer.elastic.connection import connect

    settings = Settings(url=node_url, index=f"sample-{uuid4().hex[:12]}", data=default_data())
    with connect(settings) as client:
        report = pipeline.index(pipeline.Order((SAMPLE,)), settings, client)
        assert not report.failed
        yield settings
        for name in client.indices.get(index=f"{settings.index}-*", expand_wildcards="all").body:
            client.indices.delete(index=name)
        client.options(ignore_status=404).indices.delete_index_template(name=settings.index)
