"""Jars: fetched from a small repository on the loopback interface, refused unless they are the locked ones."""

import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.elastic.node import jars as module
from indexer.elastic.node.jars import LOCK_FILE, Jar, fetch, locked, verify, version
from indexer.errors import NodeError
from tests.support.loopback import Answer, Loopback, Request


def jar(name: str, content: bytes) -> Jar:
    return Jar("org.example", name, "1.0", hashlib.sha256(content).hexdigest())


ALPHA, BETA, GAMMA = b"alpha" * 3000, b"beta" * 2000, b"gamma"
CONTENTS = {"alpha": ALPHA, "beta": BETA, "gamma": GAMMA}
JARS = tuple(jar(name, content) for name, content in CONTENTS.items())


class Registry(Loopback):
    """Serves `CONTENTS` by their Maven paths; `mishaps` are answered first, once each."""

    def __init__(self) -> None:
        super().__init__()
        self.mishaps: dict[str, list[Answer]] = {}

    def answer(self, request: Request) -> Answer:
        name = request.path.split("/")[3]
        assert request.path.startswith(f"/org/example/{name}/1.0/{name}-1.0.jar")
        if request.path.endswith(".sha1") or name not in CONTENTS:
            return Answer(404, "not here")
        return self.mishaps[name].pop(0) if self.mishaps.get(name) else Answer(200, CONTENTS[name])


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    """A repository configured in jgo as a mirror."""
    with Registry().running() as running:
        (tmp_path / "jgo.conf").write_text(f"[repositories]\ncentral = {running.url}\n")
        monkeypatch.setenv("JGO_CONFIG_FILE", str(tmp_path / "jgo.conf"))
        assert isinstance(running, Registry)
        yield running


class Fetching:
    """A fetch into `lib` that records the jars fetched."""

    def __init__(self, folder: Path) -> None:
        self.lib, self.staging = folder / "lib", folder / "staging"
        self.staging.mkdir(parents=True)
        self.fetched: list[str] = []

    def run(self, jars: tuple[Jar, ...] = JARS) -> None:
        fetch(jars, lambda one: self.lib / one.name, self.staging, lambda one: self.fetched.append(one.artifact))

    def files(self) -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in self.lib.iterdir()} if self.lib.exists() else {}


@pytest.fixture
def fetching(tmp_path: Path) -> Fetching:
    return Fetching(tmp_path / "home")


def test_the_lock_file_has_every_checksum() -> None:
    entries = tomllib.loads(LOCK_FILE.read_text("utf-8"))["dependencies"]
    jars = locked()
    assert len(jars) == len(entries) == len({jar.name for jar in jars}) == 53
    assert all(len(jar.sha256) == 64 and int(jar.sha256, 16) for jar in jars)
    assert all(
        set(entry)
        <= {*Jar.__dataclass_fields__, "groupId", "artifactId", "packaging", "is_modular", "module_name", "jar_type"}
        for entry in entries
    )  # no classifier, no address
    assert {entry["packaging"] for entry in entries} == {"jar"}


def test_the_lock_file_is_of_the_specification_beside_it() -> None:
    specification = LOCK_FILE.with_name("jgo.toml").read_text("utf-8")
    lock = tomllib.loads(LOCK_FILE.read_text("utf-8"))
    assert lock["metadata"]["spec_hash"] == hashlib.sha256(specification.encode()).hexdigest()[:16]
    asked = tomllib.loads(specification)["dependencies"]["coordinates"]
    assert set(asked) <= {f"{jar.group}:{jar.artifact}:{jar.version}" for jar in locked()}


@pytest.mark.parametrize("name", ["jgo.toml", "jgo.lock.toml"])
def test_no_address_is_committed(name: str) -> None:
    text = LOCK_FILE.with_name(name).read_text("utf-8")
    assert "://" not in text
    assert str(Path.home()) not in text


def test_the_version() -> None:
    assert version(locked()) == "9.5.3"


def test_all_arrive(registry: Registry, fetching: Fetching) -> None:
    fetching.run()
    assert fetching.files() == {"alpha-1.0.jar": ALPHA, "beta-1.0.jar": BETA, "gamma-1.0.jar": GAMMA}
    assert sorted(fetching.fetched) == ["alpha", "beta", "gamma"]
    assert not list(fetching.staging.iterdir())


def test_a_passing_error_is_passed(registry: Registry, fetching: Fetching) -> None:
    registry.mishaps = {"beta": [Answer(503, "busy")], "alpha": [Answer(200, ALPHA[:100]), Answer(200, b"")]}
    fetching.run()
    assert fetching.files()["alpha-1.0.jar"] == ALPHA
    assert fetching.files()["beta-1.0.jar"] == BETA


def test_another_jar_is_refused_by_name(registry: Registry, fetching: Fetching) -> None:
    registry.mishaps = {"beta": [Answer(200, b"something else")] * 3}
    with pytest.raises(NodeError, match=r"beta-1\.0\.jar") as caught:
        fetching.run()
    assert hashlib.sha256(b"something else").hexdigest() in caught.value.message
    assert "beta-1.0.jar" not in fetching.files()
    assert not list(fetching.staging.rglob("*.jar"))


def test_jars_fetched_before_are_kept(registry: Registry, fetching: Fetching) -> None:
    registry.mishaps = {"gamma": [Answer(404, "not here")] * 3}
    with pytest.raises(NodeError, match="gamma"):
        fetching.run()
    assert {"alpha-1.0.jar", "beta-1.0.jar"} <= set(fetching.files())
    registry.requests.clear()
    fetching.run(tuple(one for one in JARS if one.name not in fetching.files()))
    assert {request.path.split("/")[3] for request in registry.requests} == {"gamma"}


def test_no_registry(tmp_path: Path, fetching: Fetching, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "jgo.conf").write_text("[repositories]\ncentral = http://127.0.0.1:1\n")
    monkeypatch.setenv("JGO_CONFIG_FILE", str(tmp_path / "jgo.conf"))
    with pytest.raises(NodeError, match="cannot be fetched from the Maven repository") as caught:
        fetching.run()
    assert "network" in caught.value.next_step
    assert "ELASTICSEARCH_URL" in caught.value.next_step


def test_the_rest_is_not_tried_once_one_has_failed(
    registry: Registry, fetching: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_CONNECTIONS", 1)
    registry.mishaps = {"alpha": [Answer(404, "not here")] * 3}
    with pytest.raises(NodeError, match="alpha"):
        fetching.run(JARS * 20)
    assert len(registry.requests) < 30


def test_a_jar_is_verified_byte_for_byte(tmp_path: Path) -> None:
    one = jar("alpha", ALPHA)
    file = tmp_path / one.name
    file.write_bytes(ALPHA)
    verify(one, file)
    for wrong in (ALPHA[:-1], ALPHA + b"\n", b"A" + ALPHA[1:], b""):
        file.write_bytes(wrong)
        with pytest.raises(NodeError, match=r"alpha-1\.0\.jar that fangtan requires") as caught:
            verify(one, file)
        assert str(file) in caught.value.message
        assert "Delete that file" in caught.value.next_step


def test_a_jar_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(NodeError, match=r"alpha-1\.0\.jar is missing"):
        verify(JARS[0], tmp_path / "alpha-1.0.jar")
