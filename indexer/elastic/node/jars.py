"""Fetch and verify the jars of the embedded Elasticsearch, which are locked with their sha256 in `jgo.lock.toml`.

jgo fetches them by their Maven coordinates into a staging folder. They are moved to their destination only after their
checksum was verified, so that an interrupted download leaves nothing that could be taken for a jar.
"""

import hashlib
import tempfile
import tomllib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from indexer.elastic.node.start_error import StartError
from indexer.errors import NodeError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop

LOCK_FILE = Path(__file__).with_name("jgo.lock.toml")

# Parallel downloads: most jars are small, latency dominates.
_CONNECTIONS = 6

# A registry occasionally answers with an error or a truncated file; a second request usually succeeds.
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Jar:
    """A locked Maven artefact; `sha256` in lower-case hexadecimal."""

    group: str
    artifact: str
    version: str
    sha256: str

    @property
    def name(self) -> str:
        """Its file name, as in the Maven repository."""
        return f"{self.artifact}-{self.version}.jar"


def locked(lock_file: Path = LOCK_FILE) -> tuple[Jar, ...]:
    """Return the jars of the lock file, in its order."""
    entries = tomllib.loads(lock_file.read_text(encoding="utf-8"))["dependencies"]
    return tuple(Jar(one["groupId"], one["artifactId"], one["version"], one["sha256"]) for one in entries)


def version(jars: Iterable[Jar]) -> str:
    """Return the version of Elasticsearch among `jars`."""
    return next(jar.version for jar in jars if (jar.group, jar.artifact) == ("org.elasticsearch", "elasticsearch"))


def verify(jar: Jar, file: Path) -> None:
    """Raise `NodeError` unless `file` is the locked jar, byte for byte."""
    if not file.is_file():
        raise StartError(
            gettext_noop("{file} is missing."), gettext_noop("Start again: it will be fetched."), file=str(file)
        )
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != jar.sha256:
        raise StartError(
            gettext_noop("{file} is not the {jar} that fangtan requires: its sha256 is {found}, not {required}."),
            gettext_noop("Delete that file and start again: it will be fetched."),
            file=str(file),
            jar=jar.name,
            found=found,
            required=jar.sha256,
        )


def fetch(
    jars: Iterable[Jar], destination: Callable[[Jar], Path], staging: Path, on_fetched: Callable[[Jar], None]
) -> None:
    """Fetch `jars` into `staging` and move each to its `destination`; call `on_fetched` for each, in this thread.

    Raises `NodeError` with the first jar that cannot be fetched; those fetched before stay where they are.
    """
    with ThreadPoolExecutor(_CONNECTIONS) as pool:
        downloads = [pool.submit(_download, jar, destination(jar), staging) for jar in jars]
        try:
            for download in as_completed(downloads):
                on_fetched(download.result())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _download(jar: Jar, destination: Path, staging: Path) -> Jar:
    """Fetch one jar, with retries, and move it to its destination."""
    destination.parent.mkdir(parents=True, exist_ok=True)
    for attempt in range(1, _ATTEMPTS + 1):
        with tempfile.TemporaryDirectory(dir=staging) as folder:
            try:
                file = _resolve(jar, Path(folder))
                verify(jar, file)
            except NodeError:
                if attempt == _ATTEMPTS:
                    raise
            else:
                file.replace(destination)
                break
    return jar


def _resolve(jar: Jar, folder: Path) -> Path:
    """Let jgo fetch a jar into `folder`, from the mirrors in jgo's configuration, if any."""
    # jgo imports requests (0.15 s): only needed if a jar is missing
    from jgo.config import GlobalSettings
    from jgo.constants import MAVEN_CENTRAL_URL
    from jgo.maven import MavenContext
    from requests import RequestException

    registries = {"central": MAVEN_CENTRAL_URL, **GlobalSettings.load().repositories}
    maven = MavenContext(repo_cache=folder, remote_repos=registries, timeout=30)
    try:
        return Path(maven.project(jar.group, jar.artifact).at_version(jar.version).artifact().resolve())
    except (RequestException, RuntimeError) as error:
        raise NodeError(
            _("{jar} cannot be fetched from the Maven repository: {reason}").format(jar=jar.name, reason=error),
            _("Check the network connection, needed for the first start only; or set ELASTICSEARCH_URL to a cluster."),
        ) from error
