"""Elasticsearch's home folder, built from small stand-ins for the jars."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.elastic.node import home as module
from indexer.elastic.node.home import Home, check, home_in, make, missing
from indexer.elastic.node.jars import LOCK_FILE, Jar
from indexer.errors import NodeError

DESCRIPTOR = """\
# 'modulename': the name of the module
description=Netty 4 based transport implementation
modulename=org.elasticsearch.transport.netty4
classname=org.elasticsearch.transport.netty4.Netty4Plugin
"""


def module_jar() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("META-INF/es-plugins/transport-netty4/", "")
        archive.writestr("META-INF/es-plugins/transport-netty4/plugin-descriptor.properties", DESCRIPTOR)
        archive.writestr("META-INF/es-plugins/transport-netty4/entitlement-policy.yaml", "io.netty.transport:\n")
        archive.writestr("org/elasticsearch/Something.class", "")
    return content.getvalue()


CONTENTS = {
    ("org.elasticsearch", "elasticsearch"): b"server",
    ("org.elasticsearch.plugin", "transport-netty4"): module_jar(),
    ("io.netty", "netty-buffer"): b"buffer",
    ("org.apache.lucene", "lucene-core"): b"lucene",
}
JARS = tuple(
    Jar(group, artifact, "1.0", hashlib.sha256(content).hexdigest()) for (group, artifact), content in CONTENTS.items()
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with all its jars."""
    made = Home(tmp_path / "elasticsearch-1.0", JARS)
    for jar in JARS:
        made.jar_path(jar).parent.mkdir(parents=True, exist_ok=True)
        made.jar_path(jar).write_bytes(CONTENTS[jar.group, jar.artifact])
    return made


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the jars fetched; a fetch is only a call."""
    names: list[str] = []

    def fetch(
        jars: tuple[Jar, ...], destination: Callable[[Jar], Path], staging: Path, on_fetched: Callable[[Jar], None]
    ) -> None:
        assert staging.is_dir()
        assert not list(staging.iterdir())
        for jar in jars:
            names.append(jar.artifact)
            destination(jar).parent.mkdir(parents=True, exist_ok=True)
            destination(jar).write_bytes(CONTENTS[jar.group, jar.artifact])
            on_fetched(jar)

    monkeypatch.setattr(module, "fetch", fetch)
    return names


def test_the_version_is_in_the_name(tmp_path: Path) -> None:
    assert home_in(tmp_path).path.parent == tmp_path
    assert home_in(tmp_path).path.name.startswith("elasticsearch-9.5.3-")


def test_the_module_lies_apart(home: Home) -> None:
    assert [file.name for file in home.class_path] == ["elasticsearch-1.0.jar", "lucene-core-1.0.jar"]
    assert sorted(file.name for file in (home.path / "modules" / "transport-netty4").iterdir()) == [
        "netty-buffer-1.0.jar",
        "transport-netty4-1.0.jar",
    ]


def test_the_real_class_path_has_no_netty(tmp_path: Path) -> None:
    names = [file.name for file in home_in(tmp_path).class_path]
    assert len(names) == 44
    assert not [name for name in names if "netty" in name]


def test_only_missing_jars_are_fetched(home: Home, fetched: list[str]) -> None:
    home.jar_path(JARS[2]).unlink()
    assert missing(home) == (JARS[2],)
    reported: list[Jar] = []
    make(home, reported.append)
    assert fetched == ["netty-buffer"]
    assert reported == [JARS[2]]
    assert missing(home) == ()


def test_the_remains_of_an_interrupted_fetch_are_removed(home: Home, fetched: list[str]) -> None:
    (home.path / "fetching" / "half").mkdir(parents=True)
    home.jar_path(JARS[0]).unlink()
    make(home)
    assert not (home.path / "fetching").exists()


def test_a_checked_home_has_what_elasticsearch_looks_for(home: Home) -> None:
    check(home)
    plugin = home.path / "modules" / "transport-netty4"
    assert (plugin / "entitlement-policy.yaml").read_text() == "io.netty.transport:\n"
    descriptor = (plugin / "plugin-descriptor.properties").read_text()
    assert descriptor == DESCRIPTOR.replace("modulename=org.elasticsearch.transport.netty4\n", "")
    assert "rootLogger.level = info" in (home.config / "log4j2.properties").read_text()


def test_checking_twice_changes_nothing(home: Home) -> None:
    check(home)
    before = {file: file.read_bytes() for file in home.path.rglob("*") if file.is_file()}
    check(home)
    assert {file: file.read_bytes() for file in home.path.rglob("*") if file.is_file()} == before


def test_files_around_the_jars_are_written_anew(home: Home) -> None:
    check(home)
    descriptor = home.path / "modules" / "transport-netty4" / "plugin-descriptor.properties"
    good = descriptor.read_text()
    descriptor.write_text("classname=evil.Plugin\n")
    check(home)
    assert descriptor.read_text() == good


@pytest.mark.parametrize("jar", JARS, ids=lambda jar: jar.artifact)
def test_every_jar_is_verified(home: Home, jar: Jar) -> None:
    home.jar_path(jar).write_bytes(CONTENTS[jar.group, jar.artifact] + b"!")
    with pytest.raises(NodeError, match=jar.name):
        check(home)


def test_other_jars_have_another_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A newer fangtan does not find old jars of the module beside the new ones."""
    before = home_in(tmp_path).path
    lock = tmp_path / "jgo.lock.toml"
    lock.write_bytes(LOCK_FILE.read_bytes() + b"\n")
    monkeypatch.setattr(module, "LOCK_FILE", lock)
    assert home_in(tmp_path).path != before


def test_a_stranger_among_the_modules_is_refused(home: Home) -> None:
    """Elasticsearch would load every jar it finds there, and start every module."""
    check(home)
    (home.path / "modules" / "transport-netty4" / "stranger.jar").write_bytes(b"")
    with pytest.raises(NodeError, match=r"stranger\.jar"):
        check(home)


def test_a_stranger_beside_the_module_is_refused(home: Home) -> None:
    (home.path / "modules" / "x-pack").mkdir()
    with pytest.raises(NodeError, match="x-pack"):
        check(home)
