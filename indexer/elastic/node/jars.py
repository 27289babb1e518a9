"""The jars of the embedded Elasticsearch: exactly those of `jgo.lock.toml`, each checked against its sha256.

jgo fetches them by their Maven coordinates. What it brings lies in a folder of its own until the checksum is right, and
only then moves to its place, so that an interrupted download leaves nothing that could be taken for a jar.
"""

import hashlib
import tempfile
import tomllib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import NodeError

LOCK_FILE = Path(__file__).with_name("jgo.lock.toml")

# Fetched side by side: most jars are small, the wait is for answers, not for bytes.
_CONNECTIONS = 6

# A registry answers now and then with an error, or half a file; a second request a moment later gets the whole.
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Jar:
    """One locked Maven artefact; `sha256` in lower-case hexadecimal."""

    group: str
    artifact: str
    version: str
    sha256: str

    @property
    def name(self) -> str:
        """Its file name, as Maven calls it."""
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
        raise NodeError(f"{file} is missing.", "Start again: it is fetched anew.")
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != jar.sha256:
        raise NodeError(
            f"{file} is not the {jar.name} that fangtan was made with: its sha256 is {found}, not {jar.sha256}.",
            "Delete that file and start again: it is fetched anew.",
        )


def fetch(jars: Iterable[Jar], place: Callable[[Jar], Path], staging: Path, arrived: Callable[[Jar], None]) -> None:
    """Fetch `jars` through `staging` and put each in its `place`; call `arrived` for each one, from this thread.

    Raises `NodeError` naming the first that cannot be fetched; those that came before it stay in their place.
    """
    with ThreadPoolExecutor(_CONNECTIONS) as pool:
        coming = [pool.submit(_bring, jar, place(jar), staging) for jar in jars]
        try:
            for one in as_completed(coming):
                arrived(one.result())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _bring(jar: Jar, place: Path, staging: Path) -> Jar:
    """Fetch one jar, again if need be, and put it in its place."""
    place.parent.mkdir(parents=True, exist_ok=True)
    for attempt in range(1, _ATTEMPTS + 1):
        with tempfile.TemporaryDirectory(dir=staging) as folder:
            try:
                file = _resolve(jar, Path(folder))
                verify(jar, file)
            except NodeError:
                if attempt == _ATTEMPTS:
                    raise
            else:
                file.replace(place)
                break
    return jar


def _resolve(jar: Jar, folder: Path) -> Path:
    """Return the jar as jgo brings it into `folder`; mirrors named in jgo's configuration are used."""
    # jgo brings requests along (0.15 s): only needed when something is missing
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
            f"{jar.name} cannot be fetched from the Maven registry: {error}",
            "Check the network: fangtan needs it this once. Or name a cluster of yours in ELASTICSEARCH_URL.",
        ) from error
