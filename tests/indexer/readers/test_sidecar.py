"""Sidecar files: NAME.toml next to NAME.txt."""

from pathlib import Path

import pytest

from indexer.errors import ReadingError
from indexer.readers import sidecar


def beside(folder: Path, content: str) -> Path:
    (folder / "talk.toml").write_text(content, encoding="utf-8")
    return folder / "talk.txt"


def test_everything_a_sidecar_can_say(tmp_path: Path) -> None:
    path = beside(
        tmp_path,
        """
        title = "与小米手机合作发布红米手机"
        date = 2013-08-02
        outlet = "搜狐IT"
        authors = ["甲", "乙"]
        url = "https://example.org/a"
        language = "zh-Hans"
        guests = ["林晓岚", {name = "郑志昊", affiliation = "腾讯副总裁"}, {name = "陈可"}]
        """,
    )
    assert sidecar.read(path).overrides == (
        ("title", "与小米手机合作发布红米手机"),
        ("date", "2013-08-02"),
        ("outlet", "搜狐IT"),
        ("author", "甲"),
        ("author", "乙"),
        ("url", "https://example.org/a"),
        ("language", "zh-Hans"),
        ("guest", "林晓岚"),
        ("guest", "郑志昊\t腾讯副总裁"),
        ("guest", "陈可\t"),
    )


def test_a_date_with_a_time_and_a_date_as_text(tmp_path: Path) -> None:
    assert sidecar.read(beside(tmp_path, "date = 2013-08-02T10:00:00")).overrides == (("date", "2013-08-02"),)
    assert sidecar.read(beside(tmp_path, 'date = "2013年8月2日"')).overrides == (("date", "2013年8月2日"),)


def test_no_sidecar_says_nothing(tmp_path: Path) -> None:
    assert sidecar.read(tmp_path / "talk.txt").overrides == ()
    assert sidecar.read(Path("-")).overrides == ()
    assert sidecar.read(tmp_path / "talk.toml").overrides == ()


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("titel = '甲'", 0, "unknown key titel"),
        ("title = 3", 0, "title cannot be 3"),
        ("guests = [{affiliation = '腾讯'}]", 0, "guests cannot be"),
        ("outlet = '甲'\ntitle = ", 2, "not TOML"),
    ],
)
def test_what_a_sidecar_cannot_say(tmp_path: Path, content: str, line: int, reason: str) -> None:
    with pytest.raises(ReadingError) as caught:
        sidecar.read(beside(tmp_path, content))
    assert caught.value.line == line
    assert reason in caught.value.reason
    assert caught.value.path == str(tmp_path / "talk.toml")


def test_a_sidecar_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "talk.toml").write_bytes("title = 访谈".encode("gb18030"))
    with pytest.raises(ReadingError, match="not TOML"):
        sidecar.read(tmp_path / "talk.txt")


def test_a_sidecar_that_is_made_to_harm(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="nested too deeply"):
        sidecar.read(beside(tmp_path, f"a={'[' * 100_000}"))
    with pytest.raises(ReadingError, match="larger than 1 MB"):
        sidecar.read(beside(tmp_path, "title = 'a'\n" + "#" * 1_000_000))
