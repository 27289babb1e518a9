"""Build Elasticsearch's home folder from the jars: `lib`, one module, `config`.

The module folder is part of the full distribution, but not on Maven Central. In it Elasticsearch finds the HTTP plugin,
by the descriptor in the plugin's jar.
"""

import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from indexer.elastic.node.jars import LOCK_FILE, Jar, fetch, locked, verify, version
from indexer.elastic.node.start_error import StartError
from indexer.language.messages import gettext_noop

_MODULE = "transport-netty4"
_DESCRIPTORS = f"META-INF/es-plugins/{_MODULE}/"

# One file of at most 5 MB and one rotated one: the log of a node that runs for months does not fill the disk.
# Three loggers would warn at every start of missing native code, which fangtan does not use.
_LOGGING = """\
status = error
appender.file.type = RollingFile
appender.file.name = file
appender.file.fileName = ${sys:es.logs.base_path}/node.log
appender.file.filePattern = ${sys:es.logs.base_path}/node.%i.log
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] [%node_name]%marker %m%n
appender.file.policies.type = Policies
appender.file.policies.size.type = SizeBasedTriggeringPolicy
appender.file.policies.size.size = 5MB
appender.file.strategy.type = DefaultRolloverStrategy
appender.file.strategy.max = 1
logger.native.name = org.elasticsearch.nativeaccess
logger.native.level = error
logger.vectors.name = org.elasticsearch.simdvec
logger.vectors.level = error
logger.lucene.name = org.apache.lucene
logger.lucene.level = error
rootLogger.level = info
rootLogger.appenderRef.file.ref = file
"""


@dataclass(frozen=True, slots=True)
class Home:
    """Elasticsearch's home folder; `jars` are the locked ones that belong there."""

    path: Path
    jars: tuple[Jar, ...]

    @property
    def config(self) -> Path:
        """The folder of `log4j2.properties`."""
        return self.path / "config"

    @property
    def class_path(self) -> tuple[Path, ...]:
        """The server's jars: all but the module's."""
        return tuple(self.jar_path(jar) for jar in self.jars if not _is_module_jar(jar))

    def jar_path(self, jar: Jar) -> Path:
        """Return the path of a jar; the module's are only in its folder, or their classes would be loaded twice."""
        return (self.path / "modules" / _MODULE if _is_module_jar(jar) else self.path / "lib") / jar.name


def home_in(cache: Path) -> Home:
    """Return the home of the locked Elasticsearch below `cache`, which may not exist yet; one per lock file."""
    jars = locked()
    lock = hashlib.sha256(LOCK_FILE.read_bytes()).hexdigest()[:8]
    return Home(cache / f"elasticsearch-{version(jars)}-{lock}", jars)


def missing(home: Home) -> tuple[Jar, ...]:
    """Return the jars that have to be fetched."""
    return tuple(jar for jar in home.jars if not home.jar_path(jar).exists())


def make(home: Home, on_fetched: Callable[[Jar], None] = lambda jar: None) -> None:
    """Fetch the missing jars, calling `on_fetched` for each. Only one process fetches, others wait for it."""
    from filelock import FileLock

    home.path.mkdir(parents=True, exist_ok=True)
    with FileLock(home.path / "fetch.lock"):
        staging = home.path / "fetching"
        shutil.rmtree(staging, ignore_errors=True)  # of an interrupted run
        staging.mkdir()
        fetch(missing(home), home.jar_path, staging, on_fetched)
        shutil.rmtree(staging, ignore_errors=True)


def check(home: Home) -> None:
    """Verify every jar and write the other files, so that only known code is run.

    Raises `NodeError` with a jar that is not the locked one. Takes 0.04 s for the 44 MB if the processor has
    instructions for SHA-256.
    """
    for jar in home.jars:
        verify(jar, home.jar_path(jar))
    _refuse_unknown_files(home)
    home.config.mkdir(exist_ok=True)
    _write(home, home.config / "log4j2.properties", _LOGGING)
    module = next(jar for jar in home.jars if jar.artifact == _MODULE)
    with zipfile.ZipFile(home.jar_path(module)) as archive:
        for name in archive.namelist():
            if name.startswith(_DESCRIPTORS) and not name.endswith("/"):
                text = _without_module_name(archive.read(name).decode("utf-8"))
                _write(home, home.jar_path(module).with_name(name.removeprefix(_DESCRIPTORS)), text)


def _refuse_unknown_files(home: Home) -> None:
    """Raise `NodeError` for an unknown module or jar of a module: Elasticsearch loads everything in the folder."""
    known = {home.jar_path(jar) for jar in home.jars}
    modules = home.path / "modules"
    for found in (*modules.iterdir(), *modules.glob("*/*.jar")):
        if found != modules / _MODULE and found not in known:
            raise StartError(
                gettext_noop("{file} does not belong to fangtan's Elasticsearch."),
                gettext_noop("Delete it and start again."),
                file=str(found),
            )


def _is_module_jar(jar: Jar) -> bool:
    """Check whether a jar belongs to the HTTP module rather than to the server."""
    return jar.artifact == _MODULE or jar.group == "io.netty"


def _without_module_name(descriptor: str) -> str:
    """Remove `modulename` from a descriptor: with it, the server would have to be a named Java module too."""
    return "".join(line for line in descriptor.splitlines(keepends=True) if not line.startswith("modulename="))


def _write(home: Home, file: Path, text: str) -> None:
    """Write `text` atomically, unless the file has it already: another node may be starting."""
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=home.path, delete=False) as temporary:
        temporary.write(text)
    Path(temporary.name).replace(file)
