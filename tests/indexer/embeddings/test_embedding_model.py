"""The folder of a model: what `model.toml` may say, and how mistakes in it are told."""

from pathlib import Path

import pytest

from indexer.embeddings import model_files
from indexer.embeddings.embedding_model import read_model
from indexer.embeddings.encoder import Encoder
from indexer.errors import ModelError, SettingsError
from indexer.settings import from_variables
from tests.support import models

GOOD = 'name = "示例"\ndimensions = 512\npooling = "cls"\n'


def folder(tmp_path: Path, text: str) -> Path:
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"{}")
    (tmp_path / "model.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_model_of_ones_own_is_named_by_its_folder(tmp_path: Path):
    path = models.other(tmp_path / "模型", query_prefix="问：")
    model = model_files.find_model(from_variables({"FANGTAN_MODEL": str(path)}))
    assert (model.name, model.pooling, model.query_prefix, model.max_tokens) == ("示例", "mean", "问：", 512)
    assert Encoder(model).query("租金").shape == (512,)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = ", "is not TOML"),
        ('name = "示例"\ndimensions = 512\n', "has no pooling"),
        (GOOD.replace("512", '"512"'), "dimensions = '512' is not a number"),
        (GOOD.replace("512", "true"), "dimensions = True is not a number"),
        (GOOD.replace("512", "9999"), "dimensions = 9999 is not from 2 to 4096"),
        (GOOD.replace('"cls"', '"max"'), 'pooling = "max" is unknown'),
        (GOOD + "prefix = 1", "has an unknown key prefix"),
        (GOOD + 'model = "other.onnx"', 'model = "other.onnx" is not a file beside it'),
        (GOOD + 'tokenizer = "../tokenizer.json"', "is not a file beside it"),
    ],
)
def test_a_mistake_is_told_with_the_file_and_the_key(tmp_path: Path, text: str, told: str):
    with pytest.raises(SettingsError, match=r"model\.toml") as caught:
        read_model(folder(tmp_path, text))
    assert told in caught.value.message
    assert "FANGTAN_MODEL" in caught.value.next_step


def test_a_folder_without_a_model_is_told(tmp_path: Path):
    with pytest.raises(SettingsError, match=r"model\.toml cannot be read"):
        model_files.find_model(from_variables({"FANGTAN_MODEL": str(tmp_path / "nothing")}))


def test_files_that_are_no_model_are_told(tmp_path: Path):
    with pytest.raises(SettingsError, match=r"model\.onnx cannot be loaded"):
        Encoder(read_model(folder(tmp_path, GOOD))).query("租金")
    (tmp_path / "model.onnx").write_bytes(models.builtin().onnx.read_bytes())
    with pytest.raises(SettingsError, match=r"tokenizer\.json is not a tokenizer"):
        Encoder(read_model(tmp_path)).query("租金")


def test_other_dimensions_than_the_vectors_have_are_told(tmp_path: Path):
    with pytest.raises(SettingsError, match="dimensions = 256, but its vectors have 512"):
        Encoder(models.other_model(tmp_path / "model", dimensions=256)).query("租金")


def test_what_changes_vectors_changes_the_fingerprint(tmp_path: Path):
    one, two = (models.other_model(tmp_path / name, pooling=name) for name in ("mean", "last"))
    assert len({one.fingerprint, two.fingerprint, models.builtin().fingerprint}) == 3
    assert read_model(one.folder).fingerprint == one.fingerprint


def test_the_model_that_comes_with_fangtan_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    damaged = models.copied(tmp_path / "model")
    monkeypatch.setattr(model_files, "builtin_folder", lambda: damaged)
    assert model_files.find_model(from_variables({})).digest == models.builtin().digest
    with (damaged / "model.onnx").open("r+b") as file:
        file.seek(1_000_000)
        file.write(b"\0\1")
    with pytest.raises(ModelError, match="is not the model that fangtan requires"):
        model_files.find_model(from_variables({}))
