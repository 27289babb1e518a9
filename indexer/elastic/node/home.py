"""What Elasticsearch calls its home, made from the jars: `lib`, one module, `config`.

The module folder stands for what the full distribution has and the Maven registry has not. In it Elasticsearch finds
the plugin that speaks HTTP, by the descriptor that the plugin's jar carries along.
"""

import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from indexer.elastic.node.jars import LOCK_FILE, Jar, fetch, locked, verify, version
from indexer.errors import NodeError

_MODULE = "transport-netty4"
_DESCRIPTORS = f"META-INF/es-plugins/{_MODULE}/"

# One file of at most 5 MB and the one before it: a node left running for months does not fill the disk with its log.
# Three loggers are stopped from warning, at every start, of native code that the jars lack and fangtan has no use for.
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
    """A folder Elasticsearch starts from; `jars` are the locked ones that belong there."""

    path: Path
    jars: tuple[Jar, ...]

    @property
    def config(self) -> Path:
        """The folder of `log4j2.properties`."""
        return self.path / "config"

    @property
    def class_path(self) -> tuple[Path, ...]:
        """The server's jars: all but the module's."""
        return tuple(self.place(jar) for jar in self.jars if not _of_module(jar))

    def place(self, jar: Jar) -> Path:
        """Return where `jar` lies: the module's in the module's folder, or its classes would be loaded twice."""
        return (self.path / "modules" / _MODULE if _of_module(jar) else self.path / "lib") / jar.name


def home_in(cache: Path) -> Home:
    """Return the home below `cache` of the locked Elasticsearch, made yet or not; other locked jars, another home."""
    jars = locked()
    lock = hashlib.sha256(LOCK_FILE.read_bytes()).hexdigest()[:8]
    return Home(cache / f"elasticsearch-{version(jars)}-{lock}", jars)


def missing(home: Home) -> tuple[Jar, ...]:
    """Return the jars that are not in their place."""
    return tuple(jar for jar in home.jars if not home.place(jar).exists())


def make(home: Home, arrived: Callable[[Jar], None] = lambda jar: None) -> None:
    """Fetch what is missing, calling `arrived` for each jar. One process does, others wait and find it done."""
    from filelock import FileLock

    home.path.mkdir(parents=True, exist_ok=True)
    with FileLock(home.path / "fetch.lock"):
        staging = home.path / "fetching"
        shutil.rmtree(staging, ignore_errors=True)  # of one that was interrupted
        staging.mkdir()
        fetch(missing(home), home.place, staging, arrived)
        shutil.rmtree(staging, ignore_errors=True)


def check(home: Home) -> None:
    """Verify every jar and set right the files around them, so that only what fangtan knows is run.

    Raises `NodeError` naming the jar that is not a locked one. Takes 0.04 s for the 44 MB where the processor has
    instructions for SHA-256.
    """
    for jar in home.jars:
        verify(jar, home.place(jar))
    _refuse_strangers(home)
    home.config.mkdir(exist_ok=True)
    _settle(home, home.config / "log4j2.properties", _LOGGING)
    module = next(jar for jar in home.jars if jar.artifact == _MODULE)
    with zipfile.ZipFile(home.place(module)) as archive:
        for name in archive.namelist():
            if name.startswith(_DESCRIPTORS) and not name.endswith("/"):
                text = _without_module_name(archive.read(name).decode("utf-8"))
                _settle(home, home.place(module).with_name(name.removeprefix(_DESCRIPTORS)), text)


def _refuse_strangers(home: Home) -> None:
    """Raise `NodeError` for a module or a module's jar that is not ours: Elasticsearch takes whatever lies there."""
    ours = {home.place(jar) for jar in home.jars}
    modules = home.path / "modules"
    for found in (*modules.iterdir(), *modules.glob("*/*.jar")):
        if found != modules / _MODULE and found not in ours:
            raise NodeError(f"{found} is none of the files that fangtan was made with.", "Delete it and start again.")


def _of_module(jar: Jar) -> bool:
    """Tell the HTTP module's own jars from the server's."""
    return jar.artifact == _MODULE or jar.group == "io.netty"


def _without_module_name(descriptor: str) -> str:
    """Return the descriptor without `modulename`: with it, the server would have to be a named Java module too."""
    return "".join(line for line in descriptor.splitlines(keepends=True) if not line.startswith("modulename="))


def _settle(home: Home, file: Path, text: str) -> None:
    """Write `text` unless it is there already; a node starting at the same time reads a whole file."""
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=home.path, delete=False) as neighbour:
        neighbour.write(text)
    Path(neighbour.name).replace(file)
