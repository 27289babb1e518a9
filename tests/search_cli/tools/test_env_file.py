"""`make env`: passwords of its own, for its owner only, and never a second time."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from dotenv import dotenv_values

from search_cli.tools import env_file

ROOT = Path(__file__).parents[3]
EXAMPLE = """# about
ELASTIC_VERSION=9.5.3

# passwords
ELASTIC_PASSWORD=
KIBANA_SYSTEM_PASSWORD=
KIBANA_ENCRYPTION_KEY=
ELASTIC_PORT=9200
"""


def made(length: int) -> str:
    return "x" * length


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".env.example").write_text(EXAMPLE, "utf-8")
    return tmp_path


def values(folder: Path) -> dict[str, str | None]:
    return dict(dotenv_values(folder / ".env"))


def test_a_password_is_letters_and_digits() -> None:
    password = env_file.generate(24)
    assert len(password) == 24
    assert password.isascii()
    assert password.isalnum()
    assert env_file.generate(24) != password


def test_from_nothing_the_example_is_filled_in_and_kept_line_by_line() -> None:
    text, keys = env_file.complete("", EXAMPLE, made)
    assert keys == ("ELASTIC_PASSWORD", "KIBANA_SYSTEM_PASSWORD", "KIBANA_ENCRYPTION_KEY")
    filled = EXAMPLE.replace("PASSWORD=\n", "PASSWORD=" + "x" * 24 + "\n")
    assert text == filled.replace("KEY=\n", "KEY=" + "x" * 40 + "\n")


def test_a_password_that_is_there_stays() -> None:
    existing = (
        "ELASTIC_VERSION=9.4.0\nELASTIC_PASSWORD=mine\nKIBANA_SYSTEM_PASSWORD=''\nKIBANA_ENCRYPTION_KEY=\"theirs\"\n"
    )
    text, keys = env_file.complete(existing, EXAMPLE, made)
    assert text == existing.replace("KIBANA_SYSTEM_PASSWORD=''", "KIBANA_SYSTEM_PASSWORD=" + "x" * 24)
    assert keys == ("KIBANA_SYSTEM_PASSWORD",)


def test_an_env_of_fangtans_own_settings_gains_what_compose_needs() -> None:
    text, keys = env_file.complete("FANGTAN_INDEX=meetings\n", EXAMPLE, made)
    assert text.startswith("FANGTAN_INDEX=meetings\nELASTIC_VERSION=9.5.3\nELASTIC_PASSWORD=xxx")
    assert set(keys) == env_file.NEEDED
    assert "ELASTIC_PORT" not in text


@pytest.mark.parametrize(
    "line", ["ELASTIC_PASSWORD=", 'ELASTIC_PASSWORD=""', "ELASTIC_PASSWORD= # later", " export ELASTIC_PASSWORD="]
)
def test_an_empty_password_is_no_password(line: str) -> None:
    _, keys = env_file.complete(f"{line}\n", EXAMPLE, made)
    assert "ELASTIC_PASSWORD" in keys


def test_twice_changes_nothing() -> None:
    once, _ = env_file.complete("", EXAMPLE)
    assert env_file.complete(once, EXAMPLE) == (once, ())


def test_the_file_is_its_owners(folder: Path) -> None:
    old = os.umask(0)
    try:
        env_file.ensure(folder)
    finally:
        os.umask(old)
    assert stat.S_IMODE((folder / ".env").stat().st_mode) == 0o600
    assert [path.name for path in sorted(folder.iterdir())] == [".env", ".env.example"], "no half-made file stays"


def test_an_open_file_is_closed_to_others_even_if_it_was_complete(folder: Path) -> None:
    env_file.ensure(folder)
    (folder / ".env").chmod(0o644)
    before = (folder / ".env").read_text("utf-8")
    assert env_file.ensure(folder) == ".env is complete; nothing changed."
    assert stat.S_IMODE((folder / ".env").stat().st_mode) == 0o600
    assert (folder / ".env").read_text("utf-8") == before


def test_a_link_stays_a_link(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("secrets") / "fangtan.env"
    elsewhere.write_text("FANGTAN_INDEX=meetings\n", "utf-8")
    (folder / ".env").symlink_to(elsewhere)
    env_file.ensure(folder)
    assert (folder / ".env").is_symlink()
    assert "ELASTIC_PASSWORD=" in elsewhere.read_text("utf-8")


def test_what_is_said_names_keys_and_no_passwords(folder: Path) -> None:
    said = env_file.ensure(folder)
    assert (
        said == ".env made, with passwords of its own: ELASTIC_PASSWORD, KIBANA_SYSTEM_PASSWORD, KIBANA_ENCRYPTION_KEY."
    )
    assert all(str(values(folder)[key]) not in said for key in env_file.SECRETS)
    (folder / ".env").write_text("ELASTIC_PASSWORD=mine\n", "utf-8")
    assert env_file.ensure(folder).startswith(".env kept as it was, and added: ")
    assert values(folder)["ELASTIC_PASSWORD"] == "mine"


def test_it_runs_as_a_file_with_nothing_installed(tmp_path: Path) -> None:
    (tmp_path / "search_cli/tools").mkdir(parents=True)
    shutil.copy(ROOT / "search_cli/tools/env_file.py", tmp_path / "search_cli/tools/env_file.py")
    shutil.copy(ROOT / ".env.example", tmp_path / ".env.example")
    command = [sys.executable, "-I", "-S", str(tmp_path / "search_cli/tools/env_file.py")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "docker compose up" in done.stdout
    assert all(len(values(tmp_path)[key] or "") == length for key, length in env_file.SECRETS.items())
