"""The environment of the suite, and its Elasticsearch: one embedded node a session, jars from the user's cache."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import hypothesis
import pytest

from indexer.elastic.node import manager
from indexer.language import messages
from indexer.language.languages import Language
from indexer.settings import Settings
from tests.support import environment

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

# no example has a time limit of its own: on a busy machine any takes longer than usual
hypothesis.settings.register_profile("busy", deadline=None)
hypothesis.settings.load_profile("busy")

# the workers of pytest-xdist have that of the process that started them: the node lives longer than some of them
_OURS = None if "PYTEST_XDIST_WORKER" in os.environ else environment.settle()


def pytest_unconfigure() -> None:
    """Remove the folders of the suite's environment."""
    if _OURS is not None:
        environment.leave(_OURS)


@pytest.fixture(scope="session")
def node_data(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Path:
    """The folder of the run's node."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if hasattr(pytestconfig, "workerinput") else own) / "node"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def node_url(node_data: Path) -> Iterator[str]:
    """Where the run's node answers.

    The workers of pytest-xdist (`pytest -n 2`) share it, each with prefixes of its own: the first that needs it starts
    it, the last one stops it.
    """
    import psutil
    from filelock import FileLock

    node = Settings(node_data=node_data)
    users = node_data.with_name("users")
    users.mkdir(exist_ok=True)
    us, alone = users / str(os.getpid()), FileLock(users.with_suffix(".lock"))
    try:
        with alone:
            us.touch()
            url = manager.start(node).url
        yield url
    finally:
        with alone:
            us.unlink(missing_ok=True)
            if not any(psutil.pid_exists(int(other.name)) for other in users.iterdir()):
                manager.stop(node)


@pytest.fixture
def settings(node_url: str) -> Iterator[Settings]:
    """Settings on the session's node with an index prefix nobody else has; its indices are deleted afterwards."""
    from indexer.elastic.connection import connect
    from indexer.settings import sample_data

    settings = Settings(url=node_url, index=f"test-{uuid4().hex[:12]}", data=sample_data())
    yield settings
    with connect(settings) as client:
        made = client.options(ignore_status=404).indices.get(index=f"{settings.index}*", expand_wildcards="all")
        for name in made.body:
            client.indices.delete(index=name)
        client.options(ignore_status=404).indices.delete_index_template(name=settings.index)


@pytest.fixture
def client(settings: Settings) -> Iterator["Elasticsearch"]:
    """A client of the session's node."""
    from indexer.elastic.connection import connect

    with connect(settings) as client:
        yield client


@pytest.fixture
def chinese() -> Iterator[None]:
    """Texts are in Simplified Chinese, as for a reader whose locale is."""
    messages.use(Language.SIMPLIFIED)
    yield
    messages.use(Language.ENGLISH)


@pytest.fixture(scope="module")
def frequencies_read_once() -> Iterator[None]:
    """jieba's frequencies are the same for all: to read them takes longer than all else that a dictionary needs."""
    from functools import cache

    from indexer.dictionary import update
    from indexer.text import jieba_data, user_words

    once = cache(jieba_data.Frequencies)
    with pytest.MonkeyPatch.context() as patch:
        for module in (update, user_words):
            patch.setattr(module, "Frequencies", once)
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the node by the fixture it asks for, so that `-m "not elastic"` leaves it out."""
    for item in items:
        if "node_url" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.elastic)
