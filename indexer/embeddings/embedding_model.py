"""Read an embedding model from its folder: an ONNX file, a tokenizer, and `model.toml` about them.

name = "bge-small-zh-v1.5"                      how fangtan calls it
dimensions = 512                                numbers in a vector
pooling = "cls"                                 which vectors of tokens make that of a text: cls, mean or last
max_tokens = 512                                tokens that the model reads at once
query_prefix = "为这个句子生成表示以用于检索相关文章："  what its makers put before a question
document_prefix = ""                            and before a text
model = "model.onnx"                            the two files, if they have other names
tokenizer = "tokenizer.json"
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from indexer.errors import SettingsError
from indexer.language.messages import gettext as _
from indexer.language.system_errors import system_reason

SETTINGS_FILE = "model.toml"

POOLINGS = ("cls", "mean", "last")

MOST_DIMENSIONS = 4096
"""Elasticsearch's limit for `dense_vector`."""

_MOST_TOKENS = 131_072

_KEYS: Mapping[str, tuple[type, object]] = {
    "name": (str, None),
    "dimensions": (int, None),
    "pooling": (str, None),
    "max_tokens": (int, 512),
    "query_prefix": (str, ""),
    "document_prefix": (str, ""),
    "model": (str, "model.onnx"),
    "tokenizer": (str, "tokenizer.json"),
}
"""The keys of `model.toml`: the type of each, and its value where it is left out; None: it may not be."""


@dataclass(frozen=True)
class Model:
    """A model in a folder; `onnx` and `tokenizer` are its files, the rest is as in `model.toml`."""

    folder: Path
    name: str
    dimensions: int
    pooling: str
    max_tokens: int
    query_prefix: str
    document_prefix: str
    onnx: Path
    tokenizer: Path

    @property
    def fingerprint(self) -> str:
        """Return a short `digest`, 12 digits: only vectors of one can be compared."""
        return self.digest[:12]

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of all that its vectors depend on, in hexadecimal.

        Weights that an ONNX file of more than 2 GB keeps beside it (model.onnx_data, model.onnx.data) count.
        """
        found = hashlib.sha256()
        weights = sorted(file for file in self.folder.iterdir() if file.name.startswith(self.onnx.name))
        for file in (self.tokenizer, *weights):
            with file.open("rb") as stream:
                found.update(hashlib.file_digest(stream, "sha256").digest())
        settings = (self.dimensions, self.pooling, self.max_tokens, self.query_prefix, self.document_prefix)
        found.update(repr(settings).encode())
        return found.hexdigest()


def read_model(folder: Path) -> Model:
    """Return the model in a folder; raise `SettingsError` with the file and the key that is wrong."""
    path = folder / SETTINGS_FILE
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        told = _("{path} cannot be read: {reason}.").format(path=path, reason=system_reason(error))
        put = _("Put model.toml beside the ONNX file; or remove FANGTAN_MODEL for the model that comes with fangtan.")
        raise SettingsError(told, put) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _error(_("{path} is not TOML: {reason}."), path=path, reason=error) from error
    for key in values.keys() - _KEYS.keys():
        step = _("It may have: {values}; or remove FANGTAN_MODEL for the model that comes with fangtan.")
        told = _("{path} has an unknown key {key}.").format(path=path, key=key)
        raise SettingsError(told, step.format(values=", ".join(_KEYS)))
    known = {key: _value(path, values, key) for key in _KEYS}
    onnx, tokenizer = (_file(path, key, known[key]) for key in ("model", "tokenizer"))
    rest = {key: value for key, value in known.items() if key not in ("model", "tokenizer")}
    return Model(folder=folder, onnx=onnx, tokenizer=tokenizer, **rest)


def _value(path: Path, values: Mapping[str, Any], key: str) -> Any:  # noqa: ANN401 - of the type in `_KEYS`
    """Return the value of a key, checked."""
    kind, default = _KEYS[key]
    value: Any = values.get(key, default)
    if value is None:
        raise _error(_("{path} has no {key}."), path=path, key=key)
    if kind not in (type(value), bool):
        number, text = _("{path}: {entry} is not a number."), _("{path}: {entry} is not a text.")
        raise _error(number if kind is int else text, path=path, entry=f"{key} = {value!r}")
    if key == "pooling" and value not in POOLINGS:
        step = _("It may be: {values}; or remove FANGTAN_MODEL for the model that comes with fangtan.")
        told = _("{path}: {entry} is unknown.").format(path=path, entry=f'pooling = "{value}"')
        raise SettingsError(told, step.format(values=", ".join(POOLINGS)))
    limit = {"dimensions": MOST_DIMENSIONS, "max_tokens": _MOST_TOKENS}.get(key)
    if limit is not None and not 1 < value <= limit:
        raise _error(_("{path}: {entry} is not from 2 to {limit}."), path=path, entry=f"{key} = {value}", limit=limit)
    return value


def _file(path: Path, key: str, name: str) -> Path:
    """Return the path of a file that `model.toml` names."""
    file = path.parent / name
    if file.parent != path.parent or not file.is_file():
        raise _error(_("{path}: {entry} is not a file beside it."), path=path, entry=f'{key} = "{name}"')
    return file


def _error(text: str, **parts: object) -> SettingsError:
    """Return the error for a model.toml; the text says what is wrong, and has names for the parts."""
    step = _("Correct it; or remove FANGTAN_MODEL for the model that comes with fangtan.")
    return SettingsError(text.format(**parts), step)
