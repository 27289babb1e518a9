"""The embedding model that comes with fangtan, and others made of it."""

import shutil
from functools import cache
from pathlib import Path

from indexer.embeddings.embedding_model import SETTINGS_FILE, Model, read_model
from indexer.embeddings.encoder import Encoder
from indexer.embeddings.model_files import find_model
from indexer.settings import Settings


@cache
def builtin() -> Model:
    """The model, from the user's cache; fetched if it is not there."""
    return find_model(Settings())


@cache
def encoder() -> Encoder:
    """Its encoder, loaded once."""
    return Encoder(builtin())


def other(folder: Path, **settings: object) -> Path:
    """A folder with the same weights and other settings, which make another model of it."""
    folder.mkdir()
    for file in (builtin().onnx, builtin().tokenizer):
        (folder / file.name).symlink_to(file)
    values = {"name": "示例", "dimensions": 512, "pooling": "mean", **settings}
    lines = (f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}" for key, value in values.items())
    (folder / SETTINGS_FILE).write_text("\n".join(lines), encoding="utf-8")
    return folder


def copied(folder: Path) -> Path:
    """A folder with the model itself, which may be damaged."""
    shutil.copytree(builtin().folder, folder)
    return folder


def other_model(folder: Path, **settings: object) -> Model:
    """The model in such a folder."""
    return read_model(other(folder, **settings))
