"""The jars of the embedded Elasticsearch: exactly those of `jgo.lock.toml`, each checked against its sha256.

jgo fetches them by their Maven coordinates. What it brings lies in a folder of its own until the checksum is right, and
only then moves to its place, so that an interrupted download leaves nothing that could be taken for a jar.
"""

import hashlib
import tomllib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import NodeError

LOCK_FILE = Path(__file__).with_name("jgo.lock.toml")

# Fetched side by side: most jars are small, the wait is for answers, not for bytes.
_CONNECTIONS = 6


@dataclass(frozen=True, slots=True)
class Jar:
    """One locked Maven artefact."""

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
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != jar.sha256:
        raise NodeError(
            f"{file} is not the {jar.name} that fangtan was made with: its sha256 is {found}, not {jar.sha256}.",
            "Delete that file and start again: it is fetched anew.",
        )


def fetch(jars: Iterable[Jar], place: Callable[[Jar], Path], staging: Path, arrived: Callable[[Jar], None]) -> None:
    """Fetch the jars that are not in their `place`, through `staging`; call `arrived` for each one.

    Raises `NodeError` naming the first jar that cannot be fetched or is not the locked one.
    """
    missing = [jar for jar in jars if not place(jar).exists()]
    if not missing:
        return
    resolve = _resolver(staging)

    def bring(jar: Jar) -> None:
        file = resolve(jar)
        verify(jar, file)
        place(jar).parent.mkdir(parents=True, exist_ok=True)
        file.replace(place(jar))
        arrived(jar)

    with ThreadPoolExecutor(_CONNECTIONS) as pool:
        for done in [pool.submit(bring, jar) for jar in missing]:
            done.result()


def _resolver(staging: Path) -> Callable[[Jar], Path]:
    """Return jgo as a function from a jar to its file below `staging`; mirrors in jgo's configuration are used."""
    # jgo brings requests along (0.15 s): only needed when something is missing
    from jgo.config import GlobalSettings
    from jgo.constants import MAVEN_CENTRAL_URL
    from jgo.maven import MavenContext
    from requests import RequestException

    mirrors = {"central": MAVEN_CENTRAL_URL, **GlobalSettings.load().repositories}
    maven = MavenContext(repo_cache=staging, remote_repos=mirrors, timeout=30)

    def resolve(jar: Jar) -> Path:
        artifact = maven.project(jar.group, jar.artifact).at_version(jar.version).artifact()
        try:
            return Path(artifact.resolve())
        except (RequestException, RuntimeError) as error:
            raise NodeError(
                f"{jar.name} could not be fetched from the Maven registry: {error}",
                "Check the network (fangtan needs it once, for 44 MB), or name a cluster of yours: ELASTICSEARCH_URL.",
            ) from error

    return resolve
