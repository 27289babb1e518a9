"""Which program copies, and that one without a desktop, or that fails, is no trouble."""

import os
from pathlib import Path

import pytest

from search_cli.browse import clipboard

SSH = {"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22", "DISPLAY": ":0"}


@pytest.mark.parametrize(
    ("environment", "platform", "programs"),
    [
        ({}, "linux", []),
        ({}, "darwin", ["pbcopy"]),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "linux", ["wl-copy", "xclip", "xsel"]),
        ({"WSL_DISTRO_NAME": "Debian"}, "linux", ["clip.exe"]),
        (SSH, "linux", []),
    ],
)
def test_the_programs_of_a_desktop(environment: dict[str, str], platform: str, programs: list[str]) -> None:
    assert [command[0] for command in clipboard.programs(environment, platform)] == programs


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_the_first_program_that_takes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, script in (("wl-copy", "exit 1"), ("xclip", f"/bin/cat > {tmp_path}/copied")):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert clipboard.copy("郑志昊，《红米》\n")
    assert (tmp_path / "copied").read_text("utf-8") == "郑志昊，《红米》\n"
    monkeypatch.delenv("DISPLAY")
    assert not clipboard.copy("x")
