"""What `fangtan restore` asks; see also tests/elastic/test_backup.py."""

from pathlib import Path

import pytest

from indexer.indexing.archive_backup import Loss
from search_cli.commands.backup import _contents, _loss_lines

LOSS = Loss(lost=("a", "b", "c", "d", "e"), changed=("f",), files=(Path("topics.toml"),))


def test_what_would_be_lost_is_named_as_far_as_it_is_few() -> None:
    assert _loss_lines(LOSS) == [
        "5 interviews of the archive are not in the backup: a, b, c and 2 more",
        "1 interview were indexed from other files since the backup.",
        "Replaced, and kept beside the new one: topics.toml",
    ]


@pytest.mark.usefixtures("chinese")
def test_in_chinese() -> None:
    assert _loss_lines(LOSS) == [
        "档案库有 5 篇访谈不在备份里：a、b、c，另有 2 篇",
        "备份以后，有 1 篇访谈改用别的文件建了索引。",
        "将被替换，旧的留在旁边：topics.toml",
    ]
    assert _contents({"interviews": 8, "turns": 96}, ("topics.toml",)) == "8 篇访谈、96 轮发言、topics.toml"
