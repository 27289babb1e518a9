"""Find the embedding model of the settings; fetch the one that comes with fangtan, once.

Its jar is locked with its sha256 in `model.lock.toml` and fetched as the jars of the embedded Elasticsearch are. The
folder appears at once, complete; every process checks that it still has the locked files before it loads them.
"""

import shutil
import tempfile
import tomllib
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from indexer.embeddings.embedding_model import SETTINGS_FILE, Model, read_model
from indexer.errors import ModelError, NodeError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.language.system_errors import system_reason
from indexer.settings import Settings

LOCK_FILE = Path(__file__).with_name("model.lock.toml")

FETCHING = gettext_noop("Fetching the embedding model (first time only)")

_LARGEST = 64 * 2**20  # bytes of a file in the jar: the model has 24 MB

OnWait = Callable[[str, str], None]
"""Called with the current step and its progress, as the embedded node does."""


def find_model(settings: Settings, on_wait: OnWait = lambda step, progress: None) -> Model:
    """Return the model of the settings, fetched if it has to be.

    Raises `SettingsError` for a folder that has none, `ModelError` if the model cannot be fetched.
    """
    if settings.model != Path():
        return read_model(settings.model.expanduser())
    folder = builtin_folder()
    if not folder.exists():
        on_wait(_(FETCHING), "16 MB")
        _fetch(folder)
    model = read_model(folder)
    if model.digest != _lock()["digest"]:
        told = _("{folder} is not the model that fangtan requires.").format(folder=folder)
        raise ModelError(told, _("Delete it: it will be fetched."))
    return model


def builtin_folder() -> Path:
    """Return the folder of the model that comes with fangtan, which may not exist yet; one per digest."""
    from platformdirs import user_cache_path

    lock = _lock()
    return user_cache_path("fangtan", appauthor=False) / "models" / f"{lock['model']['name']}-{lock['digest'][:12]}"


@cache
def _lock() -> dict[str, Any]:
    return tomllib.loads(LOCK_FILE.read_text(encoding="utf-8"))


def _fetch(folder: Path) -> None:
    """Fetch and unpack the model. Only one process does, others wait for it."""
    from filelock import FileLock

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.parent / "fetch.lock"):
            if folder.exists():
                return
            for left in folder.parent.glob("fetching-*"):  # of a run that was killed
                shutil.rmtree(left, ignore_errors=True)
            with tempfile.TemporaryDirectory(prefix="fetching-", dir=folder.parent) as staging:
                _unpack(_jar(Path(staging)), Path(staging) / folder.name)
                (Path(staging) / folder.name).rename(folder)
    except OSError as error:
        told = _("The embedding model cannot be kept in {folder}: {reason}.")
        raise ModelError(told.format(folder=folder.parent, reason=system_reason(error)), _("Make room.")) from error


def _jar(staging: Path) -> Path:
    """Fetch the locked jar into a folder and return its path."""
    from indexer.elastic.node import jars

    (jar,) = jars.locked(LOCK_FILE)
    try:
        jars.fetch((jar,), lambda one: staging / one.name, staging, lambda one: None)
    except NodeError as error:
        raise ModelError(
            error.message,
            _("Check the network connection, needed once; or name the folder of a model: FANGTAN_MODEL."),
        ) from error
    return staging / jar.name


def _unpack(jar: Path, folder: Path) -> None:
    """Write the files of the model, and its settings."""
    folder.mkdir()
    with zipfile.ZipFile(jar) as archive:
        for inside, name in _lock()["files"].items():
            if archive.getinfo(inside).file_size > _LARGEST:
                raise ModelError(_("{file} in {jar} is too large.").format(file=inside, jar=jar.name))
            (folder / name).write_bytes(archive.read(inside))
    lines = (f"{key} = {_toml(value)}\n" for key, value in _lock()["model"].items())
    (folder / SETTINGS_FILE).write_text("".join(lines), encoding="utf-8")


def _toml(value: str | int) -> str:
    return str(value) if isinstance(value, int) else f'"{value}"'
