"""Where `.env` is looked for, and whose it may be."""

import os
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from indexer.errors import SettingsError
from indexer.settings import env_location, env_path, load

ME = os.geteuid() if hasattr(os, "geteuid") else 0
STRANGER = ME + 4711
posix = pytest.mark.skipif(os.name == "nt", reason="no owners")


def test_none(folder: Path) -> None:
    assert env_path() is None
    assert load().index == "fangtan"


def test_above(folder: Path) -> None:
    (folder / ".env").write_text("FANGTAN_INDEX=above\nELASTICSEARCH_URL='http://localhost:9200'\n", "utf-8")
    assert load().index == "above"
    assert load().url == "http://localhost:9200"
    assert env_path() == folder / ".env"


def test_nearest_file_only(folder: Path) -> None:
    (folder / ".env").write_text("FANGTAN_INDEX=above\nFANGTAN_NODE_HEAP=1g\n", "utf-8")
    (folder / "deep" / ".env").write_text("FANGTAN_INDEX=near\n", "utf-8")
    assert (load().index, load().node_heap) == ("near", "512m")


def test_another_file_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "deep" / ".env").write_text("FANGTAN_INDEX=near\n", "utf-8")
    (folder / "mine.env").write_text("FANGTAN_INDEX=mine\n", "utf-8")
    monkeypatch.setenv("FANGTAN_ENV_FILE", str(folder / "mine.env"))
    assert load().index == "mine"
    assert env_path() == folder / "mine.env"


def test_a_file_that_is_named_has_to_be_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANGTAN_ENV_FILE", str(folder / "none.env"))
    with pytest.raises(SettingsError, match="cannot be read"):
        load()


def test_no_file_is_wanted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("FANGTAN_INDEX=above\n", "utf-8")
    monkeypatch.setenv("FANGTAN_ENV_FILE", "")
    assert load().index == "fangtan"
    assert env_path() is None


def test_not_above_the_home_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("FANGTAN_INDEX=above\n", "utf-8")
    monkeypatch.setenv("HOME", str(folder / "deep"))
    monkeypatch.setenv("USERPROFILE", str(folder / "deep"))
    assert env_path() is None
    (folder / "deep" / ".env").write_text("FANGTAN_INDEX=home\n", "utf-8")
    assert load().index == "home"


@posix
def test_not_through_a_folder_of_everyone(folder: Path) -> None:
    (folder / ".env").write_text("FANGTAN_INDEX=above\n", "utf-8")
    (folder / "deep").chmod(0o1777)
    assert env_path() is None


@posix
def test_a_named_pipe_is_no_env_file(folder: Path) -> None:
    os.mkfifo(folder / "deep" / "below" / ".env")
    assert env_path() is None


def test_a_folder_that_was_deleted(folder: Path) -> None:
    (folder / "deep" / "below").rmdir()
    assert env_path() is None


@posix
class TestWritersOfTheFile:
    @pytest.fixture
    def env(self, folder: Path) -> Path:
        env = folder / "deep" / "below" / ".env"
        env.write_text("FANGTAN_INDEX=here\n", "utf-8")
        return env

    def refusal(self, env: Path) -> str:
        with pytest.raises(SettingsError) as caught:
            load()
        assert caught.value.message.startswith(f"{env} is not read: ")
        assert f"FANGTAN_ENV_FILE={env} reads it all the same" in caught.value.next_step
        return caught.value.message.removeprefix(f"{env} is not read: ")

    def test_everyone(self, env: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        env.chmod(0o666)
        assert self.refusal(env) == "anyone may write to it."
        monkeypatch.setenv("FANGTAN_ENV_FILE", str(env))
        assert load().index == "here", "one that is named is the user's choice"

    @pytest.mark.usefixtures("chinese")
    def test_in_chinese(self, env: Path) -> None:
        env.parent.chmod(0o777)
        with pytest.raises(SettingsError) as caught:
            load()
        assert caught.value.message == f"没有读取 {env}：任何人都可以改写它所在的文件夹。"
        assert caught.value.next_step.startswith(f"执行 chmod o-w {env.parent} 即可。或者：设 FANGTAN_ENV_FILE={env} ")

    @pytest.mark.parametrize(
        ("mode", "reason"), [(0o777, "anyone may write to its folder."), (0o1777, ""), (0o775, ""), (0o755, "")]
    )
    def test_of_its_folder(self, env: Path, mode: int, reason: str) -> None:
        env.parent.chmod(mode)
        if reason:
            assert self.refusal(env) == reason
        else:
            assert load().index == "here"

    @pytest.mark.parametrize(
        ("owner", "group", "members", "refused"),
        [
            ("lin", "lin", [], False),
            ("lin", "lin", ["lin"], False),
            ("lin", "lin", ["lin", "mu"], True),
            ("lin", "staff", [], True),
        ],
    )
    def test_a_group(
        self, env: Path, owner: str, group: str, members: list[str], refused: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import grp
        import pwd

        monkeypatch.setattr(pwd, "getpwuid", lambda number: SimpleNamespace(pw_name=owner, pw_dir="/"))
        monkeypatch.setattr(grp, "getgrgid", lambda number: SimpleNamespace(gr_name=group, gr_mem=members))
        env.chmod(0o664)
        if refused:
            assert self.refusal(env) == f"the group {group} may write to it."
        else:
            assert load().index == "here"

    def test_a_group_without_a_name(self) -> None:
        for group, private in ((4711, True), (4712, False)):
            found = os.stat_result((stat.S_IFREG | 0o664, 0, 0, 1, 4711, group, 0, 0, 0, 0))
            assert env_location._is_private(found) == private

    @pytest.mark.skipif(ME != 0, reason="only root gives files away")
    @pytest.mark.parametrize(("given", "it"), [(".env", "it"), (".", "its folder")])
    def test_another_owner(self, env: Path, given: str, it: str) -> None:
        os.chown(env.parent / given, STRANGER, -1)
        assert self.refusal(env) == f"{it} belongs to user {STRANGER}."

    def test_another_owner_as_the_system_tells_it(self, env: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: STRANGER)
        if ME == 0:
            assert load().index == "here", "root's files are as good as one's own"
        else:
            assert "its folder belongs to" in self.refusal(env)

    @pytest.mark.skipif(ME != 0, reason="only root gives files away")
    def test_a_link_of_another_owner(self, env: Path) -> None:
        target = env.rename(env.with_name("mine.env"))
        env.symlink_to(target)
        assert load().index == "here"
        os.chown(env, STRANGER, -1, follow_symlinks=False)
        assert self.refusal(env) == f"it belongs to user {STRANGER}."

    def test_the_target_of_a_link(self, env: Path) -> None:
        target = env.rename(env.with_name("mine.env"))
        env.symlink_to(target)
        target.chmod(stat.S_IMODE(target.stat().st_mode) | stat.S_IWOTH)
        assert self.refusal(env) == "anyone may write to it."
