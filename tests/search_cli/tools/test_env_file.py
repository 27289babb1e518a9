"""`make env`: generated passwords, readable by their owner only, and kept once they are there."""

import os
import re
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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".env.example").write_text(EXAMPLE, "utf-8")
    return tmp_path


@pytest.fixture
def generated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords that can be compared."""
    monkeypatch.setattr(env_file, "generate", lambda length: "x" * length)


def values(folder: Path) -> dict[str, str | None]:
    return dict(dotenv_values(folder / ".env"))


def completed(folder: Path, existing: str) -> str:
    """The text of an .env after `make env`."""
    (folder / ".env").write_text(existing, "utf-8")
    env_file.ensure(folder)
    return (folder / ".env").read_text("utf-8")


def test_a_password_is_letters_and_digits() -> None:
    password = env_file.generate(24)
    assert len(password) == 24
    assert password.isascii()
    assert password.isalnum()
    assert env_file.generate(24) != password


@pytest.mark.usefixtures("generated")
def test_from_nothing_the_example_is_filled_in_and_kept_line_by_line(folder: Path) -> None:
    filled = EXAMPLE.replace("PASSWORD=\n", "PASSWORD=" + "x" * 24 + "\n").replace("KEY=\n", "KEY=" + "x" * 40 + "\n")
    assert completed(folder, "") == filled
    (folder / ".env").unlink()
    env_file.ensure(folder)
    assert (folder / ".env").read_text("utf-8") == filled


@pytest.mark.usefixtures("generated")
def test_a_password_that_is_there_stays(folder: Path) -> None:
    existing = (
        "ELASTIC_VERSION=9.4.0\nELASTIC_PASSWORD=mine\nKIBANA_SYSTEM_PASSWORD=''\nKIBANA_ENCRYPTION_KEY=\"theirs\"\n"
    )
    assert completed(folder, existing) == existing.replace("PASSWORD=''", "PASSWORD=" + "x" * 24)


@pytest.mark.usefixtures("generated")
def test_an_env_of_fangtans_own_settings_gains_what_compose_needs(folder: Path) -> None:
    text = completed(folder, "FANGTAN_INDEX=meetings")
    assert text == (
        "FANGTAN_INDEX=meetings\nELASTIC_VERSION=9.5.3\n"
        f"ELASTIC_PASSWORD={'x' * 24}\nKIBANA_SYSTEM_PASSWORD={'x' * 24}\nKIBANA_ENCRYPTION_KEY={'x' * 40}\n"
    )


@pytest.mark.parametrize(
    "line",
    [
        "ELASTIC_PASSWORD=",
        "ELASTIC_PASSWORD",
        'ELASTIC_PASSWORD=""',
        "ELASTIC_PASSWORD= # later",
        " export ELASTIC_PASSWORD=",
    ],
)
def test_an_empty_password_is_generated(folder: Path, line: str) -> None:
    completed(folder, f"{line}\n")
    assert len(values(folder)["ELASTIC_PASSWORD"] or "") == 24


def test_comments_order_quotes_and_dollars_are_kept(folder: Path) -> None:
    existing = (
        "# one\n\nELASTICSEARCH_PASSWORD=${ELASTIC_PASSWORD}  # the same\nELASTIC_PASSWORD='a$b\\'c # d'\n"
        'KIBANA_SYSTEM_PASSWORD="two words $HOME \\" #"\n# two\nELASTIC_VERSION=9.5.3\nNOTE=\'first\nsecond\'\n'
    )
    text = completed(folder, existing)
    assert text.startswith(existing)
    assert re.fullmatch(r"KIBANA_ENCRYPTION_KEY=\w{40}\n", text.removeprefix(existing))


def test_no_generated_value_needs_quotes_in_docker_compose(folder: Path) -> None:
    env_file.ensure(folder)
    lines = [
        line for line in (folder / ".env").read_text("utf-8").splitlines() if line.startswith(tuple(env_file.SECRETS))
    ]
    assert len(lines) == 3
    assert all(re.fullmatch(r"\w+=[A-Za-z0-9]+", line) for line in lines)


def test_twice_changes_nothing(folder: Path) -> None:
    env_file.ensure(folder)
    once = (folder / ".env").read_text("utf-8")
    assert env_file.ensure(folder) == ".env is complete; nothing changed."
    assert (folder / ".env").read_text("utf-8") == once


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
    assert said == (
        "Created .env with generated passwords: ELASTIC_PASSWORD, KIBANA_SYSTEM_PASSWORD, KIBANA_ENCRYPTION_KEY."
    )
    assert all(str(values(folder)[key]) not in said for key in env_file.SECRETS)
    (folder / ".env").write_text("ELASTIC_PASSWORD=mine\n", "utf-8")
    assert env_file.ensure(folder).startswith("Kept .env and added: ")
    assert values(folder)["ELASTIC_PASSWORD"] == "mine"


def test_it_runs_as_make_runs_it(tmp_path: Path) -> None:
    for module in ("search_cli/tools/env_file.py", "search_cli/commands/language_choice.py"):
        (tmp_path / module).parent.mkdir(parents=True)
        shutil.copy(ROOT / module, tmp_path / module)
        (tmp_path / module).with_name("__init__.py").touch()
    (tmp_path / "search_cli/__init__.py").touch()
    shutil.copy(ROOT / ".env.example", tmp_path / ".env.example")
    command = [sys.executable, "-m", "search_cli.tools.env_file"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "docker compose up" in done.stdout
    assert all(len(values(tmp_path)[key] or "") == length for key, length in env_file.SECRETS.items())


@pytest.mark.usefixtures("chinese")
def test_what_was_written_is_told_in_chinese(folder: Path) -> None:
    keys = "ELASTIC_PASSWORD、KIBANA_SYSTEM_PASSWORD、KIBANA_ENCRYPTION_KEY"
    assert env_file.ensure(folder) == f"已创建 .env，密码已生成：{keys}。"
    assert env_file.ensure(folder) == ".env 已完整，没有改动。"
