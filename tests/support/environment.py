"""The environment of the suite: the same in every shell, locale, folder and clone, and for every child process."""

import os
import shutil
import signal
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import platformdirs

# What a person's shell, another make or a CI system may have set, and programs that the tests run go by.
_PREFIXES = (
    *("FANGTAN_", "ELASTIC", "KIBANA", "ES_", "STACK_", "COMPOSE_"),
    *("LC_", "PYTHON", "JAVA", "JDK_", "_JAVA", "XDG_", "LESS", "TTY_", "CLICOLOR"),
    *("TYPER_", "_TYPER_", "_FANGTAN_", "MAKE", "GREP_", "GIT_", "JUPYTER_"),
)
_NAMES = (
    *("COLUMNS", "LINES", "TERMINAL_WIDTH", "TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "PY_COLORS"),
    *("PAGER", "MANPAGER", "EDITOR", "VISUAL", "BROWSER", "LANG", "LANGUAGE", "GITHUB_ACTIONS"),
    *("BASH_ENV", "ENV", "CDPATH", "POSIXLY_CORRECT", "MFLAGS", "CURL_HOME", "SOURCE_DATE_EPOCH"),
)
_KEPT = ("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "GIT_SSL_CAINFO")

_KNOWN = {
    "COLUMNS": "80",
    "LINES": "24",
    "TERM": "xterm-256color",
    "LC_ALL": "C.UTF-8",
    "PYTHONUTF8": "1",
    "TZ": "UTC",
    "FANGTAN_ENV_FILE": "",  # no `.env`, wherever one lies
    "FANGTAN_DATA": str(Path(__file__).resolve().parents[2] / "data"),  # the archives of the tests know what samples do
}

_IGNORED = (signal.SIGHUP, signal.SIGTERM)
"""Signals, besides Ctrl-C, that a parent may have had ignored."""

# Longer ones leave no room for the 108 bytes of a socket's path below them, nor for a path within a line.
_LONGEST_TEMPORARY = 40


def settle() -> Path:
    """Make the environment of this process and its children known; return the folder to remove at the end.

    HOME is a folder of the suite's own, with a space and Chinese in its name. Of the person's, the jars of
    Elasticsearch are used, and jgo's settings, which say where jars come from.
    """
    jars, jgo = platformdirs.user_cache_path("fangtan", appauthor=False), _jgo_settings()
    for name in os.environ.keys() - set(_KEPT):
        if name in _NAMES or name.startswith(_PREFIXES):
            del os.environ[name]
    folder = _temporary()
    home = folder / "张三 home"
    cache, data = home / ".cache", home / ".local/share"
    for one in (cache, data):
        one.mkdir(parents=True)
    with suppress(OSError):  # a HOME that cannot be written: then they are fetched for this run
        jars.mkdir(parents=True, exist_ok=True)
        (cache / "fangtan").symlink_to(jars.resolve(), target_is_directory=True)
    folders = {"HOME": home, "XDG_CACHE_HOME": cache, "XDG_DATA_HOME": data, "XDG_CONFIG_HOME": home / ".config"}
    os.environ.update(_KNOWN, **{name: str(path) for name, path in folders.items()}, **jgo)
    for name in ("no_proxy", "NO_PROXY"):
        os.environ[name] = ",".join(filter(None, (os.environ.get(name), "127.0.0.1", "localhost")))
    time.tzset()
    os.umask(0o022)
    # nohup make test &: or children would never hear Ctrl-C
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in _IGNORED:
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    return folder


def leave(folder: Path) -> None:
    """Remove what `settle` made."""
    shutil.rmtree(folder, ignore_errors=True)


def _temporary() -> Path:
    """Return a new folder in a place for temporary files whose name is short and plain, from now on that of all."""
    given = tempfile.gettempdir()
    short = given.isascii() and " " not in given and "'" not in given and len(given) <= _LONGEST_TEMPORARY
    for place in (given if short else "/tmp", given):
        try:
            folder = tempfile.mkdtemp(prefix="fangtan-", dir=place)
        except OSError:
            continue
        os.environ["TMPDIR"] = tempfile.tempdir = place
        return Path(folder)
    raise OSError(f"{given} cannot be written")


def _jgo_settings() -> dict[str, str]:
    """Return the variable that names the person's own settings of jgo, if there are any."""
    files = (os.environ.get("JGO_CONFIG_FILE"), "~/.config/jgo.conf", "~/.jgorc")
    found = (Path(file).expanduser() for file in files if file)
    return next(({"JGO_CONFIG_FILE": str(file)} for file in found if file.is_file()), {})
